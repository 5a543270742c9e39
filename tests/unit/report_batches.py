"""Made-up batches for reports: any world, any plans, every measure that a report asks for; nothing runs."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from nspl_sim.experiment.batch import InMemory
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import PointResult
from nspl_sim.measures.profile import Levels, Planned, Profile
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import UNLIMITED

NATION = {
    "deaths_all": 1500.0,
    "deaths_all_strain_none": 1480.0,
    "deaths_all_strain_half": 1500.0,
    "deaths_all_strain_full": 1530.0,
    "deaths_waiting": 40.0,
    "deaths_waiting_icu": 20.0,
    "wait_icu_mean_h.urgency_1": 1.5,
    "icu_within_1h_share": 0.9,
    "first_day_over_capacity": 3.0,
    "capacity_transfers_icu": 100.0,
    "planned_postponed": 2000.0,
}
HIGHER_IS_BETTER = ("icu_within_1h_share", "first_day_over_capacity")
REGIONAL = {"deaths_waiting": 4.0, "planned_postponed": 90.0, "icu_full_share": 0.2}

Effect = Callable[[int], float]
"""By design point: the share by which everything is worse than in the first."""


def plan(name: str, title: str | None = None) -> Plan:
    """Return a shipped plan, under another title."""
    found = load_plan(name).plan
    if title is None or found.title is None:
        return found
    return found.model_copy(update={"title": found.title.model_copy(update={"sv": title, "en": title})})


def points(
    scenarios: Sequence[Scenario], plans: Sequence[Plan], factors: Sequence[float] = ()
) -> list[Point]:
    """Return scenarios x plans; *factors* are the values of ``scale``, one a scenario."""
    found = []
    for number, scenario in enumerate(scenarios):
        for one in plans:
            label = f"world {number}" if len(scenarios) > 1 else one.name
            point = Point(scenario, one, label)
            found.append(replace(point, of_world={"scale": factors[number]}) if factors else point)
    return found


def made(of: Sequence[Point], effect: Effect, replications: int = 12, noise: float = 0.002) -> InMemory:
    """Return a batch in which design point p is worse by ``effect(p)``, give or take *noise*."""
    results = [
        [_result(point, p, k, effect(p), noise) for k in range(replications)] for p, point in enumerate(of)
    ]
    return InMemory(tuple(of), tuple(range(replications)), 61.5, results)


def _luck(*seed: int) -> float:
    """Return something between -1 and 1 that looks like chance and is always the same."""
    return int.from_bytes(hashlib.sha256(repr(seed).encode()).digest()[:4]) / 2**31 - 1


def _result(point: Point, p: int, k: int, worse: float, noise: float) -> PointResult:
    scenario, values = point.scenario, {}
    has_icu = "icu" in scenario.kinds
    for number, (name, base) in enumerate(NATION.items()):
        if "icu" in name and not has_icu:
            continue
        sign = -1 if name in HIGHER_IS_BETTER else 1
        of_day = 1 + 0.05 * _luck(number, k)
        values[name] = base * of_day * (1 + sign * worse + noise * _luck(number, k, p))
    for number, (name, base) in enumerate(REGIONAL.items()):
        for r, key in enumerate(scenario.region_keys):
            if has_icu or "icu" not in name:
                values[f"{name}.{key}"] = base * (1 + r) * (1 + worse + 0.1 * _luck(number, r, k, p))
    return PointResult(values, _profile(scenario, p, k, worse), f"{p}-{k}")


def _profile(scenario: Scenario, p: int, k: int, worse: float) -> Profile:
    regions, days = len(scenario.regions), int(np.ceil(scenario.horizon_days))
    times = np.arange(4 * days)
    levels = {}
    for kind in scenario.kinds:
        staffed = np.zeros((regions, len(times)), dtype=np.int32)
        for r, key in enumerate(scenario.region_keys):
            unit = scenario.regions[key].units.get(kind)
            if unit is not None:
                staffed[r] = UNLIMITED if unit.beds == "unlimited" else unit.beds
        wave = 0.8 + worse + 0.25 * np.sin(times / 9 + k) + 0.05 * np.arange(regions)[:, None]
        census = np.rint(np.clip(np.minimum(staffed, 50) * wave, 0, staffed)).astype(np.int32)
        levels[kind] = Levels(census, staffed, np.zeros_like(census))
    moved = np.zeros((len(scenario.kinds), regions, regions), dtype=np.int32)
    for a in range(regions):
        for b in range(regions):
            moved[0, a, b] = (a * 3 + b + k) % 4 + b if a != b and point_moves(p) else 0
    due = np.full((regions, days), 20, dtype=np.int32)
    postponed = np.array([[(r + d + p + k) % 5 for d in range(days)] for r in range(regions)], dtype=np.int32)
    return Profile(levels, moved, Planned(due, postponed, postponed // 2))


def point_moves(p: int) -> bool:
    """Return whether anybody is moved under design point *p*: not in the first."""
    return p > 0
