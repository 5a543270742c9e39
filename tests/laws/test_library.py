"""The laws on every scenario that comes along, made small, under every registered rule.

At full scale each scenario runs once behind the slow marker. The engine is that of batches; test_engines
shows that SimPy tells the same of these worlds.
"""

from functools import cache

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.policies.rules import FAMILIES, registered
from nspl_sim.scenario.load import load_shipped, shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import Demand
from tests.laws.audit import Audit
from tests.laws.reduced import MOST_PATIENTS, reduced
from tests.oracles.both import simulate

NO_PLANS = {"full-knowledge", "pooled"}
"""Yardsticks that break laws on purpose: they know what is to come, or need no trips. They have own tests."""
RULES = {family: [name for name in registered(family) if name not in NO_PLANS] for family in FAMILIES}
TURNS = max(len(names) for names in RULES.values())
"""In so many turns every rule of every family has had its own."""


def rules_in(turn: int) -> dict[str, str]:
    """Return a rule of each family, so that over all turns every rule is there."""
    return {family: names[turn % len(names)] for family, names in RULES.items()}


def plan_with(rules: dict[str, str]) -> Plan:
    """Return the shipped plan ``coordinated`` with *rules* in place of its own."""
    said = load_plan("coordinated").plan.written()
    return Plan.model_validate(said | {"name": "tried"} | {f: {"rule": name} for f, name in rules.items()})


@cache
def people(name: str) -> Demand:
    return sample(reduced(name), 0)


def balanced(scenario: Scenario, demand: Demand, journal: Journal) -> Course:
    """Check laws 3, 4, 5 and 7 on one course and return it."""
    audit = Audit(scenario, demand, journal).walk()
    assert audit.arrived == len(demand)
    course = Course(scenario, demand, journal)
    end_s = round(scenario.horizon_days * DAY)
    clipped = np.clip(course.stays.to_s, 0, end_s) - np.clip(course.stays.from_s, 0, end_s)
    units = len(scenario.regions) * len(scenario.kinds)
    unit = course.stays.region * len(scenario.kinds) + course.stays.kind
    lain = np.zeros(units, dtype=np.int64)
    np.add.at(lain, unit, clipped)
    assert course.occupied.integral(0, end_s).tolist() == lain.tolist(), "law 5"
    return course


@pytest.mark.parametrize("name", shipped())
def test_a_small_scenario_is_small_and_not_empty(name: str) -> None:
    assert 300 < len(people(name)) <= MOST_PATIENTS
    assert len(reduced(name).regions) == 5


@pytest.mark.parametrize("turn", range(TURNS), ids=lambda turn: "+".join(rules_in(turn).values()))
@pytest.mark.parametrize("name", shipped())
def test_the_laws_hold_in_every_scenario_under_every_rule(name: str, turn: int) -> None:
    scenario, demand = reduced(name), people(name)
    journal = simulate(scenario, plan_with(rules_in(turn)), demand)
    balanced(scenario, demand, journal)


@pytest.mark.parametrize("name", shipped())
def test_every_measure_can_be_taken_of_every_scenario(name: str) -> None:
    scenario, demand = reduced(name), people(name)
    course = Course(scenario, demand, simulate(scenario, load_plan("coordinated").plan, demand))
    values = evaluate(course)
    assert values["deaths_all"] >= 0 and not any(np.isinf(v) for v in values.values())


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
def test_the_laws_hold_at_full_scale(name: str) -> None:
    scenario = load_shipped(name).scenario
    demand = sample(scenario, 0)
    balanced(scenario, demand, simulate(scenario, load_plan("coordinated").plan, demand))
