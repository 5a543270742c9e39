"""Moves, return transfers and evacuations by both engines: the journals are equal in every field."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from nspl_sim.demand.sample import sample
from nspl_sim.engine.supports import NotCompiled, unsupported
from nspl_sim.experiment.engines import compiled, simulated
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.load import load_shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.care import NEVER, Event
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.patients import Demand
from tests.laws.reduced import reduced
from tests.laws.test_engines import _ready, same  # noqa: F401  (makes it ready)
from tests.laws.test_hospital_hit import two
from tests.random_worlds import allowed, moves, plans, scenarios
from tests.worlds import abc, scenario

RELIEF = {"kinds": ["icu", "ward"], "above": 0.7, "below": 0.6, "at_most": 5}
HOME = {"kinds": ["icu", "ward"], "reserve": 0}
MOVING: dict[str, dict[str, Any]] = {
    "moves": {"moves": RELIEF},
    "returns": {"returns": HOME},
    "both": {"moves": RELIEF, "returns": HOME},
    "icu": {"moves": RELIEF | {"kinds": ["icu"]}, "returns": HOME | {"kinds": ["icu"]}},
}
HIT = {"kind": "hospital_hit", "share": 0.6, "from_day": 4, "days": 3, "regions": ["a", "c"]}
ARMED = ("armed-attack-north", "armed-attack-southeast")


def moving(how: str, name: str = "coordinated", **changes: Any) -> Plan:
    said = load_plan(name).plan.written() | {"name": "moving"}
    return Plan.model_validate(said | MOVING.get(how, {}) | changes)


def moved(world: Scenario, plan: Plan, demand: Demand) -> int:
    """Check that the loop holds it and tells the same; return how many in-patients were moved."""
    assert not unsupported(world, plan)
    same(world, plan, demand)
    return len(compiled(world, plan, demand).where(Event.MOVED))


@pytest.mark.parametrize("instant", [False, True])
@pytest.mark.parametrize("how", MOVING)
def test_equal_with_moves_and_returns(how: str, instant: bool) -> None:
    content = abc()
    world = scenario(content | {"transport": content["transport"] | {"instant": instant}})
    at_once = {"every_h": 1, "delay_h": 0}
    plan = moving(how, "icu-and-wards", reporting=at_once, review_every_h=1)
    assert moved(world, plan, sample(world, 0)) > 5


@pytest.mark.parametrize("name", ["today", "coordinated", "icu-and-wards", "alone"])
@pytest.mark.parametrize("ask_minutes", [0, 20])
def test_equal_when_a_hospital_is_evacuated(name: str, ask_minutes: int) -> None:
    world = scenario(abc(disruptions={"hit": HIT}))
    asking = {"ask_minutes": ask_minutes, "retry_h": 1}
    found = moved(world, moving("none", name, asking=asking), sample(world, 0))
    assert (found > 0) == (name != "alone")


@pytest.mark.parametrize("how", MOVING)
def test_equal_with_moves_out_of_an_evacuated_hospital(how: str) -> None:
    world = scenario(abc(disruptions={"hit": HIT, "again": HIT | {"from_day": 5, "share": 0.9}}))
    assert moved(world, moving(how, "icu-and-wards", review_every_h=1), sample(world, 1)) > 20


@cache
def armed(name: str) -> tuple[Scenario, Demand]:
    return reduced(name), sample(reduced(name), 0)


@pytest.mark.parametrize("how", ["none", "both"])
@pytest.mark.parametrize("plan", ["today", "coordinated"])
@pytest.mark.parametrize("name", ARMED)
def test_equal_in_an_armed_attack(name: str, plan: str, how: str) -> None:
    world, demand = armed(name)
    found = moved(world, moving(how, plan), demand)
    assert found or name == "armed-attack-southeast", "its hospital has no beds when made small"


@st.composite
def restless(draw) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a scenario and a plan of every sort with many long stays, much room, and moves."""
    content, plan = draw(scenarios()), draw(plans())
    for region in content["regions"].values():
        region["icu_teams"] += 2
        if region["vehicles"]:
            region["vehicles"]["ambulance"] += 2
        for unit in region["units"].values():
            if unit["beds"] != "unlimited":
                unit["beds"] += 5
    for number, patient in enumerate(content["streams"]["table"]["patients"]):
        if number % 4:
            patient["region"] = "a"
        for stage in patient["stages"]:
            stage["stay_h"] += draw(st.sampled_from([24, 0, 30]))
    share, from_day = draw(st.sampled_from([0.8, 1, 0.4])), draw(st.sampled_from([0.5, 0.25, 1]))
    hit = {"kind": "hospital_hit", "share": share, "regions": ["a"], "from_day": from_day, "days": 1}
    rule = draw(st.sampled_from(["today", "nearest", "least-loaded"]))
    support = {"rule": rule, "kinds": draw(st.sampled_from([["icu", "ward"], ["ward"]])), "reserve": 0}
    said = {"support": support} if draw(st.booleans()) else {}
    asking = plan["asking"] | {"retry_h": draw(st.sampled_from([0.5, 1])), "quota": {}}
    return content | {"disruptions": {"hit": hit}}, plan | said | {"asking": asking} | draw(moves())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(restless(), st.sampled_from([1, 6, 30]))
def test_equal_with_moves_in_worlds_of_every_sort(
    contents: tuple[dict[str, Any], dict[str, Any]], leaves_h: int
) -> None:
    """Some leave for their home country: from their bed, on the move, or before they are moved."""
    world, plan = allowed(Scenario, contents[0]), allowed(Plan, contents[1])
    assume(world is not None and plan is not None)
    assume(not unsupported(world, plan))
    demand = sample(world, 0)
    leaves_s = np.where(np.arange(len(demand)) % 3, NEVER, demand.arrival_s + leaves_h * HOUR)
    same(world, plan, replace(demand, leaves_s=leaves_s))


@pytest.mark.slow
@pytest.mark.parametrize("how", ["none", "both"])
@pytest.mark.parametrize("name", ARMED)
def test_equal_at_full_scale(name: str, how: str) -> None:
    world = load_shipped(name).scenario
    assert moved(world, moving(how), sample(world, 0)) > 0


def test_a_move_from_where_nobody_is_followed_is_left_to_simpy(monkeypatch: pytest.MonkeyPatch) -> None:
    from nspl_sim.engine import simulate as loop

    world, plan = scenario(abc()), moving("both")
    demand = sample(world, 0)
    monkeypatch.setattr(loop, "followed_units", lambda *given: set())
    with pytest.raises(NotCompiled, match="moves"):
        compiled(world, plan, demand)
    by_simpy = simulate(world, plan, demand)
    assert simulated(world, plan, demand, engine="auto").fingerprint() == by_simpy.fingerprint()


def test_a_stay_that_is_over_with_an_arrival_at_once_is_left_to_simpy() -> None:
    """Hit at 2:15, seated at once; the bus leaves at the review of 3 and takes no time; the stay is over."""
    content = two(HIT | {"share": 1, "regions": ["a"], "from_day": 2.25 / 24, "days": 1})
    content = content.model_dump(mode="python", by_alias=True, exclude_none=True)
    content["start"] = "2027-01-04T00:00"
    for patient in content["streams"]["given"]["patients"]:
        patient["stages"][0]["stay_h"] = 2
    content["transport"] |= {"distances_km": {"a": {"b": 0}}, "handover_minutes": 0}
    content["transport"]["modes"]["ambulance"] |= {"capacity": {"icu": 4}}
    world, plan = scenario(content), moving("none", "today", asking={"ask_minutes": 0}, review_every_h=1)
    demand = sample(world, 0)
    with pytest.raises(NotCompiled, match="at once"):
        compiled(world, plan, demand)
    by_simpy = simulate(world, plan, demand)
    assert len(by_simpy.where(Event.MOVED)) == 2
    assert simulated(world, plan, demand, engine="auto").fingerprint() == by_simpy.fingerprint()
