"""Runs that know what is to come: a first run, in which every region is alone, shows it to the second.

Only yardsticks do (``optimised@full-knowledge``); every other plan is run once and shown nothing.
"""

from typing import Unpack

import numpy as np

from nspl_sim.experiment.engines import Engine, simulated
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.policies.besides import Besides
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.support.alone import Alone
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.patients import Demand, Ints


def happened(
    scenario: Scenario, plan: Plan, demand: Demand, engine: Engine = "simpy", **besides: Unpack[Besides]
) -> Journal:
    """Return what happens to *demand* in *scenario* under *plan*, with the future shown if it sees that."""
    if plan.foresees:
        besides["future"] = foreseen(scenario, plan, demand, engine)
    return simulated(scenario, plan, demand, engine, **besides)


def foreseen(scenario: Scenario, plan: Plan, demand: Demand, engine: Engine = "simpy") -> Ints:
    """Return who lies in a bed or waits for one where *plan* has no support.

    Shape (hours from 0 to the horizon, regions, kinds).
    """
    nobody = dict.fromkeys(("mandate", "office", "moves", "returns"))
    alone = plan.model_copy(update={"support": Alone(), **nobody})
    course = Course(scenario, demand, simulated(scenario, alone, demand, engine), alone)
    by_kind = [course.census(kind, HOUR) + course.in_line(kind, HOUR) for kind in course.kinds]
    return np.stack(by_kind, axis=-1).swapaxes(0, 1).astype(np.int64)
