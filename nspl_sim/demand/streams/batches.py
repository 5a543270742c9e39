"""Streams whose patients come many at a time: batches at ports of entry."""

import numpy as np

from nspl_sim.demand import quantiles
from nspl_sim.demand.rates import of_the_day
from nspl_sim.demand.streams.base import BLOCK, Arrivals, Setting
from nspl_sim.scenario.streams import HostNationStream
from nspl_sim.vocabulary.clock import DAY, days


def host_nation(stream: HostNationStream, setting: Setting) -> list[Arrivals]:
    """Return each day's patients: their number first, then batches in order until all have a place.

    What is left of a whole number decides by luck whether one more comes: the mean is exact.
    """
    mean = quantiles.day_numbers(stream, setting.uniforms(stream.days, "", "day number")) * stream.scale
    count = np.floor(mean + setting.uniforms(stream.days, "", "day rest")).astype(np.int64)
    return [_day(stream, setting, day, int(n)) for day, n in enumerate(count) if n]


def _day(stream: HostNationStream, setting: Setting, day: int, count: int) -> Arrivals:
    """Return the *count* patients of one day; all of a batch come to one port at one second."""
    key, batch = f"day {day}", stream.batch
    most = -(-count // batch.low)
    spread = batch.high - batch.low + 1
    sizes = batch.low + np.floor(setting.uniforms(most, key, "batch size") * spread).astype(np.int64)
    of_batch = np.repeat(np.arange(most), sizes)[:count]
    begin_s = days(stream.from_day + day)
    hours = of_the_day(begin_s, begin_s + DAY, stream.hour, setting.window)
    arrival = hours.times(setting.uniforms(most, key, "batch arrival"))[of_batch]
    place = setting.drawn_place(stream.regions, setting.uniforms(most, key, "port"))[of_batch]
    return Arrivals(key, place, day * BLOCK + np.arange(count, dtype=np.int64), arrival, arrival)
