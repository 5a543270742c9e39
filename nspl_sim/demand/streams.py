"""Arrivals: one function for each kind of stream. Adding one moves no row of another."""

from dataclasses import dataclass
from functools import singledispatch

import numpy as np

from nspl_sim.demand import quantiles
from nspl_sim.demand.chance import Chance
from nspl_sim.demand.rates import Expected, Window, expected
from nspl_sim.scenario.streams import (
    CombatStream,
    MassCasualtyStream,
    PlannedStream,
    PoissonStream,
    Stream,
    TableStream,
)
from nspl_sim.vocabulary.clock import DAY, days, hours
from nspl_sim.vocabulary.patients import Ints


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Those who come with one stream to one region (``region`` "" and ``place`` given: to several).

    All arrays have shape (n,). Uniforms of later purposes are keyed by (stream, ``keyed_by``).
    """

    keyed_by: str
    region: Ints
    number: Ints
    onset_s: Ints
    arrival_s: Ints
    under_way: Ints | None = None
    """For those who lie there at the start: which (course, stage) each is in; else None."""
    is_ready: bool = False
    """Whether they are at the end of that stage and wait only for municipal care."""


@singledispatch
def arrivals(
    stream: Stream, name: str, regions: tuple[str, ...], window: Window, chance: Chance
) -> list[Arrivals]:
    """Return everybody who comes with *stream*; *regions* are the scenario's keys in their order."""
    raise TypeError(type(stream).__name__)


@arrivals.register(PoissonStream)
@arrivals.register(PlannedStream)
def _poisson(
    stream: PoissonStream | PlannedStream,
    name: str,
    regions: tuple[str, ...],
    window: Window,
    chance: Chance,
) -> list[Arrivals]:
    nation = expected(stream, window)
    found = []
    for key in sorted(stream.regions):
        times = _process(nation, stream.regions[key] * stream.scale, name, key, chance)
        found.append(_here(key, regions, times, times))
    return found


def _process(nation: Expected, share: float, name: str, key: str, chance: Chance) -> Ints:
    """Return the times of a Poisson process of *share* of the nation's rate, in order of number."""
    count = quantiles.poisson(nation.total * share, float(chance.uniforms(1, name, key, "count")[0]))
    return nation.times(chance.uniforms(count, name, key, "arrival"))


def _here(key: str, regions: tuple[str, ...], onset_s: Ints, arrival_s: Ints) -> Arrivals:
    number = np.arange(len(onset_s), dtype=np.int64)
    return Arrivals(key, np.full(len(number), regions.index(key), dtype=np.int64), number, onset_s, arrival_s)


@arrivals.register
def _combat(
    stream: CombatStream, name: str, regions: tuple[str, ...], window: Window, chance: Chance
) -> list[Arrivals]:
    """A Cox process: the day's rate is drawn first and is the same for all regions."""
    fought = int(np.ceil(stream.days))
    rates = quantiles.day_rates(stream.per_1000_per_day, chance.uniforms(fought, name, "", "day rate"))
    begin, end = stream.from_day, stream.from_day + stream.days
    knots = np.minimum(begin + np.arange(fought + 1), end)
    per_day = rates * stream.troops / 1000
    nation = Expected(knots * DAY, np.concatenate(([0.0], np.cumsum(per_day * np.diff(knots)))))
    found = []
    for key in sorted(stream.regions):
        onset = _process(nation, stream.regions[key] * stream.scale, name, key, chance)
        delay = np.zeros(len(onset), dtype=np.int64)
        if stream.evacuation is not None:
            u = chance.uniforms(len(onset), name, key, "evacuation")
            delay = quantiles.duration(stream.evacuation, u)
        found.append(_here(key, regions, onset, onset + delay))
    return found


@arrivals.register
def _mass_casualty(
    stream: MassCasualtyStream, name: str, regions: tuple[str, ...], window: Window, chance: Chance
) -> list[Arrivals]:
    u_size = float(chance.uniforms(1, name, "", "size")[0])
    count = quantiles.event_size(stream.size, stream.scale, u_size)
    keys = sorted(stream.regions)
    reached = np.cumsum([stream.regions[k] for k in keys])
    chosen = np.searchsorted(reached, chance.uniforms(count, name, "", "place") * reached[-1])
    place = np.array([regions.index(k) for k in keys], dtype=np.int64)[chosen]
    onset = np.full(count, days(stream.at_day), dtype=np.int64)
    wait = quantiles.duration(stream.arrival, chance.uniforms(count, name, "", "arrival"))
    arrival = onset + hours(stream.first_arrival_h) + wait
    return [Arrivals("", place, np.arange(count, dtype=np.int64), onset, arrival)]


@arrivals.register
def _table(
    stream: TableStream, name: str, regions: tuple[str, ...], window: Window, chance: Chance
) -> list[Arrivals]:
    place = np.array([regions.index(p.region) for p in stream.patients], dtype=np.int64)
    arrival = np.array([hours(p.arrival_h) for p in stream.patients], dtype=np.int64)
    return [Arrivals("", place, np.arange(len(place), dtype=np.int64), arrival, arrival)]
