"""Staff of regions with room are lent to the hardest pressed, the nearest first."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from nspl_sim.policies.beds import kind_numbers, reported
from nspl_sim.policies.parameters import Hours, Kinds, Load
from nspl_sim.policies.rules import Flags, Ints, Loan, Situation, register
from nspl_sim.policies.wording import listed_kinds, percent, plain
from nspl_sim.reading.numbers import PositiveWhole, Whole
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.clock import hours
from nspl_sim.vocabulary.text import Text, text

Beds = Annotated[PositiveWhole, Field(le=1000)]
Teams = Annotated[Whole, Field(le=1000)]


@register("staff", "to-the-most-pressed", sees="reported")
@dataclass(frozen=True)
class ToTheMostPressed:
    """Staff for some beds are lent at a review, by the reported picture.

    The hardest pressed region that nobody lends to yet is lent staff by the nearest that stays at a low
    load without them. A loan lasts until the borrower would be at a low load without it, or the lender is
    hard pressed itself. The loans in force are the rule's only memory.
    """

    above: Load = 1.0
    """Load from which a region is hard pressed."""
    below: Load = 0.75
    """Load up to which a region has staff to lend, without those beds."""
    beds: Beds = 2
    """Beds that the staff of one loan keep open."""
    at_most: Beds = 4
    """Beds of each kind whose staff one region lends at once."""
    teams: Teams = 0
    """Transfer teams that go along with each loan."""
    lead_h: Hours = 24.0
    """From leaving until they work in the other region; assumed. The same on the way home."""
    kinds: Kinds = ("icu",)

    def __post_init__(self) -> None:
        """Refuse a pair that would send back at once those who have come."""
        if self.below >= self.above:
            rule = text(
                "must be below above ({below} is not below {above})", below=self.below, above=self.above
            )
            raise wrong("thresholds", rule, "below")

    def loans(self, situation: Situation) -> tuple[Loan, ...]:
        """Return the loans that go on and the new ones."""
        g = situation.geography
        return tuple(
            loan for kind in kind_numbers(g, self.kinds) for loan in sorted(self._of_kind(situation, kind))
        )

    def _of_kind(self, situation: Situation, kind: int) -> list[Loan]:
        g, known = situation.geography, reported(situation, kind)
        wanted = (situation.occupied + situation.inbound + situation.waiting)[:, kind]
        staffed = situation.staffed[:, kind]
        pressed = known & (wanted > 0) & (wanted >= self.above * staffed)
        held = [] if situation.directive is None else [o for o in situation.directive.staff if o.kind == kind]
        loans = [loan for loan in held if self._goes_on(loan, wanted, staffed, known, pressed)]
        lent = np.zeros(len(g.regions), dtype=np.int64)
        for loan in loans:
            lent[loan.lender] += loan.beds
        new = lent * 0
        borrowers = {loan.borrower for loan in loans}
        load = np.divide(wanted, staffed, out=np.full(len(g.regions), np.inf), where=staffed > 0)
        pairs = [
            (-load[b], g.km[b, a], b, a)
            for b in np.flatnonzero(pressed).tolist()
            for a in np.flatnonzero(known & ~pressed).tolist()
        ]
        for _, _, borrower, lender in sorted(pairs):
            left = staffed[lender] - new[lender] - self.beds
            has_room = left >= 0 and wanted[lender] <= self.below * left
            may = lent[lender] + self.beds <= self.at_most and lender not in borrowers
            if has_room and may and borrower not in borrowers and not lent[borrower]:
                loans.append(Loan(lender, kind, borrower, self.beds, self.teams, hours(self.lead_h)))
                borrowers.add(borrower)
                lent[lender] += self.beds
                new[lender] += self.beds
        return loans

    def _goes_on(self, loan: Loan, wanted: Ints, staffed: Ints, known: Flags, pressed: Flags) -> bool:
        """Return whether *loan* goes on: what is unknown changes nothing."""
        if pressed[loan.lender]:
            return False
        borrower = loan.borrower
        without = self.below * max(0, int(staffed[borrower]) - loan.beds)
        return not known[borrower] or bool(pressed[borrower]) or bool(wanted[borrower] > without)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "Staff for {beds} beds of {kinds} are lent to a region that reports a load of {above} % or more, "
            "by the nearest region whose load stays at {below} % or under without them; one region lends "
            "staff for at most {most} beds. They work there after {hours} h and go home when the load is low "
            "again.",
            beds=self.beds,
            kinds=listed_kinds(self.kinds),
            above=percent(self.above),
            below=percent(self.below),
            most=self.at_most,
            hours=plain(self.lead_h),
        )
