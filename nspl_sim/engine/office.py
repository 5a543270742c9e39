"""The joint office at work: which needs it takes on, hour by hour."""

from nspl_sim.engine.columns import (
    IS_MEMBER,
    KINDS,
    NOW,
    OFFICE_HOUR,
    OFFICE_IS_OUT,
    OFFICE_PER_H,
    OFFICE_TAKEN,
    UNIT,
    State,
)
from nspl_sim.engine.jit import compiled
from nspl_sim.engine.queue import note
from nspl_sim.vocabulary.care import Event, Office
from nspl_sim.vocabulary.clock import HOUR

_BROUGHT = int(Event.BROUGHT)
_TAKEN_ON, _TOO_MANY, _OUT = int(Office.TAKEN_ON), int(Office.TOO_MANY), int(Office.OUT)


@compiled
def takes_on(s: State, row: int) -> bool:
    """Return whether it takes on the need of *row*, which is written down; without limits it does."""
    region, kind = s.patients[row, UNIT] // s.n[KINDS], s.patients[row, UNIT] % s.n[KINDS]
    if not s.regions[region, IS_MEMBER]:
        return True
    made = made_of_it(s)
    note(s, _BROUGHT, row, region, kind, made)
    return made == _TAKEN_ON


@compiled
def made_of_it(s: State) -> int:
    """Return what becomes of one more need."""
    n = s.n
    state = _OUT if n[OFFICE_IS_OUT] else planned(s, n[NOW])
    if state != _TAKEN_ON or n[OFFICE_PER_H] < 0:
        return state
    hour = n[NOW] // HOUR
    if hour != n[OFFICE_HOUR]:
        n[OFFICE_HOUR], n[OFFICE_TAKEN] = hour, 0
    if n[OFFICE_TAKEN] >= n[OFFICE_PER_H]:
        return _TOO_MANY
    n[OFFICE_TAKEN] += 1
    return state


@compiled
def planned(s: State, time_s: int) -> int:
    """Return whether it is planned to be at work, or why not."""
    low, high = 0, len(s.duty)
    while low < high:
        middle = (low + high) // 2
        if s.duty[middle, 0] <= time_s:
            low = middle + 1
        else:
            high = middle
    return s.duty[low - 1, 1]
