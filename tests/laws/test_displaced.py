"""Displaced people are the same people; only where they live changes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.flows import flows
from nspl_sim.demand.rates import Window
from nspl_sim.demand.sample import sample
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.dump import as_yaml, dump_scenario
from nspl_sim.scenario.load import load_scenario
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.patients import FIRST_PRESENT, Demand
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario

HALF: dict[str, Any] = {"from": {"a": 0.5}, "to": {"b": 0.8, "c": 0.2}, "from_day": 3}
A, B, C = 0, 1, 2


def people(*displaced: dict[str, Any], replication: int = 0, **changes: Any) -> Demand:
    return sample(scenario(abc(displaced=list(displaced), **changes)), replication)


def of(table: Demand, *streams: str) -> np.ndarray:
    return np.isin(table.stream, [table.streams.index(name) for name in streams])


def test_only_the_region_of_ordinary_patients_changes() -> None:
    at_home, away = people(), people(HALF)
    for name, column in vars(at_home).items():
        if name not in ("region", "diverted_to") and isinstance(column, np.ndarray):
            assert np.array_equal(column, getattr(away, name)), name
    moved = at_home.region != away.region
    assert np.array_equal(at_home.region, away.origin)
    assert moved.any() and set(away.origin[moved].tolist()) == {A}
    assert of(away, "emergency", "planned")[moved].all()
    assert (away.arrival_s[moved] >= 3 * DAY).all()


def test_as_many_leave_as_the_shares_say() -> None:
    table = people(HALF, horizon_days=300)
    mine = of(table, "emergency", "planned") & (table.origin == A) & (table.arrival_s >= 3 * DAY)
    share = np.bincount(table.region[mine], minlength=3) / mine.sum()
    assert share == pytest.approx([0.5, 0.4, 0.1], abs=0.03)


def test_a_larger_share_holds_those_of_a_smaller_one() -> None:
    few, many = people(HALF), people(HALF | {"from": {"a": 0.8}})
    left = few.region != few.origin
    assert (many.region[left] == few.region[left]).all()
    assert (many.region != many.origin).sum() > left.sum()


def test_a_ramp_and_a_return() -> None:
    table = people(HALF | {"from": {"a": 1.0}, "ramp_days": 100, "to_day": 203}, horizon_days=300)
    day = (table.arrival_s - 3 * DAY) / DAY
    mine = of(table, "emergency", "planned") & (table.origin == A)
    away = table.region != A

    def share(begin: float, end: float) -> float:
        return float(np.mean(away[mine & (begin <= day) & (day < end)]))

    assert share(-9, 0) == 0 and share(200, 297) == 0
    assert share(100, 200) == 1
    assert share(0, 50) == pytest.approx(0.25, abs=0.06)
    assert share(50, 100) == pytest.approx(0.75, abs=0.06)


def test_who_lies_there_at_the_start_stays() -> None:
    table = people(HALF | {"from": {"a": 1.0}, "from_day": -100}, starts="equilibrium")
    present = table.number >= FIRST_PRESENT
    assert (table.region[present] == table.origin[present]).all()
    gone = of(table, "emergency", "planned") & ~present
    assert A not in table.region[gone]


def test_the_exact_mean_follows_them() -> None:
    world = scenario(abc(displaced=[HALF | {"ramp_days": 4}], warm_up_days=0))
    window = Window.of(world)
    at_s = np.arange(0, window.end_s + 1, DAY)
    mean = sum(flow.reached for flow in flows(world.streams["emergency"], world, window, at_s))
    runs = []
    for replication in range(60):
        table = sample(world, replication)
        mine = [of(table, "emergency") & (table.region == region) for region in (A, B, C)]
        runs.append([[(one & (table.arrival_s < t)).sum() for t in at_s] for one in mine])
    error = np.std(runs, axis=0) / np.sqrt(len(runs))
    assert (np.abs(np.mean(runs, axis=0) - mean) <= 4.5 * error + 0.1).all()


@pytest.mark.parametrize("plan", ["today", "coordinated"])
def test_the_laws_hold_where_they_live_now(plan: str) -> None:
    world = scenario(abc(displaced=[HALF]))
    table = sample(world, 0)
    audit = Audit(world, table, simulate(world, load_plan(plan).plan, table)).walk()
    assert audit.arrived == len(table)


def test_a_file_says_it_and_says_it_again(tmp_path: Path) -> None:
    path = tmp_path / "top.yaml"
    path.write_text(as_yaml(abc(displaced=[HALF])), encoding="utf-8")
    world = load_scenario(path).scenario
    path.write_text(dump_scenario(world), encoding="utf-8")
    assert load_scenario(path).scenario.fingerprint() == world.fingerprint()
    assert sample(world, 0).fingerprint() == people(HALF).fingerprint()


@pytest.mark.parametrize(
    ("entries", "line"),
    [
        ([HALF | {"to": {"bb": 1}}], "displaced.0.to.bb is no region of this scenario"),
        ([HALF | {"from": {"d": 0.5}}], "displaced.0.from.d is no region of this scenario"),
        ([HALF | {"to": {"a": 1}}], "displaced.0.to.a is left too: nobody is displaced to a region they"),
        ([HALF | {"to": {"b": 0.5}}], "displaced.0.to must add to 1, but adds to 0.5"),
        ([HALF | {"to_day": 2}], "displaced.0.to_day must be after from_day"),
        ([HALF | {"from_day": 99}], "displaced.0.from_day must be before the end of the run"),
        ([HALF | {"from_day": -30, "to_day": -20}], "displaced.0.to_day is before the run begins"),
        ([HALF | {"to_day": 9}, HALF | {"from_day": 8}], "displaced.1.from.a is left at the same time by"),
        ([HALF | {"from": {"a": 0}}], "displaced.0.from.a must be"),
    ],
)
def test_a_contradiction_is_told(entries: list[dict[str, Any]], line: str, tmp_path: Path) -> None:
    path = tmp_path / "top.yaml"
    path.write_text(as_yaml(abc(displaced=entries)), encoding="utf-8")
    try:
        found = load_scenario(path).warnings
    except InputRefused as refusal:
        found = tuple(refusal.problems)
    assert any(f"{p.path} {p.rule}".startswith(line) for p in found), [f"{p.path} {p.rule}" for p in found]
