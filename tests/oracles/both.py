"""The tests' engine: the compiled one where it can be had, which equals SimPy row by row (tests/laws).

``NSPL_ORACLES=simpy`` has them all run by SimPy, which takes many times longer. Small worlds are run by both.
"""

import os
from collections.abc import Sequence
from functools import cache

from nspl_sim.engine.ready import prepare
from nspl_sim.engine.supports import NotCompiled, unsupported
from nspl_sim.experiment.engines import Engine, compiled, simulated
from nspl_sim.experiment.parting import parting
from nspl_sim.journal import Journal
from nspl_sim.policies.decision import Decision
from nspl_sim.policies.plan import Plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import simulate as by_simpy
from nspl_sim.vocabulary.patients import Demand, Ints


@cache
def engine() -> Engine:
    asked_for = os.environ.get("NSPL_ORACLES", "auto")
    return "simpy" if asked_for == "simpy" or prepare(lambda said: None) is not None else "auto"


def simulate(scenario: Scenario, plan: Plan, demand: Demand) -> Journal:
    """Return what happens to *demand*."""
    return simulated(scenario, plan, demand, engine=engine())


def by_both(
    scenario: Scenario,
    plan: Plan,
    demand: Demand,
    future: Ints | None = None,
    decisions: Sequence[Decision] = (),
) -> Journal:
    """Return what happens to *demand* by SimPy; the compiled loop, where it holds that, tells the same."""
    journal = by_simpy(scenario, plan, demand, future, decisions)
    if engine() != "simpy" and not unsupported(scenario, plan):
        try:
            found = parting(journal, compiled(scenario, plan, demand, future=future, decisions=decisions))
        except NotCompiled:
            found = None
        assert found is None, found
    return journal
