"""Design points x replications, paired: every plan of a scenario meets the very same patients.

The only place where chance meets mechanism is :mod:`nspl_sim.experiment.replicate`; here the work is
handed out, and what comes back is gathered or lies in a folder.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from nspl_sim.engine.supports import unsupported
from nspl_sim.experiment.batch import Batch, InMemory
from nspl_sim.experiment.engines import Engine
from nspl_sim.experiment.executor import Fault, execute
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import Crash, PointResult
from nspl_sim.experiment.store import Kept, Store, Stored
from nspl_sim.experiment.stored import StoredBatch
from nspl_sim.experiment.units import Work
from nspl_sim.scenario.expected import patients
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.disk import REASONS
from nspl_sim.vocabulary.errors import RunIncomplete
from nspl_sim.vocabulary.text import Text, text

MOST_SET_ASIDE = 20
"""So many replications may fail before the run ends: then it is not a matter of one replication."""


@dataclass(frozen=True)
class Progress:
    """How far a batch has come, in replications of all its design points."""

    done: int
    total: int | None
    """None while the time decides how many there will be."""
    rate_per_s: float
    left_s: float
    crashes: tuple[Crash, ...] = ()
    """Runs since the last time in which the compiled engine failed and SimPy took over."""


@dataclass(frozen=True)
class SetAside:
    """A replication that failed twice."""

    replication: int
    point: Point
    """Of the world it was in."""
    fault: Fault


class Incomplete(RunIncomplete):
    """Some replications are missing: those set aside, or all those that the disk did not take."""

    def __init__(
        self, set_aside: Sequence[SetAside], stop: Fault | None = None, folder: Path | None = None
    ) -> None:
        self.set_aside = tuple(set_aside)
        super().__init__(_of_the_disk(stop, folder) if stop else _of_one(set_aside))


def _of_the_disk(stop: Fault, folder: Path | None) -> Text:
    return text(
        "{file}: {reason}. What was made before is whole and kept; the same command goes on from there.",
        file=folder or stop.file or "-",
        reason=REASONS.get(stop.errno or 0, stop.reason),
    )


def _of_one(set_aside: Sequence[SetAside]) -> Text:
    first = set_aside[0]
    return text(
        "{count} replications failed twice and were set aside, the first of them number {number} of "
        "{scenario} (seed {seed}): {reason}. There is no answer without them; the same command tries them "
        "again.",
        count=len(set_aside),
        number=first.replication,
        scenario=first.point.world,
        seed=first.point.scenario.seed,
        reason=first.fault.reason,
    )


def run(
    points: Sequence[Point],
    replications: int | None,
    workers: int = 1,
    budget_s: float | None = None,
    at_least: int = 10,
    on_progress: Callable[[Progress], None] | None = None,
    store: Store | None = None,
    engine: Engine = "simpy",
) -> Batch:
    """Run *replications* of every point, or as many as fit in *budget_s* (but *at_least*).

    Replication k is the same whatever the batch and the number of workers. With a *store* only what is
    missing there is made, and it is left there. Raises :class:`Incomplete` when replications failed twice,
    naming them, and Stopped when the user stopped it; what was made stays in the store.
    """

    def another(replication: int) -> bool:
        each_s = len(points) * work.each_s
        return replication < at_least or work.spent_s + 1.2 * each_s <= (budget_s or 0.0)

    def there(point: int) -> set[int]:
        return store.there(points[point]) if store else set(gathered[point])

    gathered: list[dict[int, PointResult]] = [{} for _ in points]
    work = Work(points, replications, workers, there, another)
    set_aside: list[SetAside] = []
    task = Stored(points, store, engine) if store else Kept(points, engine)
    with closing(execute(task, work.units(), workers)) as outcomes:
        for unit, found, seconds in outcomes:
            if isinstance(found, Fault):
                if found.errno is not None:
                    raise Incomplete(set_aside, found, store.folder if store else None)
                set_aside += [SetAside(k, points[unit.points[0]], found) for k in unit.replications]
                if len(set_aside) > MOST_SET_ASIDE:
                    break
                continue
            for replication, results in zip(unit.replications, found.results or (), strict=not store):
                for point, result in zip(unit.points, results, strict=True):
                    gathered[point][replication] = result
            work.finished(unit, seconds)
            if on_progress:
                on_progress(_progress(work, len(points), budget_s, found.crashes))
    if set_aside:
        raise Incomplete(set_aside)
    held = set.intersection(*(there(point) for point in range(len(points))))
    order = tuple(sorted(k for k in held if replications is None or k < replications))
    if store:
        return StoredBatch(tuple(points), order, work.spent_s, store)
    by_point = [[of_point[k] for k in order] for of_point in gathered]
    return InMemory(tuple(points), order, work.spent_s, by_point)


def _progress(work: Work, points: int, budget_s: float | None, crashes: tuple[Crash, ...]) -> Progress:
    rate = work.workers / work.each_s / points if work.each_s else 0.0
    if work.total is None:
        left_s = max(0.0, (budget_s or 0.0) - work.spent_s)
        return Progress(work.done // points, None, rate, left_s, crashes)
    left_s = (work.total - work.done) / points / rate if rate else 0.0
    return Progress(work.done // points, work.total // points, rate, left_s, crashes)


def estimate(points: Sequence[Point], engine: Engine = "simpy") -> tuple[float, float]:
    """Return about how many seconds one replication of all *points* takes on one core, and MB a worker.

    Rates measured on one machine (docs: performance); a guess to decide on, not a promise.
    """
    people = [_expected_patients(point.scenario) for point in points]
    held = [engine != "simpy" and not unsupported(point.scenario, point.plan) for point in points]
    each_s = [n / (450_000 if compiled else 40_000) + 0.05 for n, compiled in zip(people, held, strict=True)]
    return sum(each_s), 130 + max(people) * (1.75e-3 if any(held) else 1.1e-3)


def at_once(workers: int) -> float:
    """Return how many of *workers* would work at once now: cores are shared with whatever else runs."""
    others = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    cores = os.cpu_count() or 1
    return workers * min(1.0, cores / (others + workers))


def _expected_patients(scenario: Scenario) -> float:
    """Return how many patients a replication of *scenario* is expected to have."""
    begin, end = -scenario.warm_up_days, scenario.horizon_days + scenario.cool_down_h / 24
    return sum(patients(stream, begin, end) for stream in scenario.streams.values())
