"""What happened from STARTEX to ENDEX in one course, and in two beside each other.

Counted once and here: every other place of the report says these very numbers. Tables have the shape
(regions, kinds). Both courses are of the same patients and the same up to the first decision; what is
counted is the difference that all decisions of all regions made together.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nspl_sim.measures import capacity, outcome
from nspl_sim.measures.course import Course
from nspl_sim.measures.deaths import arm
from nspl_sim.measures.steps import Steps
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import HOUR, MINUTE, hours
from nspl_sim.vocabulary.patients import Ints

OTHERWISE_S = 30 * MINUTE
"""Who waited so much more or less than in the other course waited otherwise."""
Span = tuple[int, int]
"""From when to when, in seconds."""


@dataclass(frozen=True, eq=False)
class Played:
    """One course in from_s <= t < to_s, STARTEX to ENDEX. Regions and kinds are numbers; -1: the nation."""

    course: Course
    from_s: int
    to_s: int

    # ------------------------------------------------------------ beds promised, and to whom

    @cached_property
    def _promised(self) -> Ints:
        """Return the rows of beds promised in another region than the patient is in."""
        journal, rows = self.course.journal, self._rows(Event.PLACED)
        return np.asarray(rows[journal.region[rows] != journal.detail[rows]])

    @cached_property
    def _are_home(self) -> np.ndarray:
        """Return which of those beds are in the patient's own region."""
        journal, rows = self.course.journal, self._promised
        return np.asarray(self.course.demand.region[journal.patient[rows]] == journal.region[rows])

    @cached_property
    def taken(self) -> Ints:
        """Return the beds promised to patients of others, by receiver; moves of in-patients among them."""
        rows = self._promised[~self._are_home]
        return self._table(self.course.journal.region, rows)

    @cached_property
    def home(self) -> Ints:
        """Return the beds promised at home to residents who are elsewhere."""
        rows = self._promised[self._are_home]
        return self._table(self.course.journal.region, rows)

    @cached_property
    def moved(self) -> Ints:
        """Return the in-patients for whom a bed in another region was booked, by the region they lay in."""
        return self._table(self.course.journal.region, self._rows(Event.MOVED))

    @cached_property
    def sent(self) -> Ints:
        """Return those in line who were promised a bed in another region, by the region they waited in."""
        return self._table(self.course.journal.detail, self._promised) - self.moved

    def taken_s(self, region: int, kind: int) -> Ints:
        """Return when the beds of :attr:`taken` were promised in one unit, in order of time."""
        journal, rows = self.course.journal, self._promised[~self._are_home]
        here = (journal.region[rows] == region) & (journal.unit[rows] == kind)
        return np.asarray(journal.time_s[rows[here]])

    def home_s(self, region: int, kind: int) -> Ints:
        """Return when the beds of :attr:`home` were promised in one unit, in order of time."""
        journal, rows = self.course.journal, self._promised[self._are_home]
        here = (journal.region[rows] == region) & (journal.unit[rows] == kind)
        return np.asarray(journal.time_s[rows[here]])

    def moved_at(self, time_s: int, region: int, kind: int, to: int) -> int:
        """Return how many in-patients of one unit were moved to region *to* at that very second."""
        journal, rows = self.course.journal, self._rows(Event.MOVED)
        there = (journal.region[rows] == region) & (journal.unit[rows] == kind) & (journal.detail[rows] == to)
        return int(np.count_nonzero(there & (journal.time_s[rows] == time_s)))

    # ------------------------------------------------------------ turned away, postponed

    @cached_property
    def turned_away(self) -> Ints:
        """Return those who were turned away, or left unhelped, by where they wanted a bed."""
        return self._table(self.course.journal.region, self._rows(Event.REFUSED))

    @cached_property
    def postponed(self) -> Ints:
        """Return the planned admissions postponed. Shape (regions,)."""
        return self._by_region(Event.POSTPONED)

    @cached_property
    def released(self) -> Ints:
        """Return the planned admissions let through from the list. Shape (regions,)."""
        return self._by_region(Event.RELEASED)

    # ------------------------------------------------------------ beds

    @cached_property
    def staffed(self) -> Ints:
        """Return the staffed beds in the last second before ENDEX, those of teams away not among them."""
        return self._at_endex(self.course.beds)

    @cached_property
    def in_steps(self) -> Ints:
        """Return how many beds open surge steps held then."""
        course = self.course
        return self._at_endex(capacity.surge(course.scenario, course.demand, course.journal))

    @cached_property
    def before_steps(self) -> Ints:
        """Return how many beds were staffed then before steps, staff lent and borrowed counted."""
        course = self.course
        return self._at_endex(capacity.changed(course.demand, course.journal, course.base_beds))

    @cached_property
    def with_teams(self) -> Ints:
        """Return how many beds then lacked the staff who were away with a patient."""
        return self.before_steps + self.in_steps - self.staffed

    def steps(self, region: int, kind: int) -> dict[int, list[Span]]:
        """Return from when to when each surge step of a unit was open, by its number from 1; up to ENDEX.

        A step that closes without having been open was only ordered.
        """
        journal = self.course.journal
        found: dict[int, list[Span]] = {}
        events = np.isin(journal.event, (Event.OPENED, Event.CLOSED)) & (journal.time_s < self.to_s)
        for row in np.flatnonzero(events & (journal.region == region) & (journal.unit == kind)).tolist():
            time_s, spans = int(journal.time_s[row]), found.setdefault(int(journal.detail[row]), [])
            is_open = bool(spans) and spans[-1][1] == self.to_s
            if journal.event[row] == Event.OPENED and not is_open:
                spans.append((time_s, self.to_s))
            elif journal.event[row] == Event.CLOSED and is_open:
                spans[-1] = (spans[-1][0], time_s)
        return found

    # ------------------------------------------------------------ waits and deaths

    def waited_s(self, region: int, kind: int) -> Ints:
        """Return the seconds each patient was in line for *kind* in *region*. Shape (patients,)."""
        needs, waited = self.course.needs, self._in_line_s.copy()
        waited[(needs.kind != kind) | ((needs.region != region) & (region >= 0))] = 0
        found = np.zeros(len(self.course.demand), dtype=np.int64)
        np.add.at(found, needs.patient, waited)
        return found

    @cached_property
    def in_line_h(self) -> Ints:
        """Return the hours in line of all together, each unit's rounded."""
        needs, shape = self.course.needs, self.taken.shape
        found = np.zeros(shape[0] * shape[1], dtype=np.int64)
        np.add.at(found, needs.region * shape[1] + needs.kind, self._in_line_s)
        return np.rint(found.reshape(shape) / HOUR).astype(np.int64)

    @cached_property
    def _in_line_s(self) -> Ints:
        """Return the seconds in line of every need. Shape (needs,)."""
        needs = self.course.needs
        until_s = np.minimum(np.minimum(needs.placed_s, needs.ended_s), self.to_s)
        return np.asarray(np.maximum(until_s - np.maximum(needs.asked_s, self.from_s), 0))

    def died_waiting(self) -> int:
        """Return those in the nation who died in line or on the way."""
        return len(self._rows(Event.DIED_WAITING)) + len(self._rows(Event.DIED_ON_THE_WAY))

    def died_avoidably(self) -> int:
        """Return who would have lived with everything given in time, of those who came before ENDEX.

        And had not left by STARTEX; however much later they died.
        """
        course = self.course
        there = course.cohort & (course.demand.arrival_s < self.to_s) & (course.exit_s >= self.from_s)
        return int(np.count_nonzero(there & outcome.died_avoidably(course, arm(course))))

    # ------------------------------------------------------------ how it is counted

    def _rows(self, event: Event) -> Ints:
        journal = self.course.journal
        rows = journal.where(event)
        inside = (journal.time_s[rows] >= self.from_s) & (journal.time_s[rows] < self.to_s)
        return np.asarray(rows[inside])

    def _table(self, where: Ints, rows: Ints) -> Ints:
        """Return how many of *rows* there are by region, as *where* has it, and kind."""
        course = self.course
        shape = len(course.regions), len(course.kinds)
        units = where[rows] * shape[1] + course.journal.unit[rows]
        return np.bincount(units, minlength=shape[0] * shape[1]).reshape(shape)

    def _by_region(self, event: Event) -> Ints:
        course = self.course
        return np.bincount(course.journal.region[self._rows(event)], minlength=len(course.regions))

    def _at_endex(self, steps: Steps) -> Ints:
        last = np.array([self.to_s - 1], dtype=np.int64)
        return np.asarray(steps.at(last)[:, 0].reshape(len(self.course.regions), len(self.course.kinds)))


@dataclass(frozen=True, eq=False)
class Beside:
    """The players' course beside another, as a rule that of their plan without their decisions."""

    mine: Played
    theirs: Played

    def otherwise(self, region: int, kind: int) -> tuple[int, int]:
        """Return how many waited longer, and how many shorter, than in the other course."""
        apart = self.mine.waited_s(region, kind) - self.theirs.waited_s(region, kind)
        longer, shorter = apart > OTHERWISE_S, apart < -OTHERWISE_S
        return int(np.count_nonzero(longer)), int(np.count_nonzero(shorter))


def earliest_s(course: Course, region: int, kind: int, decided_s: int) -> int | None:
    """Return when the first step that was decided at *decided_s* can be open; None without steps."""
    lead_h = geography(course.scenario).surge_lead_h.get((region, kind), ())
    return decided_s + hours(lead_h[0]) if lead_h else None
