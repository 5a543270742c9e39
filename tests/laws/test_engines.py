"""Two engines, one model: the compiled loop's journal equals SimPy's in every field, or it says why not.

Where they part, the first row that differs is shown, with the ten before it.
"""

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from nspl_sim.demand.sample import sample
from nspl_sim.engine.ready import prepare
from nspl_sim.engine.supports import NotCompiled, unsupported
from nspl_sim.experiment.engines import chosen, compiled, simulated
from nspl_sim.experiment.foresight import foreseen
from nspl_sim.experiment.parting import parting
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.run import run
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.load import load_shipped, shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.patients import Demand
from tests.laws.reduced import reduced
from tests.laws.test_library import TURNS, plan_with, rules_in
from tests.random_worlds import allowed, plans, scenarios
from tests.worlds import abc, scenario


@pytest.fixture(scope="module", autouse=True)
def _ready() -> None:
    why_not = prepare(lambda said: None)
    if why_not is not None:
        pytest.skip(f"no compiled engine here: {why_not}")


def same(world: Scenario, plan: Plan, demand: Demand) -> int:
    """Check that both engines tell the same, and return how many rows that is."""
    future = foreseen(world, plan, demand) if plan.foresees else None
    by_simpy = simulate(world, plan, demand, future)
    found = parting(by_simpy, compiled(world, plan, demand, future))
    assert found is None, found
    return len(by_simpy)


def without_what_is_not_held(world: Scenario) -> Scenario:
    """Return *world* without vehicles of several places, which the loop leaves to SimPy."""
    modes = {k: m.model_copy(update={"capacity": None}) for k, m in world.transport.modes.items()}
    transport = world.transport.model_copy(update={"modes": modes})
    return world.model_copy(update={"transport": transport})


@cache
def small(name: str, seed: int) -> tuple[Scenario, Demand]:
    world = without_what_is_not_held(reduced(name))
    return world, sample(world, seed)


@pytest.mark.parametrize("plan", ["alone", "today", "coordinated", "optimised", "forecast"])
@pytest.mark.parametrize("replication", [0, 1])
def test_equal_in_the_small_world(plan: str, replication: int) -> None:
    world = scenario(abc())
    assert same(world, load_plan(plan).plan, sample(world, replication)) > 2000


@pytest.mark.parametrize("turn", range(TURNS), ids=lambda turn: "+".join(rules_in(turn).values()))
@pytest.mark.parametrize("name", shipped())
def test_equal_in_every_scenario_under_every_rule(name: str, turn: int) -> None:
    world, demand = small(name, turn % 3)
    plan = plan_with(rules_in(turn))
    if unsupported(world, plan):
        pytest.skip(str(unsupported(world, plan)[0]))
    assert same(world, plan, demand) > 1000


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), plans())
def test_equal_in_worlds_of_every_sort(content: dict[str, Any], plan_content: dict[str, Any]) -> None:
    world, plan = allowed(Scenario, content), allowed(Plan, plan_content)
    assume(world is not None and plan is not None)
    assume(not unsupported(world, plan))
    same(world, plan, sample(world, 0))


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
def test_equal_at_full_scale(name: str) -> None:
    world = without_what_is_not_held(load_shipped(name).scenario)
    same(world, load_plan("coordinated").plan, sample(world, 0))


# ---------------------------------------------------------------- what is left to SimPy


def bus() -> Scenario:
    content = abc()
    content["transport"]["modes"]["ambulance"]["capacity"] = {"stretcher": 4, "icu": 1}
    return scenario(content)


def test_what_the_loop_does_not_hold_is_run_by_simpy_with_one_line() -> None:
    world, plan = bus(), load_plan("today").plan
    told: list[str] = []
    assert chosen("auto", [Point(world, plan, "bus")], lambda said: told.append(str(said))) == "simpy"
    assert len(told) == 1 and "several patients (ambulance)" in told[0]
    demand = sample(world, 0)
    journals = [simulated(world, plan, demand, engine=engine) for engine in ("auto", "simpy")]
    assert journals[0].fingerprint() == journals[1].fingerprint()
    with pytest.raises(NotCompiled, match="several patients"):
        chosen("compiled", [Point(world, plan, "bus")], lambda said: None)


def test_some_points_are_compiled_and_the_others_are_counted() -> None:
    plan = load_plan("today").plan
    points = [Point(world, plan, "one") for world in (bus(), scenario(abc()))]
    told: list[str] = []
    assert chosen("auto", points, lambda said: told.append(str(said))) == "auto"
    assert len(told) == 1 and "1 of 2" in told[0]


def test_what_simpy_does_in_no_time_is_not_compiled_for() -> None:
    points = [Point(scenario(abc()), load_plan("today").plan, "one")]
    told: list[str] = []
    assert chosen("auto", points, lambda said: told.append(str(said)), simpy_s=4.0) == "simpy"
    assert not told
    assert chosen("compiled", points, lambda said: told.append(str(said)), simpy_s=4.0) == "compiled"
    assert chosen("auto", points, lambda said: told.append(str(said)), simpy_s=100.0) == "auto"
    assert len(told) == 2 and all("compiled engine runs this" in one for one in told)


def test_patients_who_are_present_are_met_by_both() -> None:
    lying = [{"region": "a", "kind": "icu", "count": 3}, {"region": "b", "kind": "ward", "count": 20}]
    world = scenario(abc(warm_up_days=0, present=lying))
    assert same(world, load_plan("coordinated").plan, sample(world, 0)) > 1000


def test_a_batch_is_the_same_by_either_engine_and_any_number_of_workers() -> None:
    points = [Point(scenario(abc()), load_plan(name).plan, name) for name in ("today", "coordinated")]
    batches = [run(points, 3, workers, engine=engine) for workers, engine in ((1, "simpy"), (2, "compiled"))]
    for point in range(2):
        assert batches[0].fingerprints(point) == batches[1].fingerprints(point)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ({"office": {}}, "joint office"),
        ({"support": {"rule": "pooled"}}, "in common"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_plans_that_the_loop_does_not_hold(part: dict[str, Any], reason: str) -> None:
    said = load_plan("coordinated").plan.written()
    plan = Plan.model_validate(said | {"name": "tried"} | part)
    world = scenario(abc())
    assert any(reason in str(why) for why in unsupported(world, plan))


def test_a_key_that_nobody_has_taught_the_loop_is_left_to_simpy(monkeypatch: pytest.MonkeyPatch) -> None:
    from nspl_sim.engine import supports

    world, plan = scenario(abc()), load_plan("today").plan
    assert not unsupported(world, plan)
    monkeypatch.setattr(supports, "_UNIT", supports._UNIT - {"keep_free"})
    assert [str(why) for why in unsupported(world, plan)] == ["the key keep_free"]


# ---------------------------------------------------------------- where they part


def test_the_first_row_that_differs_is_shown_with_ten_before_it() -> None:
    world = scenario(abc())
    journal = simulate(world, load_plan("today").plan, sample(world, 0))
    assert parting(journal, journal) is None
    other = journal.only(np.arange(len(journal)))
    other.unit[500] += 1
    told = str(parting(journal, other))
    assert told.count("\n") == 12 and "row 500" in told
    shorter = str(parting(journal, journal.only(np.arange(len(journal) - 1))))
    assert f"row {len(journal) - 1}" in shorter
