"""Command: pictures are taken and arrive late, reviews turn them into a directive, nothing else acts."""

from collections.abc import Callable
from functools import partial

import numpy as np

from nspl_sim.journal import Recorder
from nspl_sim.policies.decided import Decided
from nspl_sim.policies.directing import Director, nothing_reported
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.rules import Directive, Geography, Ints, Situation, replace
from nspl_sim.system.beds import Beds
from nspl_sim.system.capacity import Capacity
from nspl_sim.system.clock import Clock
from nspl_sim.system.office import JointOffice
from nspl_sim.system.reports import Reports
from nspl_sim.system.unit import NO_LIMIT, Unit
from nspl_sim.system.waiting_list import WaitingList
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, HOUR, Rank
from nspl_sim.vocabulary.reports import ReportLuck

SEEN_AHEAD_H = 72
"""So many hours to come are shown to a plan that sees the future."""


class Coordinator:
    """Reviews under the plan in force; in warm-up that is today's order, for every plan."""

    def __init__(
        self,
        clock: Clock,
        record: Recorder,
        geography: Geography,
        beds: Beds,
        capacity: Capacity,
        planned: WaitingList,
        volume: np.ndarray,
        office: JointOffice,
        luck: ReportLuck,
    ) -> None:
        self.clock = clock
        self.note = record.note
        self.office = office
        self.geography = geography
        self.beds = beds
        self.capacity = capacity
        self.planned = planned
        self.volume = volume
        """Expected planned arrivals a week, shape (regions, 3): the weights of a paused share."""
        self.directive: Directive | None = None
        """In force."""
        self.said: Directive | None = None
        """What the rules said at the last review: the same, but for what people have decided themselves."""
        self._decided: Decided | None = None
        self.reports = Reports(clock, geography, luck, self.picture)
        self.future: Ints | None = None
        """Who will need a bed, for a plan that sees it: shape (hours from 0, regions, kinds)."""
        self.after_review: list[Callable[[], None]] = []
        self._number = 0

    def in_force(self) -> Directive:
        """Return the directive in force."""
        assert self.directive is not None
        return self.directive

    def begin_under(self, plan: Plan) -> None:
        """Put a directive of *plan* in force before anybody has come; then work under it."""
        self.work_under(plan)
        self.review()

    def work_under(self, plan: Plan) -> None:
        """Review under *plan* from now on; the reviews of the former plan stop."""
        director = self._director = Director(plan, self.geography)
        self._each(plan.review_every_s, Rank.REVIEW, self.review, partial(self._is_still, director))

    def _is_still(self, director: Director) -> bool:
        return self._director is director

    def decide(self, decided: Decided) -> None:
        """Review besides at every second at which people have *decided* something themselves."""
        self._decided = decided
        for time_s in decided.times_s:
            self.clock.call_at(time_s, Rank.REVIEW, 1, self._extra_review)

    def report_as(self, plan: Plan) -> None:
        """Take pictures from now on as *plan* says, and no longer as before; each arrives later."""
        take = self._take = partial(self.reports.take, plan.reporting)
        self._each(plan.reporting.every_s, Rank.REPORT, take, lambda: self._take is take)

    def change_to(self, plan: Plan) -> None:
        """Report and review as *plan* says from now on."""
        self.report_as(plan)
        self.work_under(plan)

    def _each(self, every_s: int, rank: Rank, act: Callable[[], None], goes_on: Callable[[], bool]) -> None:
        """Call *act* at every whole multiple of *every_s* from now on, while *goes_on*."""

        def tick() -> None:
            if goes_on():
                self.clock.call_at(self.clock.now_s + every_s, rank, 0, tick)
                act()

        now = self.clock.now_s
        self.clock.call_at(-(-now // every_s) * every_s, rank, 0, tick)

    def picture(self) -> Situation:
        """Return the true state, as a picture of this instant."""
        units, now = self.beds.units, self.clock.now_s
        shape = (len(units), len(units[0]))
        figures = np.array(
            [[self._figures(unit, now) for unit in region] for region in units], dtype=np.int64
        ).reshape(*shape, 8)
        shares = self.said.elective_share if self.said else [(1.0, 1.0, 1.0)] * shape[0]
        return Situation(
            time_s=now,
            geography=self.geography,
            taken_s=np.full(shape[0], now, dtype=np.int64),
            staffed=figures[..., 0],
            occupied=figures[..., 1],
            inbound=figures[..., 2],
            waiting=figures[..., 3],
            backlog=np.array([len(w) for w in self.planned.waiting], dtype=np.int64),
            steps_open=figures[..., 4],
            beds_coming=figures[..., 5],
            taken=figures[..., 6],
            asked_24h=figures[..., 7],
            elective_share=np.array(shares, dtype=float),
            directive=self.said,
        )

    def _figures(self, unit: Unit, now: int) -> tuple[int, ...]:
        """Return what a unit reports, in the order in which :meth:`picture` takes it apart."""
        return (
            unit.staffed,
            unit.occupied,
            unit.inbound,
            len(unit.line),
            self.capacity.steps_taken(unit.region, unit.kind),
            self.capacity.beds_coming(unit.region, unit.kind),
            unit.taken,
            unit.asked_since(now - DAY),
        )

    def _shown(self, current: Situation) -> Situation:
        """Return what the office has before it: the newest report, or all there is and will be."""
        if self.future is None or not self._director.plan.foresees:
            return self.reports.newest or nothing_reported(self.geography, current.time_s)
        hours = np.arange(SEEN_AHEAD_H + 1) + max(0, current.time_s) // HOUR
        return replace(current, future=self.future[np.minimum(hours, len(self.future) - 1)])

    def review(self) -> None:
        """Ask the rules; put their directive in force, under what people have decided themselves."""
        current = self.picture()
        reported = self._shown(current)
        works = self.office.works(self._director.desk(current.time_s))
        self.said = self._director.directive(reported, current, works)
        over = self._decided.over(self.said, current.time_s) if self._decided else self.said
        self._put_in_force(over)

    def _extra_review(self) -> None:
        """Lay what people have decided over what the rules said last; without a change nothing happens.

        The moves that the rules called for have been made; now those are that were decided at this second.
        """
        assert self._decided is not None and self.said is not None
        now = self.clock.now_s
        over = replace(self._decided.over(self.said, now), moves=(), returns=())
        there = replace(self.in_force(), moves=(), returns=())
        moves, returns = self._decided.once(now)
        if over != there or moves or returns:
            self._put_in_force(replace(over, moves=moves, returns=returns))

    def _put_in_force(self, directive: Directive) -> None:
        """Let *directive* be in force, and all who act at reviews act."""
        if directive != self.directive:
            self._number += 1
            self.note(self.clock.now_s, Event.DIRECTED, -1, -1, -1, self._number)
            self.directive = directive
            self.beds.pooled = directive.pooled
            self.planned.shares = directive.elective_share
            self.capacity.paused_share = self._paused(directive)
        self._limit(directive)
        self.capacity.want({(r, k): n for r, k, n in directive.surge_steps})
        for act in self.after_review:
            act()

    def _limit(self, directive: Directive) -> None:
        """Let the units admit whom *directive* lets them admit."""
        limits = {(region, kind): urgency for region, kind, urgency in directive.limits}
        for units in self.beds.units:
            for unit in units:
                unit.admits_below = limits.get((unit.region, unit.kind), NO_LIMIT)

    def _paused(self, directive: Directive) -> list[float]:
        """Return, by region, the share of expected planned care put off; 1 where there is none to pause."""
        going = (np.array(directive.elective_share) * self.volume).sum(axis=1)
        total = self.volume.sum(axis=1)
        return list(np.where(total > 0, 1 - going / np.where(total > 0, total, 1), 1.0))
