"""Design points x replications, paired: every plan of a scenario meets the very same patients."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, get_context

from nspl_sim.experiment.batch import Batch, InMemory
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import PointResult, replicate
from nspl_sim.scenario.expected import patients
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.errors import RunIncomplete, Stopped
from nspl_sim.vocabulary.text import text


@dataclass(frozen=True)
class Progress:
    """How far a batch has come."""

    done: int
    total: int | None
    """None while the time decides how many there will be."""
    rate_per_s: float
    left_s: float


def run(
    points: Sequence[Point],
    replications: int | None,
    workers: int = 1,
    budget_s: float | None = None,
    at_least: int = 10,
    on_progress: Callable[[Progress], None] | None = None,
) -> Batch:
    """Run *replications* of every point, or as many as fit in *budget_s* (but *at_least*).

    Replication k is the same whatever the batch and the number of workers. Raises RunIncomplete
    when a replication failed, naming it, and Stopped when the user stopped it.
    """
    began = time.monotonic()
    done: dict[int, list[PointResult]] = {}
    failed: list[tuple[int, str]] = []
    numbers = _numbers(replications, budget_s, at_least, workers, began, done)
    results = _serial(points, numbers) if workers == 1 else _pooled(points, numbers, workers)
    for replication, outcome in results:
        if isinstance(outcome, BaseException):
            failed.append((replication, f"{type(outcome).__name__}: {outcome}"))
            continue
        done[replication] = outcome
        if on_progress:
            on_progress(_progress(len(done), replications, budget_s, time.monotonic() - began))
    if failed:
        raise RunIncomplete(
            text(
                "{count} replications failed; the first was number {number}: {reason}",
                count=len(failed),
                number=failed[0][0],
                reason=failed[0][1],
            )
        )
    order = tuple(sorted(done))
    by_point = [[done[k][number] for k in order] for number in range(len(points))]
    return InMemory(tuple(points), order, time.monotonic() - began, by_point)


def _numbers(
    replications: int | None,
    budget_s: float | None,
    at_least: int,
    workers: int,
    began: float,
    done: dict[int, list[PointResult]],
) -> Iterator[int]:
    """Yield replication numbers while there are more to make, or while another fits in the time."""
    if budget_s is None:
        yield from range(replications or at_least)
        return
    number = 0
    while replications is None or number < replications:
        spent = time.monotonic() - began
        each = spent / len(done) * workers if done else 0.0
        if number >= at_least and spent + 1.2 * each > budget_s:
            return
        yield number
        number += 1


def _serial(
    points: Sequence[Point], numbers: Iterator[int]
) -> Iterator[tuple[int, list[PointResult] | Exception]]:
    for number in numbers:
        try:
            yield number, list(replicate(points, number))
        except KeyboardInterrupt:
            raise Stopped(text("Stopped.")) from None
        except Exception as fault:
            yield number, fault


_points: tuple[Point, ...] = ()
"""In a worker: the design points, sent once."""


def _set_up(points: tuple[Point, ...]) -> None:
    global _points
    _points = points
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _one(replication: int) -> list[PointResult]:
    return list(replicate(_points, replication))


def _pooled(
    points: Sequence[Point], numbers: Iterator[int], workers: int
) -> Iterator[tuple[int, list[PointResult] | Exception]]:
    """Yield results as they come from *workers* processes, started in the way every system has."""
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _set_up, (tuple(points),))
    pending: dict[Future[list[PointResult]], int] = {}
    try:
        while True:
            for number in numbers:
                pending[pool.submit(_one, number)] = number
                if len(pending) >= workers:
                    break
            if not pending:
                break
            finished, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in sorted(finished, key=lambda f: pending[f]):
                number = pending.pop(future)
                fault = future.exception()
                if isinstance(fault, BrokenProcessPool):
                    raise RunIncomplete(
                        text("A worker process died while replication {number} ran.", number=number)
                    )
                yield number, fault if isinstance(fault, Exception) else future.result()
        pool.shutdown()
    except KeyboardInterrupt:
        raise Stopped(text("Stopped.")) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if pending:
            for child in active_children():
                child.terminate()


def _progress(done: int, total: int | None, budget_s: float | None, spent: float) -> Progress:
    rate = done / spent if spent else 0.0
    left = (total - done) / rate if total and rate else max(0.0, (budget_s or 0.0) - spent)
    return Progress(done, total, rate, left)


def estimate(points: Sequence[Point]) -> tuple[float, float]:
    """Return about how many seconds one replication of all *points* takes on one core, and MB a worker.

    Rates measured on one machine (docs: performance); a guess to decide on, not a promise.
    """
    people = [_expected_patients(point.scenario) for point in points]
    return sum(people) / 40_000 + 0.05 * len(points), 120 + max(people) * 1e-3


def _expected_patients(scenario: Scenario) -> float:
    """Return how many patients a replication of *scenario* is expected to have."""
    begin, end = -scenario.warm_up_days, scenario.horizon_days + scenario.cool_down_h / 24
    return sum(patients(stream, begin, end) for stream in scenario.streams.values())
