"""Intensive care occupancy by region over replications: the numbers behind the figure, and its words.

A unit is *full* when no staffed bed is empty. Occupancy is in per cent of the staffed beds that the
scenario gives the region, so that opened surge beds show as a capacity line above 100.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nspl_sim.experiment.run import Batch
from nspl_sim.paper import numbers
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import plan_phrase
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.text import text

Floats = NDArray[np.float64]

UNIT = "icu"
EVERY_H = 6


@dataclass(frozen=True, eq=False)
class Panel:
    """One region, or the nation; shapes (times,), shares of ordinary staffed beds."""

    name: str
    tile: tuple[int, int] | None
    beds: int
    median: Floats
    half: tuple[Floats, Floats]
    """Half of the replications lie between."""
    nine: tuple[Floats, Floats]
    """Nine of ten replications lie between."""
    reference: Floats | None
    """The median under the reference plan."""
    capacity: Floats
    full: float
    """Share of time with no empty staffed bed, over all replications."""
    full_reference: float | None


@dataclass(frozen=True, eq=False)
class Occupancy:
    """All that the figure shows."""

    day: Floats
    days: float
    """To the end of the measured time."""
    nation: Panel
    regions: tuple[Panel, ...]
    plan: str
    reference: str | None
    replications: int

    def worst(self) -> list[Panel]:
        """Return the regions that are ever full, the fullest first."""
        ever = [p for p in self.regions if p.full > 0]
        return sorted(ever, key=lambda p: (-p.full, p.name))

    def most_pressed(self) -> Panel:
        """Return the region that is full for longest, or has the highest median where none is full."""
        return min(self.regions, key=lambda p: (-p.full, -float(p.median.max()), p.name))


def occupancy(batch: Batch, point: int, reference: int | None, language: Language) -> Occupancy | None:
    """Return the occupancy under design point *point*; None where no region has intensive care."""
    scenario = batch.points[point].scenario
    keys = [k for k in scenario.region_keys if _beds(scenario, k) > 0]
    if not keys or not batch.results[point]:
        return None
    rows = [scenario.region_keys.index(k) for k in keys]
    census, staffed = _stacked(batch, point, rows)
    before = _stacked(batch, reference, rows) if reference is not None else None
    regions = []
    for i, key in enumerate(keys):
        tile = scenario.regions[key].tile
        regions.append(
            _panel(
                short_name(scenario, key, language),
                (tile[0], tile[1]) if tile else None,
                _beds(scenario, key),
                (census[:, [i]], staffed[:, [i]]),
                (before[0][:, [i]], before[1][:, [i]]) if before is not None else None,
            )
        )
    nation = _panel(
        language.say(text("All regions")), None, sum(p.beds for p in regions), (census, staffed), before
    )
    return Occupancy(
        np.arange(census.shape[2]) * EVERY_H / 24,
        scenario.horizon_days,
        nation,
        tuple(regions),
        plan_phrase(batch.points[point].plan, language),
        plan_phrase(batch.points[reference].plan, language) if reference is not None else None,
        census.shape[0],
    )


def _beds(scenario: Scenario, key: str) -> int:
    unit = scenario.regions[key].units.get(UNIT)
    return unit.beds if unit is not None and isinstance(unit.beds, int) else 0


def _stacked(batch: Batch, point: int, rows: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return census and staffed beds, shape (replications, regions, times)."""
    results = batch.results[point]
    census = np.stack([np.asarray(r.icu_census)[rows] for r in results])
    return census, np.stack([np.asarray(r.icu_staffed)[rows] for r in results])


Pair = tuple[NDArray[np.int64], NDArray[np.int64]]


def _panel(name: str, tile: tuple[int, int] | None, beds: int, now: Pair, before: Pair | None) -> Panel:
    """Return the panel of the regions in *now* together (shapes (replications, regions, times))."""
    share = now[0].sum(axis=1) / beds
    low9, low5, middle, high5, high9 = np.quantile(share, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
    return Panel(
        name,
        tile,
        beds,
        middle,
        (low5, high5),
        (low9, high9),
        np.median(before[0].sum(axis=1) / beds, axis=0) if before is not None else None,
        np.median(now[1].sum(axis=1) / beds, axis=0),
        _full(now),
        _full(before) if before is not None else None,
    )


def _full(pair: Pair) -> float:
    """Return the mean share of time and regions with no empty staffed bed."""
    census, staffed = pair
    return float(np.mean(census >= staffed))


def short_name(scenario: Scenario, key: str, language: Language) -> str:
    """Return the region's name as a heading has room for: ``Västra Götaland``, ``Jönköping``."""
    name = scenario.region_name(key, language.code).removeprefix("Region ").partition(" (")[0]
    for end in ("sregionen", "regionen", "s län", " län", " County"):
        name = name.removesuffix(end)
    return name.strip() or key


def finding(shown: Occupancy, language: Language) -> str:
    """Return what the figure shows in one or two sentences."""
    if not shown.worst():
        return language.say(
            text(
                "Intensive care is not full in any region at any of the measured times with {plan}.",
                plan=shown.plan,
            )
        )
    first = shown.worst()[0]
    share = numbers.share(first.full, 0, language.code)
    if shown.reference is None or first.full_reference is None:
        return language.say(
            text(
                "With {plan}, intensive care is full most of all in {region}: {share} of the time.",
                plan=shown.plan,
                region=first.name,
                share=share,
            )
        )
    return language.say(
        text(
            "With {plan}, intensive care is full most of all in {region}: {share} of the time, "
            "against {before} with {reference}.",
            plan=shown.plan,
            region=first.name,
            share=share,
            before=numbers.share(first.full_reference, 0, language.code),
            reference=shown.reference,
        )
    )


def in_words(shown: Occupancy, marking: str, language: Language) -> str:
    """Return the figure as text: its finding, how it is read, and every region in a list."""
    say, code = language.say, language.code
    lines = [marking, "", finding(shown, language), ""]
    lines += [
        say(
            text(
                "The figure shows intensive care occupancy by region, in map order, in per cent of the "
                "region's ordinary staffed beds, over {days} days and {replications} replications.",
                days=shown.days,
                replications=shown.replications,
            )
        ),
        say(text("The bands hold half and nine of ten replications; the stepped line is staffed beds.")),
        "",
        say(text("Share of the time without an empty staffed intensive care bed:")),
    ]
    for panel in sorted(shown.regions, key=lambda p: (-p.full, p.name)):
        values = [f"{shown.plan} {numbers.share(panel.full, 0, code)}"]
        if shown.reference is not None and panel.full_reference is not None:
            values.append(f"{shown.reference} {numbers.share(panel.full_reference, 0, code)}")
        beds = say(text("{beds} beds", beds=panel.beds)) if panel.beds != 1 else say(text("1 bed"))
        lines.append(f"- {panel.name} ({beds}): {'; '.join(values)}")
    return "\n".join([*lines, "", marking, ""])
