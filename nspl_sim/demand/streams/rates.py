"""Streams whose patients come one by one: with a known rate, in a wave, by a rate that is drawn, by name."""

import numpy as np

from nspl_sim.demand import quantiles
from nspl_sim.demand.rates import Expected, expected, wave
from nspl_sim.demand.streams.base import Arrivals, Setting
from nspl_sim.scenario.streams import (
    CombatStream,
    EpidemicStream,
    PlannedStream,
    PoissonStream,
    TableStream,
)
from nspl_sim.vocabulary.clock import DAY, hours
from nspl_sim.vocabulary.patients import Ints


def process(nation: Expected, share: float, key: str, setting: Setting) -> Ints:
    """Return the times of a Poisson process of *share* of the nation's rate, in order of number."""
    u_count = float(setting.uniforms(1, key, "count")[0])
    count = quantiles.poisson(nation.total * share, u_count)
    return nation.times(setting.uniforms(count, key, "arrival"))


def poisson(stream: PoissonStream | PlannedStream, setting: Setting) -> list[Arrivals]:
    """Return a Poisson process in each region."""
    nation = expected(stream, setting.window)
    found = []
    for key in sorted(stream.regions):
        times = process(nation, stream.regions[key] * stream.scale, key, setting)
        found.append(setting.here(key, times, times))
    return found


def epidemic(stream: EpidemicStream, setting: Setting) -> list[Arrivals]:
    """Return a Poisson process in each region by its own curve."""
    found = []
    for key in sorted(stream.regions):
        curve = wave(stream.wave(key), setting.window)
        times = process(curve, stream.regions[key] * stream.scale, key, setting)
        found.append(setting.here(key, times, times))
    return found


def combat(stream: CombatStream, setting: Setting) -> list[Arrivals]:
    """Return a Cox process: the day's rate is drawn first and is the same for all regions."""
    fought = int(np.ceil(stream.days))
    rates = quantiles.day_rates(stream.a_day, setting.uniforms(fought, "", "day rate"))
    begin, end = stream.from_day, stream.from_day + stream.days
    knots = np.minimum(begin + np.arange(fought + 1), end)
    per_day = rates * stream.thousands
    nation = Expected(knots * DAY, np.concatenate(([0.0], np.cumsum(per_day * np.diff(knots)))))
    found = []
    for key in sorted(stream.regions):
        onset = process(nation, stream.regions[key] * stream.scale, key, setting)
        delay = np.zeros(len(onset), dtype=np.int64)
        if stream.evacuation is not None:
            u = setting.uniforms(len(onset), key, "evacuation")
            delay = quantiles.duration(stream.evacuation, u)
        found.append(setting.here(key, onset, onset + delay))
    return found


def table(stream: TableStream, setting: Setting) -> list[Arrivals]:
    """Return the patients whom the user named."""
    place = np.array([setting.regions.index(p.region) for p in stream.patients], dtype=np.int64)
    arrival = np.array([hours(p.arrival_h) for p in stream.patients], dtype=np.int64)
    return [Arrivals("", place, np.arange(len(place), dtype=np.int64), arrival, arrival)]
