"""Small made-up batches: values by plan and replication, without any run."""

from collections.abc import Sequence

import numpy as np

from nspl_sim.experiment.batch import InMemory
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import PointResult
from nspl_sim.measures.profile import Levels, Planned, Profile
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from tests.worlds import abc

Values = dict[str, Sequence[float]]


def world(**changes: object) -> Scenario:
    """Return the tiny scenario with top-level keys changed."""
    return Scenario.model_validate(abc() | changes)


def batch(scenarios: Sequence[Scenario], plans: Sequence[str], values: Sequence[Values]) -> InMemory:
    """Return a batch of *scenarios* x *plans*; *values* by design point, a list over replications each."""
    several = len(scenarios) > 1
    points = tuple(
        Point(scenario, load_plan(plan).plan, f"world {number}" if several else plan)
        for number, scenario in enumerate(scenarios)
        for plan in plans
    )
    count = len(next(iter(values[0].values())))
    results = [[_result(v, k, seed) for k in range(count)] for seed, v in enumerate(values)]
    return InMemory(points, tuple(range(count)), 1.0, results)


def _result(values: Values, replication: int, seed: int) -> PointResult:
    times = np.arange(20)
    staffed = np.array([[4] * 20, [6] * 20, [8] * 20])
    wave = np.rint(4 + replication % 3 - seed + np.sin(times / 3)).astype(np.int64)
    census = np.clip(np.array([wave, wave, wave]), 0, staffed)
    at_k = {name: float(column[replication]) for name, column in values.items()}
    nobody = np.zeros_like(census)
    levels = Levels(census, staffed, nobody)
    planned = Planned(*(np.full((3, 5), n, dtype=np.int32) for n in (9, 2 + seed, seed)))
    moved = np.full((2, 3, 3), seed, dtype=np.int32)
    return PointResult(
        at_k, Profile({"icu": levels, "ward": levels}, moved, planned), f"{seed}-{replication}"
    )
