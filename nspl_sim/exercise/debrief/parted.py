"""Where two courses of the same patients part, in words without patients."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.courses import Branch
from nspl_sim.journal import COLUMNS, Journal
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.text import Text, text

HAPPENED: dict[Event, Text] = {
    Event.POSTPONED: text("planned admission postponed"),
    Event.RELEASED: text("planned admission let through from the list"),
    Event.PLACED: text("bed promised to a patient of another region"),
    Event.MOVED: text("in-patient taken to another region"),
    Event.REFUSED: text("turned away"),
    Event.ORDERED: text("extra beds ordered"),
    Event.OPENED: text("extra beds open"),
    Event.CLOSED: text("extra beds closed"),
    Event.LENT: text("staff lent"),
    Event.RECALLED: text("staff called home"),
}
"""What is worth telling: the rest is the way to it. No single death is told, only totals."""
_ON_THE_WAY: dict[Event, Text] = {
    Event.REQUESTED: text("asked for a bed"),
    Event.ANSWERED: text("answered who asked for a bed"),
    Event.ADMITTED: text("patient in a bed"),
    Event.DISCHARGED: text("patient discharged"),
    Event.DEPARTED: text("transport leaves"),
}
_OTHER = text("a patient's way through care goes otherwise")
_UNTOLD = (Event.DIRECTED, Event.DIED_WAITING, Event.DIED_ON_THE_WAY)


@dataclass(frozen=True)
class Parted:
    """The parting of two courses."""

    time_s: int
    first: str
    """What happens first that is not the same, with where: in the one, or else only in the other."""


def parted(one: Branch, other: Branch, words: Words) -> Parted | None:
    """Return where *one* and *other* part; None where the same happens in both."""
    mine, theirs = (_told_of(branch.course.journal) for branch in (one, other))
    rows = min(len(mine), len(theirs))
    differs = np.zeros(rows, dtype=bool)
    for name in COLUMNS:
        differs |= getattr(mine, name)[:rows] != getattr(theirs, name)[:rows]
    if not differs.any() and len(mine) == len(theirs):
        return None
    first = int(np.argmax(differs)) if differs.any() else rows
    time_s = min(int(j.time_s[first]) for j in (mine, theirs) if first < len(j))
    sides = [j for j in (mine, theirs) if first < len(j) and int(j.time_s[first]) == time_s]
    worth = [j for j in sides if int(j.event[first]) in HAPPENED]
    return Parted(time_s, _said((worth or sides)[0], first, words))


def _told_of(journal: Journal) -> Journal:
    """Return *journal* without single deaths, and lines that only say that a directive has a number."""
    return journal.only(~np.isin(journal.event, _UNTOLD))


def _said(journal: Journal, row: int, words: Words) -> str:
    say = words.language.say
    event, region = Event(int(journal.event[row])), int(journal.region[row])
    what = say({**HAPPENED, **_ON_THE_WAY}.get(event, _OTHER))
    return f"{words.short(region)}: {what}" if region >= 0 else what
