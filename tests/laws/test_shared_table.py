"""Plans of a replication share the patients' table: what one run leaves in it no other meets."""

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.engine import tables
from nspl_sim.engine.ready import prepare
from nspl_sim.experiment.engines import compiled
from nspl_sim.policies.plan import load_plan
from tests.worlds import abc, scenario

PLANS = ("coordinated", "alone", "optimised", "today")


@pytest.fixture(scope="module", autouse=True)
def _ready() -> None:
    if (why_not := prepare(lambda said: None)) is not None:
        pytest.skip(f"no compiled engine here: {why_not}")


def test_one_after_the_other_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    world = scenario(abc())
    plans = [load_plan(name).plan for name in PLANS]
    demand = sample(world, 0)
    together = [compiled(world, plan, demand).fingerprint() for plan in (*plans, *plans)]
    assert demand in tables._kept
    monkeypatch.setattr(tables, "_MOST_KEPT", 0)
    alone = []
    for plan in plans:
        demand = sample(world, 0)
        alone.append(compiled(world, plan, demand).fingerprint())
        assert demand not in tables._kept
    assert together == alone * 2
