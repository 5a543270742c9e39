"""Runs that know what is to come: a first run, in which every region is alone, shows it to the second.

Only yardsticks do (``optimised@full-knowledge``); every other plan is run once and shown nothing.
"""

from collections.abc import Sequence

import numpy as np

from nspl_sim.experiment.engines import Engine, simulated
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.policies.decision import Decision
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.support.alone import Alone
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import Former
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.patients import Demand, Ints


def happened(
    scenario: Scenario,
    plan: Plan,
    demand: Demand,
    engine: Engine = "simpy",
    decisions: Sequence[Decision] = (),
    until_s: int | None = None,
    former: Former | None = None,
) -> Journal:
    """Return what happens to *demand* in *scenario* under *plan*, with the future shown if it sees that.

    *decisions* are what people decide themselves meanwhile; the run ends at *until_s*, if that is given. With
    a *former* plan, *plan* takes over from it.
    """
    future = foreseen(scenario, plan, demand, engine) if plan.foresees else None
    return simulated(scenario, plan, demand, future, engine, decisions, until_s, former)


def foreseen(scenario: Scenario, plan: Plan, demand: Demand, engine: Engine = "simpy") -> Ints:
    """Return who lies in a bed or waits for one where *plan* has no support.

    Shape (hours from 0 to the horizon, regions, kinds).
    """
    nobody = dict.fromkeys(("mandate", "office", "moves", "returns"))
    alone = plan.model_copy(update={"support": Alone(), **nobody})
    course = Course(scenario, demand, simulated(scenario, alone, demand, None, engine), alone)
    by_kind = [course.census(kind, HOUR) + course.in_line(kind, HOUR) for kind in course.kinds]
    return np.stack(by_kind, axis=-1).swapaxes(0, 1).astype(np.int64)
