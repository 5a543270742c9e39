"""Staff lent between regions: the lender loses beds at once, the borrower gains them after the way.

Loans are said by the directive; a loan that it no longer says ends, and the way home takes as long.
"""

from collections.abc import Callable
from functools import partial

from nspl_sim.journal import Recorder
from nspl_sim.policies.rules import Directive, Loan
from nspl_sim.system.capacity import Capacity
from nspl_sim.system.clock import Clock
from nspl_sim.system.transport import Fleet
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import Rank

_ROW = 2**41
"""Teams come behind all units and disruptions of the second."""


class Staffing:
    """The loans in force, and what they add to and take from staffed beds and teams."""

    def __init__(
        self,
        clock: Clock,
        record: Recorder,
        capacity: Capacity,
        fleet: Fleet,
        in_force: Callable[[], Directive],
    ) -> None:
        self.clock = clock
        self.note = record.note
        self.capacity = capacity
        self.fleet = fleet
        self.in_force = in_force
        self._there_s: dict[Loan, int] = {}
        """When the staff of each loan in force are, or were, in the other region."""

    def at_review(self) -> None:
        """End the loans that the directive does not say, then begin those that are new; each in its order."""
        said = self.in_force().staff
        for loan in sorted(set(self._there_s) - set(said)):
            self._end(loan)
        for loan in said:
            if loan not in self._there_s:
                self._begin(loan)

    def _begin(self, loan: Loan) -> None:
        now = self.clock.now_s
        there_s = self._there_s[loan] = now + loan.lead_s
        self.note(now, Event.LENT, -1, loan.lender, loan.kind, loan.borrower)
        self.capacity.change((loan.lender, loan.kind), -loan.beds)
        self.fleet.teams[loan.lender] -= loan.teams
        self._gains(loan.borrower, loan, there_s)

    def _end(self, loan: Loan) -> None:
        """Send the staff home; who is still on the way there turns round."""
        now, there_s = self.clock.now_s, self._there_s.pop(loan)
        self.note(now, Event.RECALLED, -1, loan.lender, loan.kind, loan.borrower)
        self._gains(loan.borrower, loan, max(now, there_s), -1)
        self._gains(loan.lender, loan, now + loan.lead_s)

    def _gains(self, region: int, loan: Loan, time_s: int, sign: int = 1) -> None:
        """Add beds and teams of *loan* to *region* at *time_s*, or take them."""
        place = (region, loan.kind)
        if time_s <= self.clock.now_s:
            self.capacity.change(place, sign * loan.beds)
            self._teams(region, sign * loan.teams)
            return
        self.capacity.change_at(time_s, place, sign * loan.beds)
        if loan.teams:
            act = partial(self._teams, region, sign * loan.teams)
            self.clock.call_at(time_s, Rank.CAPACITY_CHANGES, _ROW + region, act)

    def _teams(self, region: int, teams: int) -> None:
        self.fleet.teams[region] += teams
