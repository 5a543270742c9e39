"""What is left to do comes in units: every lacking run once, nothing that is there, worlds together."""

from collections.abc import Set

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nspl_sim.experiment.point import Point
from nspl_sim.experiment.units import MOST_IN_A_UNIT, Work
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from tests.worlds import abc

WORLDS = [Scenario.model_validate(abc() | {"seed": seed}) for seed in (1, 2)]
POINTS = [Point(world, load_plan(plan).plan, "abc") for world in WORLDS for plan in ("today", "alone")]
Runs = dict[int, Set[int]]


def handed_out(work: Work) -> list[tuple[int, int]]:
    found = []
    for unit in work.units():
        assert unit.replications == tuple(range(unit.replications[0], unit.replications[-1] + 1))
        assert len({id(POINTS[p].scenario) for p in unit.points}) == 1, "demand is drawn for one world"
        assert len(unit.replications) <= MOST_IN_A_UNIT
        work.finished(unit, 1.0)
        found += [(p, k) for p in unit.points for k in unit.replications]
    return found


@given(
    replications=st.integers(1, 40),
    workers=st.integers(1, 4),
    there=st.fixed_dictionaries({p: st.sets(st.integers(0, 50)) for p in range(4)}),
)
def test_every_lacking_run_once_and_no_other(replications: int, workers: int, there: Runs) -> None:
    work = Work(POINTS, replications, workers, there.__getitem__)
    wanted = {(p, k) for p in range(4) for k in range(replications)}
    lacking = {(p, k) for p, k in wanted if k not in there[p]}
    found = handed_out(work)
    assert len(found) == len(set(found)) and set(found) == lacking
    assert work.total == work.done == len(wanted)


def test_plans_of_a_world_that_lack_the_same_share_a_unit() -> None:
    work = Work(POINTS, 2, 1, {0: {0}, 1: {0}, 2: set(), 3: {1}}.__getitem__)
    units = [(u.points, u.replications) for u in work.units()]
    assert units == [((2, 3), (0,)), ((0, 1), (1,)), ((2,), (1,))]


@pytest.mark.parametrize("first", [0, 3])
def test_time_decides_when_no_number_does(first: int) -> None:
    there = {p: set(range(first)) for p in range(4)}
    work = Work(POINTS, None, 2, there.__getitem__, another=lambda replication: replication < 5)
    assert set(handed_out(work)) == {(p, k) for p in range(4) for k in range(first, 5)}
    assert work.total is None
