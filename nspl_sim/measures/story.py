"""The journal told patient by patient: from each row to the row that ends what it began."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.journal import Journal
from nspl_sim.measures.steps import Bools
from nspl_sim.vocabulary.care import Event, Outcome
from nspl_sim.vocabulary.patients import Ints

ENDINGS = {
    Event.DISCHARGED: Outcome.DISCHARGED,
    Event.DIED_WAITING: Outcome.DIED_WAITING,
    Event.DIED_ON_THE_WAY: Outcome.DIED_ON_THE_WAY,
    Event.REFUSED: Outcome.REFUSED,
    Event.LEFT: Outcome.LEFT,
}
"""The events after which a patient is nowhere in the system, and what each makes of them."""

_ROW, _PATIENT = 6, 36
"""The bits from which on a row of the journal, and a patient, stand in a number that sorts the story."""
_TOLD = (Event.ASKED, Event.BOARDED, Event.PLACED, Event.DEPARTED, Event.ADMITTED, Event.MOVED, *ENDINGS)


@dataclass(frozen=True, eq=False)
class Story:
    """The rows that move a patient between beds, in order of (patient, when it happened)."""

    time_s: Ints
    event: Ints
    patient: Ints
    region: Ints
    unit: Ints
    detail: Ints

    @classmethod
    def of(cls, journal: Journal) -> "Story":
        """Return the story that *journal* tells: its rows sorted as one number of patient, row and event."""
        rows = np.flatnonzero(_among(journal.event, _TOLD))
        told = journal.patient[rows] << _PATIENT | rows << _ROW | journal.event[rows]
        told.sort()
        order = told >> _ROW & (1 << _PATIENT - _ROW) - 1
        return cls(
            journal.time_s[order],
            told & (1 << _ROW) - 1,
            told >> _PATIENT,
            journal.region[order],
            journal.unit[order],
            journal.detail[order],
        )

    def rows(self, *events: Event) -> Ints:
        """Return the row numbers of *events*, in order."""
        return np.flatnonzero(_among(self.event, events))

    def after(self, rows: Ints, *events: Event) -> Ints:
        """Return for each of *rows* the next row of the same patient with one of *events*, else -1."""
        if not len(rows):
            return rows
        wanted = _among(self.event, events)
        so_far = np.cumsum(wanted)[rows]
        following = np.append(np.flatnonzero(wanted), -1)[so_far]
        return np.where(self.patient[following] == self.patient[rows], following, -1)

    def times(self, rows: Ints, otherwise: int) -> Ints:
        """Return the times of *rows*, *otherwise* for those that are -1."""
        return np.where(rows >= 0, self.time_s[rows], otherwise) if len(rows) else rows


def _among(event: Ints, events: tuple[Event, ...]) -> Bools:
    """Return which codes are among *events*: a table look-up."""
    wanted = np.zeros(64, dtype=bool)
    wanted[list(events)] = True
    return wanted[event]


__all__ = ["ENDINGS", "Story"]
