"""The joint office as those who command know it, written into the arrays."""

from typing import Any

import numpy as np

from nspl_sim.engine import columns as c
from nspl_sim.engine.agenda import Nation
from nspl_sim.policies.rules import Desk
from nspl_sim.scenario.civil import Civil
from nspl_sim.system.office import JointOffice
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import HOUR


class Office(JointOffice):
    """Says when it is at work; the loop counts what it takes on."""

    def __init__(self, nation: Nation, civil: Civil, end_s: int) -> None:
        self.nation = nation
        nation.state.n[c.OFFICE_HOUR] = nation.now_s // HOUR
        self._written: Desk | None = None
        clock: Any = nation
        super().__init__(clock, clock, civil, end_s)

    @property
    def out(self) -> int:
        """Return more than 0 while it is out of order, whatever the plan says of it."""
        return int(self.nation.state.n[c.OFFICE_IS_OUT])

    @out.setter
    def out(self, out: int) -> None:
        self.nation.state.n[c.OFFICE_IS_OUT] = out

    def put_in_force(self, desk: Desk | None) -> None:
        """Let the loop bring needs to it as *desk* says; None: nothing is limited."""
        if desk == self._written:
            return
        self._written = desk
        n, regions = self.nation.state.n, self.nation.state.regions
        n[c.HAS_OFFICE] = desk is not None
        regions[:, c.IS_MEMBER] = desk.members if desk else False
        if desk:
            n[c.OFFICE_PER_H] = desk.per_h
            times = [-NEVER, *self.changes_s(desk)]
            duty = np.array([(time_s, self.planned(desk, time_s)) for time_s in times], dtype=np.int64)
            self.nation.state = self.nation.state._replace(duty=duty)
