"""Prints what a replication of the national scenario costs: ``python -m tests.benchmarks.table``.

Both engines in turn, in processor seconds of this process; days of the run as the only argument (90).
"""

import platform
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from nspl_sim.demand.sample import sample
from nspl_sim.engine.ready import opened, prepare
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import replicate
from nspl_sim.measures.course import Course
from nspl_sim.measures.profile import profile
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_shipped
from nspl_sim.system.simulate import simulate

_T = TypeVar("_T")
ROUNDS = 3


def timed(what: Callable[[], _T]) -> tuple[float, _T]:
    """Return the least of some times that *what* took, and what it gave."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        found = what()
        times.append(time.process_time() - began)
    return min(times), found


def main(days: float) -> None:
    """Measure and print."""
    world = load_shipped("national-surge").scenario.model_copy(update={"horizon_days": days})
    print(f"{platform.machine()}, python {platform.python_version()}, {days:g} days", prepare(print) or "")
    opened()
    from nspl_sim.engine import agenda
    from nspl_sim.engine import simulate as loop

    spent, truly = [0.0], agenda.run

    def run(state: Any, until: int) -> bool:
        began = time.process_time()
        try:
            return truly(state, until)
        finally:
            spent[0] += time.process_time() - began

    drawing_s, table = timed(lambda: sample(world, 0))
    print(f"sampling {len(table)} patients: {drawing_s:.2f} s")
    for name in ("today", "coordinated", "optimised"):
        plan = load_plan(name).plan
        simpy_s, journal = timed(lambda plan=plan: simulate(world, plan, table))
        loop_s, same = timed(lambda plan=plan: loop.simulate(world, plan, table))
        assert journal.fingerprint() == same.fingerprint()
        agenda.run, spent[0] = run, 0.0
        loop.simulate(world, plan, table)
        agenda.run = truly
        print(
            f"{name}: {len(journal)} rows; SimPy {simpy_s:.2f} s ({len(table) / simpy_s:,.0f} patients/s); "
            f"compiled {loop_s:.2f} s ({len(table) / loop_s:,.0f} patients/s), of which the loop "
            f"{spent[0]:.2f} s ({spent[0] / len(journal) * 1e9:.0f} ns a row); {simpy_s / loop_s:.0f} times"
        )
        given = (world, table, journal, plan)
        measures_s, _ = timed(lambda given=given: evaluate(Course(*given)))
        profile_s, _ = timed(lambda given=given: profile(Course(*given)))
        print(f"  measures {measures_s:.2f} s, profile {profile_s:.2f} s")
    points = [Point(world, load_plan(name).plan, name) for name in ("today", "coordinated")]
    for engine in ("simpy", "compiled"):
        whole_s, _ = timed(lambda engine=engine: list(replicate(points, 0, engine)))
        print(f"whole replication of two plans, {engine}: {whole_s:.2f} s, {whole_s / 2:.2f} s a plan")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 90.0)
