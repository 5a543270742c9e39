"""Two engines, one model: the compiled loop's journal equals SimPy's in every field, or it says why not.

Where they part, the first row that differs is shown, with the ten before it.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from nspl_sim.demand.sample import sample
from nspl_sim.engine import supports
from nspl_sim.engine.ready import prepare
from nspl_sim.engine.supports import NotCompiled, unsupported
from nspl_sim.experiment.engines import chosen, compiled, simulated
from nspl_sim.experiment.foresight import foreseen
from nspl_sim.experiment.parting import parting
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.run import run
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.load import load_scenario, load_shipped, shipped
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
    found = parting(by_simpy, compiled(world, plan, demand, future=future))
    assert found is None, found
    return len(by_simpy)


@cache
def small(name: str, seed: int) -> tuple[Scenario, Demand]:
    return reduced(name), sample(reduced(name), seed)


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
    assert not unsupported(world, plan)
    assert same(world, plan, demand) > 1000


BUS = {"stretcher": 4, "icu": 2, "seated": 1}


@pytest.mark.parametrize("office", [{"requests_per_h": 1}, {"staffed": {"from_hour": 22, "to_hour": 7}}])
def test_equal_with_an_office_that_has_limits(office: dict[str, Any]) -> None:
    said = load_plan("coordinated").plan.written() | {"name": "tried", "office": office}
    out = {"out": {"kind": "office_outage", "from_day": 3, "days": 2}}
    world = scenario(abc(disruptions=out))
    assert same(world, Plan.model_validate(said), sample(world, 0)) > 2000


@pytest.mark.parametrize("plan", ["alone", "today", "coordinated"])
def test_equal_where_a_region_is_split_and_vehicles_collect(plan: str) -> None:
    content = abc()
    for key in ("a", "b"):
        content["regions"][key]["region"] = "one"
    for mode in content["transport"]["modes"].values():
        mode |= {"capacity": BUS, "patients_per_team": 2}
    world = scenario(content)
    assert same(world, load_plan(plan).plan, sample(world, 0)) > 2000


@pytest.mark.parametrize("replication", [0, 1])
def test_equal_where_beds_are_pooled(replication: int) -> None:
    world = scenario(abc())
    assert same(world, load_plan("coordinated@pooled").plan, sample(world, replication)) > 2000


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), plans())
def test_equal_in_worlds_of_every_sort(content: dict[str, Any], plan_content: dict[str, Any]) -> None:
    world, plan = allowed(Scenario, content), allowed(Plan, plan_content)
    assume(world is not None and plan is not None)
    assert not unsupported(world, plan)
    same(world, plan, sample(world, 0))


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
def test_equal_at_full_scale(name: str) -> None:
    world = load_shipped(name).scenario
    same(world, load_plan("coordinated").plan, sample(world, 0))


@pytest.mark.slow
def test_equal_at_full_scale_in_the_world_of_hospitals(tmp_path: Path) -> None:
    path = tmp_path / "hospitals.yaml"
    path.write_text(
        "format: 1\nextends: sweden-hospitals\nname: hospitals\nstart: 2027-01-11T00:00\nhorizon_days: 10\n"
    )
    world = load_scenario(path).scenario
    same(world, load_plan("coordinated").plan, sample(world, 0))


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", [{"office": {"requests_per_h": 3}}, {"support": {"rule": "pooled"}}], ids=str
)
def test_equal_at_full_scale_under_plans_with_more(part: dict[str, Any]) -> None:
    said = load_plan("coordinated").plan.written() | {"name": "tried"} | part
    world = load_shipped("national-surge").scenario
    same(world, Plan.model_validate(said), sample(world, 0))


# ---------------------------------------------------------------- what is left to SimPy


@pytest.fixture
def untaught(monkeypatch: pytest.MonkeyPatch) -> Scenario:
    """Return a world of which the loop has not been taught that beds are kept free."""
    monkeypatch.setattr(supports, "_UNIT", supports._UNIT - {"keep_free"})
    return scenario(abc())


def test_what_the_loop_does_not_hold_is_run_by_simpy_with_one_line(untaught: Scenario) -> None:
    plan = load_plan("today").plan
    assert [str(why) for why in unsupported(untaught, plan)] == ["the key keep_free"]
    told: list[str] = []
    assert chosen("auto", [Point(untaught, plan, "one")], lambda said: told.append(str(said))) == "simpy"
    assert len(told) == 1 and "the key keep_free" in told[0]
    demand = sample(untaught, 0)
    journals = [simulated(untaught, plan, demand, engine=engine) for engine in ("auto", "simpy")]
    assert journals[0].fingerprint() == journals[1].fingerprint()
    with pytest.raises(NotCompiled, match="keep_free"):
        chosen("compiled", [Point(untaught, plan, "one")], lambda said: None)


def test_some_points_are_compiled_and_the_others_are_counted(untaught: Scenario) -> None:
    plan, plain = load_plan("today").plan, abc()
    for region in plain["regions"].values():
        del region["units"]["icu"]["keep_free"]
    points = [Point(world, plan, "one") for world in (untaught, scenario(plain))]
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
