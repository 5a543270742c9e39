"""Units of work over processes. What dies is tried once more, alone, and then set aside by name.

The pool starts its processes in the way that every system has (spawn). A worker that is killed takes
only its own unit along: the pool is made anew and goes on.
"""

import contextlib
import gc
import os
import signal
import threading
import time
import traceback
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, Protocol

from nspl_sim.vocabulary.errors import Stopped
from nspl_sim.vocabulary.text import text

AWAKE_S = 0.5
"""How long the main process waits at most before it looks whether it was interrupted."""


@dataclass(frozen=True, order=True)
class Unit:
    """Some seconds of work: replications of some design points, by number, of one world."""

    replications: tuple[int, ...]
    points: tuple[int, ...]

    def singly(self) -> Iterator["Unit"]:
        """Yield one unit a replication."""
        for replication in self.replications:
            yield Unit((replication,), self.points)


@dataclass(frozen=True)
class Fault:
    """Why a unit failed; plain values, since not every exception survives the way between processes."""

    reason: str
    details: str = ""
    """The trace, for --debug and the manifest."""
    errno: int | None = None
    """Of a fault of the disk or the folder: no other unit will fare better."""
    file: str = ""

    @classmethod
    def of(cls, wrong: BaseException) -> "Fault":
        """Return *wrong* in plain values."""
        details = "".join(traceback.format_exception(wrong))
        reason = f"{type(wrong).__name__}: {wrong}".splitlines()[0][:300]
        if isinstance(wrong, OSError) and wrong.errno is not None:
            return cls(reason, details, wrong.errno, str(wrong.filename or ""))
        return cls(reason, details)


class Task(Protocol):
    """What is done with a unit. It is sent once to every worker."""

    def get_ready(self) -> None:
        """Load what it takes, once in every worker, before the first unit."""
        ...

    def __call__(self, unit: Unit) -> Any:
        """Do *unit* and return what came of it."""


class Outcome(NamedTuple):
    """A unit, and what came of it."""

    unit: Unit
    found: Any
    """Of a single replication that failed twice, the Fault."""
    seconds: float
    """How long it took."""


def execute(task: Task, units: Iterator[Unit], workers: int) -> Generator[Outcome, None, None]:
    """Yield what *task* makes of *units*, as they are done. Raises Stopped when the user stops it."""
    try:
        yield from _here(task, units) if workers == 1 else _Pool(task, workers).work(units)
    except KeyboardInterrupt:
        raise Stopped(text("Stopped.")) from None


def _here(task: Task, units: Iterator[Unit]) -> Iterator[Outcome]:
    """Do *units* in this process."""
    _ready(task)
    for unit in units:
        done = _timed(task, unit)
        if not isinstance(done.found, Fault) or done.found.errno is not None:
            yield done
            continue
        for single in unit.singly():
            yield _timed(task, single)


def _ready(task: Task) -> None:
    with contextlib.suppress(Exception):  # what is wrong the first unit will tell
        task.get_ready()


def _timed(task: Task, unit: Unit) -> Outcome:
    began = time.monotonic()
    found = attempt(task, unit)
    return Outcome(unit, found, time.monotonic() - began)


def attempt(task: Task, unit: Unit) -> Any:
    """Return what *task* makes of *unit*, or the Fault that it ended with."""
    try:
        return task(unit)
    except Exception as wrong:
        return Fault.of(wrong)


class _Pool:
    """Workers that are started anew when one of them dies."""

    def __init__(self, task: Task, workers: int) -> None:
        self.task = task
        self.workers = workers
        self.pending: dict[Future[Any], Unit] = {}
        self.processes = self._started()

    def work(self, units: Iterator[Unit]) -> Iterator[Outcome]:
        """Yield what comes of *units*; one a worker is under way at a time."""
        try:
            while True:
                while len(self.pending) < self.workers and (unit := next(units, None)) is not None:
                    self._submit(unit)
                if not self.pending:
                    break
                suspects: list[Unit] = []
                for done in self._finished():
                    if isinstance(done.found, Fault) and done.found.errno is None:
                        suspects.append(done.unit)
                    else:
                        yield done
                yield from self._alone(suspects)
        finally:
            self.close()

    def _alone(self, suspects: list[Unit]) -> Iterator[Outcome]:
        """Yield what comes of each replication of *suspects*, done by a process with nothing beside it."""
        for single in (one for unit in sorted(suspects) for one in unit.singly()):
            apart = _Pool(self.task, 1)
            try:
                apart._submit(single)
                yield from apart._finished()
            finally:
                apart.close()

    def _submit(self, unit: Unit) -> None:
        with _undisturbed():
            try:
                future = self.processes.submit(_one, unit)
            except BrokenProcessPool:  # a worker died with nothing to do
                self.processes = self._started()
                future = self.processes.submit(_one, unit)
        self.pending[future] = unit

    def _finished(self) -> list[Outcome]:
        """Return what is done, once something is, in order of units; all of it when a worker died."""
        done: set[Future[Any]] = set()
        while not done:
            done, _ = wait(self.pending, timeout=AWAKE_S, return_when=FIRST_COMPLETED)
        if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
            done, _ = wait(self.pending)  # the others die with it
            self.processes.shutdown(wait=False)
            self.processes = self._started()
        outcomes = [_outcome(self.pending.pop(future), future) for future in done]
        return sorted(outcomes, key=lambda outcome: outcome.unit)

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, get_context("spawn"), _set_up, (self.task,))

    def close(self) -> None:
        """Let nothing go on that nobody waits for."""
        self.processes.shutdown(wait=not self.pending, cancel_futures=True)
        if self.pending:
            children: list[BaseProcess] = active_children()
            for child in children:
                child.terminate()
            for child in children:
                child.join(AWAKE_S)


def _outcome(unit: Unit, future: Future[Outcome]) -> Outcome:
    """Return what the worker returned; a worker that died leaves a Fault."""
    wrong = future.exception()
    if isinstance(wrong, BrokenProcessPool):
        return Outcome(unit, Fault("the worker process died"), 0.0)
    return Outcome(unit, Fault.of(wrong), 0.0) if wrong is not None else future.result()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let processes that are started here never hear Ctrl-C, which is the main process's to hear.

    What is blocked is handed down; for the main process the signal is only put off.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # it would unblock the signal when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_task: Task
"""In a worker: what is done with a unit, sent once."""


def _set_up(task: Task) -> None:
    """Make a worker ready: it leaves Ctrl-C to the main process, and ends when that one does."""
    global _task
    _task = task
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _ready(task)
    gc.freeze()  # what was loaded stays, and is not looked through again


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _one(unit: Unit) -> Outcome:
    return _timed(_task, unit)
