"""The same patients under every plan: what pairing buys in the demo."""

from nspl_sim.experiment.point import Point
from nspl_sim.experiment.run import run
from nspl_sim.experiment.statistics import paired
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_shipped
from tests.oracles.both import engine


def test_the_standard_error_is_at_most_a_third_of_that_with_independent_seeds() -> None:
    scenario = load_shipped("national-surge").scenario
    points = [Point(scenario, load_plan(p).plan, p) for p in ("today", "coordinated")]
    batch = run(points, replications=6, engine=engine())
    found = paired(batch.values(1, "deaths_all"), batch.values(0, "deaths_all"), "lower")
    assert found.n == 6
    assert found.standard_error_ratio <= 1 / 3
