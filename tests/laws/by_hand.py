"""Worlds of a few named patients, and what happened to them in words: hours, events, places."""

from typing import Any

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import Event
from tests.laws.audit import Audit
from tests.oracles.both import by_both

Told = list[tuple[float, str, int, str]]
"""Hour, event, patient, region."""


def stage(kind: str, stay_h: float) -> dict[str, Any]:
    return {"kind": kind, "stay_h": stay_h}


def patient(
    arrival_h: float, *stages: dict[str, Any], region: str = "a", klass: str = "ill"
) -> dict[str, Any]:
    return {"arrival_h": arrival_h, "region": region, "class": klass, "stages": list(stages)}


def world(regions: dict[str, Any], patients: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Return a world that begins on a Monday at midnight, in winter, without warm-up."""
    kinds = sorted({s["kind"] for p in patients for s in p["stages"]})
    stages = [{"kind": kind, "stay": {"family": "fixed", "value_h": 1}} for kind in kinds]
    classes = {"ill": {"urgency": 3, "pathways": [{"share": 1, "stages": stages}]}}
    return {
        "format": 1,
        "name": "by-hand",
        "start": "2027-01-04T00:00",
        "horizon_days": 14,
        "regions": regions,
        "classes": classes,
        "streams": {"table": {"kind": "table", "patients": patients}},
    } | more


def run(content: dict[str, Any], plan: str | Plan = "today") -> tuple[Scenario, Journal, Course]:
    """Return the scenario, the journal of both engines and its course; the auditor has walked the journal."""
    scenario = Scenario.model_validate(content)
    table = sample(scenario, 0)
    chosen = load_plan(plan).plan if isinstance(plan, str) else plan
    journal = by_both(scenario, chosen, table)
    Audit(scenario, table, journal).walk()
    return scenario, journal, Course(scenario, table, journal)


def told(scenario: Scenario, journal: Journal, *events: Event) -> Told:
    """Return the rows of *events* as (hour, event, patient, region)."""
    keys = scenario.region_keys
    return [
        (time_s / 3600, Event(event).name.lower(), who, keys[region])
        for time_s, event, who, region, _, _ in journal.rows()
        if event in events
    ]
