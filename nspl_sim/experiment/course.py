"""One timeline: one scenario, one plan, one replication. Here chance meets mechanism."""

from nspl_sim.demand.sample import sample
from nspl_sim.experiment.engines import Engine
from nspl_sim.experiment.foresight import happened
from nspl_sim.journal import Journal
from nspl_sim.policies.plan import Plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.patients import Demand


def course(
    scenario: Scenario, plan: Plan, replication: int, engine: Engine = "simpy"
) -> tuple[Demand, Journal]:
    """Return the patients of *replication* and what happened to them under *plan*."""
    demand = sample(scenario, replication)
    return demand, happened(scenario, plan, demand, engine)
