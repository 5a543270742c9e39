"""The page of the plan: its parts, and every rule of every family with its parameters."""

import inspect
from dataclasses import MISSING, Field, fields
from typing import Any, get_type_hints

from nspl_sim.paper.language import Language
from nspl_sim.policies.catalogue import registered
from nspl_sim.policies.plan import Plan, load_plan, shipped_plans
from nspl_sim.policies.rules import FAMILIES
from nspl_sim.reading.described import described
from reference.markdown import page, paragraphs, table
from reference.parts import of_type, parts, sections, shown


def plan_page() -> str:
    """Return the page."""
    every = parts(Plan)
    lines = sections(every, {*every})
    for family in FAMILIES:
        lines += [f"## Rules: {family}", ""]
        for name, rule in registered(family).items():
            lines += [f"### {name} ({family})", "", *_rule(rule)]
    lines += ["## Shipped plans", "", *_shipped()]
    opening = [
        "Every key of a plan file, and every rule that a plan may name. A rule is written as its name, or as "
        "a mapping with `rule:` and parameters: `support: {rule: today, reserve: 2}`."
    ]
    return page("The plan file", opening, lines)


def _rule(rule: type) -> list[str]:
    """Return what a rule is, its clause with its defaults, and its parameters."""
    lines = paragraphs(inspect.getdoc(inspect.getmodule(rule)))
    own = inspect.getdoc(rule)
    lines += paragraphs(own)
    clause = _clause(rule)
    lines += [f"> {clause}", ""] if clause else []
    told, types = described(rule), get_type_hints(rule, include_extras=True)
    rows = [
        (f"`{f.name}`", of_type(types[f.name], f.name), _default(f), told.get(f.name, ""))
        for f in fields(rule)  # type: ignore[arg-type]
    ]
    return lines + (
        table(("parameter", "value", "default", "meaning"), rows) if rows else ["No parameters.", ""]
    )


def _clause(rule: type) -> str | None:
    """Return the clause that would stand in the plan, in Swedish, where the defaults make one."""
    try:
        return Language("sv").say(rule().sentence())
    except Exception:  # a rule without defaults has no clause yet
        return None


def _default(field: "Field[Any]") -> str:
    if field.default is not MISSING:
        return shown(field.default)
    if field.default_factory is not MISSING:
        return shown(field.default_factory())
    return "required"


def _shipped() -> list[str]:
    rows = []
    for name in shipped_plans():
        plan = load_plan(name).plan
        rules = ", ".join(f"{family} `{getattr(plan, family).name}`" for family in FAMILIES)
        rows.append((f"`{name}`", plan.title.sv if plan.title else "", rules))
    return table(("plan", "Swedish title", "rules"), rows)
