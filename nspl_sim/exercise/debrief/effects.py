"""What came of decisions until ENDEX: counted in the players' course and in the plan's, from STARTEX on.

Both are of the same patients and the same up to the first decision. What is counted is the difference that
all decisions made together; of several in one region none is told apart.
"""

from dataclasses import dataclass

import numpy as np

from nspl_sim.measures import outcome
from nspl_sim.measures.course import Course
from nspl_sim.measures.deaths import arm
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import HOUR, MINUTE, hours
from nspl_sim.vocabulary.patients import Ints

OTHERWISE_S = 30 * MINUTE
"""Who waited so much more or less than in the other course waited otherwise."""
_LOOKED_AT_S = 5 * MINUTE


@dataclass(frozen=True, eq=False)
class Played:
    """One course in from_s <= t < to_s, STARTEX to ENDEX. Regions and kinds are numbers; -1: the nation."""

    course: Course
    from_s: int
    to_s: int

    def postponed(self, region: int) -> int:
        """Return the planned admissions postponed in *region*."""
        journal = self.course.journal
        rows = self._rows(Event.POSTPONED)
        return int(np.count_nonzero((journal.region[rows] == region) | (region < 0)))

    def taken(self, region: int, kind: int) -> int:
        """Return the patients of others who were promised a bed of *kind* in *region*."""
        journal, rows = self.course.journal, self._rows(Event.PLACED)
        here = (journal.region[rows] == region) & (journal.detail[rows] != region)
        return int(np.count_nonzero(here & (journal.unit[rows] == kind)))

    def sent(self, region: int, kind: int) -> int:
        """Return the patients of *region* who were promised a bed of *kind* elsewhere."""
        journal, rows = self.course.journal, self._rows(Event.PLACED)
        here = (journal.detail[rows] == region) & (journal.region[rows] != region)
        return int(np.count_nonzero(here & (journal.unit[rows] == kind)))

    def beds(self, region: int, kind: int, times_s: Ints) -> Ints:
        """Return base beds and open steps of a unit at *times_s*."""
        course = self.course
        return np.asarray(course.of_kind(course.open_beds, course.kinds[kind]).at(times_s)[region])

    def waited_s(self, region: int, kind: int) -> Ints:
        """Return the seconds each patient was in line for *kind* in *region*. Shape (patients,)."""
        needs = self.course.needs
        until_s = np.minimum(np.minimum(needs.placed_s, needs.ended_s), self.to_s)
        waited = np.maximum(until_s - np.maximum(needs.asked_s, self.from_s), 0)
        waited[(needs.kind != kind) | ((needs.region != region) & (region >= 0))] = 0
        found = np.zeros(len(self.course.demand), dtype=np.int64)
        np.add.at(found, needs.patient, waited)
        return found

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

    def _rows(self, event: Event) -> Ints:
        journal = self.course.journal
        rows = journal.where(event)
        inside = (journal.time_s[rows] >= self.from_s) & (journal.time_s[rows] < self.to_s)
        return np.asarray(rows[inside])


@dataclass(frozen=True, eq=False)
class Beside:
    """The players' course beside that of the plan without their decisions."""

    mine: Played
    theirs: Played

    def more_beds(self, region: int, kind: int) -> tuple[int, int]:
        """Return how many more beds are open at ENDEX, and from which second the first is; -1: never."""
        times = np.arange(self.mine.from_s, self.mine.to_s + 1, _LOOKED_AT_S, dtype=np.int64)
        times = np.append(times, self.mine.to_s - 1)
        more = self.mine.beds(region, kind, times) - self.theirs.beds(region, kind, times)
        first = np.flatnonzero(more[:-1] > 0)
        return int(more[-1]), int(times[first[0]]) if len(first) else -1

    def otherwise(self, region: int, kind: int) -> tuple[int, int]:
        """Return how many waited longer, and how many shorter, than without the decisions."""
        apart = self.mine.waited_s(region, kind) - self.theirs.waited_s(region, kind)
        longer, shorter = apart > OTHERWISE_S, apart < -OTHERWISE_S
        return int(np.count_nonzero(longer)), int(np.count_nonzero(shorter))

    def in_line_h(self, region: int, kind: int) -> tuple[int, int]:
        """Return the hours that all waited together, with the decisions and without."""
        mine, theirs = (one.waited_s(region, kind).sum() for one in (self.mine, self.theirs))
        return round(mine / HOUR), round(theirs / HOUR)


def earliest_s(course: Course, region: int, kind: int, decided_s: int) -> int | None:
    """Return when the first step that was decided at *decided_s* can be open; None without steps."""
    lead_h = geography(course.scenario).surge_lead_h.get((region, kind), ())
    return decided_s + hours(lead_h[0]) if lead_h else None
