"""Who waits in vain because no plan says whom to ask: deaths in wait for a kind of unit without an order.

The shipped plans have a standing order for intensive care only. Where most of those who die in wait want a
ward bed, no such plan can help them, and more replications will not change that.
"""

import numpy as np

from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.language import Language
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.rules import parameters
from nspl_sim.vocabulary.text import Text, text

WAITING, OF_WARDS = "deaths_waiting", "deaths_waiting_ward"
LEAST_DEATHS = 5.0
"""Fewer than so many in a replication, on average, are not worth a sentence."""
LEAST_SHARE = 0.3
"""Of the deaths in wait."""


def orders_wards(plan: Plan) -> bool:
    """Return whether *plan* has a standing order for ward beds."""
    given = parameters(plan.support)
    return "ward" in given.get("kinds", ()) or "ward" in given.get("rules", {})


def unordered(found: Comparison, point: int) -> Text | None:
    """Return the sentence on the design point, None where wards have an order or hardly anybody dies so."""
    batch = found.batch
    if not {WAITING, OF_WARDS} <= set(batch.measures):
        return None
    world = batch.points[point].scenario
    if any(orders_wards(one.plan) for one in batch.points if one.scenario is world):
        return None
    everybody, wards = (float(np.nanmean(batch.values(point, name))) for name in (WAITING, OF_WARDS))
    if wards < LEAST_DEATHS or wards < LEAST_SHARE * everybody:
        return None
    return text(
        "Of the {all} who die in wait, {wards} want a ward bed, and no plan here says whom to ask for one. "
        "Try icu-and-wards beside them.",
        all=round(everybody),
        wards=round(wards),
    )


def told(found: Comparison, language: Language) -> list[str]:
    """Return the sentence on the last plan that is set against another, if there is one to say."""
    point = found.contrasts[-1][0] if found.contrasts else 0
    said = unordered(found, point)
    return [language.say(said)] if said is not None else []
