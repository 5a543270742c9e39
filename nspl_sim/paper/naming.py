"""What the parts of a run are called: in a heading, and inside a sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from nspl_sim.experiment.point import Point
from nspl_sim.paper import numbers
from nspl_sim.paper.language import Language
from nspl_sim.policies.plan import Plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.text import Text, text

_SHIPPED = {
    "alone": text("every region alone"),
    "today": text("today's order"),
    "coordinated": text("a shared standing order"),
}
"""The three reference plans, as they stand after *with*."""


def plan_heading(plan: Plan, language: Language) -> str:
    """Return the plan's title, or its name."""
    return plan.title.in_language(language.code) if plan.title else plan.name


def plan_headings(points: Sequence[Point], language: Language) -> list[str]:
    """Return each plan's heading, no two plans with the same one.

    Where titles collide the plan's name is added, where names collide too its values of the study's
    factors, or the file it was read from.
    """
    plans = [plan_heading(p.plan, language) for p in points]
    named = [(heading, p.plan.name) for heading, p in zip(plans, points, strict=True)]
    found = []
    for point, heading in zip(points, plans, strict=True):
        name = point.plan.name
        same_title = _is_shared(point, heading, points, plans)
        same_name = _is_shared(point, (heading, name), points, named)
        added = [name] if same_title and name != heading and not point.of_plan else []
        added += [point.file] if same_name and point.file not in ("", name) else []
        added += settings(point, point.of_plan, language) if same_name else []
        found.append(f"{heading} ({', '.join(added)})" if added else heading)
    return found


def settings(point: Point, factors: Mapping[str, float], language: Language) -> list[str]:
    """Return the values of *factors* of the point as people read them: ``Beds: 0,8``."""
    named = {name: title.in_language(language.code) for name, title in point.titles.items()}
    return [
        f"{named.get(name, name)}: {'× ' * (name in point.times)}{numbers.shortest(value, language.code)}"
        for name, value in factors.items()
    ]


def world_name(point: Point, language: Language) -> str:
    """Return what tells the scenario of *point* from the others: its values of factors, or its name."""
    return ", ".join(settings(point, point.of_world, language)) or point.label


def _is_shared(point: Point, key: Any, points: Sequence[Point], keys: Sequence[Any]) -> bool:
    """Return whether another plan than that of *point* has *key*."""
    return any(k == key and p.plan is not point.plan for p, k in zip(points, keys, strict=True))


def plan_phrases(points: Sequence[Point], language: Language) -> list[str]:
    """Return each plan as it stands after *with*: ``today's order``, ``the plan “Half reserve”``."""
    names = [p.plan.name for p in points]
    return [
        language.say(_SHIPPED[p.plan.name])
        if p.plan.name in _SHIPPED and not _is_shared(p, p.plan.name, points, names)
        else language.say(text("the plan “{title}”", title=heading))
        for p, heading in zip(points, plan_headings(points, language), strict=True)
    ]


def plan_names(points: Sequence[Point]) -> list[str]:
    """Return the plan's name in files, with the file it was read from where names collide."""
    names = [p.plan.name for p in points]
    return [
        f"{p.plan.name} ({p.variant})"
        if p.variant and _is_shared(p, p.plan.name, points, names)
        else p.plan.name
        for p in points
    ]


def scenario_heading(scenario: Scenario, language: Language) -> str:
    """Return the scenario's title, or its name."""
    return scenario.title.in_language(language.code) if scenario.title else scenario.name


def headings(points: Sequence[Point], language: Language) -> list[str]:
    """Return the column heading of each design point, all different; several scenarios are named."""
    found = plan_headings(points, language)
    if len({id(p.scenario) for p in points}) > 1:
        found = [f"{plan} ({world_name(p, language)})" for plan, p in zip(found, points, strict=True)]
    return [
        f"{name} [{found[:i].count(name) + 1}]" if found.count(name) > 1 else name
        for i, name in enumerate(found)
    ]


def marking(scenario: Scenario, language: Language) -> str:
    """Return the scenario's marking; the tool chooses no class, and says so where none is given."""
    return scenario.marking or language.say(text("NOT ASSESSED FOR SECURITY – DO NOT SPREAD"))


_KINDS = {
    "icu": text("intensive care"),
    "ward": text("ward care"),
    "theatre": text("operating theatre"),
    "stepdown": text("intermediate care"),
    "burn": text("burn care"),
    "paediatric_icu": text("paediatric intensive care"),
}


def kind_name(kind: str, language: Language) -> str:
    """Return the unit kind as people say it, or its key."""
    return language.say(kind_words(kind))


def kind_words(kind: str) -> Text | str:
    """Return the unit kind as people say it, to be said in any language, or its key."""
    return _KINDS.get(kind, kind)
