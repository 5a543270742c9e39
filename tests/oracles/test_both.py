"""Every oracle's world, a short while of it: both engines tell the same."""

from pathlib import Path

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_scenario
from tests.oracles.both import by_both

HERE = Path(__file__).parent
DAYS = 30


CASES = [(path.stem, "alone") for path in sorted(HERE.glob("*.yaml"))]
CASES += [("pool1", "one-way"), ("pool1", "mutual")]


@pytest.mark.parametrize(("name", "plan"), CASES)
def test_both_engines_tell_the_same(name: str, plan: str) -> None:
    whole = load_scenario(HERE / f"{name}.yaml").scenario
    short = whole.model_copy(update={"horizon_days": min(DAYS, whole.horizon_days)})
    demand = sample(short, 0)
    assert len(by_both(short, load_plan(HERE / "plans" / f"{plan}.yaml").plan, demand)) > 10
