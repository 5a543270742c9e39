"""A hospital is hit while patients wait there for municipal care: the books still hold."""

import pytest

from nspl_sim.experiment.course import course
from nspl_sim.policies.plan import load_plan
from tests.exercises import troubled
from tests.laws.audit import Audit


@pytest.mark.parametrize("plan", ["alone", "today", "coordinated"])
def test_who_was_to_be_evacuated_may_be_ready_first(plan: str) -> None:
    """The stay ends before anybody has a bed: the evacuation falls away, and the patient is ready."""
    scenario = troubled()
    demand, journal = course(scenario, load_plan(plan).plan, 0)
    Audit(scenario, demand, journal).walk()
