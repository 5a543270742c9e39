"""The joint office at work: which needs it takes on, and when it can work at all.

A need that it does not take on walks today's order with today's asking, on its own; decided when
the walk begins. Hours are civil and worked out before they are asked for.
"""

from bisect import bisect_right
from itertools import pairwise

from nspl_sim.journal import Recorder
from nspl_sim.policies.rules import Desk
from nspl_sim.scenario.civil import Civil
from nspl_sim.system.clock import Clock
from nspl_sim.system.unit import Need
from nspl_sim.vocabulary.care import NEVER, Event, Office
from nspl_sim.vocabulary.clock import DAY, HOUR

ALWAYS = (0, 24)


class JointOffice:
    """Counts what it takes on in each clock hour of the run."""

    def __init__(self, clock: Clock, record: Recorder, civil: Civil, end_s: int) -> None:
        self.clock = clock
        self.note = record.note
        self.out = 0
        """More than 0 while it is out of order, whatever the plan says of it."""
        self._civil = civil
        self._end_s = end_s
        self._shifts: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._hour, self._taken = clock.now_s // HOUR, 0

    def takes_on(self, need: Need, desk: Desk | None) -> bool:
        """Return whether it takes on *need*, which is written down; without a desk nothing is limited."""
        if desk is None or not desk.members[need.unit.region]:
            return True
        made = self._made_of_it(desk)
        unit = need.unit
        self.note(self.clock.now_s, Event.BROUGHT, need.patient.row, unit.region, unit.kind, made)
        return made is Office.TAKEN_ON

    def _made_of_it(self, desk: Desk) -> Office:
        state = self.state(desk)
        if state is not Office.TAKEN_ON or desk.per_h < 0:
            return state
        hour = self.clock.now_s // HOUR
        if hour != self._hour:
            self._hour, self._taken = hour, 0
        if self._taken >= desk.per_h:
            return Office.TOO_MANY
        self._taken += 1
        return Office.TAKEN_ON

    def state(self, desk: Desk) -> Office:
        """Return whether it can work now: out of order, not staffed, or at work."""
        return Office.OUT if self.out else self.planned(desk, self.clock.now_s)

    def planned(self, desk: Desk, time_s: int) -> Office:
        """Return whether *desk* is planned to be at work at *time_s*, or why not."""
        if any(from_s <= time_s < to_s for from_s, to_s in desk.out_s):
            return Office.OUT
        hours = (desk.from_hour, desk.to_hour)
        if hours == ALWAYS:
            return Office.TAKEN_ON
        shifts = self._shifts_of(hours)
        place = bisect_right(shifts, (time_s, NEVER)) - 1
        on_duty = place >= 0 and time_s < shifts[place][1]
        return Office.TAKEN_ON if on_duty else Office.NOT_STAFFED

    def changes_s(self, desk: Desk) -> list[int]:
        """Return when what is planned changes, in order."""
        hours = (desk.from_hour, desk.to_hour)
        spans = [*desk.out_s, *(() if hours == ALWAYS else self._shifts_of(hours))]
        return sorted({time_s for span in spans for time_s in span})

    def works(self, desk: Desk | None) -> bool:
        """Return whether it can review and act now."""
        return desk is None or self.state(desk) is Office.TAKEN_ON

    def _shifts_of(self, hours: tuple[int, int]) -> list[tuple[int, int]]:
        """Return from and to, in seconds, of every shift of the run."""
        if hours not in self._shifts:
            first, last = hours
            begins = [
                (self._civil.second(day, first), self._civil.second(day, last))
                for day in self._civil.days(self.clock.now_s - 2 * DAY, self._end_s + 2 * DAY)
            ]
            over_night = [(here[0], after[1]) for here, after in pairwise(begins)]
            self._shifts[hours] = over_night if last < first else begins
        return self._shifts[hours]
