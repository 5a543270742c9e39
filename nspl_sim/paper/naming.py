"""What the parts of a run are called: in a heading, and inside a sentence."""

from collections.abc import Sequence

from nspl_sim.experiment.run import Point
from nspl_sim.paper.language import Language
from nspl_sim.policies.plan import Plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.text import text

_SHIPPED = {
    "alone": text("every region alone"),
    "today": text("today's order"),
    "coordinated": text("a shared standing order"),
}
"""The three reference plans, as they stand after *with*."""


def plan_heading(plan: Plan, language: Language) -> str:
    """Return the plan's title, or its name."""
    return plan.title.in_language(language.code) if plan.title else plan.name


def plan_phrase(plan: Plan, language: Language) -> str:
    """Return the plan as it stands after *with*: ``today's order``, ``the plan “Half reserve”``."""
    if plan.name in _SHIPPED:
        return language.say(_SHIPPED[plan.name])
    return language.say(text("the plan “{title}”", title=plan_heading(plan, language)))


def scenario_heading(scenario: Scenario, language: Language) -> str:
    """Return the scenario's title, or its name."""
    return scenario.title.in_language(language.code) if scenario.title else scenario.name


def headings(points: Sequence[Point], language: Language) -> list[str]:
    """Return the column heading of each design point; the scenario is named where there are several."""
    plans = [plan_heading(p.plan, language) for p in points]
    if len({id(p.scenario) for p in points}) == 1:
        return plans
    names = [p.label for p in points]
    return [f"{plan} ({name})" for plan, name in zip(plans, names, strict=True)]


def marking(scenario: Scenario, language: Language) -> str:
    """Return the scenario's marking; the tool chooses no class, and says so where none is given."""
    return scenario.marking or language.say(text("NOT ASSESSED FOR SECURITY – DO NOT SPREAD"))
