"""The nation as one unit of each kind: the very same as a world of one region; and it bounds the others."""

from dataclasses import replace

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.experiment.foresight import happened
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.patients import Demand
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario

POOLED = load_plan("coordinated@pooled").plan
NEVER = {"elective": "never-pause", "surge": "never"}
SEEN = (Event.ARRIVED, Event.ASKED, Event.BOARDED, Event.ADMITTED, Event.DISCHARGED, Event.DIED_WAITING)


def bare(**changes) -> dict:
    """Return the crowded world without planned care, surge steps, kept beds and warm-up."""
    world = abc(warm_up_days=0, **changes)
    world["streams"].pop("planned")
    for region in world["regions"].values():
        for unit in region["units"].values():
            unit.pop("surge", None)
            unit.pop("keep_free", None)
            unit["beds"] = {4: 2, 6: 3, 8: 3}.get(unit["beds"], 18)
    return world


def as_one(world: Scenario, table: Demand) -> tuple[Scenario, Demand]:
    """Return the world with one region that has all beds, and the same people in it."""
    beds = {
        kind: {"beds": sum(region.units[kind].beds for region in world.regions.values())}
        for kind in world.kinds
    }
    told = world.model_dump(by_alias=True, exclude_none=True) | {
        "regions": {"nation": {"units": beds}},
        "streams": {},
        "transport": {},
    }
    return Scenario.model_validate(told), replace(
        table, regions=("nation",), region=np.zeros_like(table.region)
    )


def told(journal) -> list[tuple[int, ...]]:
    """Return what happened to patients, wherever it was."""
    rows = np.isin(journal.event, SEEN)
    columns = (journal.time_s, journal.event, journal.patient, journal.unit)
    return list(zip(*(column[rows].tolist() for column in columns), strict=True))


@pytest.mark.parametrize("replication", range(3))
def test_pooled_is_a_world_of_one_region(replication: int) -> None:
    world = scenario(bare())
    table = sample(world, replication)
    here = simulate(world, POOLED.model_copy(update=_rules()), table)
    one, people = as_one(world, table)
    there = simulate(one, load_plan("alone").plan.model_copy(update=_rules()), people)
    assert (here.event == Event.DIED_WAITING).any() and (here.event == Event.BOARDED).any()
    assert told(here) == told(there)


def _rules() -> dict:
    plan = Plan.model_validate({"format": 1, "name": "x", "support": "alone", **NEVER})
    return {"elective": plan.elective, "surge": plan.surge}


@pytest.mark.parametrize("replication", range(2))
def test_nobody_waits_beside_a_bed_anywhere(replication: int) -> None:
    world = scenario(abc())
    table = sample(world, replication)
    journal = simulate(world, POOLED, table)
    Audit(world, table, journal, pooled=True).walk()
    awake = journal.time_s >= 0
    assert not np.isin(journal.event[awake], (Event.REQUESTED, Event.PLACED)).any()
    placed_before = (journal.event == Event.PLACED).sum()
    assert (journal.event == Event.DEPARTED).sum() <= placed_before


def test_an_auditor_sees_a_bed_that_no_order_gave() -> None:
    world = scenario(abc())
    table = sample(world, 0)
    with pytest.raises(AssertionError, match="without a trip"):
        Audit(world, table, simulate(world, POOLED, table)).walk()


def test_it_begins_as_every_plan_and_before_that_is_today() -> None:
    world = scenario(abc())
    table = sample(world, 0)
    one, other = simulate(world, POOLED, table), simulate(world, load_plan("today").plan, table)
    before = [(j.time_s < 0).sum() for j in (one, other)]
    assert before[0] == before[1] > 100
    for column in ("time_s", "event", "patient", "region", "unit", "detail"):
        assert (getattr(one, column)[: before[0]] == getattr(other, column)[: before[0]]).all()


def test_it_bounds_what_support_can_do_for_those_who_wait() -> None:
    """No theorem in every replication; with the same pauses and steps it holds in sum by far."""
    world = scenario(bare())
    waits = {}
    for name in ("alone", "today", "coordinated", "optimised", "coordinated@pooled"):
        plan = load_plan(name).plan.model_copy(update=_rules())
        journals = [happened(world, plan, sample(world, k)) for k in range(4)]
        waits[name] = sum(int((j.event == Event.DIED_WAITING).sum()) for j in journals)
    bound = waits.pop("coordinated@pooled")
    assert all(bound < deaths for deaths in waits.values())
