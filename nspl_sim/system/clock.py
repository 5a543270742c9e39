"""SimPy with whole seconds and a stated order of what falls on the same second."""

from collections.abc import Callable, Generator
from heapq import heappush
from typing import Any

import simpy
from simpy.events import ProcessGenerator

from nspl_sim.vocabulary.clock import Rank

_RANK_BITS = 48
"""Room for the row below the rank; SimPy's own URGENT (0) and NORMAL (1) stay below both."""


class Moment(simpy.Event):
    """An event that happens inside the call that causes it: who waits for it goes on at once.

    SimPy's ``succeed()`` would run its callbacks after whatever is already due, when the state
    may have moved on.
    """

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.callbacks: list[Any] | None = []  # type: ignore[assignment]
        self._ok = True
        self._value = None

    def then(self, act: Callable[[], None]) -> None:
        """Have *act* called when this happens, after what was asked for before."""
        assert self.callbacks is not None
        self.callbacks.append(lambda _: act())

    def happen(self) -> None:
        """Let everybody who waits for this go on, now."""
        callbacks, self.callbacks = self.callbacks, None
        for callback in callbacks or ():
            callback(self)


class Clock(simpy.Environment):
    """Time in whole seconds from the scenario's start; ties by (rank, row)."""

    def __init__(self, first_s: int) -> None:
        super().__init__(initial_time=first_s)
        self.past = Moment(self)
        """A moment that has been: who yields it goes on at once."""
        self.past.happen()

    @property
    def now_s(self) -> int:
        """Return the present second."""
        return self._now  # type: ignore[return-value]

    def at(self, time_s: int, rank: Rank, row: int) -> Moment:
        """Return a moment that happens at *time_s*, in the order of (*rank*, *row*)."""
        moment = Moment(self)
        heappush(self._queue, (time_s, (rank << _RANK_BITS) + row, next(self._eid), moment))  # type: ignore[misc]
        return moment

    def call_at(self, time_s: int, rank: Rank, row: int, act: Callable[[], None]) -> None:
        """Have *act* called at *time_s*, in the order of (*rank*, *row*)."""
        self.at(time_s, rank, row).then(act)

    def begin(self, steps: Generator[Any, None, None]) -> None:
        """Begin a process inside this call, up to its first wait."""
        _Begun(self, steps)


class _Begun(simpy.Process):
    """A process whose first steps are taken at once; SimPy would take them at the next event."""

    def __init__(self, clock: Clock, steps: ProcessGenerator) -> None:
        self.env = clock
        self.callbacks = []
        self._generator = steps
        self._target = None  # type: ignore[assignment]
        self._resume(clock.past)
