"""Speed and memory of the national scenario; run by hand: ``pytest -n 0 tests/benchmarks``.

Goals (one core): the SimPy engine at least 15,000 patients a second, 25,000 is good; sampling
under 0.5 s for 400,000 patients; a worker under 1 GB for 90 days. Times are shown, never asserted:
a busy machine is no fault of the code. Memory is asserted, since it does not flake.
"""

import os

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.experiment.engines import Engine
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import simulate
from tests.benchmarks.one import cost

DAYS = float(os.environ.get("NSPL_BENCH_DAYS", "90"))


@pytest.fixture(scope="module")
def national() -> Scenario:
    return load_shipped("national-surge").scenario.model_copy(update={"horizon_days": DAYS})


def test_sampling(benchmark, national) -> None:
    table = benchmark.pedantic(sample, (national, 0), rounds=3)
    rate = len(table) / benchmark.stats.stats.min
    benchmark.extra_info |= {"patients": len(table), "s_for_400k": round(400_000 / rate, 3)}


@pytest.mark.parametrize("name", ["today", "coordinated"])
def test_simpy_engine(benchmark, national, name: str) -> None:
    table, plan = sample(national, 0), load_plan(name).plan
    journal = benchmark.pedantic(simulate, (national, plan, table), rounds=3)
    best = benchmark.stats.stats.min
    benchmark.extra_info |= {
        "patients": len(table),
        "patients_per_s": round(len(table) / best),
        "rows": len(journal),
    }


def test_measures(benchmark, national) -> None:
    table = sample(national, 0)
    journal = simulate(national, load_plan("today").plan, table)
    benchmark.pedantic(lambda: evaluate(Course(national, table, journal)), rounds=3)


@pytest.mark.parametrize(("engine", "most_mb"), [("simpy", 600), ("compiled", 954)])
def test_memory(engine: Engine, most_mb: float) -> None:
    """Replications of 90 days under two plans, all of it, in a process of their own."""
    found = cost(DAYS, 1, 21, 1 if engine == "simpy" else 4, engine)
    print(f"peak {found.peak_mb:.0f} MiB for {DAYS:g} days")
    assert found.peak_mb < most_mb
