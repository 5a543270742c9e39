"""What patients went through, as tables: stays in beds, needs of a bed, times of boarding.

Times that did not come are ``NEVER``; what was still going on when the run ended, ends there.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from nspl_sim.measures.steps import Bools
from nspl_sim.measures.story import ENDINGS, Story
from nspl_sim.vocabulary.care import NEVER, Event
from nspl_sim.vocabulary.patients import Demand, Ints

Flags = NDArray[np.int8]
_BED_LEFT = (Event.DEPARTED, Event.ADMITTED, *ENDINGS)
_WAIT_OVER = (Event.ADMITTED, *ENDINGS)


@dataclass(frozen=True, eq=False)
class Table:
    """Integer columns of one length, in order of (patient, time).

    Of chosen rows a column is taken when it is first looked at: few are.
    """

    patient: Ints

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.patient)

    def only(self, rows: Ints | Bools) -> Self:
        """Return the chosen rows."""
        rows = np.flatnonzero(rows) if rows.dtype == bool else rows
        table, mine = self.__dict__.get("_of", (self, None))
        chosen = object.__new__(type(self))
        chosen.__dict__["_of"] = table, rows if mine is None else mine[rows]
        return chosen

    def __getattr__(self, name: str) -> Ints:
        """Take the column *name* of the rows that were chosen of another table."""
        if name not in type(self).__dataclass_fields__ or "_of" not in self.__dict__:
            raise AttributeError(name)
        table, rows = self.__dict__["_of"]
        column: Ints = getattr(table, name)[rows]
        self.__dict__[name] = column
        return column


@dataclass(frozen=True, eq=False)
class Stays(Table):
    """One row for each bed that a patient lay in (or, of boarding, kept): from_s <= t < to_s."""

    region: Ints
    kind: Ints
    stage: Ints
    from_s: Ints
    to_s: Ints


@dataclass(frozen=True, eq=False)
class Needs(Table):
    """One row for each (patient, stage) that a bed was needed for, and how it came out."""

    stage: Ints
    kind: Ints
    region: Ints
    """Where the patient was when it arose."""
    asked_s: Ints
    placed_s: Ints
    """When a bed elsewhere was booked."""
    receiver: Ints
    """-1 where none was booked."""
    departed_s: Ints
    mode: Ints
    """-1: instant, or no trip."""
    admitted_s: Ints
    ended_s: Ints
    """The wait's end: admission, death, refusal, or the end of the run."""
    referred: Flags
    """1 where the region refers patients who need the kind: their trips are no capacity transfers."""
    within: Flags
    """1 where the bed booked elsewhere is in a hospital of the same region: no capacity transfer either."""

    def __add__(self, other: "Needs") -> "Needs":
        """Return the rows of both, one after the other."""
        both = ((getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return Needs(*(np.concatenate(pair) for pair in both))

    @property
    def wait_s(self) -> Ints:
        """Return the seconds from asked to admitted; of a wait without admission, those waited."""
        return self.ended_s - self.asked_s

    @property
    def met(self) -> Bools:
        """Return which needs ended in a bed."""
        return self.admitted_s < NEVER

    @property
    def confirmed_s(self) -> Ints:
        """Return when a bed was certain: booked elsewhere, or taken."""
        return np.minimum(self.placed_s, self.admitted_s)

    @property
    def moved(self) -> Bools:
        """Return which needs ended in a bed elsewhere for want of one here: capacity transfers."""
        return np.asarray(self.met & (self.receiver >= 0) & (self.referred == 0) & (self.within == 0))


def stays(story: Story, end_s: int) -> Stays:
    """Return all stays; one ends at the next bed, at departure, at the exit or at *end_s*."""
    return _kept_from(story, Event.ADMITTED, end_s)


def needs(story: Story, demand: Demand, end_s: int, referred: Flags) -> Needs:
    """Return all needs; one arises when first asked for its stage and ends in a bed or with the exit.

    *referred* has shape (regions, kinds): 1 where the region refers patients who need the kind.
    """
    arose = story.rows(Event.ASKED, Event.BOARDED)
    patient, stage = story.patient[arose], story.detail[arose]
    first = np.ones(len(arose), dtype=bool)
    first[1:] = (patient[1:] != patient[:-1]) | (stage[1:] != stage[:-1])
    arose, patient, stage = arose[first], patient[first], stage[first]
    over = story.after(arose, *_WAIT_OVER)
    placed, departed = (_before(story.after(arose, e), over) for e in (Event.PLACED, Event.DEPARTED))
    admitted = np.where(over >= 0, story.event[over], 0) == Event.ADMITTED if len(arose) else first
    kind, region = demand.kind[patient, stage], story.region[arose]
    return Needs(
        patient,
        stage,
        kind,
        region,
        story.time_s[arose],
        story.times(placed, NEVER),
        _or_none(story.region, placed),
        story.times(departed, NEVER),
        _or_none(story.detail, departed),
        np.where(admitted, story.times(over, end_s), NEVER),
        story.times(over, end_s),
        referred[region, kind],
        np.zeros(len(arose), dtype=np.int8),
    )


def moves(story: Story, end_s: int) -> Needs:
    """Return the moves of in-patients, each as a need that arose and was booked at the same second.

    They are no needs of a bed by the rules of counting: the patient lies in one. ``stage`` is that
    of the stay that goes on, -1 while on the way when the run ends.
    """
    booked = story.rows(Event.MOVED)
    departed, admitted = story.after(booked, Event.DEPARTED), story.after(booked, Event.ADMITTED)
    at_s = story.time_s[booked]
    return Needs(
        story.patient[booked],
        _or_none(story.detail, admitted),
        story.unit[booked],
        story.region[booked],
        at_s,
        at_s,
        story.detail[booked],
        story.times(departed, NEVER),
        _or_none(story.detail, departed),
        story.times(admitted, NEVER),
        story.times(admitted, end_s),
        np.zeros(len(booked), dtype=np.int8),
        np.zeros(len(booked), dtype=np.int8),
    )


def boarding(story: Story, end_s: int) -> Stays:
    """Return the parts of stays in which a bed was kept only because that of ``stage`` was not free."""
    return _kept_from(story, Event.BOARDED, end_s)


def _kept_from(story: Story, event: Event, end_s: int) -> Stays:
    begun = story.rows(event)
    ended = story.after(begun, *_BED_LEFT)
    return Stays(
        story.patient[begun],
        story.region[begun],
        story.unit[begun],
        story.detail[begun],
        story.time_s[begun],
        story.times(ended, end_s),
    )


def _before(rows: Ints, limit: Ints) -> Ints:
    """Return *rows*, -1 for those that come after *limit* (-1: no limit)."""
    return np.where((limit < 0) | (rows < limit), rows, -1)


def _or_none(column: Ints, rows: Ints) -> Ints:
    return np.where(rows >= 0, column[rows], -1) if len(rows) else rows
