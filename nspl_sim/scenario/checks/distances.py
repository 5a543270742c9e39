"""Distances: known for every pair of regions between which somebody may be driven, and told once."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from nspl_sim.reading.node import find
from nspl_sim.reading.showing import nearest
from nspl_sim.scenario.checks.case import Case
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text

_NAME = re.compile("[a-z0-9][a-z0-9_-]{0,63}")


def agree(case: Case) -> Iterator[Problem]:
    """Yield every pair whose distance is told both ways, and differently, or to itself."""
    table = case.scenario.transport.distances_km
    for a, row in table.items():
        for b, km in row.items():
            back = table.get(b, {}).get(a, km)
            if a == b and km:
                rule = text("is the way from a region to itself, which is 0")
                yield case.problem(rule, ("transport", "distances_km", a, b))
            if a < b and back != km:
                rule = text(
                    "differs from {other}, which says {km}", other=f"distances_km.{b}.{a}", km=f"{back:g}"
                )
                yield case.problem(rule, ("transport", "distances_km", a, b))


def known(case: Case) -> Iterator[Problem]:
    """Yield, for each region, one other that it cannot be told how far it is to.

    A region that is far from everybody is told of once, with the name that may have been meant: in a
    scenario that extends another, a misspelt region is a new one.
    """
    world = case.scenario
    vehicles = any(number for region in world.regions.values() for number in region.vehicles.values())
    if world.transport.instant or not vehicles:
        return
    table = world.transport.distances_km
    placed = {key for key, region in world.regions.items() if region.position is not None}
    unknown = [
        (a, b)
        for a, b in combinations(world.regions, 2)
        if not ({a, b} <= placed or b in table.get(a, {}) or a in table.get(b, {}))
    ]
    lacks = Counter(key for pair in unknown for key in pair)
    others = len(world.regions) - 1
    strangers = {key for key, count in lacks.items() if count == others > 1}
    if len(strangers) < others:
        strangers |= _refused_strangers(case)
        named = [key for key in case.regions.keys if _NAME.fullmatch(str(key))]
        for key in sorted(strangers):
            rule = text(
                "is a region without a distance to any other (a new one?): give its position, or "
                "transport.distances_km"
            )
            meant = nearest(key, sorted(k for k in named if k not in strangers))
            yield case.problem(rule, ("regions", key), meant, key=True)
        unknown = [pair for pair in unknown if not strangers & set(pair)]
    told: set[str] = set()
    for a, b in unknown:
        if a in told:
            continue
        told.add(a)
        pair = f"transport.distances_km.{a}.{b}"
        rule = text("has no distance to {other}: give {pair}, or the position of both", other=b, pair=pair)
        yield case.problem(rule, ("regions", a), key=True)


def _refused_strangers(case: Case) -> set[str]:
    """Return the regions that are refused for something else, and have neither position nor distance."""
    table = case.scenario.transport.distances_km
    near = set(table) | {key for row in table.values() for key in row}
    refused = set(case.regions.keys) - set(case.scenario.regions) - near
    nodes = {key: find(case.root, ("regions", key)) for key in refused if _NAME.fullmatch(str(key))}
    return {k for k, n in nodes.items() if n and isinstance(n.value, dict) and "position" not in n.value}
