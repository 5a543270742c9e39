"""Moves over the arrays, for those who command: at reviews, and when a hospital is hit."""

from collections.abc import Callable, Sequence

import numpy as np

from nspl_sim.engine import columns as c
from nspl_sim.engine.agenda import Nation
from nspl_sim.engine.moves import carry_out, evacuate
from nspl_sim.engine.supports import NotCompiled
from nspl_sim.policies.decision import Decision
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.rules import Directive
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.capacity import Place
from nspl_sim.vocabulary.disruptions import What
from nspl_sim.vocabulary.patients import Demand
from nspl_sim.vocabulary.text import text


def followed_units(
    scenario: Scenario, plans: Sequence[Plan], demand: Demand, decisions: Sequence[Decision]
) -> set[Place]:
    """Return the units from which *plans* or people may move patients, and those that are evacuated."""
    names = {name for plan in plans for terms in (plan.moves, plan.returns) if terms for name in terms.kinds}
    what = [one.what for one in decisions]
    names |= {one.kind for one in what if one.moves is not None or one.brings_home is not None}
    numbers = [number for number, name in enumerate(scenario.kinds) if name in names]
    hit = {(row.region, row.kind) for row in demand.disruptions if row.what == What.EVACUATION}
    return hit | {(region, kind) for region in range(len(scenario.regions)) for kind in numbers}


def check_held(state: c.State) -> None:
    """Raise NotCompiled where something has happened that only SimPy holds."""
    if state.n[c.NOT_HELD]:
        raise NotCompiled(text("the compiled engine does not know: {names}", names="arrivals at once"))


class Moves:
    """The system's moves; the loop knows who lies in the units that are followed."""

    def __init__(self, nation: Nation, in_force: Callable[[], Directive]) -> None:
        self.nation = nation
        self.in_force = in_force
        followed = nation.state.units[:, c.FOLLOWED].reshape(-1, int(nation.state.n[c.KINDS]))
        self._known = set(np.flatnonzero(followed.all(axis=0)).tolist())
        """The kinds of which all units are followed."""

    def at_review(self) -> None:
        """Carry out the moves of the directive in force, then its return transfers."""
        directive = self.in_force()
        if not (directive.moves or directive.returns):
            return
        if not {said[1] for said in (*directive.moves, *directive.returns)} <= self._known:
            raise NotCompiled(text("the compiled engine does not know: {names}", names="moves"))
        moves = np.array(directive.moves, dtype=np.int64).reshape(-1, 4)
        returns = np.array(directive.returns, dtype=np.int64).reshape(-1, 3)
        units = self.nation.state.units
        able = int(units[units[:, c.FOLLOWED] == 1, c.OCCUPIED].sum())
        self.nation.room_for_trips(2 * able)
        carry_out(self.nation.state, moves, returns)

    def evacuate(self, place: Place, count: int) -> int:
        """Let *count* in-patients of the unit at *place* need a bed elsewhere; return how many do."""
        if not count:
            return 0
        unit = place[0] * int(self.nation.state.n[c.KINDS]) + place[1]
        self.nation.room_for_all(count)
        return int(evacuate(self.nation.state, unit, count))
