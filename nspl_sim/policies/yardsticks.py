"""What a plan is measured by: itself with more than any plan can have, as ``coordinated@true-state``.

``true-state``: its office sees how it is at each review. ``full-knowledge``: it also sees the hours to
come, and optimises. ``pooled``: the nation is one unit of each kind, a bound on what support can do.
"""

from collections.abc import Callable, Iterator
from typing import Any

from nspl_sim.policies.asking import Reporting
from nspl_sim.policies.levers import Plan
from nspl_sim.policies.rules import parameters
from nspl_sim.policies.support.full_knowledge import FullKnowledge
from nspl_sim.policies.support.optimised import Optimised
from nspl_sim.policies.support.pooled import Pooled
from nspl_sim.policies.taking_part import TakingPart
from nspl_sim.reading.part import Bilingual
from nspl_sim.reading.place import Place
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text

MARK = "@"
"""Between the name of a plan and that of the yardstick."""


def true_state(plan: Plan) -> Plan:
    """Return *plan* with a picture taken at each review that arrives at once: what old figures cost it."""
    changes = {"reporting": Reporting(every_h=plan.review_every_h, delay_h=0)}
    return _named(plan, "true-state", ", sann lägesbild", ", true state", changes)


def full_knowledge(plan: Plan) -> Plan:
    """Return *plan* with the optimised rule, its own or the usual, that knows the state and what comes."""
    support = plan.support
    if isinstance(support, Optimised):
        rule = FullKnowledge(**parameters(support))
    else:
        asked = {k: v for k, v in parameters(support).items() if k in ("reserve", "kinds")}
        rule = FullKnowledge(**asked)
    told = Reporting(every_h=plan.review_every_h, delay_h=0)
    changes = {"support": rule, "reporting": told, "taking_part": TakingPart()}
    return _named(plan, "full-knowledge", ", full kunskap", ", full knowledge", changes)


def pooled(plan: Plan) -> Plan:
    """Return *plan* in a nation that is one unit of each kind; its pauses and surge steps stay."""
    changes = {"support": Pooled(), "taking_part": TakingPart()}
    changes |= dict.fromkeys(("mandate", "office", "moves", "returns"))
    return _named(plan, "pooled", ", landet som en enhet", ", the nation as one unit", changes)


def no_plan(plan: Plan, place: Place) -> Iterator[Problem]:
    """Yield that *plan*, of which *place* says where, is a yardstick: who reads its results is to know."""
    said = {
        Pooled: text("is a yardstick and no plan: it bounds what support can do with the same beds"),
        FullKnowledge: text("is a yardstick and no plan, and not a bound: it knows what is to come"),
    }
    if type(plan.support) in said:
        yield place.problem(said[type(plan.support)], warning=True)


def _named(plan: Plan, key: str, sv: str, en: str, changes: dict[str, Any]) -> Plan:
    """Return *plan* with *changes*, under the name and title of its yardstick."""
    title = plan.title and Bilingual(sv=plan.title.sv + sv, en=(plan.title.en or plan.title.sv) + en)
    told = {"name": f"{plan.name[: 63 - len(key)]}-{key}", "title": title}
    return plan.model_copy(update=told | changes)


YARDSTICKS: dict[str, Callable[[Plan], Plan]] = {
    "true-state": true_state,
    "full-knowledge": full_knowledge,
    "pooled": pooled,
}
"""What may stand after the mark."""

__all__ = ["MARK", "YARDSTICKS", "full_knowledge", "no_plan", "pooled", "true_state"]
