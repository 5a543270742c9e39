"""Diversion: ordinary emergencies that a region hit by an outage does not receive go to its neighbours."""

from collections.abc import Mapping, Sequence

import numpy as np

from nspl_sim.demand.chance import Chance
from nspl_sim.scenario.distances import distances_km
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import PoissonStream
from nspl_sim.vocabulary.disruptions import WHOLE, Disruption, Disruptions, What
from nspl_sim.vocabulary.patients import FIRST_PRESENT, Floats, Ints

NEIGHBOURS = 3
"""So many of the nearest regions that receive in full share them evenly (assumed)."""

NOWHERE = -1


def diverted_to(scenario: Scenario, chance: Chance, rows: Disruptions, people: Mapping[str, Ints]) -> Ints:
    """Return the region that each patient is diverted to, -1 for those who go home. Shape (patients,).

    *people* holds the columns stream, region, origin, number, priority, stage_count and arrival_s.
    Diverted are emergencies of ``poisson`` streams that need a bed. One uniform says who, so that a larger
    share holds those of a smaller one; another says whereto.
    """
    found = np.full(len(people["arrival_s"]), NOWHERE, dtype=np.int64)
    hit = [row for row in rows if row.what == What.DIVERTED]
    if not hit:
        return found
    streams = sorted(scenario.streams)
    ordinary = np.array([*(isinstance(scenario.streams[s], PoissonStream) for s in streams), False])
    comes = ordinary[people["stream"]] & (people["number"] < FIRST_PRESENT)
    comes &= (people["priority"] == 0) & (people["stage_count"] > 0)
    receivers = _nearest_with_care(scenario)
    for region in sorted({row.region for row in hit}):
        for stream in np.flatnonzero(ordinary):
            here = np.flatnonzero(comes & (people["region"] == region) & (people["stream"] == stream))
            for origin in np.unique(people["origin"][here]).tolist():
                mine = here[people["origin"][here] == origin]
                key = (streams[stream], scenario.region_keys[origin])
                who, whereto = (
                    _by_number(chance, people["number"][mine], *key, purpose)
                    for purpose in ("diverted", "diverted to")
                )
                away = who * WHOLE < not_received(hit, region, people["arrival_s"][mine])
                times = people["arrival_s"][mine[away]]
                found[mine[away]] = _neighbour(hit, receivers[region], times, whereto[away])
    return found


def _by_number(chance: Chance, number: Ints, stream: str, region: str, purpose: str) -> Floats:
    """Return each patient's uniform, by their number in their stream and origin."""
    drawn = chance.uniforms(int(number.max(initial=NOWHERE)) + 1, stream, region, purpose)
    return drawn[number]


def not_received(rows: Sequence[Disruption], region: int, time_s: Ints) -> Ints:
    """Return the thousandths of its ordinary emergencies that *region* does not receive at each *time_s*."""
    share = np.zeros(len(time_s), dtype=np.int64)
    for row in rows:
        if row.region == region:
            share += row.amount * ((row.from_s <= time_s) & (time_s < row.to_s))
    return share


def _nearest_with_care(scenario: Scenario) -> list[list[int]]:
    """Return, by region, the others that have beds of any kind, the nearest first, ties by key."""
    there = [scenario.regions[key].has_care for key in scenario.region_keys]
    order = np.argsort(distances_km(scenario), axis=1, kind="stable").tolist()
    return [[r for r in near if r != region and there[r]] for region, near in enumerate(order)]


def _neighbour(rows: Sequence[Disruption], near: list[int], time_s: Ints, whereto: Floats) -> Ints:
    """Return one of the regions *near*, of those that receive in full at *time_s*; -1 where there is none."""
    if not near:
        return np.full(len(time_s), NOWHERE, dtype=np.int64)
    receives = np.array([not_received(rows, r, time_s) == 0 for r in near])
    place = np.cumsum(receives, axis=0)
    among = np.minimum(place[-1], NEIGHBOURS)
    chosen = receives & (place == np.floor(whereto * among).astype(np.int64) + 1)
    return np.where(among > 0, np.array(near)[np.argmax(chosen, axis=0)], NOWHERE)
