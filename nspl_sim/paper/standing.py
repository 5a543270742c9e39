"""Is any region worse off than under the reference? Residents' measures, region by region, pair by pair.

A region counts as *worse* on a measure where the interval of its difference lies above zero, but as
*slightly worse* where all of it lies below the margin too; as *no worse* where the interval holds zero
and lies below the margin, or lies below zero; else as unresolved. Beside that stands in how many
replications its residents fared worse by the margin or more: an average can hide bad luck.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from nspl_sim.experiment.statistics import CONFIDENCE, Paired, paired
from nspl_sim.measures.registry import UNITS, measure_of
from nspl_sim.paper import numbers
from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.contrast import sides
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import headings
from nspl_sim.paper.occupancy import short_name
from nspl_sim.vocabulary.text import Text, text

Flag = Literal["worse", "slightly worse", "no worse", "unresolved"]
FLAGS: dict[Flag, Text] = {
    "worse": text("worse off"),
    "slightly worse": text("slightly worse"),
    "no worse": text("no worse"),
    "unresolved": text("unresolved"),
}
MARGINS: dict[str, tuple[float, Text]] = {
    "deaths_waiting": (1.0, text("one death")),
    "wait_icu_mean_h": (0.5, text("half an hour")),
}
"""Measures of residents, and from how much on they count as worse in a replication; lower is better."""

WORST = ("deaths_per_100k", "wait_icu_mean_h")
"""On what the region worst off is named."""
MOST_NAMED = 3
MOST_DIGITS = 4


@dataclass(frozen=True)
class Standing:
    """How the residents of one region fare on one measure, the plan against its reference."""

    measure: str
    region: str
    difference: Paired
    worse_in: int
    """Replications in which they fare worse by the margin or more."""

    @property
    def flag(self) -> Flag:
        """Return what the interval says."""
        one = self.difference
        if one.ties == one.n and one.n > 1:
            return "no worse"
        is_small = one.high < MARGINS[self.measure][0]
        if one.resolved and one.difference > 0:
            return "slightly worse" if is_small else "worse"
        return "no worse" if is_small else "unresolved"


def standings(found: Comparison, contrast: int, measure: str) -> tuple[Standing, ...]:
    """Return the standing of every region on *measure*; none where the two worlds' regions differ."""
    batch = found.batch
    point, reference = found.contrasts[contrast]
    keys = batch.points[point].scenario.region_keys
    if keys != batch.points[reference].scenario.region_keys or len(keys) < 2:
        return ()
    told = []
    for key in keys:
        flat = f"{measure}.{key}"
        ours, theirs = (batch.values(i, flat) for i in (point, reference))
        one = paired(ours, theirs, "lower")
        if one.n:
            worse = int(np.count_nonzero(ours - theirs >= MARGINS[measure][0]))
            told.append(Standing(measure, key, one, worse))
    return tuple(told)


def shown_contrasts(found: Comparison) -> Sequence[int]:
    """Return the contrasts that are told region by region: all in one world, of several worlds the last."""
    every = range(len(found.contrasts))
    return every if found.scenarios == 1 else every[-1:]


def worse_off(found: Comparison, language: Language) -> list[str]:
    """Return a sentence for each plan and measure: which regions are worse off, and how many are not."""
    told = []
    for contrast in shown_contrasts(found):
        for measure in MARGINS:
            if of_regions := standings(found, contrast, measure):
                told.append(language.say(_sentence(found, contrast, measure, of_regions, language)))
    return told


def _sentence(
    found: Comparison, contrast: int, measure: str, of_regions: Sequence[Standing], language: Language
) -> Text:
    plan, reference = sides(found, contrast, language)
    return text(
        "Residents region by region, {plan} against {reference}, {measure}: {said}.",
        plan=plan,
        reference=reference,
        measure=_small(measure_of(f"{measure}.x").title, language),
        said="; ".join(language.say(one) for one in _parts(found, contrast, of_regions, language)),
    )


def _parts(
    found: Comparison, contrast: int, of_regions: Sequence[Standing], language: Language
) -> Iterator[Text]:
    count = {flag: sum(one.flag == flag for one in of_regions) for flag in FLAGS}
    worse = sorted((s for s in of_regions if s.flag == "worse"), key=lambda s: -s.difference.difference)
    scenario = found.batch.points[found.contrasts[contrast][0]].scenario
    margin = MARGINS[of_regions[0].measure][1]
    if worse:
        named = [_named(one, short_name(scenario, one.region, language), language) for one in worse]
        more = len(named) - MOST_NAMED
        shown = named[:MOST_NAMED] + [text("{count} more", count=more)] * (more > 0)
        yield text(
            "worse off {regions} ({about} of {count} may seem so by chance)",
            regions=shown,
            about=max(1, round(len(of_regions) * (1 - CONFIDENCE) / 2)),
            count=len(of_regions),
        )
    else:
        yield text("no region worse off for sure")
    if count["slightly worse"]:
        yield text(
            "worse by less than {margin} in {count} of {n}",
            margin=margin,
            count=count["slightly worse"],
            n=len(of_regions),
        )
    yield text(
        "no worse by {margin} or more in {count} of {n}",
        margin=margin,
        count=count["no worse"],
        n=len(of_regions),
    )
    yield text("unresolved in {count}", count=count["unresolved"])


def _named(one: Standing, region: str, language: Language) -> Text:
    return text(
        "{region} {size}, by {margin} or more in {k} of {n} replications",
        region=region,
        size=size_words(one.difference, language),
        margin=MARGINS[one.measure][1],
        k=one.worse_in,
        n=one.difference.n,
    )


def size_words(one: Paired, language: Language, factor: float = 1.0) -> str:
    """Return ``+0,8 (0,2 till 1,4)``; an end that is not zero is not written as zero."""
    mean, low, high = (factor * v for v in (one.difference, one.low, one.high))
    digits = numbers.digits_for(mean, low, high)
    while one.resolved and digits < MOST_DIGITS and 0 in (round(low, digits), round(high, digits)):
        digits += 1
    size = numbers.signed(mean, digits, language.code)
    return f"{size} ({numbers.interval(low, high, digits, language.code)})" if one.n > 1 else size


def _small(title: Text, language: Language) -> str:
    said = language.say(title)
    return said[:1].lower() + said[1:]


def worst(found: Comparison, language: Language) -> list[str]:
    """Return for each plan which region is worst off, and in how many replications."""
    names = headings(found.batch.points, language)
    points = range(len(names)) if found.scenarios == 1 else range(len(names))[-1:]
    told = (_worst(found, point, names[point], language) for point in points)
    return [said for said in told if said]


def _worst(found: Comparison, point: int, name: str, language: Language) -> str:
    scenario, parts = found.batch.points[point].scenario, []
    for measure in WORST if len(scenario.regions) > 1 else ():
        each = {key: found.batch.values(point, f"{measure}.{key}") for key in scenario.region_keys}
        means = {key: float(np.nanmean(v)) for key, v in each.items() if not np.isnan(v).all()}
        if not means or not max(means.values()):
            continue
        key = max(means, key=lambda k: (means[k], k))
        highest = np.array([np.nan_to_num(v, nan=-1.0) for v in each.values()]).max(axis=0)
        one = measure_of(f"{measure}.{key}")
        value = numbers.decimal(means[key], numbers.digits_for(means[key]), language.code)
        unit, title = language.say(UNITS[one.unit]), _small(one.title, language)
        parts.append(
            text(
                "{measure}: {region} {value}, highest in {k} of {n} replications",
                measure=title,
                region=short_name(scenario, key, language),
                value=value if title.endswith(unit) else f"{value} {unit}",
                k=int(np.count_nonzero(each[key] == highest)),
                n=found.replications,
            )
        )
    said = "; ".join(language.say(part) for part in parts)
    return language.say(text("Region worst off ({plan}), {said}.", plan=name, said=said)) if said else ""


def as_data(found: Comparison) -> list[dict[str, Any]]:
    """Return the standing of every region in every contrast for machines."""
    points = found.batch.points
    return [
        {
            "plan": points[found.contrasts[contrast][0]].plan.name,
            "reference": points[found.contrasts[contrast][1]].plan.name,
            "region": one.region,
            "measure": one.measure,
            "difference": one.difference.difference,
            "low": one.difference.low if one.difference.n > 1 else None,
            "high": one.difference.high if one.difference.n > 1 else None,
            "margin": MARGINS[measure][0],
            "worse_in": one.worse_in,
            "of": one.difference.n,
            "flag": one.flag,
        }
        for contrast in shown_contrasts(found)
        for measure in MARGINS
        for one in standings(found, contrast, measure)
    ]
