"""The line of a unit: by urgency a chain of needs in order of (asked, patient), so that all is quick."""

from nspl_sim.engine.columns import (
    AFTER,
    BEFORE,
    HEAD,
    IN_LINE,
    INBOUND,
    KEEP_FREE,
    LENGTH,
    NOBODY,
    NOW,
    OCCUPIED,
    SINCE_ASKED,
    STAFFED,
    TAIL,
    UNIT,
    URGENCY,
    WAITING,
    State,
)
from nspl_sim.engine.jit import compiled


@compiled
def free(s: State, unit: int) -> int:
    """Return staffed beds neither occupied nor promised; negative while draining."""
    return s.units[unit, STAFFED] - s.units[unit, OCCUPIED] - s.units[unit, INBOUND]


@compiled
def open_to(s: State, unit: int, urgency: int) -> bool:
    """Return whether a bed is free beyond what is kept from this urgency."""
    return free(s, unit) > s.units[unit, KEEP_FREE + urgency]


@compiled
def head(s: State, unit: int) -> int:
    """Return who stands first in the line, or NOBODY."""
    if s.units[unit, LENGTH]:
        for urgency in range(1, 6):
            first = s.units[unit, HEAD + urgency]
            if first != NOBODY:
                return first
    return NOBODY


@compiled
def next_is(s: State, unit: int, row: int) -> bool:
    """Return whether *row*, who asks now, may enter: a bed is open and nobody is before in line."""
    urgency = s.patients[row, URGENCY]
    if not open_to(s, unit, urgency):
        return False
    first = head(s, unit)
    if first == NOBODY or s.patients[first, URGENCY] > urgency:
        return True
    if s.patients[first, URGENCY] < urgency or s.patients[first, SINCE_ASKED] < s.n[NOW]:
        return False
    return row < first


@compiled
def is_before(s: State, row: int, other: int) -> bool:
    """Return whether *row* comes before *other*: by urgency, by when they asked, by number."""
    p = s.patients
    if p[row, URGENCY] != p[other, URGENCY]:
        return p[row, URGENCY] < p[other, URGENCY]
    if p[row, SINCE_ASKED] != p[other, SINCE_ASKED]:
        return p[row, SINCE_ASKED] < p[other, SINCE_ASKED]
    return row < other


@compiled
def join(s: State, row: int) -> None:
    """Put *row*, who asks now, in place: behind all but those of this second with a greater number."""
    p, unit = s.patients, s.patients[row, UNIT]
    urgency = p[row, URGENCY]
    before, after = s.units[unit, TAIL + urgency], NOBODY
    while before != NOBODY and p[before, SINCE_ASKED] == p[row, SINCE_ASKED] and before > row:
        before, after = p[before, BEFORE], before
    p[row, BEFORE], p[row, AFTER], p[row, IN_LINE] = before, after, 1
    if before == NOBODY:
        s.units[unit, HEAD + urgency] = row
    else:
        p[before, AFTER] = row
    if after == NOBODY:
        s.units[unit, TAIL + urgency] = row
    else:
        p[after, BEFORE] = row
    s.units[unit, LENGTH] += 1
    s.n[WAITING] += 1


@compiled
def quit_line(s: State, row: int) -> None:
    """Take *row* out of the line."""
    p, unit = s.patients, s.patients[row, UNIT]
    urgency, before, after = p[row, URGENCY], p[row, BEFORE], p[row, AFTER]
    if before == NOBODY:
        s.units[unit, HEAD + urgency] = after
    else:
        p[before, AFTER] = after
    if after == NOBODY:
        s.units[unit, TAIL + urgency] = before
    else:
        p[after, BEFORE] = before
    p[row, IN_LINE] = 0
    s.units[unit, LENGTH] -= 1
    s.n[WAITING] -= 1
