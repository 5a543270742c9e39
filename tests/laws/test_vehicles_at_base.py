"""No base ever has fewer vehicles than none, or more than it owns: with an evacuated hospital too."""

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.measures.capacity import not_to_be_had, vehicles_at_base
from nspl_sim.measures.course import Course
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_shipped
from nspl_sim.scenario.model import Scenario
from tests.exercises import troubled
from tests.oracles.both import simulate


def check(scenario: Scenario, plan_name: str, replication: int) -> None:
    demand, plan = sample(scenario, replication), load_plan(plan_name).plan
    course = Course(scenario, demand, simulate(scenario, plan, demand), plan)
    assert len(course.moves), "nobody was moved: the test shows nothing"
    modes = sorted(scenario.transport.modes)
    owned = np.array(
        [[scenario.regions[r].vehicles.get(m, 0) for r in demand.regions] for m in modes]
    ).ravel()
    could_be_had = vehicles_at_base(scenario, demand, course.journal, course.all_trips)
    there = could_be_had + not_to_be_had(demand, len(modes), could_be_had.base)
    spans = there.spans(int(course.journal.time_s.min()), course.end_s)
    assert (spans.level >= 0).all() and (spans.level <= owned[spans.unit]).all()


@pytest.mark.parametrize("plan_name", ["today", "coordinated"])
@pytest.mark.parametrize("replication", range(3))
def test_a_base_has_from_none_to_all_of_its_vehicles(plan_name: str, replication: int) -> None:
    check(troubled(), plan_name, replication)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["armed-attack-north", "armed-attack-southeast"])
def test_at_full_scale_too(name: str) -> None:
    check(load_shipped(name).scenario, "today", 15)
