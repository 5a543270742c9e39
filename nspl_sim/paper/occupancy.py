"""Occupancy by region over replications, of intensive care or another kind of bed: numbers and words.

A unit is *full* when no staffed bed is empty. Occupancy is in per cent of the staffed beds that the
scenario gives the region, so that opened surge beds show as a capacity line above 100.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nspl_sim.experiment.batch import Batch
from nspl_sim.measures.profile import EVERY_S, Counts
from nspl_sim.paper import numbers
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import kind_name, kind_words, plan_phrases, world_name
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.text import Text, text

Floats = NDArray[np.float64]
Pair = tuple[Counts, Counts]
"""Census and staffed beds, each (replications, regions, times)."""

UNIT, WARD = "icu", "ward"


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
    highest: Floats
    """No replication lies above."""
    reference: Floats | None
    """The median under the reference plan."""
    capacity: Floats
    full: float
    """Share of time with no empty staffed bed, over all replications."""
    full_reference: float | None

    @property
    def change(self) -> float:
        """Return how much larger the share of time without an empty bed is than under the reference."""
        return self.full - self.full_reference if self.full_reference is not None else 0.0


@dataclass(frozen=True, eq=False)
class Occupancy:
    """All that the figure shows."""

    day: Floats
    days: float
    """To the end of the measured time."""
    nation: Panel
    regions: tuple[Panel, ...]
    plan: str
    """What the curves are of, in the legend: the plan, or the scenario where scenarios are compared."""
    reference: str | None
    replications: int
    same_plan: str | None = None
    """Where scenarios are compared: the plan that both are under."""
    changed: tuple[tuple[str, int, int], ...] = ()
    """Regions whose ordinary beds differ between the scenarios: name, beds in the reference, beds here."""
    kind: str = UNIT

    def worst(self) -> list[Panel]:
        """Return the regions that are ever full, the fullest first."""
        ever = [p for p in self.regions if p.full > 0]
        return sorted(ever, key=lambda p: (-p.full, p.name))

    def most_pressed(self) -> Panel:
        """Return the region that is full for longest, or has the highest median where none is full."""
        return min(self.regions, key=lambda p: (-p.full, -float(p.median.max()), p.name))

    def most_different(self) -> Panel:
        """Return the region whose share of time without an empty bed differs most from the reference."""
        return min(self.regions, key=lambda p: (-abs(p.change), -p.full, p.name))

    def in_focus(self) -> Panel:
        """Return the region that the figure shows first."""
        return self.most_different() if self.same_plan is not None else self.most_pressed()


def occupancy(
    batch: Batch, point: int, reference: int | None, language: Language, kind: str = UNIT
) -> Occupancy | None:
    """Return the occupancy of *kind* under design point *point*; None where no region has such beds."""
    scenario = batch.points[point].scenario
    keys = [k for k in scenario.region_keys if beds_of(scenario, k, kind) > 0]
    if not keys or not batch.replications:
        return None
    now = _by_region(batch, point, keys, kind)
    before: list[Pair | None] = [None for _ in keys]
    beds_before = [0 for _ in keys]
    if reference is not None:
        old = batch.points[reference].scenario
        beds_before = [beds_of(old, k, kind) if k in old.regions else 0 for k in keys]
        there = [k for k, n in zip(keys, beds_before, strict=True) if n]
        known = dict(zip(there, _by_region(batch, reference, there, kind), strict=True)) if there else {}
        before = [known.get(k) for k in keys]
    regions = []
    for i, key in enumerate(keys):
        tile = scenario.regions[key].tile
        regions.append(
            _panel(
                short_name(scenario, key, language),
                (tile[0], tile[1]) if tile else None,
                (beds_of(scenario, key, kind), beds_before[i]),
                now[i],
                before[i],
            )
        )
    nation = _panel(
        language.say(text("All regions")),
        None,
        (sum(p.beds for p in regions), sum(beds_before)),
        _together(now),
        _together([b for b in before if b is not None]) if any(beds_before) else None,
    )
    census = now[0][0]
    shown = Occupancy(
        np.arange(census.shape[2]) * EVERY_S / DAY,
        scenario.horizon_days,
        nation,
        tuple(regions),
        "",
        None,
        census.shape[0],
        kind=kind,
    )
    phrases = plan_phrases(batch.points, language)
    if reference is None:
        return replace(shown, plan=phrases[point])
    ours, theirs = batch.points[point], batch.points[reference]
    if ours.scenario is theirs.scenario:
        return replace(shown, plan=phrases[point], reference=phrases[reference])
    changed = ((p.name, old, p.beds) for p, old in zip(regions, beds_before, strict=True) if p.beds != old)
    return replace(
        shown,
        plan=language.say(text("the scenario “{scenario}”", scenario=world_name(ours, language))),
        reference=language.say(text("the scenario “{scenario}”", scenario=world_name(theirs, language))),
        same_plan=phrases[point],
        changed=tuple(changed),
    )


def beds_of(scenario: Scenario, key: str, kind: str) -> int:
    """Return the ordinary staffed beds of *kind* in a region; 0 where there are none, or no limit."""
    unit = scenario.regions[key].units.get(kind)
    return unit.beds if unit is not None and isinstance(unit.beds, int) else 0


def _by_region(batch: Batch, point: int, keys: Sequence[str], kind: str) -> list[Pair]:
    """Return census and staffed beds of each region of *keys*, shapes (replications, 1, times)."""
    levels, known = batch.levels(point, kind), batch.points[point].scenario.region_keys
    rows = [known.index(key) for key in keys]
    return [(levels.census[:, [row]], levels.staffed[:, [row]]) for row in rows]


def _together(pairs: Sequence[Pair]) -> Pair:
    """Return several regions' pairs as one."""
    return np.concatenate([c for c, _ in pairs], axis=1), np.concatenate([s for _, s in pairs], axis=1)


def _panel(
    name: str, tile: tuple[int, int] | None, beds: tuple[int, int], now: Pair, before: Pair | None
) -> Panel:
    """Return the panel of the regions in *now* together (shapes (replications, regions, times)).

    Each world is in shares of its own ordinary *beds*: here, in the reference.
    """
    share = now[0].sum(axis=1) / beds[0]
    low9, low5, middle, high5, high9 = np.quantile(share, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
    return Panel(
        name,
        tile,
        beds[0],
        middle,
        (low5, high5),
        (low9, high9),
        share.max(axis=0),
        _fitted(np.median(before[0].sum(axis=1) / beds[1], axis=0), len(middle)) if before else None,
        np.median(now[1].sum(axis=1) / beds[0], axis=0),
        _full(now),
        _full(before) if before is not None else None,
    )


def _fitted(curve: Floats, length: int) -> Floats:
    """Return *curve* with *length* times; another scenario may be shorter or longer."""
    return np.pad(curve[:length].astype(float), (0, max(0, length - len(curve))), constant_values=np.nan)


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


ISLANDS = ("Gotland",)


def _where(name: str) -> Text:
    """Return ``in Uppsala``, ``on Gotland``."""
    return text("on {region}", region=name) if name in ISLANDS else text("in {region}", region=name)


def title(shown: Occupancy) -> Text:
    """Return what the figure is of."""
    if shown.kind == UNIT:
        return text("Intensive care occupancy by region")
    if shown.kind == WARD:
        return text("Ward occupancy by region")
    return text("Occupancy by region: {kind}", kind=kind_words(shown.kind))


def finding(shown: Occupancy, language: Language) -> str:
    """Return what the figure shows in one or two sentences."""
    if shown.kind != UNIT:
        return _finding_of_kind(shown, language)
    if shown.same_plan is not None:
        return " ".join(_between_scenarios(shown, language))
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
                "With {plan}, intensive care is full most of all {where}: {share} of the time.",
                plan=shown.plan,
                where=_where(first.name),
                share=share,
            )
        )
    return language.say(
        text(
            "With {plan}, intensive care is full most of all {where}: {share} of the time, "
            "against {before} with {reference}.",
            plan=shown.plan,
            where=_where(first.name),
            share=share,
            before=numbers.share(first.full_reference, 0, language.code),
            reference=shown.reference,
        )
    )


def _finding_of_kind(shown: Occupancy, language: Language) -> str:
    """Return for how long the region that is full longest has no free bed of another kind."""
    kind, worst = kind_name(shown.kind, language), shown.worst()
    if not worst:
        return language.say(
            text(
                "With {plan}, no region lacks a free bed at any of the measured times ({kind}).",
                plan=shown.plan,
                kind=kind,
            )
        )
    said = {
        "plan": shown.plan,
        "kind": kind,
        "where": _where(worst[0].name),
        "share": numbers.share(worst[0].full, 0, language.code),
    }
    if shown.reference is None or worst[0].full_reference is None:
        return language.say(
            text(
                "With {plan}, a free bed is lacking longest {where} ({kind}): {share} of the time.",
                **said,
            )
        )
    return language.say(
        text(
            "With {plan}, a free bed is lacking longest {where} ({kind}): {share} of the time, "
            "against {before} with {reference}.",
            before=numbers.share(worst[0].full_reference, 0, language.code),
            reference=shown.reference,
            **said,
        )
    )


def _between_scenarios(shown: Occupancy, language: Language) -> Iterator[str]:
    """Yield where the scenarios differ most, and whose beds were changed."""
    panel, code = shown.most_different(), language.code
    if panel.full_reference is None or panel.change == 0:
        yield language.say(
            text(
                "{plan} and {reference}: intensive care is full equally long in every region.",
                plan=shown.plan[:1].upper() + shown.plan[1:],
                reference=shown.reference,
            )
        )
    else:
        yield language.say(
            text(
                "The difference is largest {where}: in {plan}, intensive care is full {share} of the "
                "time, against {before} in {reference}.",
                where=_where(panel.name),
                plan=shown.plan,
                share=numbers.share(panel.full, 0, code),
                before=numbers.share(panel.full_reference, 0, code),
                reference=shown.reference,
            )
        )
    if shown.changed:
        most = sorted(shown.changed, key=lambda one: (-abs(one[2] - one[1]), one[0]))
        told = [
            text("{region} {beds} instead of {before}", region=name, beds=here, before=before)
            for name, before, here in most[:MOST_CHANGED]
        ]
        if len(most) > MOST_CHANGED:
            told.append(text("{count} regions more", count=len(most) - MOST_CHANGED))
        yield language.say(text("Ordinary intensive care beds: {changes}.", changes=told))


MOST_CHANGED = 3
"""Regions with other beds that are named."""


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
