"""Streams whose patients are hurt at one moment: one event, or a campaign of strikes."""

import numpy as np

from nspl_sim.demand import quantiles
from nspl_sim.demand.streams.base import BLOCK, Arrivals, Setting
from nspl_sim.scenario.expected import size_scale
from nspl_sim.scenario.places import around, shares
from nspl_sim.scenario.streams import EventStream, MassCasualtyStream, StrikesStream
from nspl_sim.vocabulary.clock import days, hours
from nspl_sim.vocabulary.patients import Ints


def mass_casualty(stream: MassCasualtyStream, setting: Setting) -> list[Arrivals]:
    """Return the casualties of one event."""
    u_size = float(setting.uniforms(1, "", "size")[0])
    places = shares(setting.scenario, stream)
    return [_casualties(stream, setting, "", 0, days(stream.at_day), u_size, places)]


def strikes(stream: StrikesStream, setting: Setting) -> list[Arrivals]:
    """Return a compound Poisson process: number, day, region and size of each event are drawn in turn."""
    rate = stream.scale if stream.scaled == "events" else 1.0
    u_count = float(setting.uniforms(1, "", "events")[0])
    count = quantiles.poisson(stream.events_per_day * stream.days * rate, u_count)
    at_day = stream.from_day + stream.days * setting.uniforms(count, "", "event day")
    struck = setting.drawn_place(stream.regions, setting.uniforms(count, "", "region"))
    sizes = setting.uniforms(count, "", "size")
    spread = {int(region): _spread(stream, setting, int(region)) for region in np.unique(struck)}
    return [
        _casualties(
            stream,
            setting,
            f"event {event}",
            event,
            days(float(at_day[event])),
            float(sizes[event]),
            spread[region],
        )
        for event, region in enumerate(struck.tolist())
    ]


def _spread(stream: StrikesStream, setting: Setting, region: int) -> dict[str, float]:
    """Return the shares of the casualties of an event in *region*."""
    key = setting.regions[region]
    return {key: 1.0} if stream.place is None else around(setting.scenario, key, stream.place)


def _casualties(
    stream: EventStream,
    setting: Setting,
    key: str,
    event: int,
    onset_s: int,
    u_size: float,
    places: dict[str, float],
) -> Arrivals:
    count = quantiles.event_size(stream.size, size_scale(stream), u_size)
    place = setting.drawn_place(places, setting.uniforms(count, key, "place"))
    onset = np.full(count, onset_s, dtype=np.int64)
    wait = quantiles.duration(stream.arrival, setting.uniforms(count, key, "arrival"))
    arrival = onset + hours(stream.first_arrival_h) + wait
    return Arrivals(key, place, event * BLOCK + np.arange(count, dtype=np.int64), onset, arrival)


def light_first(stream: EventStream, onset_s: Ints, arrival_s: Ints, urgency: Ints) -> Ints:
    """Return when each casualty arrives: the way to hospital is stretched or shortened by urgency."""
    first = onset_s + hours(stream.first_arrival_h)
    factor = np.ones(len(first))
    for of, value in stream.arrival_factor.items():
        factor[urgency == of] = value
    return first + quantiles.whole_seconds((arrival_s - first) * factor)
