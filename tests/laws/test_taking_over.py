"""A plan that takes over from a former one: the same course up to then, and its own from then on."""

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.engine.ready import prepare
from nspl_sim.experiment.engines import Engine
from nspl_sim.experiment.foresight import happened
from nspl_sim.experiment.parting import parting
from nspl_sim.journal import Journal
from nspl_sim.policies.besides import Former
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.clock import DAY
from tests.worlds import abc, scenario

WORLD = scenario(abc())
DEMAND = sample(WORLD, 0)
AT_S = 2 * DAY + 3600
PLANS = ["alone", "today", "coordinated", "optimised@full-knowledge"]


def plan(name: str) -> Plan:
    if name != "moving":
        return load_plan(name).plan
    said = load_plan("coordinated").plan.written()
    return Plan.model_validate(said | {"name": name, "moves": {}, "returns": {}})


def taken_over(former: str, name: str, engine: Engine = "simpy") -> Journal:
    return happened(WORLD, plan(name), DEMAND, engine, former=Former(plan(former), AT_S))


def before(journal: Journal, time_s: int) -> Journal:
    return journal.only(np.flatnonzero(journal.time_s < time_s))


@pytest.mark.parametrize("name", PLANS)
def test_nothing_differs_before(name: str) -> None:
    found = taken_over("today", name)
    assert parting(before(simulate(WORLD, plan("today"), DEMAND), AT_S), before(found, AT_S)) is None


@pytest.mark.parametrize("name", ["alone", "today", "coordinated"])
def test_a_plan_that_takes_over_from_itself_changes_nothing(name: str) -> None:
    assert parting(simulate(WORLD, plan(name), DEMAND), taken_over(name, name)) is None


def test_from_then_on_the_new_plan_speaks() -> None:
    found = taken_over("today", "coordinated")
    for name in ("today", "coordinated"):
        assert parting(found, simulate(WORLD, plan(name), DEMAND)) is not None, name


@pytest.mark.parametrize("name", [*PLANS, "moving"])
def test_both_engines_tell_the_same(name: str) -> None:
    if (why_not := prepare(lambda said: None)) is not None:
        pytest.skip(f"no compiled engine here: {why_not}")
    assert parting(taken_over("today", name), taken_over("today", name, "compiled")) is None
