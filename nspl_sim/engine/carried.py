"""What modes carry, and whether a team comes along."""

from nspl_sim.engine.columns import MODES, TAKES, State
from nspl_sim.engine.jit import compiled


@compiled
def needs_team(s: State, kind: int) -> bool:
    """Return whether a patient of *kind* travels with a team; the last row of modes says it."""
    return s.modes[s.n[MODES], TAKES + kind] == 1


@compiled
def place_of(s: State, mode: int, kind: int) -> int:
    """Return the type of place that a patient of *kind* takes; -1: they are not carried."""
    return s.modes[mode, TAKES + kind] - 1
