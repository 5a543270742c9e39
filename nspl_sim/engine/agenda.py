"""What command does, in order of time, rank and row; between two such acts the loop runs."""

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

import numpy as np

from nspl_sim.engine import columns as c
from nspl_sim.engine.loop import room_for_one, run
from nspl_sim.engine.queue import key_of
from nspl_sim.engine.retries import room_for_all
from nspl_sim.vocabulary.clock import Rank


class Nation:
    """The arrays of the loop, which grow; and the clock and the journal for those who command."""

    def __init__(self, state: c.State) -> None:
        self.state = state
        self.now_s = int(state.n[c.NOW])
        self._agenda: list[tuple[int, int, int, Callable[[], None]]] = []
        self._number = count()

    # -- as a clock -------------------------------------------------------------------------

    def call_at(self, time_s: int, rank: Rank, row: int, act: Callable[[], None]) -> None:
        """Have *act* called at *time_s*, in the order of (*rank*, *row*)."""
        heappush(self._agenda, (time_s, (rank << 48) + row, next(self._number), act))

    def live(self, end_s: int) -> None:
        """Let everything happen before *end_s*."""
        while self._agenda and self._agenda[0][0] < end_s:
            time_s, place, _, act = heappop(self._agenda)
            # no act of a patient has the rank of an act of command: the rank decides between them
            self._run(key_of(self.state, time_s, place >> 48, 0))
            self.now_s = time_s
            self.state.n[c.NOW] = time_s
            act()
        self._run(key_of(self.state, end_s, 0, 0))

    def _run(self, until: int) -> None:
        while not run(self.state, until):
            room = room_for_one(self.state)
            self.make_room(room, room)
            self.room_for_all()

    # -- as a journal -----------------------------------------------------------------------

    def note(self, time_s: int, event: int, patient: int, region: int, unit: int, detail: int) -> None:
        """Append one row."""
        self.make_room(1, 0)
        n, journal = self.state.n, self.state.journal
        journal[:, n[c.ROWS]] = (time_s, event, patient, region, unit, detail)
        n[c.ROWS] += 1

    def make_room(self, rows: int, events: int) -> None:
        """Have room for so many *rows* of the journal and *events* to come besides those there are."""
        n, journal, queue = self.state.n, self.state.journal, self.state.queue
        wanted = int(n[c.ROWS]) + rows
        if wanted > journal.shape[1]:
            wider = np.empty((6, wanted + wanted // 2), dtype=np.int64)
            wider[:, : n[c.ROWS]] = journal[:, : n[c.ROWS]]
            self.state = self.state._replace(journal=wider)
        wanted = int(n[c.EVENTS]) + events
        if wanted > len(queue):
            longer = np.empty((2 * wanted, 4), dtype=np.int64)
            longer[: n[c.EVENTS]] = queue[: n[c.EVENTS]]
            self.state = self.state._replace(queue=longer)

    def room_for_all(self, more: int = 0) -> None:
        """Have room for a walk of everybody in line and of *more* besides, and for all who are collected."""
        self.make_room(*room_for_all(self.state, more))

    def room_for_trips(self, trips: int) -> None:
        """Have room for so many *trips* at once, and for everybody in line to get a bed that they leave."""
        others = int(self.state.n[c.WAITING]) + self._collected() + 16
        self.make_room(10 * trips + 4 * others, 6 * trips + 4 * others)

    def _collected(self) -> int:
        """Return the patients who are collected, and the vehicles that collect."""
        n = self.state.n
        return int(self.state.collecting[: n[c.COLLECTING], c.ABOARD].sum()) + int(n[c.COLLECTING])
