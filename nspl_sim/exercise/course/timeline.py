"""One course, read for injects: every quantity that a text may say, at any second.

Conditions are looked at each quarter of an hour from a day before the first second that is played;
what has long been so at STARTEX belongs to the opening picture and gives no inject.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.happened import Answers, Casualties, answers, casualties
from nspl_sim.exercise.course.levels import Levels
from nspl_sim.measures.course import ICU, Course
from nspl_sim.measures.steps import Steps
from nspl_sim.measures.story import ENDINGS
from nspl_sim.scenario.disruptions import HospitalHit
from nspl_sim.vocabulary.care import UNLIMITED, Answer, Event
from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE
from nspl_sim.vocabulary.disruptions import Disruption, What
from nspl_sim.vocabulary.patients import FIRST_PRESENT, Ints

QUARTER = 15 * MINUTE
Bools = NDArray[np.bool_]
LACKS = (Answer.NO_TEAM, Answer.NO_VEHICLE, Answer.GROUNDED)
"""Answers by which a yes to a bed comes to nothing: nothing carries the patient there."""


@dataclass(frozen=True, eq=False)
class Timeline:
    """A course from *from_s* to *to_s*, both played."""

    course: Course
    replication: int
    from_s: int
    to_s: int
    briefings: tuple[int, ...] = ()
    """Seconds at which the staffs brief."""
    cards: Mapping[int, str] = field(default_factory=dict)
    """By patient the number of the card that players hold: ``1-001``."""

    # ------------------------------------------------------------ time and names

    @cached_property
    def first_s(self) -> int:
        """Return the first second at which a condition is looked at."""
        begins = int(self.course.journal.time_s.min()) if len(self.course.journal) else 0
        return max(begins, self.from_s - DAY)

    @cached_property
    def quarters(self) -> Ints:
        """Return the seconds at which conditions are looked at."""
        first = -(-self.first_s // QUARTER) * QUARTER
        return np.arange(first, self.to_s + 1, QUARTER, dtype=np.int64)

    @property
    def regions(self) -> range:
        """Return the numbers of the regions."""
        return range(len(self.course.regions))

    @cached_property
    def icu(self) -> int:
        """Return the number of intensive care among kinds; -1 where there is none."""
        return self.course.kind_number(ICU)

    def unit(self, region: int, kind: int) -> int:
        """Return the number of a unit in step functions."""
        return region * len(self.course.kinds) + kind

    # ------------------------------------------------------------ levels

    def _levels(self, steps: Steps) -> Levels:
        return Levels(steps, self.first_s, max(self.to_s, self.first_s) + 3 * DAY)

    @cached_property
    def _staffed(self) -> Levels:
        return self._levels(self.course.beds)

    @cached_property
    def _occupied(self) -> Levels:
        return self._levels(self.course.occupied)

    @cached_property
    def _inbound(self) -> Levels:
        return self._levels(self.course.inbound)

    @cached_property
    def _waiting(self) -> Levels:
        return self._levels(self.course.waiting)

    def staffed(self, region: int, kind: int, time_s: Ints) -> Ints:
        """Return the staffed beds of a unit; the shape is that of *time_s*."""
        return self._staffed.at(self.unit(region, kind), time_s)

    def occupied(self, region: int, kind: int, time_s: Ints) -> Ints:
        """Return the patients in its beds."""
        return self._occupied.at(self.unit(region, kind), time_s)

    def free(self, region: int, kind: int, time_s: Ints) -> Ints:
        """Return its staffed beds neither occupied nor promised; 0 while it drains."""
        taken = self.occupied(region, kind, time_s) + self.promised(region, kind, time_s)
        left = self.staffed(region, kind, time_s) - taken
        return np.asarray(np.maximum(left, 0))

    def promised(self, region: int, kind: int, time_s: Ints) -> Ints:
        """Return its beds that are promised to those on their way."""
        return self._inbound.at(self.unit(region, kind), time_s)

    def waiting(self, region: int, kind: int, time_s: Ints) -> Ints:
        """Return those in line for one of its beds."""
        return self._waiting.at(self.unit(region, kind), time_s)

    def staffed_soon(self, region: int, kind: int, time_s: int) -> int:
        """Return the beds that are staffed or can be within two hours: the registry's *beläggningsbar*.

        Occupied beds count even where they are more; a surge step counts that is ordered and opens in
        time, or that can be: then those before it must be open or count too.
        """
        at, journal = np.array([time_s]), self.course.journal
        beds = int(max(self.staffed(region, kind, at)[0], self.occupied(region, kind, at)[0]))
        unit = self.course.scenario.regions[self.course.regions[region]].units[self.course.kinds[kind]]
        rows = (journal.region == region) & (journal.unit == kind) & (journal.time_s <= time_s)
        rows &= np.isin(journal.event, (Event.ORDERED, Event.OPENED, Event.CLOSED))
        last = {step: (event, when) for when, event, _, _, _, step in journal.only(rows).rows()}
        for number, step in enumerate(unit.surge, start=1):
            event, when = last.get(number, (Event.CLOSED, time_s))
            if event == Event.OPENED:
                continue
            ordered_s = when if event == Event.ORDERED else time_s
            if ordered_s + round(step.lead_h * HOUR) > time_s + 2 * HOUR:
                break
            beds += step.beds
        return beds

    def has(self, region: int, kind: int) -> bool:
        """Return whether the region has such a unit, and not an endless one."""
        return kind >= 0 and 0 < int(self.course.base_beds[region, kind]) < UNLIMITED

    # ------------------------------------------------------------ what is taken away

    def silent(self, time_s: int) -> list[int]:
        """Return the regions whose reports do not come, because of a disruption."""
        return sorted({d.region for d in self.in_force(time_s) if d.what == What.REPORTS and d.region >= 0})

    def teams_lost(self, region: int, time_s: int) -> int:
        """Return the transfer teams of *region* that disruptions have taken away."""
        return sum(d.amount for d in self.in_force(time_s) if d.what == What.TEAMS and d.region == region)

    def is_damaged(self, region: int, time_s: int) -> bool:
        """Return whether a hospital in *region* has been hit, and is not made good."""
        course = self.course
        known, names = course.scenario.disruptions, sorted(course.scenario.disruptions)
        mine = (d for d in self.in_force(time_s) if d.region == region)
        return any(isinstance(known[names[d.name]], HospitalHit) for d in mine)

    def in_force(self, time_s: int) -> list[Disruption]:
        """Return the rows of disruptions that are in force."""
        return [d for d in self.course.demand.disruptions if d.from_s <= time_s < d.to_s]

    def lacking(self, name: int, what: int, kind: int, region: int, time_s: int) -> Fact:
        """Return what disruption number *name* takes away at *time_s*: beds, teams, thousandths."""
        alike = (name, what, kind, region)
        rows = (d for d in self.in_force(time_s) if (d.name, d.what, d.kind, d.region) == alike)
        return Fact("lacking", sum(d.amount for d in rows), time_s, region, kind, -1, (name, what))

    # ------------------------------------------------------------ what happened

    @cached_property
    def casualties(self) -> tuple[Casualties, ...]:
        """Return the events that hurt many, in order of time."""
        return casualties(self.course.scenario, self.course.demand)

    @cached_property
    def answers(self) -> Answers:
        """Return every answer, with the region that had asked."""
        return answers(self.course)

    def count(self, event: Event, region: int, since_s: int, time_s: int) -> int:
        """Return how often *event* happened in *region* (-1: anywhere) in since_s <= t < time_s."""
        journal = self.course.journal
        hit = (journal.event == event) & (journal.time_s >= since_s) & (journal.time_s < time_s)
        return int(np.count_nonzero(hit & ((journal.region == region) | (region < 0))))

    def times(self, event: Event) -> Ints:
        """Return the rows of *event* that are played."""
        journal = self.course.journal
        rows = journal.where(event)
        inside = (journal.time_s[rows] >= self.from_s) & (journal.time_s[rows] < self.to_s)
        return np.asarray(rows[inside])

    # ------------------------------------------------------------ facts

    def level(self, of: str, region: int, kind: int, time_s: int) -> Fact:
        """Return ``staffed``, ``occupied``, ``promised``, ``free`` or ``waiting`` of a unit."""
        found = getattr(self, of)(region, kind, np.array([time_s]))
        return Fact(of, int(found[0]), time_s, region, kind)

    def longest_wait_h(self, region: int, kind: int, time_s: int) -> Fact:
        """Return how long, in whole hours, who has waited longest in line has waited; 0 with no line."""
        needs = self.course.needs
        here = (needs.region == region) & (needs.kind == kind) & (needs.asked_s <= time_s)
        here &= np.minimum(needs.placed_s, needs.ended_s) > time_s
        waited = int((time_s - needs.asked_s[here]).max()) if here.any() else 0
        return Fact("longest_wait_h", waited // HOUR, time_s, region, kind)

    def injured(self, event: Casualties, time_s: int, urgencies: tuple[int, ...] = ()) -> Fact:
        """Return how many the event hurt; of *urgencies* where any are named."""
        urgency = self.course.demand.urgency[event.rows]
        hurt = np.isin(urgency, urgencies).sum() if urgencies else len(urgency)
        of = "injured_of_urgency" if urgencies else "injured"
        return Fact(of, int(hurt), time_s, event.region, -1, -1, (event.stream, event.onset_s, *urgencies))

    def received(self, event: Casualties, region: int, time_s: int, urgencies: tuple[int, ...] = ()) -> Fact:
        """Return how many of *event*, of any of *urgencies*, have come to *region* before *time_s*."""
        demand, rows = self.course.demand, event.rows
        came = (demand.region[rows] == region) & (demand.arrival_s[rows] < time_s)
        came &= np.isin(demand.urgency[rows], urgencies) if urgencies else True
        of_what = (event.stream, event.onset_s, *urgencies)
        return Fact("received", int(came.sum()), time_s, region, -1, event.onset_s, of_what)

    def arrived(self, streams: tuple[int, ...], region: int, since_s: int, time_s: int) -> Fact:
        """Return how many of *streams* came to *region* (-1: anywhere) in since_s <= t < time_s."""
        demand = self.course.demand
        there = np.isin(demand.stream, streams) & ((demand.region == region) | (region < 0))
        there &= (demand.arrival_s >= since_s) & (demand.arrival_s < time_s) & (demand.number < FIRST_PRESENT)
        return Fact("arrived", int(there.sum()), time_s, region, -1, since_s, streams)

    def planned(self, of: str, region: int, since_s: int, time_s: int) -> Fact:
        """Return the planned admissions that are to come (``planned_first``: of priority 1) in the time."""
        demand = self.course.demand
        due = (demand.priority == 1) if of == "planned_first" else (demand.priority > 0)
        due = due & (demand.region == region) & (demand.number < FIRST_PRESENT)
        due &= (demand.arrival_s >= since_s) & (demand.arrival_s < time_s)
        return Fact(of, int(due.sum()), time_s, region, -1, since_s)

    def postponed(self, region: int, since_s: int, time_s: int) -> Fact:
        """Return the planned admissions postponed in the time."""
        return Fact(
            "postponed",
            self.count(Event.POSTPONED, region, since_s, time_s),
            time_s,
            region,
            -1,
            since_s,
        )

    def said_no(self, region: int, since_s: int, time_s: int) -> Fact:
        """Return the requests that *region* answered with no, for want of a bed or its share taken."""
        told = self.answers
        no = np.isin(told.answer, (Answer.NO_BED, Answer.NO_QUOTA)) & (told.receiver == region)
        no &= (told.time_s >= since_s) & (told.time_s < time_s)
        return Fact("said_no", int(no.sum()), time_s, region, -1, since_s)

    def asked(self, region: int, since_s: int, time_s: int) -> Fact:
        """Return for how many patients *region* asked others."""
        journal = self.course.journal
        rows = (journal.event == Event.REQUESTED) & (journal.detail == region)
        rows &= (journal.time_s >= since_s) & (journal.time_s < time_s)
        return Fact("asked", len(np.unique(journal.patient[rows])), time_s, region, -1, since_s)

    def lacked_transport(
        self, region: int, kind: int, since_s: int, time_s: int, why: tuple[Answer, ...] = LACKS
    ) -> Fact:
        """Return for how many of *region* a yes to a bed of *kind* (-1: any) came to nothing, and *why*."""
        told = self.answers
        rows = np.isin(told.answer, why) & (told.sender == region) & ((told.kind == kind) | (kind < 0))
        rows &= (told.time_s >= since_s) & (told.time_s < time_s)
        lacking = len(np.unique(told.patient[rows]))
        of_what = tuple(int(one) for one in why) if why != LACKS else ()
        return Fact("lacked_transport", lacking, time_s, region, kind, since_s, of_what)

    def promised_from(self, sender: int, region: int, kind: int, time_s: int) -> Fact:
        """Return the beds of a unit that are promised to patients who come from *sender*."""
        trips = self.course.all_trips
        coming = (trips.receiver == region) & (trips.kind == kind) & (trips.region == sender)
        coming &= (trips.placed_s <= time_s) & (trips.ended_s > time_s)
        return Fact("promised_from", int(coming.sum()), time_s, region, kind, -1, (sender,))

    def away(self, region: int, kind: int, time_s: int) -> Fact:
        """Return the residents of *region* who lie in beds of *kind* in other regions."""
        stays = self.course.stays
        lying = (stays.from_s <= time_s) & (stays.to_s > time_s) & (stays.kind == kind)
        lying &= (stays.region != region) & (self.course.demand.region[stays.patient] == region)
        return Fact("away", int(lying.sum()), time_s, region, kind)

    def died(self, time_s: int) -> Fact:
        """Return how many of the nation died before any bed, or on the way, in 0 <= t < time_s."""
        dead = [self.count(e, -1, 0, time_s) for e in (Event.DIED_WAITING, Event.DIED_ON_THE_WAY)]
        return Fact("died", sum(dead), time_s, -1, -1, 0)

    def ready(self, region: int, time_s: int) -> Fact:
        """Return those in beds of *region* who are ready for discharge and wait to be received."""
        journal = self.course.journal
        rows = journal.where(Event.READY)
        rows = rows[(journal.region[rows] == region) & (journal.time_s[rows] <= time_s)]
        left = np.full(len(self.course.demand), np.iinfo(np.int64).max)
        for event in ENDINGS:
            gone = journal.where(event)
            left[journal.patient[gone]] = np.minimum(left[journal.patient[gone]], journal.time_s[gone])
        still = left[journal.patient[rows]] > time_s
        return Fact("ready", int(still.sum()), time_s, region)

    def without_free(self, time_s: int) -> Fact:
        """Return how many regions with intensive care have no free bed of it."""
        known = [r for r in self.regions if self.has(r, self.icu)]
        free = [int(self.free(r, self.icu, np.array([time_s]))[0]) for r in known]
        return Fact("without_free", free.count(0), time_s, -1, self.icu)
