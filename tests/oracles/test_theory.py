"""The exact numbers of queueing theory, each reproduced by an ordinary scenario file.

How a mean is tested: at least 30 independent replications; |mean - exact| within
max(3.5 standard errors, 0.3 %), and the standard error itself within 1 % (2 % for probabilities
under 0.05); on a failure once more with another seed and twice the replications.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_scenario
from tests.oracles.both import simulate
from tests.oracles.observe import Seen

HERE = Path(__file__).parent
HOUR = 3600.0
DAY = 86400.0


@dataclass
class Case:
    """Which file shows which rows of theory.csv, and what is read off each replication."""

    file: str
    case_id: str
    quantities: dict
    plan: str = "alone"
    replications: int = 30
    unit_s: float = HOUR
    slow: bool = False

    @property
    def label(self) -> str:
        return f"{self.file}-{self.plan}" + ("-all" if self.slow else "")


QUEUE = {
    "P_wait": lambda s: np.mean(s.waits() > 0),
    "Wq": lambda s: np.mean(s.waits()),
    "Lq": lambda s: s.in_line(),
    "L": lambda s: s.in_line() + s.in_bed(),
}
LOSS = {
    "B": lambda s: np.mean(s.refused[s.cohort]),
    "L": lambda s: s.in_bed(),
    "rejected_per_time": lambda s: s.per_time(s.refused),
}


def busy(beds):
    return {"rho": lambda s: s.in_bed() / beds}


def used(beds):
    return {"utilisation": lambda s: s.in_bed() / beds}


def tail(mean):
    return {
        "P_wait_gt_mean_service": lambda s: np.mean(s.waits() > mean),
        "p95_wait": lambda s: np.quantile(s.waits(), 0.95),
    }


def census_at(day):
    return lambda s: np.sum((s.admitted <= day * DAY) & ~(s.left <= day * DAY))


def wait_of(urgency):
    return lambda s: np.mean(s.waits(s.demand.urgency == urgency))


PRIORITY = {
    "Wq_class1": wait_of(1),
    "Wq_class2": wait_of(2),
    "Wq_all": lambda s: np.mean(s.waits()),
}
ONE, TWO = 0, 1


def moved(s, home):
    away = (s.demand.region == home) & (s.bed_region >= 0) & (s.bed_region != home)
    return s.per_time(away)


CASES = [
    Case("mmc1", "MMC1", QUEUE | busy(1) | tail(1.0), replications=40),
    Case("mmc2", "MMC2", QUEUE | busy(5), replications=75),
    Case("mmc3", "MMC3", {"P_wait": QUEUE["P_wait"], "L": QUEUE["L"]} | busy(9), replications=40),
    Case("mmc3", "MMC3", QUEUE | busy(9) | tail(8.0), replications=120, slow=True),
    *(
        Case(f"mgcc{k}_{family}", f"MGCC{k}", LOSS | used(beds))
        for k, beds in ((1, 1), (2, 7), (3, 10))
        for family in ("exponential", "fixed", "gamma", "lognormal")
    ),
    Case(
        "mtg_wave_exponential",
        "MTG_wave_exponential",
        {f"m({d})": census_at(d) for d in (30, 40, 50, 70)},
        replications=400,
    ),
    Case(
        "erla1",
        "ERLA1",
        {
            "P_abandon": lambda s: np.mean(s.died[s.cohort]),
            "P_wait": lambda s: np.mean((~(s.admitted == s.asked))[s.cohort]),
            "Lq": lambda s: s.in_line(),
            "mean_wait_all": lambda s: s.in_line() / s.per_time(s.cohort),
            "busy": lambda s: s.in_bed(),
            "deaths_waiting_per_time": lambda s: s.per_time(s.died),
        },
    ),
    Case("prio1", "PRIO1", PRIORITY, replications=35),
    Case("prio2", "PRIO2", PRIORITY, replications=40),
    Case("pool1", "POOL1", {"B_separate": LOSS["B"]}),
    Case("pool1_pooled", "POOL1", {"B_pooled": LOSS["B"], "mutual_lost_per_time": LOSS["rejected_per_time"]}),
    Case(
        "pool1",
        "POOL1",
        {
            "oneway_transferred_1to2_per_time": lambda s: moved(s, ONE),
            "oneway_lost1_per_time": lambda s: s.per_time(s.refused & (s.demand.region == ONE)),
            "oneway_lost2_per_time": lambda s: s.per_time(s.refused & (s.demand.region == TWO)),
        },
        plan="one-way",
        replications=45,
    ),
    Case(
        "pool1",
        "POOL1",
        {
            "mutual_transferred_1to2_per_time": lambda s: moved(s, ONE),
            "mutual_transferred_2to1_per_time": lambda s: moved(s, TWO),
            "mutual_lost_per_time": LOSS["rejected_per_time"],
        },
        plan="mutual",
    ),
]


def exact(case_id: str) -> dict[str, float]:
    with (HERE / "theory.csv").open(newline="") as file:
        return {r["quantity"]: float(r["value"]) for r in csv.DictReader(file) if r["case_id"] == case_id}


def observe(case: Case, replications: int, seed: int | None = None) -> dict[str, np.ndarray]:
    scenario = load_scenario(HERE / f"{case.file}.yaml").scenario
    if seed is not None:
        scenario = scenario.model_copy(update={"seed": seed})
    plan = load_plan(HERE / "plans" / f"{case.plan}.yaml").plan
    rows = []
    for k in range(replications):
        demand = sample(scenario, k)
        seen = Seen(scenario, demand, simulate(scenario, plan, demand), case.unit_s)
        rows.append([float(read(seen)) for read in case.quantities.values()])
    return dict(zip(case.quantities, np.array(rows).T, strict=True))


def failures(case: Case, seen: dict[str, np.ndarray]) -> list[str]:
    wanted = exact(case.case_id)
    found = []
    for name, values in seen.items():
        mean, error = values.mean(), values.std(ddof=1) / np.sqrt(len(values))
        rare = wanted[name] < 0.05 and (name.startswith("P_") or name.startswith("B"))
        near = abs(mean - wanted[name]) <= max(3.5 * error, 0.003 * wanted[name])
        sharp = error <= (0.02 if rare else 0.01) * wanted[name]
        if not (near and sharp):
            found.append(f"{name}: {mean:.6f} +- {error:.6f}, exact {wanted[name]:.6f}")
    return found


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=c.label, marks=[pytest.mark.slow] if c.slow else []) for c in CASES]
)
def test_exact(case: Case) -> None:
    found = failures(case, observe(case, case.replications))
    if found:
        found = failures(case, observe(case, 2 * case.replications, seed=7))
    assert not found


def test_hand_traces() -> None:
    """TRACE_A and TRACE_B by hand, in hours."""
    seen = {}
    for name in ("trace_a", "trace_b"):
        scenario = load_scenario(HERE / f"{name}.yaml").scenario
        plan = load_plan(HERE / "plans" / "alone.yaml").plan
        demand = sample(scenario, 0)
        seen[name] = Seen(scenario, demand, simulate(scenario, plan, demand), HOUR)
    a, b = seen["trace_a"], seen["trace_b"]
    assert (a.admitted / HOUR).tolist() == [0, 1, 5, 5, 7]
    assert (a.left / HOUR).tolist() == [5, 5, 8, 7, 8]
    wanted = exact("TRACE_A")
    assert a.waits().mean() == wanted["mean_wait"]
    assert a.left.max() / HOUR == wanted["makespan"]
    assert a.in_bed() * 24 / 8 == pytest.approx(wanted["mean_occupied_0_8"], abs=1e-12)
    assert a.in_line() * 24 / 8 == pytest.approx(wanted["mean_queue_0_8"], abs=1e-12)
    line = [np.sum((a.asked <= t * HOUR) & (a.admitted > t * HOUR)) for t in range(9)]
    assert max(line) == wanted["max_queue"]
    wanted = exact("TRACE_B")
    assert np.sum(~np.isnan(b.admitted)) == wanted["admitted"]
    assert b.refused.sum() == wanted["refused"]
    assert b.in_bed() * 24 == pytest.approx(wanted["bed_days"], abs=1e-12)


def test_little() -> None:
    """L = lambda W over a window that is empty at both ends, to 1e-9, in every replication."""
    scenario = load_scenario(HERE / "trace_a.yaml").scenario
    demand = sample(scenario, 0)
    seen = Seen(scenario, demand, simulate(scenario, load_plan("today").plan, demand), HOUR)
    stays = (seen.left - seen.asked).sum() / seen.end_s
    assert seen.in_bed() + seen.in_line() == pytest.approx(stays, rel=1e-9)
