"""The record: what happened to whom, where and when, in integer columns. Only ever appended to.

What the columns hold, event by event (``-`` is -1; patient is the row in Demand; region and unit
are numbers in the alphabetical order of region keys and unit kinds):

================  =======  =================  =========  ===========================================
event             patient  region             unit       detail
================  =======  =================  =========  ===========================================
arrived           row      home               -          -
asked             row      local              wanted     stage
boarded           row      where the bed is   of the bed the stage waited for (asked, but keeps a bed)
requested         row      asked receiver     wanted     sender
answered          row      asked receiver     wanted     an ``Answer``
placed            row      receiver           wanted     sender
departed          row      sender             wanted     mode (-1: instant)
admitted          row      where the bed is   of the bed stage
ready             row      where the bed is   of the bed - (waits for municipal care, and keeps the bed)
discharged        row      last bed or local  of bed, -  -
left              row      last bed           of bed     - (for the home country)
died_waiting      row      local              wanted     the lack last answered (``Answer``; YES: booked), -
died_on_the_way   row      sender             wanted     mode
refused           row      local              wanted     the lack last answered, -
postponed         row      home               wanted     priority
released          row      home               wanted     priority
fetched           row      receiver           wanted     sender: the receiver's own team and vehicle come
returned          row      base               - / kind   mode of the vehicle; -1 and the kind: a team
ordered           -        region             kind       surge step (from 1)
opened            -        region             kind       surge step
closed            -        region             kind       surge step
directed          -        -                  -          number of the directive
changed           -        region             kind       staffed beds from now on, before steps and teams away
sent              row      base               - / kind   as ``returned``: a vehicle with places, its team
seated            row      base               wanted     number of the round; it shares a vehicle sent
hit               -        region             kind, -    first row of ``Demand.disruptions`` that begins
restored          -        region             kind, -    first row of ``Demand.disruptions`` that is over
lent              -        lender             kind       borrower: staff leave; beds follow as ``changed``
recalled          -        lender             kind       borrower: the loan of staff ends
brought           row      local              wanted     what the joint office made of it (``Office``)
moved             row      sender             kind       receiver: move of an in-patient, after ``placed``
================  =======  =================  =========  ===========================================
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nspl_sim.vocabulary.care import Event

COLUMNS = ("time_s", "event", "patient", "region", "unit", "detail")
_FLUSH = 60_000 * len(COLUMNS)


@dataclass(frozen=True, eq=False)
class Journal:
    """Six integer columns of one length, in the order in which things happened."""

    time_s: NDArray[np.int64]
    event: NDArray[np.int64]
    patient: NDArray[np.int64]
    region: NDArray[np.int64]
    unit: NDArray[np.int64]
    detail: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.time_s)

    def where(self, event: Event) -> NDArray[np.int64]:
        """Return the row numbers of *event*, in order."""
        rows, ends = self._by_event
        return rows[ends[event - 1] : ends[event]]

    @cached_property
    def _by_event(self) -> tuple[NDArray[np.int64], list[int]]:
        """Return the row numbers event by event, and where those of each end."""
        ends = np.cumsum(np.bincount(self.event, minlength=max(Event) + 1)).tolist()
        rows = np.argsort(self.event.astype(np.uint8), kind="stable")  # of small numbers: no comparing
        rows.flags.writeable = False
        return rows, ends

    def only(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "Journal":
        """Return the journal of the chosen rows."""
        return Journal(*(getattr(self, c)[rows] for c in COLUMNS))

    def rows(self) -> Iterator[tuple[int, ...]]:
        """Yield each row as a tuple in the order of :data:`COLUMNS`."""
        return zip(*(getattr(self, c).tolist() for c in COLUMNS), strict=True)

    def fingerprint(self) -> str:
        """Return a hash of all columns, the same on every machine and for every engine."""
        digest = hashlib.sha256()
        for column in COLUMNS:
            digest.update(np.ascontiguousarray(getattr(self, column), dtype="<i8").tobytes())
        return digest.hexdigest()


class Recorder:
    """Takes rows while the system runs; :meth:`journal` closes the book."""

    def __init__(self) -> None:
        self._open: list[int] = []
        self._full: list[NDArray[np.int64]] = []
        self._extend = self._open.extend

    def note(self, time_s: int, event: int, patient: int, region: int, unit: int, detail: int) -> None:
        """Append one row."""
        self._extend((time_s, event, patient, region, unit, detail))
        if len(self._open) >= _FLUSH:
            self._flush()

    def _flush(self) -> None:
        self._full.append(np.array(self._open, dtype=np.int64).reshape(-1, len(COLUMNS)))
        self._open.clear()

    def journal(self) -> Journal:
        """Return all that was noted."""
        self._flush()
        table = np.concatenate(self._full)
        return Journal(*(np.ascontiguousarray(table[:, i]) for i in range(len(COLUMNS))))
