"""Prints what a replication of the national scenario costs: ``python -m tests.benchmarks.table``.

As tables for docs/performance.md: the parts of a replication by both engines, batches, and the cost against
horizon, demand and nodes. Processor seconds of this process, the least of some rounds, but for batches, which
go by the clock. Takes about five minutes on a quiet machine; ``parts``, ``batches`` or ``growth`` print one
of the three.
"""

import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from nspl_sim.demand.sample import sample
from nspl_sim.engine.ready import opened, prepare
from nspl_sim.experiment.engines import load
from nspl_sim.experiment.parts import write_part
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import PointResult, replicate
from nspl_sim.experiment.run import run
from nspl_sim.experiment.store import Store
from nspl_sim.measures.course import Course
from nspl_sim.measures.profile import profile
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import load_plan
from nspl_sim.system.simulate import simulate
from tests.benchmarks.one import PLANS, cost, points
from tests.benchmarks.worlds import national

_T = TypeVar("_T")
ROUNDS = 3
DAYS, NODES = 90, 21
IN_A_UNIT = 8
"""Replications that are stored together, about as many as a batch does."""


def timed(what: Callable[[], _T], rounds: int = ROUNDS) -> tuple[float, _T]:
    """Return the least of some times that *what* took, and what it gave."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        found = what()
        times.append(time.process_time() - began)
    return min(times), found


def row(*cells: object) -> None:
    """Print one row of a table."""
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def head(*names: str) -> None:
    """Print the head of a table."""
    print()
    row(*names)
    row(*("---" for _ in names))


def met(is_met: bool) -> str:
    """Return how a goal came out."""
    return "met" if is_met else "**not met**"


# ---------------------------------------------------------------- the parts of a replication


def parts() -> None:
    """Print the parts of one replication, by both engines."""
    from nspl_sim.engine import agenda
    from nspl_sim.engine import simulate as loop

    world = national(DAYS)
    spent, truly = [0.0], agenda.run

    def noted(state: Any, until: int) -> bool:
        began = time.process_time()
        try:
            return truly(state, until)
        finally:
            spent[0] += time.process_time() - began

    head("what", "SimPy", "compiled", "goal, compiled", "")
    drawing_s, table = timed(lambda: sample(world, 0))
    row(f"sampling {len(table):,} patients, once for all plans", f"{drawing_s:.2f} s", "the same", "–", "")
    for name in (*PLANS, "optimised"):
        plan = load_plan(name).plan
        slow_s, journal = timed(lambda plan=plan: simulate(world, plan, table), 1)
        quick_s, same = timed(lambda plan=plan: loop.simulate(world, plan, table))
        assert journal.fingerprint() == same.fingerprint()
        agenda.run, spent[0] = noted, 0.0
        loop.simulate(world, plan, table)
        agenda.run = truly
        slow, quick = len(table) / slow_s, len(table) / quick_s
        goal = name != "optimised"
        row(
            f"a run with reviews, `{name}`",
            f"{slow_s:.1f} s, {slow:,.0f} patients/s",
            f"{quick_s:.2f} s, {quick:,.0f} patients/s",
            "700,000 patients/s" if goal else "–",
            met(quick >= 700_000) if goal else "",
        )
        each_ns = spent[0] / len(journal) * 1e9
        row(
            f"of which the loop, {len(journal):,} rows",
            "–",
            f"{spent[0]:.2f} s, {each_ns:.0f} ns a row, {1e3 / each_ns:.1f} million rows/s",
            "450 ns, 3 million rows/s",
            met(each_ns <= 333),
        )
    given = (world, table, journal, load_plan("coordinated").plan)
    measures_s, _ = timed(lambda: evaluate(Course(*given)))
    both_s, _ = timed(lambda: _measured(given))
    row("all measures of one run", f"{measures_s:.2f} s", "the same", "–", "")
    row("levels, transfers and planned care", f"{both_s - measures_s:.2f} s", "the same", "–", "")
    row("fingerprint of the journal", f"{timed(journal.fingerprint)[0]:.2f} s", "the same", "–", "")
    both = points(DAYS, 1, NODES)
    results = _results(both)
    stored_s = min(_stored(both, results) for _ in range(ROUNDS))
    row("storing, a run of a plan", f"{stored_s:.3f} s", "the same", "–", "")
    slow, quick = cost(DAYS, 1, NODES, 1, "simpy"), cost(DAYS, 1, NODES, 4)
    whole_s = quick.seconds / 2 + stored_s
    row(
        "whole replication of two plans, a plan, with storing",
        f"{slow.seconds / 2 + stored_s:.1f} s",
        f"{whole_s:.2f} s",
        "1.0 s, 0.5 s is good",
        met(whole_s <= 1),
    )
    row(
        "peak memory of a worker",
        f"{slow.peak_mb:.0f} MiB",
        f"{quick.peak_mb:.0f} MiB",
        "1 GB",
        met(quick.peak_mb < 954),
    )


def _measured(given: tuple[Any, ...]) -> None:
    course = Course(*given)
    evaluate(course)
    profile(course)


def _results(both: list[Point]) -> list[PointResult]:
    return list(replicate(both, 0, "compiled"))


def _stored(both: list[Point], results: list[PointResult]) -> float:
    """Return the processor seconds for a run of one plan when several replications are written together."""
    began = time.process_time()
    with TemporaryDirectory() as folder:
        for point, result in zip(both, results, strict=True):
            write_part(
                Store(Path(folder)).points_folder(point), point, range(IN_A_UNIT), [result] * IN_A_UNIT
            )
    return (time.process_time() - began) / (IN_A_UNIT * len(both))


# ---------------------------------------------------------------- batches


def batches(replications: int = 12) -> None:
    """Print batches on one and two workers beside two independent processes.

    By the clock, the best of some rounds in turn, and by the processor: that minds no other work.
    """
    head(
        "batch of two plans, compiled", "replications a minute, by the clock", "processor s each", "goal", ""
    )
    ways = {"one worker": _one, "two workers": _two, "two independent processes": _apart}
    rate, spent_s = dict.fromkeys(ways, 0.0), dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, each in ways.items():
            began, before = time.monotonic(), _processor_s()
            each(replications)
            rate[name] = max(rate[name], 60 * replications / (time.monotonic() - began))
            spent_s[name] = min(spent_s[name], (_processor_s() - before) / replications)
    for name in ways:
        row(name, f"{rate[name]:.0f}", f"{spent_s[name]:.2f}", "–", "")
    _, two, apart = ways
    by_clock, by_processor = rate[two] / rate[apart], spent_s[apart] / spent_s[two]
    row(
        "two workers against two processes",
        f"{by_clock:.2f}",
        f"{by_processor:.2f}",
        "0.9",
        met(by_clock >= 0.9),
    )
    minutes = 1000 / rate[two]
    row(
        "so 1,000 replications on two workers",
        f"{minutes:.0f} minutes",
        "–",
        "20 minutes",
        met(minutes <= 20),
    )


def _processor_s() -> float:
    """Return the processor seconds of this process and of those that it waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _batch(replications: int, workers: int) -> None:
    both = points(DAYS, 1, NODES)
    with TemporaryDirectory() as folder:
        run(both, replications, workers, store=Store(Path(folder)), engine="compiled")


def _one(replications: int) -> None:
    _batch(replications, 1)


def _two(replications: int) -> None:
    _batch(replications, 2)


def _apart(replications: int) -> None:
    program = f"from tests.benchmarks.table import _batch; _batch({replications // 2}, 1)"
    both = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(2)]
    assert not any(one.wait() for one in both)


# ---------------------------------------------------------------- growth


def growth() -> None:
    """Print the cost of a replication of two plans against horizon, demand and nodes."""
    head("replication of two plans, compiled", "patients", "seconds", "times", "peak memory", "goal", "")
    usual = cost(DAYS, 1, NODES, 3)
    long = {}
    for days in (30, 90, 180):
        long[days] = found = usual if days == DAYS else cost(days, 1, NODES, 2)
        most = "twice the horizon: 2.3" if days == 180 else "–"
        _grown(f"{days} days", found, usual, most, 2.3 if days == 180 else None)
    for demand in (3, 10):
        found = cost(DAYS, demand, NODES, 2)
        _grown(
            f"{demand} x demand, beds and vehicles",
            found,
            usual,
            "16; 4 GiB" if demand == 10 else "–",
            16 if demand == 10 else None,
            4096 if demand == 10 else None,
        )
    for nodes in (7, 72, 210):
        _grown(f"{nodes} nodes", cost(DAYS, 1, nodes, 2), usual, "–", None)


def _grown(
    name: str, found: Any, usual: Any, goal: str, most: float | None, most_mb: float | None = None
) -> None:
    times = found.seconds / usual.seconds
    is_met = (most is None or times <= most) and (most_mb is None or found.peak_mb <= most_mb)
    cells = (f"{found.patients:,}", f"{found.seconds:.2f}", f"{times:.1f}", f"{found.peak_mb:.0f} MiB")
    row(name, *cells, goal, met(is_met) if most else "")


def main(asked: list[str]) -> None:
    """Measure and print what is *asked*, or all."""
    said = prepare(print)
    if said is not None:
        sys.exit(str(said))
    opened()
    load("compiled", points(DAYS, 1, NODES))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {DAYS} days")
    for section in (parts, batches, growth):
        if not asked or section.__name__ in asked:
            section()


if __name__ == "__main__":
    main(sys.argv[1:])
