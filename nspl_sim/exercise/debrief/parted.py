"""Where two courses of the same patients part: when, the first event on either side, what followed."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from nspl_sim.exercise.debrief.courses import Branch
from nspl_sim.journal import COLUMNS, Journal
from nspl_sim.paper.language import Language
from nspl_sim.paper.trace import Trace
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY

MOST_TOLD = 6
TOLD = (
    Event.PLACED,
    Event.MOVED,
    Event.POSTPONED,
    Event.RELEASED,
    Event.REFUSED,
    Event.ORDERED,
    Event.OPENED,
    Event.CLOSED,
    Event.LENT,
    Event.RECALLED,
)
"""What is worth telling of what followed: the rest is the way to it. No single death is told, only totals."""
_UNTOLD = (Event.DIRECTED, Event.DIED_WAITING, Event.DIED_ON_THE_WAY)

Row = tuple[int, ...]


@dataclass(frozen=True)
class Parted:
    """The parting of two courses."""

    time_s: int
    first: tuple[str, str]
    """The first event that differs in one and in the other, as sentences; nothing where a journal ended."""
    only_one: tuple[str, ...]
    """Of the day that followed, the first events that only the one has."""
    only_other: tuple[str, ...]


def parted(one: Branch, other: Branch, language: Language) -> Parted | None:
    """Return where *one* and *other* part; None where the same happens in both."""
    mine, theirs = (_told_of(branch.course.journal) for branch in (one, other))
    rows = min(len(mine), len(theirs))
    differs = np.zeros(rows, dtype=bool)
    for name in COLUMNS:
        differs |= getattr(mine, name)[:rows] != getattr(theirs, name)[:rows]
    if not differs.any() and len(mine) == len(theirs):
        return None
    first = int(differs.argmax()) if differs.any() else rows
    time_s = min(int(j.time_s[first]) for j in (mine, theirs) if first < len(j))
    lines = [_line(branch, j, first, language) for branch, j in ((one, mine), (other, theirs))]
    sets = [_of_the_day(j, time_s) for j in (mine, theirs)]
    only = [_sentences(branch, sets[i] - sets[1 - i], language) for i, branch in enumerate((one, other))]
    return Parted(time_s, (lines[0], lines[1]), only[0], only[1])


def _told_of(journal: Journal) -> Journal:
    """Return *journal* without single deaths, and lines that only say that a directive has a number."""
    return journal.only(~np.isin(journal.event, _UNTOLD))


def _line(branch: Branch, journal: Journal, row: int, language: Language) -> str:
    if row >= len(journal):
        return ""
    return _told(branch, journal.only(np.arange(len(journal)) == row), language)[0]


def _of_the_day(journal: Journal, from_s: int) -> "Counter[Row]":
    """Return the rows worth telling within a day from *from_s*, and how often each stands there."""
    there = (journal.time_s >= from_s) & (journal.time_s < from_s + DAY) & np.isin(journal.event, TOLD)
    return Counter(tuple(row) for row in journal.only(there).rows())


def _sentences(branch: Branch, rows: "Counter[Row]", language: Language) -> tuple[str, ...]:
    first = sorted(rows)[:MOST_TOLD]
    if not first:
        return ()
    columns = (np.array(column, dtype=np.int64) for column in zip(*first, strict=True))
    return tuple(_told(branch, Journal(*columns), language))


def _told(branch: Branch, journal: Journal, language: Language) -> list[str]:
    course = branch.course
    return list(Trace(course.scenario, course.demand, language, course.journal).lines(journal))
