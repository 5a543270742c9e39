"""What a region that is phoned for a bed answers: as the course goes, and as its players have decided."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nspl_sim.exercise.course.timeline import QUARTER, Bools
from nspl_sim.exercise.listing.material import Material
from nspl_sim.policies.decided import Decided
from nspl_sim.policies.rules import parameters
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.care import Answer
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import Ints
from nspl_sim.vocabulary.text import text

_YES = (Answer.YES, Answer.NO_TEAM, Answer.NO_VEHICLE, Answer.GROUNDED)
"""The receiver's own yes, whatever the sender then lacked."""


@dataclass(frozen=True, eq=False)
class Receiving:
    """Free intensive care beds beyond what a region keeps, while it receives and its share is not taken."""

    material: Material

    @cached_property
    def _decided(self) -> Decided:
        return Decided(self.material.decisions, geography(self.material.scenario))

    @cached_property
    def planned(self) -> int:
        """Return what a region keeps whose players have decided nothing: by the roles, or the plan."""
        said, plan = self.material.roles.binder.keeps, self.material.line.course.plan
        if said is not None:
            return said
        found: int = parameters(plan.support).get("reserve", 1) if plan else 1
        return found

    def keeps(self, region: int, time_s: int) -> int:
        """Return the free intensive care beds that it keeps for its own."""
        found: int | None = self._holds("keeps_free", region, time_s)
        return self.planned if found is None else found

    def refuses(self, region: int, time_s: int) -> bool:
        """Return whether its players have decided not to receive anybody."""
        return self._holds("receives", region, time_s) is False or self._most(region, time_s) == 0

    def left(self, region: int, time_s: int) -> int | None:
        """Return how many it may still say yes to before the next review; None: any number."""
        most = self._most(region, time_s)
        if most is None:
            return None
        told, since_s = self.material.line.answers, self._reviewed(time_s)
        said = np.isin(told.answer, _YES) & (told.receiver == region) & (told.kind == self.material.line.icu)
        said &= (told.time_s >= since_s) & (told.time_s < time_s)
        return max(0, most - int(said.sum()))

    def can(self, region: int, time_s: int) -> int:
        """Return how many intensive care patients of others it can receive."""
        line = self.material.line
        if self.refuses(region, time_s):
            return 0
        free = int(line.free(region, line.icu, np.array([time_s]))[0])
        beyond, left = max(0, free - self.keeps(region, time_s)), self.left(region, time_s)
        return beyond if left is None else min(beyond, left)

    def earliest(self, region: int, time_s: int) -> int | None:
        """Return from when it can receive one, within two days, in whole quarters; None: later or never.

        That a share is taken ends at the next review.
        """
        line = self.material.line
        until = min(time_s + 2 * DAY, line.to_s + 3 * DAY, line.course.end_s)
        times = np.arange(-(-time_s // QUARTER) * QUARTER, until, QUARTER, dtype=np.int64)
        able = self._able(region, times)
        if self.left(region, time_s) == 0:
            able &= times >= self._reviewed(time_s) + self._every_s
        return int(times[able.argmax()]) if able.any() else None

    def answer(self, region: int, time_s: int) -> tuple[str, str]:
        """Return what is said on the telephone: ``yes, 3`` or ``no``, and from when."""
        say, can = self.material.say, self.can(region, time_s)
        if can:
            return say(text("yes, {n}", n=can)), say(text("now"))
        if self.refuses(region, time_s):
            return say(text("no, has decided so")), ""
        when = self.earliest(region, time_s)
        later = text("not within two days")
        return say(text("no")), say(later) if when is None else self.material.clock.said(when)

    # ------------------------------------------------------------ what was decided

    def _holds(self, name: str, region: int, time_s: int) -> int | None:
        found: int | None = self._decided.holds(name, region, self.material.line.icu, time_s)
        return found

    def _most(self, region: int, time_s: int) -> int | None:
        return self._holds("receives_at_most", region, time_s)

    def _able(self, region: int, times: Ints) -> Bools:
        """Return at which of *times* it receives and has a bed beyond what it keeps."""
        line = self.material.line
        if not self.material.decisions:
            return np.asarray(line.free(region, line.icu, times) > self.planned)
        keeps = np.array([self.keeps(region, t) for t in times.tolist()])
        open_ = np.array([not self.refuses(region, t) for t in times.tolist()])
        return np.asarray((line.free(region, line.icu, times) > keeps) & open_)

    @property
    def _every_s(self) -> int:
        plan = self.material.line.course.plan
        return plan.review_every_s if plan else DAY

    def _reviewed(self, time_s: int) -> int:
        """Return when shares last began anew: at a review, or at a decision."""
        decided = [t for t in self._decided.times_s if t <= time_s]
        return max([time_s // self._every_s * self._every_s, *decided])
