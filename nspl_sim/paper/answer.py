"""The answer in one sentence, with its certainty in frequencies.

A difference whose 95 % interval spans zero is told as unresolved, with about how many replications
more would settle it. Nothing here claims more than the replications show.
"""

import math

import numpy as np

from nspl_sim.experiment.statistics import Paired
from nspl_sim.measures.registry import UNITS, Better
from nspl_sim.paper import numbers
from nspl_sim.paper.comparison import PAIRING_SHOWN, Comparison, Row
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import headings, plan_phrases, world_name
from nspl_sim.paper.occupancy import short_name
from nspl_sim.vocabulary.text import Text, text

SUBJECTS = ("deaths_all", "deaths_waiting")
"""What the answer is about, if it says anything; else the first measure that differs."""

MOST_ANSWERS = 12
"""Sentences, where many worlds are compared."""

TOO_MANY = 100_000
"""More replications than this settle nothing for anybody."""


def answers(found: Comparison, language: Language) -> list[str]:
    """Return the answer; with several scenarios, one sentence for each plan they share."""
    if not found.contrasts:
        return [_alone(found, language)] if found.rows else [language.say(_NOTHING)]
    several = found.scenarios > 1
    asked = range(len(found.contrasts)) if several else [len(found.contrasts) - 1]
    said = [_answer(found, number, language) for number in asked[:MOST_ANSWERS]]
    if len(asked) > MOST_ANSWERS:
        said.append(language.say(text("And {count} more, in the table.", count=len(asked) - MOST_ANSWERS)))
    return said


_NOTHING = text("Nothing to compare: no measure has a value in this scenario.")


def subject(found: Comparison, contrast: int) -> Row | None:
    """Return the measure that the answer is about."""
    told = [r for r in found.rows if r.better != "neither" and r.differences[contrast] is not None]
    by_name = {r.measure: r for r in told}
    order = [by_name[s] for s in SUBJECTS if s in by_name] + told
    differing = (r for r in order if (d := r.differences[contrast]) is not None and d.ties < d.n)
    return next(differing, order[0] if order else None)


def _answer(found: Comparison, contrast: int, language: Language) -> str:
    row = subject(found, contrast)
    difference = row.differences[contrast] if row else None
    if row is None or difference is None:
        return language.say(_NOTHING)
    return language.say(_sentence(found, contrast, row, difference, language))


def _sentence(found: Comparison, contrast: int, row: Row, difference: Paired, language: Language) -> Text:
    point, reference = (found.batch.points[i] for i in found.contrasts[contrast])
    phrases = plan_phrases(found.batch.points, language)
    plan, against = (phrases[i] for i in found.contrasts[contrast])
    if found.scenarios > 1:
        plan = language.say(
            text("{plan} in the scenario “{scenario}”", plan=plan, scenario=world_name(point, language))
        )
    if found.crosses(contrast):
        against = language.say(text("the scenario “{scenario}”", scenario=world_name(reference, language)))
    said = {"plan": plan, "reference": against, "n": difference.n}
    other = {"lower": "higher", "higher": "lower"}
    is_better = (difference.difference < 0) == (row.better == "lower")
    happened = row.better if is_better else other[row.better]
    if difference.n == 1:
        return _of_one(difference, row, happened, plan, against, language)
    if difference.ties == difference.n:
        return text(
            "No difference: with {plan}, {what} as with {reference} in all {n} replications.",
            what=_what(row, "same"),
            **said,
        )
    better, worse = difference.better or 0, difference.worse or 0
    said["size"] = in_words(difference, row, language)
    if not difference.resolved:
        return text(
            "Unresolved: with {plan}, {what} in {often} compared with {reference}, and the contrary in "
            "{contrary}; the difference is {size}. {more}",
            what=_what(row, row.better),
            often=_often(better, difference),
            contrary=worse,
            more=more_words(difference, language),
            **said,
        )
    return text(
        "With {plan}, {what} in {often} compared with {reference}; the difference is {size}.",
        what=_what(row, happened),
        often=_often(better if is_better else worse, difference),
        **said,
    )


def _of_one(difference: Paired, row: Row, happened: str, plan: str, against: str, language: Language) -> Text:
    """Return what a single replication gave, which says nothing about certainty."""
    if difference.ties:
        return text(
            "No difference: with {plan}, {what} as with {reference} in the only replication. {more}",
            plan=plan,
            what=_what(row, "same"),
            reference=against,
            more=_ONE,
        )
    return text(
        "Unresolved: with {plan}, {what} in the only replication compared with {reference}; the difference "
        "is {size}. {more}",
        plan=plan,
        what=_what(row, happened),
        reference=against,
        size=in_words(difference, row, language),
        more=_ONE,
    )


_ONE = text("A single replication says nothing about certainty.")
FEW = 100
"""Fewer replications than this say little about how much they vary."""


def _often(k: int, difference: Paired) -> Text:
    """Return in how many replications, and in how many there was nothing between the plans."""
    if difference.ties:
        return text(
            "{k} of {n} replications (no difference in {ties})", k=k, n=difference.n, ties=difference.ties
        )
    return text("{k} of {n} replications", k=k, n=difference.n)


def _what(row: Row, direction: str) -> Text:
    """Return what happened: ``fewer patients died``."""
    known = {
        ("deaths_all", "lower"): text("fewer patients died"),
        ("deaths_all", "higher"): text("more patients died"),
        ("deaths_all", "same"): text("as many patients died"),
        ("deaths_waiting", "lower"): text("fewer patients died while waiting for care"),
        ("deaths_waiting", "higher"): text("more patients died while waiting for care"),
        ("deaths_waiting", "same"): text("as many patients died while waiting for care"),
        ("", "lower"): text("the measure “{measure}” was lower", measure=row.title),
        ("", "higher"): text("the measure “{measure}” was higher", measure=row.title),
        ("", "same"): text("the measure “{measure}” was the same", measure=row.title),
    }
    return known.get((row.measure, direction)) or known["", direction]


def more_words(difference: Paired, language: Language) -> Text:
    """Return about how many replications more would settle it."""
    about = about_more(difference, language)
    if about is None:
        return text("More replications would hardly settle it.")
    if difference.n < FEW:
        if about == "1":
            return text("About one more replication would settle it (few: the estimate is uncertain).")
        return text(
            "About {more} more replications would settle it (few replications: the estimate is uncertain).",
            more=about,
        )
    if about == "1":
        return text("About one more replication would settle it.")
    return text("About {more} more replications would settle it.", more=about)


def about_more(difference: Paired, language: Language) -> str | None:
    """Return that number with two figures that count; None where none that anybody could run would do."""
    more = difference.more_needed
    if more is None or more > TOO_MANY:
        return None
    size = 10 ** max(0, math.floor(math.log10(max(more, 1))) - 1)
    return numbers.decimal(math.ceil(more / size) * size, 0, language.code)


def in_words(difference: Paired, row: Row, language: Language) -> str:
    """Return ``−3,2 döda per körning (95 %: −5,1 till −1,4)``, in percentage points for shares."""
    mean, low, high = (row.factor * v for v in (difference.difference, difference.low, difference.high))
    digits = numbers.digits_for(mean, low, high)
    size = numbers.signed(mean, digits, language.code)
    if row.is_share:
        size = language.say(text("{size} percentage points", size=size))
    elif row.measure.startswith("deaths_") and row.unit == UNITS["patients"]:
        size = language.say(text("{size} deaths per replication", size=size))
    else:
        unit = UNITS["days"] if row.unit == UNITS["day"] else row.unit
        size = f"{size} {language.say(unit)}"
    if math.isnan(low):
        return size
    between = numbers.interval(low, high, digits, language.code)
    return language.say(text("{size} (95 %: {interval})", size=size, interval=between))


def _alone(found: Comparison, language: Language) -> str:
    """Return what one plan without any to compare with gave."""
    row = next((r for s in SUBJECTS if (r := found.row(s))), found.rows[0])
    [plan] = plan_phrases(found.batch.points[:1], language)
    value = row.factor * row.means[0]
    mean = numbers.decimal(value, numbers.digits_for(value), language.code)
    mean = f"{mean}{numbers.NO_BREAK}%" if row.is_share else mean
    if found.replications == 1:
        return language.say(
            text(
                "With {plan}: {measure}, {mean} in the only replication. {more} Give a second plan to "
                "compare with.",
                plan=plan,
                measure=row.title,
                mean=mean,
                more=_ONE,
            )
        )
    return language.say(
        text(
            "With {plan}: {measure}, {mean} on average over {n} replications. Give a second plan to compare "
            "with.",
            plan=plan,
            measure=row.title,
            mean=mean,
            n=found.replications,
        )
    )


def pairing(found: Comparison, language: Language) -> list[str]:
    """Return what it gains that both plans meet the same patients, one line a measure."""
    lines = []
    contrast = len(found.contrasts) - 1
    for name in PAIRING_SHOWN:
        row = found.row(name)
        difference = row.differences[contrast] if row and contrast >= 0 else None
        if row is None or difference is None or math.isnan(difference.correlation):
            continue
        lines.append(
            language.say(
                text(
                    "The same patients in both ({measure}): correlation {correlation}; the variance of the "
                    "difference is {variance} of that with independent patients, its standard error {error}.",
                    measure=row.title,
                    correlation=numbers.decimal(difference.correlation, 2, language.code),
                    variance=numbers.decimal(difference.variance_ratio, 3, language.code),
                    error=numbers.decimal(difference.standard_error_ratio, 2, language.code),
                )
            )
        )
    return lines


def first_without(found: Comparison, language: Language) -> list[str]:
    """Return for each plan which region lacks intensive care beds first, and in how many replications."""
    names = headings(found.batch.points, language)
    told = (_first_without(found, number, names[number], language) for number in range(len(names)))
    return [sentence for sentence in told if sentence]


FIRST = "first_day_over_capacity."
MOST_NAMED = 4
"""Regions that are named as first without beds."""


def first_regions(found: Comparison, number: int) -> tuple[dict[str, int], int, bool] | None:
    """Return in how many replications each region is first, in how many none, and whether days are shared.

    A day beyond the horizon, or none at all, is outside the period. None where nothing is measured.
    """
    point = found.batch.points[number]
    keys = [k for k in point.scenario.region_keys if FIRST + k in found.batch.measures]
    if not keys or "icu" not in point.scenario.kinds:
        return None
    days = np.array([found.batch.values(number, FIRST + key) for key in keys])
    within = np.where(days < point.scenario.horizon_days + 1, days, np.inf)
    earliest = within.min(axis=0)
    is_first = (within == earliest) & np.isfinite(earliest)
    counts = {key: int(row.sum()) for key, row in zip(keys, is_first, strict=True) if row.any()}
    order = sorted(counts, key=lambda k: (-counts[k], k))
    return (
        {k: counts[k] for k in order},
        int(np.isinf(earliest).sum()),
        bool((is_first.sum(axis=0) > 1).any()),
    )


def _first_without(found: Comparison, number: int, name: str, language: Language) -> str:
    told = first_regions(found, number)
    if told is None:
        return ""
    counts, none, is_shared = told
    scenario, n = found.batch.points[number].scenario, found.replications
    if not counts:
        return language.say(
            text("First without intensive care beds ({plan}): no region in any replication.", plan=name)
        )
    shown = [(short_name(scenario, key, language), count) for key, count in counts.items()]
    first, *rest = shown[:MOST_NAMED]
    listed = [text("{region} in {k} of {n} replications", region=first[0], k=first[1], n=n)]
    listed += [text("{region} in {k}", region=region, k=count) for region, count in rest]
    said = ", ".join(language.say(one) for one in listed)
    if none:
        said += language.say(text("; in {k} of {n} no region", k=none, n=n))
    if is_shared:
        said += language.say(text(" (regions that run out on the same day all count)"))
    return language.say(text("First without intensive care beds ({plan}): {said}.", plan=name, said=said))


def direction(better: Better) -> Text:
    """Return which way is better."""
    return {"lower": text("lower"), "higher": text("higher"), "neither": text("–")}[better]
