"""How sure? Every claim with its grade: measured, direction only, unresolved or untested."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nspl_sim.experiment.statistics import Paired, paired
from nspl_sim.paper.answer import FEW, about_more, more_words
from nspl_sim.report.material import Material
from nspl_sim.report.outcomes import all_told, of_plan, outcomes
from nspl_sim.vocabulary.text import Text, text

MEASURED = text("measured in the model")
DIRECTION = text("direction only")
UNRESOLVED = text("unresolved")
UNTESTED = text("untested")

ARMS = ("deaths_all_strain_none", "deaths_all_strain_half", "deaths_all_strain_full")
"""Deaths under three assumptions on the harm of crowding; a finding that turns round between them is none."""


@dataclass(frozen=True)
class Grade:
    """One claim and how sure it is."""

    claim: str
    grade: str
    why: str = ""


def grades(material: Material) -> list[Grade]:
    """Return the claims that the answer rests on, with their grades."""
    return [Grade(*(material.say(words) if words else "" for words in one)) for one in _claims(material)]


Claim = tuple[Text, Text, Text | None]


def _claims(material: Material) -> Iterator[Claim]:
    if material.subject is None:
        return
    row, difference = material.subject
    plan = material.phrases[material.plan]
    if difference.ties == difference.n and difference.n > 1:
        yield text("That it makes no difference"), MEASURED, None
    elif not difference.resolved:
        why = _more(material, difference) if difference.n > 1 else None
        yield text("Whether it is better with {plan}", plan=plan), UNRESOLVED, why
    elif turns_round(material):
        why = text("It turns round with how much harm crowded intensive care is taken to do.")
        yield text("Whether it is better with {plan}", plan=plan), UNRESOLVED, why
    else:
        is_better = (difference.difference < 0) == (row.better == "lower")
        yield (
            (
                text("That it is better with {plan}", plan=plan)
                if is_better
                else text("That it is worse with {plan}", plan=plan)
            ),
            MEASURED,
            None,
        )
        yield text("By how much"), DIRECTION, None
    yield from _elsewhere(material)


def _more(material: Material, difference: Paired) -> Text:
    """Return about how many replications more would settle it, as answers say it, in fewer words."""
    more = about_more(difference, material.language)
    if more is None or difference.n >= FEW:
        return more_words(difference, material.language)
    if more == "1":
        return text("About one more replication (uncertain).")
    return text("About {more} more replications (uncertain).", more=more)


def _elsewhere(material: Material) -> Iterator[Claim]:
    found = outcomes(material)
    if not found or material.main is material.found:
        yield text("In other situations"), UNTESTED, None
        return
    ours = [o.verdict for o in of_plan(material)]
    first = ours[0] if ours else "unresolved"
    if all_told(material):
        yield text("In other situations"), UNTESTED, None
        return
    same, claim = ours.count(first), text("In the other situations tried")
    signs = {o.paired.difference > 0 for o in of_plan(material) if o.paired.difference}
    why = text("The same verdict in {k} of {n} situations of the scenario.", k=same, n=len(ours))
    if len(signs) > 1:
        why = text(
            "The same verdict in {k} of {n} situations of the scenario, but the difference changes sign.",
            k=same,
            n=len(ours),
        )
    if first == "unresolved" or {"better", "worse"} <= set(ours):
        yield claim, UNRESOLVED, why
    else:
        yield claim, MEASURED if same == len(ours) else DIRECTION, why


def turns_round(material: Material) -> bool:
    """Return whether more or less harm from crowding turns the sign of the difference in deaths."""
    if material.reference is None or any(a not in material.batch.measures for a in ARMS):
        return False
    signs = set()
    for arm in ARMS:
        found = paired(
            material.batch.values(material.plan, arm), material.batch.values(material.reference, arm)
        )
        if found.n:
            signs.add(float(np.sign(found.difference)))
    return {-1.0, 1.0} <= signs
