"""What happened in a course that injects tell of: events that hurt many, and answers with who had asked."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.measures.course import Course
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import MassCasualtyStream, StrikesStream
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.patients import FIRST_PRESENT, Demand, Ints


@dataclass(frozen=True)
class Casualties:
    """One event that hurts many at one moment."""

    stream: int
    onset_s: int
    region: int
    """Where most of them come; of several the first in alphabetical order."""
    rows: Ints
    """The patients' numbers."""


@dataclass(frozen=True, eq=False)
class Answers:
    """What was answered, with who had asked; columns of one length in order of time."""

    time_s: Ints
    patient: Ints
    receiver: Ints
    kind: Ints
    answer: Ints
    sender: Ints


def casualties(scenario: Scenario, demand: Demand) -> tuple[Casualties, ...]:
    """Return the events that hurt many, in order of time."""
    found = []
    for number, key in enumerate(demand.streams):
        if not isinstance(scenario.streams[key], MassCasualtyStream | StrikesStream):
            continue
        rows = np.flatnonzero((demand.stream == number) & (demand.number < FIRST_PRESENT))
        for onset in np.unique(demand.onset_s[rows]).tolist():
            hurt = rows[demand.onset_s[rows] == onset]
            where = int(np.bincount(demand.region[hurt]).argmax())
            found.append(Casualties(number, onset, where, hurt))
    return tuple(sorted(found, key=lambda one: (one.onset_s, one.stream)))


def answers(course: Course) -> Answers:
    """Return every answer, with the region that had asked."""
    journal = course.journal
    rows = journal.only(np.isin(journal.event, (Event.REQUESTED, Event.ANSWERED)))
    named = rows.patient * len(course.regions) + rows.region
    order = np.argsort(named, kind="stable")
    is_asked = rows.event[order] == Event.REQUESTED
    last = np.maximum.accumulate(np.where(is_asked, np.arange(len(order)), -1))
    sender = np.empty(len(order), dtype=np.int64)
    sender[order] = np.where(last >= 0, rows.detail[order][last], -1)
    said = rows.event == Event.ANSWERED
    return Answers(
        rows.time_s[said],
        rows.patient[said],
        rows.region[said],
        rows.unit[said],
        rows.detail[said],
        sender[said],
    )
