"""Which regions border on each other: as the scenario says, else the nearest."""

from nspl_sim.scenario.distances import distances_km
from nspl_sim.scenario.model import Scenario

NEAREST = 3
"""So many regions count as neighbours where the scenario names none at all; an assumption."""


def neighbours(scenario: Scenario) -> tuple[tuple[int, ...], ...]:
    """Return, by region, the numbers of its neighbours in rising order, the same from both sides."""
    keys = scenario.region_keys
    given = [scenario.regions[key].neighbours for key in keys]
    if all(names is None for names in given):
        named = _nearest(scenario)
    else:
        number = {key: n for n, key in enumerate(keys)}
        named = [[number[name] for name in names or () if name in number] for names in given]
    found: list[set[int]] = [set() for _ in keys]
    for region, others in enumerate(named):
        for other in others:
            if other != region:
                found[region].add(other)
                found[other].add(region)
    return tuple(tuple(sorted(others)) for others in found)


def _nearest(scenario: Scenario) -> list[list[int]]:
    km = distances_km(scenario)
    everybody = range(len(km))
    by_distance = [sorted((r for r in everybody if r != a), key=lambda r: (km[a, r], r)) for a in everybody]
    return [near[:NEAREST] for near in by_distance]
