"""The answer in one sentence, with its certainty in frequencies.

A difference whose 95 % interval spans zero is told as unresolved, with about how many replications
more would settle it. Nothing here claims more than the replications show.
"""

import math

from nspl_sim.experiment.statistics import Paired
from nspl_sim.measures.registry import Better
from nspl_sim.paper import numbers
from nspl_sim.paper.comparison import PAIRING_SHOWN, Comparison, Row
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import plan_phrase
from nspl_sim.vocabulary.text import Text, text

SUBJECTS = ("deaths_all", "deaths_waiting")
"""What the answer is about, if it says anything; else the first measure that differs."""

TOO_MANY = 100_000
"""More replications than this settle nothing for anybody."""


def answers(found: Comparison, language: Language) -> list[str]:
    """Return the answer; with several scenarios, one sentence for each plan they share."""
    if not found.contrasts:
        return [_alone(found, language)] if found.rows else [language.say(_NOTHING)]
    several = found.scenarios > 1
    asked = range(len(found.contrasts)) if several else [len(found.contrasts) - 1]
    return [_answer(found, number, language) for number in asked]


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
    plan, against = plan_phrase(point.plan, language), plan_phrase(reference.plan, language)
    if found.scenarios > 1:
        plan = language.say(text("{plan} in the scenario “{scenario}”", plan=plan, scenario=point.label))
        against = language.say(text("the scenario “{scenario}”", scenario=reference.label))
    said = {"plan": plan, "reference": against, "n": difference.n}
    if difference.ties == difference.n:
        return text(
            "No difference: with {plan}, {what} as with {reference} in all {n} replications.",
            what=_what(row, "same"),
            **said,
        )
    better, worse = difference.better or 0, difference.worse or 0
    other = {"lower": "higher", "higher": "lower"}
    said["size"] = in_words(difference, row, language)
    if not difference.resolved:
        return text(
            "Unresolved: with {plan}, {what} in {often} compared with {reference}, and the contrary in "
            "{contrary}; the difference is {size}. {more}",
            what=_what(row, row.better),
            often=_often(better, difference),
            contrary=worse,
            more=_more(difference, language),
            **said,
        )
    is_better = (difference.difference < 0) == (row.better == "lower")
    return text(
        "With {plan}, {what} in {often} compared with {reference}; the difference is {size}.",
        what=_what(row, row.better if is_better else other[row.better]),
        often=_often(better if is_better else worse, difference),
        **said,
    )


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


def _more(difference: Paired, language: Language) -> Text:
    """Return about how many replications more would settle it."""
    more = difference.more_needed
    if more is None or more > TOO_MANY:
        return text("More replications would hardly settle it.")
    size = 10 ** max(0, math.floor(math.log10(max(more, 1))) - 1)
    about = numbers.decimal(math.ceil(more / size) * size, 0, language.code)
    return text("About {more} more replications would settle it.", more=about)


def in_words(difference: Paired, row: Row, language: Language) -> str:
    """Return ``−3,2 (95 %: −5,1 till −1,4)``, in percentage points for shares."""
    mean, low, high = (row.factor * v for v in (difference.difference, difference.low, difference.high))
    digits = numbers.digits_for(mean, low, high)
    size = numbers.signed(mean, digits, language.code)
    if row.is_share:
        size = language.say(text("{size} percentage points", size=size))
    if math.isnan(low):
        return size
    between = numbers.interval(low, high, digits, language.code)
    return language.say(text("{size} (95 %: {interval})", size=size, interval=between))


def _alone(found: Comparison, language: Language) -> str:
    """Return what one plan without any to compare with gave."""
    row = next((r for s in SUBJECTS if (r := found.row(s))), found.rows[0])
    digits = numbers.digits_for(row.means[0])
    return language.say(
        text(
            "With {plan}: {measure}, {mean} on average over {n} replications. Give a second plan to compare "
            "with.",
            plan=plan_phrase(found.batch.points[0].plan, language),
            measure=row.title,
            mean=numbers.decimal(row.means[0], digits, language.code),
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


def direction(better: Better) -> Text:
    """Return which way is better."""
    return {"lower": text("lower"), "higher": text("higher"), "neither": text("–")}[better]
