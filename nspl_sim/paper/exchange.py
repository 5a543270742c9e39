"""Transfers per death avoided: what is moved for what is gained, where the gain is resolved.

A ratio of two paired differences: more capacity transfers of all kinds than under the reference, for
each death fewer. Where the difference in deaths is unresolved the ratio may be anything, even with
another sign, and is not given; where more die, nothing is avoided.
"""

from typing import Any

from nspl_sim.experiment.statistics import paired, ratio
from nspl_sim.paper import numbers
from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.contrast import sides
from nspl_sim.paper.language import Language
from nspl_sim.paper.standing import shown_contrasts
from nspl_sim.vocabulary.text import Text, text

TRANSFERS, DEATHS = "capacity_transfers", "deaths_all"


def per_death_avoided(found: Comparison, contrast: int) -> tuple[float, float, float] | None:
    """Return the transfers for each death avoided, with interval; None where that is not defined."""
    point, reference = found.contrasts[contrast]
    moved, died = (
        found.batch.values(point, name) - found.batch.values(reference, name) for name in (TRANSFERS, DEATHS)
    )
    known = ratio(moved, -died)
    return known if known and _avoided(found, contrast) else None


def _avoided(found: Comparison, contrast: int) -> bool:
    point, reference = found.contrasts[contrast]
    one = paired(found.batch.values(point, DEATHS), found.batch.values(reference, DEATHS))
    return one.resolved and one.difference < 0


def exchange(found: Comparison, language: Language) -> list[str]:
    """Return a sentence for each plan; none where transfers or deaths are not measured."""
    if not {TRANSFERS, DEATHS} <= set(found.batch.measures):
        return []
    return [language.say(_sentence(found, contrast, language)) for contrast in shown_contrasts(found)]


def _sentence(found: Comparison, contrast: int, language: Language) -> Text:
    point, reference = found.contrasts[contrast]
    said = dict(zip(("plan", "reference"), sides(found, contrast, language), strict=True))
    known = per_death_avoided(found, contrast)
    if known is not None:
        value, low, high = known
        digits = numbers.digits_for(value, low, high)
        return text(
            "Transfers per death avoided, {plan} against {reference}: {value} (95 %: {interval}).",
            value=numbers.decimal(value, digits, language.code),
            interval=numbers.interval(low, high, digits, language.code).replace("+", ""),
            **said,
        )
    died = paired(found.batch.values(point, DEATHS), found.batch.values(reference, DEATHS))
    if died.resolved:
        return text(
            "Transfers per death avoided, {plan} against {reference}: not defined, more patients die.", **said
        )
    return text(
        "Transfers per death avoided, {plan} against {reference}: not defined, the difference in deaths is "
        "unresolved.",
        **said,
    )


def as_data(found: Comparison) -> list[dict[str, Any]]:
    """Return the ratio of every contrast for machines; null where it is not defined."""
    if not {TRANSFERS, DEATHS} <= set(found.batch.measures):
        return []
    points, told = found.batch.points, []
    for contrast in shown_contrasts(found):
        known = per_death_avoided(found, contrast)
        names = ("transfers_per_death_avoided", "low", "high")
        told.append(
            {
                "plan": points[found.contrasts[contrast][0]].plan.name,
                "reference": points[found.contrasts[contrast][1]].plan.name,
                **dict(zip(names, known or (None, None, None), strict=True)),
            }
        )
    return told
