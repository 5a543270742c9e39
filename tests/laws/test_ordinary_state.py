"""Without surge, under today's order, the nation sits at its ordinary state (docs/data.md)."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.run import run
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_shipped
from tests.oracles.both import engine

REPLICATIONS = 4


@cache
def ordinary() -> Batch:
    scenario = load_shipped("ordinary-week").scenario
    point = Point(scenario, load_plan("today").plan, "today")
    return run([point], replications=REPLICATIONS, engine=engine())


def mean(measure: str) -> float:
    return float(ordinary().values(0, measure).mean())


@pytest.mark.parametrize(
    ("measure", "low", "high"),
    [
        ("icu_census", 315, 350),
        ("icu_mean_stay_days", 2.55, 2.85),
        ("icu_occupancy", 0.60, 0.67),
        ("ward_occupancy", 0.85, 0.90),
        ("capacity_transfer_share", 0.01, 0.02),
        ("planned_postponed_share", 0.0, 0.07),
    ],
)
def test_the_nation(measure: str, low: float, high: float) -> None:
    assert low <= mean(measure) <= high


def test_no_region_is_full_for_more_than_30_percent_of_hours() -> None:
    shares = {m: mean(m) for m in ordinary().measures if m.startswith("icu_full_share.")}
    assert len(shares) == 21
    assert max(shares.values()) <= 0.30, max(shares, key=shares.__getitem__)


def test_each_region_lies_where_its_volumes_put_it() -> None:
    """Ward occupancy by region is what arrivals x stays give with unlimited beds, but for chance."""
    table = Path(__file__).parent.parent / "unit" / "ordinary_state_expected.csv"
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    seen = np.array([mean(f"ward_occupancy.{r['region']}") for r in rows])
    wanted = np.array([float(r["ward_occupancy"]) for r in rows])
    beds = np.array([float(r["ward_beds"]) for r in rows])
    assert (np.abs(seen - wanted) < 0.02 + 0.6 / np.sqrt(beds)).all()
