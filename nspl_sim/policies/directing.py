"""From a plan and two pictures to the directive: what an office would send out at a review.

The support rule sees the picture as reported; the surge rule is a region's own and sees its current
figures; an elective rule is one or the other, and says which (``sees``).
Its neighbours below: footing (who takes part in what), plan, rules.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nspl_sim.policies.asking import Asking
from nspl_sim.policies.elective.threshold import Threshold
from nspl_sim.policies.footing import Footing, footing_at
from nspl_sim.policies.mandate import mandated
from nspl_sim.policies.moving import Move, homeward, relief
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.rules import (
    UNKNOWN,
    Desk,
    Directive,
    Floats,
    Geography,
    Ints,
    Loan,
    Situation,
    StandingOrder,
    replace,
)
from nspl_sim.policies.staff.none import NoStaff
from nspl_sim.policies.support.alone import Alone
from nspl_sim.policies.support.pooled import Pooled
from nspl_sim.policies.support.today import Today
from nspl_sim.policies.taking_part import TakingPart

NO_REPORT_S = -(2**62)
"""When the picture of a region without one was taken."""
OWN_PAUSES = Threshold()
"""By which a region pauses planned care that does not follow the pauses of the office."""


class Director:
    """Puts the directive of *plan* together, review by review; remembers nothing in between.

    Under ``alone`` there is no order at all, and no switch adds one.
    """

    def __init__(self, given: Plan, geography: Geography) -> None:
        self.plan = plan = _as_mandated(given)
        self._knows_only = plan is not given
        self.geography = geography
        self._alone = isinstance(plan.support, Alone)
        self._terms = plan.model_copy(update={"taking_part": TakingPart()}) if self._alone else plan
        self._changes_s = sorted(self._terms.taking_part.of(region).from_s for region in geography.regions)
        self._footings: dict[int, Footing] = {}
        self._is_today = isinstance(plan.support, Alone | Today)
        self._mandate = None if self._is_today else plan.mandate

    def directive(self, reported: Situation, current: Situation, works: bool = True) -> Directive:
        """Return what is in force from now until the next review.

        When the joint office does not work its part of the directive in force stays, and nobody is moved.
        """
        footing = self.footing(current.time_s)
        picture = self.mask(reported, current.time_s)
        orders = self._orders(picture, current, footing, works)
        shares = self._shares(picture, current, works).tolist()
        steps = self.plan.surge.steps(current)
        moves, returns = self._moving(orders, picture, footing)
        at_once = self._mandate is not None and self._mandate.level == "command"
        return Directive(
            orders=orders,
            ask_s=tuple(0 if at_once and g else s for g, s in zip(footing.gives, footing.ask_s, strict=True)),
            parallel=footing.parallel,
            max_s=footing.max_s,
            retry_s=footing.retry_s,
            review_s=self.plan.review_every_s,
            helps=(not self._alone,) * len(self.geography.regions),
            elective_share=tuple((first, second, third) for first, second, third in shares),
            surge_steps=_said(steps),
            moves=moves if works else (),
            returns=returns,
            fetches=footing.fetches,
            office=self.desk(current.time_s),
            pooled=isinstance(self.plan.support, Pooled),
            discharge_share=_where_any(self.plan.discharge.shares(current)),
            staff=self._staff(picture, current, footing, works),
            limits=_said(self.plan.triage.limits(current)),
        )

    def _staff(
        self, picture: Situation, current: Situation, footing: Footing, works: bool
    ) -> tuple[Loan, ...]:
        """Return the loans of staff: from regions that give to regions that receive."""
        if self._alone:
            return ()
        if not works and current.directive is not None:
            return current.directive.staff
        rule = self.plan.staff
        shown = current if rule.sees == "current" else replace(picture, directive=current.directive)
        loans = rule.loans(shown)
        return tuple(o for o in loans if footing.gives[o.lender] and footing.receives[o.borrower])

    def _orders(
        self, picture: Situation, current: Situation, footing: Footing, works: bool
    ) -> tuple[StandingOrder, ...]:
        """Return the standing orders, with what each receiver keeps under the office's mandate."""
        if self._alone:
            return ()
        if not works and current.directive is not None:
            return current.directive.orders
        orders = footing.laid_over(self.plan.support.orders(picture))
        if self._mandate is None:
            return orders
        return mandated(self._mandate, orders, current, footing.gives)

    def desk(self, time_s: int) -> Desk | None:
        """Return the joint office and whose needs are brought to it; None where it has no limits."""
        office = self.plan.office
        return office.desk(self.footing(time_s).receives) if office and not self._is_today else None

    def _shares(self, picture: Situation, current: Situation, works: bool) -> Floats:
        """Return the share of planned care that goes ahead. Shape (regions, 3).

        A rule that is the office's holds for those who follow pauses, and is shown what it has said
        itself; the others pause by a rule of their own.
        """
        rule = self.plan.elective
        if rule.sees == "current":
            return rule.shares(current)
        shown = replace(picture, elective_share=current.elective_share, directive=current.directive)
        shares = rule.shares(shown) if works else current.elective_share
        return np.where(self._follow(current.time_s)[:, None], shares, OWN_PAUSES.shares(current))

    def _follow(self, time_s: int) -> NDArray[np.bool_]:
        """Return, by region, whether it follows the pauses that the office calls for."""
        switches = [self.plan.taking_part.of(region) for region in self.geography.regions]
        return np.array([s.follows_pauses and time_s >= s.from_s and not self._knows_only for s in switches])

    def _moving(
        self, orders: tuple[StandingOrder, ...], picture: Situation, footing: Footing
    ) -> tuple[tuple[Move, ...], tuple[tuple[int, int, int], ...]]:
        """Return the moves and the return transfers that the plan calls for now."""
        if self._alone:
            return (), ()
        wanted, home, receives = self.plan.moves, self.plan.returns, footing.receives
        moves = relief(wanted, orders, picture, footing.gives, receives) if wanted else ()
        return moves, homeward(home, self.geography, receives) if home else ()

    def at_start(self, time_s: int = 0) -> Directive:
        """Return the directive for a system that is empty and has reported nothing."""
        return self.directive(nothing_reported(self.geography, time_s), empty(self.geography, time_s))

    def footing(self, time_s: int) -> Footing:
        """Return who stands within the plan and who outside it at *time_s*."""
        if self._alone:
            time_s = 0
        stretch = bisect_right(self._changes_s, time_s)
        if stretch not in self._footings:
            self._footings[stretch] = footing_at(self._terms, self.geography, time_s)
        return self._footings[stretch]

    def mask(self, situation: Situation, time_s: int | None = None) -> Situation:
        """Return *situation* without the figures of regions that do not share their picture.

        *time_s* is when it is looked at, by default when it was taken: a region that joins at a
        review brings its newest picture along.
        """
        footing = self.footing(situation.time_s if time_s is None else time_s)
        hidden = np.array([not shares for shares in footing.shares_picture])
        return _masked(situation, hidden) if hidden.any() else situation


def _said(figures: Ints) -> tuple[tuple[int, int, int], ...]:
    """Return (region, kind, figure) for the figures above 0. Shape (regions, kinds)."""
    return tuple((r, k, int(figures[r, k])) for r, k in np.argwhere(figures > 0).tolist())


def _where_any(shares: Floats) -> tuple[float, ...]:
    """Return *shares* by region, or nothing where all are 0."""
    return tuple(shares.tolist()) if shares.any() else ()


def _as_mandated(plan: Plan) -> Plan:
    """Return the plan that is lived by: today's order where the office has no mandate but to know."""
    if plan.mandate is None or plan.mandate.level != "picture":
        return plan
    support = plan.support if isinstance(plan.support, Alone) else Today()
    today = {"support": support, "asking": Asking(), "taking_part": TakingPart()}
    return plan.model_copy(
        update=today | {"mandate": None, "office": None, "moves": None, "returns": None, "staff": NoStaff()}
    )


def empty(geography: Geography, time_s: int) -> Situation:
    """Return the picture of a nation in which nobody is ill."""
    nobody = np.zeros_like(geography.base_beds)
    return Situation(
        time_s=time_s,
        geography=geography,
        taken_s=np.full(len(geography.regions), time_s, dtype=np.int64),
        staffed=geography.base_beds,
        occupied=nobody,
        inbound=nobody,
        waiting=nobody,
        backlog=np.zeros(len(geography.regions), dtype=np.int64),
        steps_open=nobody,
        beds_coming=nobody,
        taken=nobody,
        asked_24h=nobody,
        elective_share=np.ones((len(geography.regions), 3)),
        directive=None,
    )


def nothing_reported(geography: Geography, time_s: int) -> Situation:
    """Return the picture of an office that no report has reached."""
    return _masked(empty(geography, time_s), np.ones(len(geography.regions), dtype=bool))


def without_news(situation: Situation, former: Situation, silent: Sequence[int]) -> Situation:
    """Return *situation* with the figures of *former* for the regions that are *silent*."""
    if not any(silent):
        return situation
    reported: dict[str, Any] = {}
    for name, new in vars(situation).items():
        if isinstance(new, np.ndarray):
            reported[name] = new.copy()
            reported[name][np.array(silent) > 0] = getattr(former, name)[np.array(silent) > 0]
    return replace(situation, **reported)


def _masked(situation: Situation, hidden: NDArray[np.bool_]) -> Situation:
    by_unit, by_region = hidden[:, None], hidden
    return replace(
        situation,
        taken_s=np.where(by_region, NO_REPORT_S, situation.taken_s),
        staffed=np.where(by_unit, UNKNOWN, situation.staffed),
        occupied=np.where(by_unit, UNKNOWN, situation.occupied),
        inbound=np.where(by_unit, UNKNOWN, situation.inbound),
        waiting=np.where(by_unit, UNKNOWN, situation.waiting),
        backlog=np.where(by_region, UNKNOWN, situation.backlog),
        steps_open=np.where(by_unit, UNKNOWN, situation.steps_open),
        beds_coming=np.where(by_unit, UNKNOWN, situation.beds_coming),
        taken=np.where(by_unit, UNKNOWN, situation.taken),
        asked_24h=np.where(by_unit, UNKNOWN, situation.asked_24h),
        elective_share=np.where(by_unit, float(UNKNOWN), situation.elective_share),
        directive=_without(situation.directive, hidden.tolist()),
    )


def _without(directive: Directive | None, hidden: list[bool]) -> Directive | None:
    """Return *directive* without what the *hidden* regions decided for themselves."""
    if directive is None:
        return None
    unknown = (float(UNKNOWN),) * 3
    shares = zip(hidden, directive.elective_share, strict=True)
    return replace(
        directive,
        elective_share=tuple(unknown if hides else share for hides, share in shares),
        surge_steps=tuple(step for step in directive.surge_steps if not hidden[step[0]]),
    )
