"""The oracles' engine: the compiled one where it can be had, which equals SimPy row by row (tests/laws).

``NSPL_ORACLES=simpy`` has them all run by SimPy, which takes many times longer.
"""

import os
from functools import cache

from nspl_sim.engine.ready import prepare
from nspl_sim.experiment.engines import Engine, simulated
from nspl_sim.journal import Journal
from nspl_sim.policies.plan import Plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.patients import Demand


@cache
def engine() -> Engine:
    asked_for = os.environ.get("NSPL_ORACLES", "auto")
    return "simpy" if asked_for == "simpy" or prepare(lambda said: None) is not None else "auto"


def simulate(scenario: Scenario, plan: Plan, demand: Demand) -> Journal:
    """Return what happens to *demand*."""
    return simulated(scenario, plan, demand, engine=engine())
