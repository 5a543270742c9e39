"""Who lies where while a stay is under way, and who of them is to leave or on the move.

Known of the units that are followed: those that a plan moves patients from, or that are evacuated.
"""

from nspl_sim.engine.columns import (
    AHEAD,
    AWAITED,
    BED,
    BEHIND,
    ENDS,
    EXTENDED,
    EXTRA,
    FOLLOWED,
    IN_BED,
    KEPT,
    LAY_DOWN,
    LEAVING,
    LEFT,
    MOVE,
    NOBODY,
    NOW,
    ON_THE_MOVE,
    RIGHT,
    STILL,
    TO_LEAVE,
    TRAVELLED,
    UNIT,
    WAITING,
    State,
)
from nspl_sim.engine.jit import compiled
from nspl_sim.engine.lines import is_before


@compiled
def lie_down(s: State, row: int) -> None:
    """Put *row* among those who lie in the unit of their bed, if that is followed."""
    unit = s.patients[row, BED]
    if s.units[unit, FOLLOWED]:
        other = s.units[unit, IN_BED]
        s.lying[row, LEFT], s.lying[row, RIGHT] = NOBODY, other
        s.units[unit, IN_BED] = row
        if other != NOBODY:
            s.lying[other, LEFT] = row


@compiled
def get_up(s: State, row: int) -> None:
    """Take *row* from among those who lie there."""
    unit = s.patients[row, BED]
    if s.units[unit, FOLLOWED]:
        left, right = s.lying[row, LEFT], s.lying[row, RIGHT]
        if left == NOBODY:
            s.units[unit, IN_BED] = right
        else:
            s.lying[left, RIGHT] = right
        if right != NOBODY:
            s.lying[right, LEFT] = left


@compiled
def be_told_to_leave(s: State, row: int) -> None:
    """Put *row* in place among those who are to leave the unit."""
    unit, ahead = s.patients[row, BED], NOBODY
    behind = s.units[unit, LEAVING]
    while behind != NOBODY and is_before(s, behind, row):
        ahead, behind = behind, s.lying[behind, BEHIND]
    s.lying[row, AHEAD], s.lying[row, BEHIND], s.lying[row, MOVE] = ahead, behind, TO_LEAVE
    if ahead == NOBODY:
        s.units[unit, LEAVING] = row
    else:
        s.lying[ahead, BEHIND] = row
    if behind != NOBODY:
        s.lying[behind, AHEAD] = row
    s.n[WAITING] += 1


@compiled
def need_not_leave(s: State, row: int) -> None:
    """Take *row* from among those who are to leave."""
    ahead, behind = s.lying[row, AHEAD], s.lying[row, BEHIND]
    if ahead == NOBODY:
        s.units[s.patients[row, BED], LEAVING] = behind
    else:
        s.lying[ahead, BEHIND] = behind
    if behind != NOBODY:
        s.lying[behind, AHEAD] = ahead
    s.lying[row, MOVE] = STILL
    s.n[WAITING] -= 1


@compiled
def set_out(s: State, row: int) -> None:
    """Have a trip booked: from a bed the stay lasts the extra time, once, and the lying here ends."""
    p = s.patients
    s.lying[row, TRAVELLED] = 1
    if p[row, KEPT] != p[row, UNIT]:
        return
    if s.lying[row, MOVE] == TO_LEAVE:
        need_not_leave(s, row)
    get_up(s, row)
    if not s.lying[row, EXTENDED]:
        s.lying[row, EXTENDED] = 1
        p[row, ENDS] += p[row, EXTRA]
    s.lying[row, MOVE] = ON_THE_MOVE


@compiled
def lies_there(s: State, row: int) -> bool:
    """Lie where the move has led; return whether the end of the stay has waited for it."""
    awaited = s.lying[row, MOVE] == AWAITED
    s.lying[row, MOVE] = STILL
    s.patients[row, LAY_DOWN] = s.n[NOW]
    lie_down(s, row)
    return awaited
