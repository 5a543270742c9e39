"""Every oracle's world, a short while of it: both engines tell the same."""

from pathlib import Path

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_scenario
from tests.oracles.both import by_both

HERE = Path(__file__).parent
DAYS = 30


@pytest.mark.parametrize("plan", ["alone", "one-way", "mutual"])
@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda path: path.stem)
def test_both_engines_tell_the_same(path: Path, plan: str) -> None:
    whole = load_scenario(path).scenario
    if plan != "alone" and len(whole.regions) == 1:
        pytest.skip("one region")
    short = whole.model_copy(update={"horizon_days": min(DAYS, whole.horizon_days), "cool_down_h": 0.0})
    demand = sample(short, 0)
    assert len(by_both(short, load_plan(HERE / "plans" / f"{plan}.yaml").plan, demand)) > 10
