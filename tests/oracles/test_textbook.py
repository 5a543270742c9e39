"""More systems of the textbooks, each a scenario file and a formula that stands beside it.

Loss with every family of stay (Erlang's formula is insensitive), a bed kept free for the urgent (trunk
reservation), one bed with general stays (Pollaczek and Khinchine), two urgencies and several beds (Cobham),
and batches that arrive at one second, by hand. A mean is tested as in test_theory, but for standard errors
up to 3 %.
"""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_scenario
from tests.oracles.both import simulate
from tests.oracles.observe import Seen

HERE = Path(__file__).parent
HOUR = 3600.0


@dataclass
class System:
    """One bed unit; arrivals an hour by urgency; what is read off a replication, and what it should be."""

    name: str
    beds: int
    per_hour: dict[int, float]
    stay: dict[str, Any]
    wanted: dict[str, float]
    no_bed: str = "wait"
    keep_free: dict[int, int] = field(default_factory=dict)
    days: int = 400
    replications: int = 30

    def content(self) -> dict[str, Any]:
        """Return the scenario file."""
        pathways = [{"share": 1, "stages": [{"kind": "bed", "stay": self.stay}]}]
        return {
            "format": 1,
            "name": self.name,
            "start": "2027-01-04T00:00",
            "warm_up_days": 20,
            "horizon_days": self.days,
            "seed": 20261122,
            "regions": {"a": {"units": {"bed": {"beds": self.beds, "keep_free": self.keep_free}}}},
            "classes": {
                f"u{u}": {"urgency": u, "no_bed": self.no_bed, "pathways": pathways} for u in self.per_hour
            },
            "streams": {
                f"u{u}": {
                    "kind": "poisson",
                    "per_day": 24 * rate,
                    "regions": {"a": 1},
                    "classes": {f"u{u}": 1},
                }
                for u, rate in self.per_hour.items()
            },
        }

    @staticmethod
    def _of(urgency: int) -> dict[str, Any]:
        return {"regions": {"a": 1}, "classes": {f"u{urgency}": 1}}


def erlang_b(load: float, beds: int) -> float:
    lost = 1.0
    for n in range(1, beds + 1):
        lost = load * lost / (n + load * lost)
    return lost


def erlang_c(load: float, beds: int) -> float:
    lost = erlang_b(load, beds)
    return lost / (1 - load / beds * (1 - lost))


STAYS: list[dict[str, Any]] = [
    {"family": "weibull", "shape": 0.7, "scale_h": 6 / math.gamma(1 + 1 / 0.7)},
    {"family": "triangular", "low_h": 1, "mode_h": 5, "high_h": 12},
    {"family": "uniform", "low_h": 2, "high_h": 10},
    {"family": "empirical", "values_h": [1, 6, 21], "weights": [3, 5, 1.0]},
]
"""Each with a mean of six hours, but the empirical one: (3 + 30 + 21) / 9 = 6 too."""


def losses() -> list[System]:
    lost = erlang_b(6.0, 7)
    return [
        System(
            f"loss-{stay['family']}",
            7,
            {3: 1.0},
            stay,
            {"refused.3": lost},
            no_bed="leave",
            days=150,
        )
        for stay in STAYS
    ]


def reservation() -> System:
    """Ten beds, one kept from the less urgent: a birth and death process with two rates."""
    beds, kept, urgent, other, mean_h = 10, 2, 0.5, 0.8, 6.0
    weight = [1.0]
    for n in range(beds):
        rate = urgent + other if n < beds - kept else urgent
        weight.append(weight[-1] * rate * mean_h / (n + 1))
    share = np.array(weight) / sum(weight)
    wanted = {"refused.1": float(share[beds]), "refused.3": float(share[beds - kept :].sum())}
    stay = {"family": "exponential", "mean_h": mean_h}
    return System("reservation", beds, {1: urgent, 3: other}, stay, wanted, "leave", {1: 0, 3: kept}, 150)


def one_bed() -> list[System]:
    """Wq = λ E[S²] / 2 (1 − ρ), with E[S] = 1 h and ρ = 0.7."""
    found = []
    for stay, square in (
        ({"family": "fixed", "value_h": 1}, 1.0),
        ({"family": "gamma", "mean_h": 1, "sd_h": 0.5}, 1.25),
        ({"family": "uniform", "low_h": 0.5, "high_h": 1.5}, 1 + 1 / 12),
    ):
        wait = 0.7 * square / (2 * 0.3)
        found.append(System(f"one-bed-{stay['family']}", 1, {3: 0.7}, stay, {"wait.3": wait}, days=300))
    return found


def priority() -> System:
    """Five beds, load 0.8, two fifths of it urgent: Cobham (1954) for equal exponential stays."""
    beds, mean_h, urgent, other = 5, 2.0, 0.8, 1.2
    load = (urgent + other) * mean_h
    first = erlang_c(load, beds) * mean_h / beds / (1 - urgent * mean_h / beds)
    stay = {"family": "exponential", "mean_h": mean_h}
    wanted = {"wait.1": first, "wait.3": first / (1 - load / beds)}
    return System("priority", beds, {1: urgent, 3: other}, stay, wanted, days=250)


SYSTEMS = [*losses(), reservation(), *one_bed(), priority()]


def observed(system: System, folder: Path, replications: int, seed: int) -> dict[str, Any]:
    path = folder / f"{system.name}.json"
    path.write_text(json.dumps(system.content() | {"seed": seed}), encoding="utf-8")
    scenario = load_scenario(path).scenario
    plan = load_plan(HERE / "plans" / "alone.yaml").plan
    found: dict[str, list[float]] = {name: [] for name in system.wanted}
    for k in range(replications):
        demand = sample(scenario, k)
        seen = Seen(scenario, demand, simulate(scenario, plan, demand), HOUR)
        for name in system.wanted:
            what, _, urgency = name.partition(".")
            mine = demand.urgency == int(urgency)
            value = seen.refused[seen.cohort & mine] if what == "refused" else seen.waits(mine)
            found[name].append(float(np.mean(value)))
    return {name: np.array(values) for name, values in found.items()}


def failures(system: System, seen: dict[str, Any]) -> list[str]:
    found = []
    for name, wanted in system.wanted.items():
        mean, error = seen[name].mean(), seen[name].std(ddof=1) / np.sqrt(len(seen[name]))
        if abs(mean - wanted) > max(3.5 * error, 0.003 * wanted) or error > 0.03 * wanted:
            found.append(f"{name}: {mean:.5f} +- {error:.5f}, exact {wanted:.5f}")
    return found


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda s: str(s.name))
def test_textbook(system: System, tmp_path: Path) -> None:
    found = failures(system, observed(system, tmp_path, system.replications, 20261122))
    if found:
        found = failures(system, observed(system, tmp_path, 2 * system.replications, 7))
    assert not found


def test_batches_at_one_second_by_hand(tmp_path: Path) -> None:
    """Six at hour 0 and four at hour 1 on three beds, all for two hours; the urgent ones go first.

    Odd numbers are urgent. Hour 0: rows 0, 1 and 2 meet free beds one after the other. Hour 2: the urgent
    3 and 5 and then 7, who came later. Hour 4: 9, then 4, who has waited longest, and 6. Hour 6: 8.
    """
    rows = [f"{0 if n < 6 else 1};a;{'u1' if n % 2 else 'u3'}" for n in range(10)]
    (tmp_path / "batch.csv").write_text("arrival_h;region;class\n" + "\n".join(rows) + "\n", encoding="utf-8")
    content = System("batch", 3, {1: 1, 3: 1}, {"family": "fixed", "value_h": 2}, {}).content()
    content |= {"streams": {"batch": {"kind": "table", "file": "batch.csv"}}, "warm_up_days": 0}
    content |= {"horizon_days": 1}
    (tmp_path / "batch.json").write_text(json.dumps(content), encoding="utf-8")
    scenario = load_scenario(tmp_path / "batch.json").scenario
    demand = sample(scenario, 0)
    plan = load_plan(HERE / "plans" / "alone.yaml").plan
    seen = Seen(scenario, demand, simulate(scenario, plan, demand), HOUR)
    by_number = dict(zip(demand.number.tolist(), (seen.admitted / HOUR).tolist(), strict=True))
    assert by_number == {0: 0, 1: 0, 2: 0, 3: 2, 5: 2, 7: 2, 9: 4, 4: 4, 6: 4, 8: 6}


def test_a_batch_finds_beds_in_the_order_of_its_rows_when_nothing_else_differs(tmp_path: Path) -> None:
    """With equal urgency a batch is not sorted by anything but its rows, region by region."""
    rows = "".join("0;a;u3\n" for _ in range(8))
    (tmp_path / "batch.csv").write_text("arrival_h;region;class\n" + rows, encoding="utf-8")
    content = System("batch", 3, {3: 1}, {"family": "fixed", "value_h": 2}, {}).content()
    content |= {"streams": {"batch": {"kind": "table", "file": "batch.csv"}}, "warm_up_days": 0}
    (tmp_path / "batch.json").write_text(json.dumps(content | {"horizon_days": 1}), encoding="utf-8")
    scenario = load_scenario(tmp_path / "batch.json").scenario
    demand = sample(scenario, 0)
    plan = load_plan(HERE / "plans" / "alone.yaml").plan
    seen = Seen(scenario, demand, simulate(scenario, plan, demand), HOUR)
    assert (seen.admitted / HOUR).tolist() == [0, 0, 0, 2, 2, 2, 4, 4]
