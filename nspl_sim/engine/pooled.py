"""Beds that the nation has in common: anybody lies in any, the first of all lines in one that is freed."""

from nspl_sim.engine.columns import (
    KINDS,
    NOBODY,
    POOLED,
    UNIT,
    URGENCY,
    State,
)
from nspl_sim.engine.jit import compiled
from nspl_sim.engine.lines import head, is_before, open_to


@compiled
def first_for(s: State, unit: int) -> int:
    """Return who is first for a bed of *unit*: the head of its line, or of all lines; or NOBODY."""
    if not s.n[POOLED]:
        return head(s, unit)
    first = NOBODY
    for other in range(unit % s.n[KINDS], len(s.units), s.n[KINDS]):
        row = head(s, other)
        if row != NOBODY and (first == NOBODY or is_before(s, row, first)):
            first = row
    return first


@compiled
def open_elsewhere(s: State, row: int) -> int:
    """Return the nearest unit with a bed open to *row*, or NOBODY."""
    home, kind = s.patients[row, UNIT] // s.n[KINDS], s.patients[row, UNIT] % s.n[KINDS]
    for i in range(s.near.shape[1]):
        unit = s.near[home, i] * s.n[KINDS] + kind
        if open_to(s, unit, s.patients[row, URGENCY]):
            return unit
    return NOBODY
