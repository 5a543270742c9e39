"""A published simulation again: stroke units (Monks et al. 2016), from the scenario files that are shipped.

The share delayed with n beds is P(N = n) / P(N <= n) of the census with unlimited beds, which for Poisson
arrivals is Erlang's loss formula, whatever the stays are distributed like.
"""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from nspl_sim.demand.census import steady
from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_scenario
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import DAY
from tests.oracles.both import simulate

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "base": "stroke-units",
    "iat_times_0.95": "more-patients",
    "no_complex_neuro": "no-complex-neurology",
}
UNITS = {"acute": ("acute",), "rehab": ("rehab",), "pooled": ("acute", "rehab")}
REPLICATIONS = 25

with (Path(__file__).parent / "stroke_units.csv").open(newline="") as file:
    ROWS = list(csv.DictReader(file))


@cache
def world(name: str) -> Scenario:
    return load_scenario(ROOT / "scenarios" / "stroke-units" / f"{FILES[name]}.yaml").scenario


def erlang_b(load: float, beds: int) -> float:
    """Return the share lost, by the recursion of Erlang (1917)."""
    lost = 1.0
    for n in range(1, beds + 1):
        lost = load * lost / (n + load * lost)
    return lost


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['scenario']}-{r['unit']}-{r['beds']}")
def test_exact(row: dict[str, str]) -> None:
    """The load by the formula rate x mean stay, through Erlang's formula."""
    one = world(row["scenario"])
    lying = steady(one).lying[0]
    load = sum(lying[one.kinds.index(kind)] for kind in UNITS[row["unit"]])
    assert erlang_b(load, int(row["beds"])) == pytest.approx(float(row["exact_erlang_b"]), abs=2e-6)


def census(name: str) -> dict[str, list[int]]:
    """Return acute and rehabilitation census at noon of each day of every replication, and their sum."""
    one, plan = world(name), load_plan("alone").plan
    found: dict[str, list[int]] = {unit: [] for unit in UNITS}
    noon = (np.arange(one.horizon_days) * DAY + DAY // 2).astype(np.int64)
    for k in range(REPLICATIONS):
        patients = sample(one, k)
        stays = Course(one, patients, simulate(one, plan, patients)).stays
        levels = []
        for kind in range(len(one.kinds)):
            come, gone = (np.sort(s[stays.kind == kind]) for s in (stays.from_s, stays.to_s))
            levels.append(np.searchsorted(come, noon, "right") - np.searchsorted(gone, noon, "right"))
        for unit, kinds in UNITS.items():
            found[unit] += sum(levels[one.kinds.index(kind)] for kind in kinds).tolist()
    return found


@pytest.mark.parametrize(
    "name", ["base", *(pytest.param(n, marks=pytest.mark.slow) for n in FILES if n != "base")]
)
def test_simulated(name: str) -> None:
    """Within the stated tolerance of the exact value, and twice that of what the paper printed."""
    found = census(name)
    for row in (r for r in ROWS if r["scenario"] == name):
        seen, beds, tolerance = np.array(found[row["unit"]]), int(row["beds"]), float(row["tolerance"])
        delayed = (seen == beds).sum() / (seen <= beds).sum()
        assert delayed == pytest.approx(float(row["exact_erlang_b"]), abs=tolerance), row
        if row["paper_2016_simul8"]:
            assert delayed == pytest.approx(float(row["paper_2016_simul8"]), abs=2 * tolerance), row
