"""Command over the arrays: the very reviews, reports, surge steps and disruptions of the system.

What is here only shows them the arrays as the units, lists and vehicles that they know.
"""

from typing import Any

import numpy as np

from nspl_sim.engine import batches
from nspl_sim.engine import columns as c
from nspl_sim.engine.agenda import Nation
from nspl_sim.engine.desk import Office
from nspl_sim.engine.directives import FIRST, REFERRALS, TODAY, USED, WAYS_OUT, WITHIN, as_row, past
from nspl_sim.engine.loop import count_asked, release
from nspl_sim.engine.retries import plan_retry
from nspl_sim.engine.stays import restaff, share_out
from nspl_sim.engine.supports import check
from nspl_sim.policies.rules import Directive, Situation
from nspl_sim.system.capacity import Capacity, Place
from nspl_sim.system.coordinator import Coordinator
from nspl_sim.system.unit import NO_LIMIT, Unit


class Beds:
    """The units, as those who command know them: their numbers are in the arrays."""

    def __init__(self, nation: Nation, units: list[list[Unit]]) -> None:
        self._nation = nation
        self.units = units

    @property
    def pooled(self) -> bool:
        """Return whether all beds of a kind are one unit."""
        return bool(self._nation.state.n[c.POOLED])

    @pooled.setter
    def pooled(self, pooled: bool) -> None:
        self._nation.state.n[c.POOLED] = pooled

    def share_out(self) -> None:
        """Where beds are pooled, give every free bed to whoever waits anywhere."""
        if self.pooled:
            self._nation.room_for_all()
            share_out(self._nation.state, self._nation.now_s)


def leave_at_review(nation: Nation) -> None:
    """Send off every vehicle that collects: a review has come."""
    if nation.state.n[c.COLLECTING]:
        nation.room_for_all()
        batches.leave_at_review(nation.state, nation.now_s)


class StaffedBeds(Capacity):
    """Staffed beds in the arrays; teams come and go in the loop."""

    nation: Nation

    def _restaff(self, place: Place) -> None:
        region, kind = place
        unit = self.beds.units[region][kind].number
        self.nation.room_for_all()
        state = self.nation.state
        state.units[unit, c.BASE] = self._base[region][kind]
        state.units[unit, c.EXTRA_BEDS] = self.open_beds(place)
        restaff(state, unit)

    def beyond(self, place: Place) -> int:
        """Return how many lie in the unit's beds, or are on their way to them, beyond those staffed."""
        region, kind = place
        unit = self.nation.state.units[self.beds.units[region][kind].number]
        return max(0, int(unit[c.OCCUPIED] + unit[c.INBOUND] - unit[c.STAFFED]))


class Planned:
    """The shares in force and the most that can go ahead, written into the arrays."""

    def __init__(self, nation: Nation) -> None:
        self._nation = nation
        self.at_most = nation.state.shares[:, 3]

    @property
    def shares(self) -> tuple[tuple[float, float, float], ...]:
        """Return the shares in force, by region and priority."""
        return self._shares

    @shares.setter
    def shares(self, shares: tuple[tuple[float, float, float], ...]) -> None:
        self._shares = shares
        self._nation.state.shares[:, :3] = shares

    def release(self, region: int, allowed: int) -> None:
        """Let through whom the allowance so far and the beds take."""
        state = self._nation.state
        self._nation.room_for_all(max(0, allowed - int(state.regions[region, c.RELEASED])))
        release(self._nation.state, self._nation.now_s, region, allowed)


class Command(Coordinator):
    """Reviews of the arrays."""

    nation: Nation

    def _limit(self, directive: Directive) -> None:
        """Let the units admit whom *directive* lets them admit."""
        kinds, units = len(self.geography.kinds), self.nation.state.units
        units[:, c.ADMITS_BELOW] = NO_LIMIT
        for region, kind, urgency in directive.limits:
            units[region * kinds + kind, c.ADMITS_BELOW] = urgency

    def picture(self) -> Situation:
        """Return the true state, as a picture of this instant."""
        now, state = self.nation.now_s, self.nation.state
        shape = self.geography.base_beds.shape
        count_asked(state, now)
        figures = state.units.copy()
        steps, coming = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for place in self.capacity.taken:
            steps[place] = self.capacity.steps_taken(*place)
            coming[place] = self.capacity.beds_coming(*place)
        shares: Any = self.said.elective_share if self.said else [(1.0, 1.0, 1.0)] * shape[0]
        return Situation(
            time_s=now,
            geography=self.geography,
            taken_s=np.full(shape[0], now, dtype=np.int64),
            staffed=figures[:, c.STAFFED].reshape(shape),
            occupied=figures[:, c.OCCUPIED].reshape(shape),
            inbound=figures[:, c.INBOUND].reshape(shape),
            waiting=figures[:, c.LENGTH].reshape(shape),
            backlog=state.regions[:, c.BACKLOG].copy(),
            steps_open=steps,
            beds_coming=coming,
            taken=figures[:, c.TAKEN].reshape(shape),
            asked_24h=figures[:, c.ASKED_24H].reshape(shape),
            elective_share=np.array(shares, dtype=float),
            directive=self.said,
        )


class Slots:
    """The directives in the arrays: one in force, and those that somebody still walks."""

    def __init__(
        self,
        nation: Nation,
        office: Office,
        referrals: Directive,
        within: Directive,
        ways_out: Directive,
        today: Directive,
    ) -> None:
        self.nation = nation
        self.office = office
        self._within = within
        self._today = today
        self._lasting = referrals.retry_s + within.retry_s + ways_out.retry_s
        self._written: Directive | None = None
        self._write(past(referrals, within), REFERRALS)
        self._write(within, WITHIN)
        self._write(past(ways_out, within), WAYS_OUT)
        self._write(past(today, within), TODAY)

    def _write(self, directive: Directive, slot: int) -> None:
        n, table = self.nation.state.n, self.nation.state.directives
        table[slot] = as_row(directive, int(n[c.REGIONS]), int(n[c.KINDS]))

    def put_in_force(self, directive: Directive) -> None:
        """Write *directive* where no other is walked, begin its quotas anew and plan its next retry."""
        state = self.nation.state
        if directive is not self._written:
            check(directive)
            self._written = directive
            free = np.flatnonzero(state.directives[FIRST:, USED] == 0) + FIRST
            if not len(free):
                more = np.zeros_like(state.directives)
                free = np.array([len(state.directives)])
                table = np.concatenate([state.directives, more])
                self.nation.state = state = state._replace(directives=table)
            self._write(past(directive, self._within), int(free[0]))
            state.n[c.IN_FORCE] = free[0]
            state.n[c.REVIEW_EVERY] = directive.review_s
            self.office.put_in_force(directive.office)
            self._ask_anew_every(directive)
            state = self.nation.state
        state.units[:, c.YESES] = 0
        state.shares[:, 4] = directive.discharge_share or 0.0
        self.nation.make_room(0, 1)
        plan_retry(self.nation.state, self.nation.now_s)

    def _ask_anew_every(self, directive: Directive) -> None:
        """Write the times after which some sender asks anew, under *directive* or an order that lasts."""
        alone = self._today if directive.office else directive
        every = sorted(set(directive.retry_s + self._lasting + alone.retry_s) - {0})
        self.nation.state = self.nation.state._replace(intervals=np.array(every, dtype=np.int64))
