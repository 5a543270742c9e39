"""One region's question: do our own patients wait longer because we help others?"""

import math
from collections.abc import Iterator
from typing import Any

from nspl_sim.experiment.statistics import Paired, paired
from nspl_sim.measures.registry import UNITS, Measure, measure_of
from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.contrast import sides
from nspl_sim.paper.language import Language
from nspl_sim.paper.standing import MARGINS, size_words
from nspl_sim.scenario.aliases import RegionNames
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import Text, text

WAIT = "wait_icu_mean_h"
SHOWN = (
    "deaths_waiting",
    "deaths_all",
    "icu_full_share",
    "icu_bed_days_given",
    "icu_bed_days_received",
    "planned_postponed",
)
"""What is told of the region beside its residents' wait for intensive care."""


def region_of(found: Comparison, written: str) -> str:
    """Return the key of the region that *written* names; raise ``NsplError`` with the nearest name."""
    regions = found.batch.points[0].scenario.regions
    names = RegionNames({key: region.model_dump(exclude_none=True) for key, region in regions.items()})
    key = names.key(written)
    if key in regions:
        return str(key)
    wrong = text("{name} is no region of this study", name=written)
    if meant := names.nearest(written):
        wrong = text('{wrong}; did you mean "{name}"?', wrong=wrong, name=meant)
    raise NsplError(wrong)


def _difference(found: Comparison, contrast: int, flat: str) -> Paired | None:
    ours, theirs = (found.batch.values(i, flat) for i in found.contrasts[contrast])
    one = paired(ours, theirs, measure_of(flat).better)
    return one if one.n else None


def own_region(found: Comparison, region: str, language: Language) -> list[str]:
    """Return for each contrast the answer for the residents of *region*, and what else changes there."""
    said: list[str] = []
    for contrast in range(len(found.contrasts)):
        said += [language.say(one) for one in _told(found, contrast, region, language)]
    return said


def _told(found: Comparison, contrast: int, region: str, language: Language) -> Iterator[Text]:
    points = found.batch.points
    point, reference = found.contrasts[contrast]
    if any(region not in points[i].scenario.regions for i in (point, reference)):
        return
    plan, against = sides(found, contrast, language)
    said: dict[str, Any] = {
        "region": points[point].scenario.region_name(region, language.code),
        "plan": plan,
        "reference": against,
    }
    wait = _difference(found, contrast, f"{WAIT}.{region}")
    if wait is not None:
        yield _answer(wait, said, language)
    for name in SHOWN:
        flat = f"{name}.{region}"
        one = _difference(found, contrast, flat)
        if one is not None:
            yield _line(measure_of(flat), one, language)


def _answer(wait: Paired, said: dict[str, Any], language: Language) -> Text:
    said |= {"size": size_words(wait, language), "k": wait.worse, "n": wait.n}
    if wait.ties == wait.n:
        return text(
            "{region}: its residents wait exactly as long for intensive care with {plan} as with "
            "{reference}.",
            **said,
        )
    if not wait.resolved and wait.high < MARGINS[WAIT][0] and not math.isnan(wait.high):
        return text(
            "{region}: its residents do not wait longer for intensive care by {margin} or more with {plan} "
            "than with {reference}: {size} hours; longer in {k} of {n} replications.",
            **said,
            margin=MARGINS[WAIT][1],
        )
    if not wait.resolved:
        return text(
            "{region}: whether its residents wait longer for intensive care with {plan} than with "
            "{reference} is unresolved: {size} hours; longer in {k} of {n} replications.",
            **said,
        )
    if wait.difference > 0:
        return text(
            "{region}: its residents wait longer for intensive care with {plan} than with {reference}: "
            "{size} hours; longer in {k} of {n} replications.",
            **said,
        )
    return text(
        "{region}: its residents do not wait longer for intensive care with {plan} than with {reference}, "
        "but shorter: {size} hours; longer in {k} of {n} replications.",
        **said,
    )


def _line(one: Measure, difference: Paired, language: Language) -> Text:
    verdict = text("no difference") if difference.ties == difference.n else text("unresolved")
    is_share = one.unit == "share"
    return text(
        "  {measure}: {size} {unit}, {verdict}",
        measure=one.title,
        size=size_words(difference, language, 100.0 if is_share else 1.0),
        unit=UNITS["points" if is_share else one.unit],
        verdict=text("resolved") if difference.resolved else verdict,
    )
