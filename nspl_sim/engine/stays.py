"""Beds: who enters which, what becomes of the bed left behind, stays, and municipal care."""

from nspl_sim.engine.columns import (
    AWAY,
    BASE,
    BED,
    CLOSED_FROM,
    CLOSED_TO,
    ENDS,
    EXTENDED,
    EXTRA,
    EXTRA_BEDS,
    FIRST_STAGE,
    FLOOR,
    FOLLOWS,
    GAP,
    IS_READY,
    KEPT,
    KINDS,
    LAY_DOWN,
    LEAVES,
    LOCAL,
    MUNICIPAL,
    NEXT_PLACE,
    NO_TRIP,
    NOBODY,
    NOW,
    OCCUPIED,
    OWNER,
    REFERRED,
    REGION,
    STAFFED,
    STAGE,
    STAGES,
    STAY_ENDS,
    TRIP,
    UNIT,
    URGENCY,
    WALK_ON,
    WALKING,
    State,
)
from nspl_sim.engine.directives import USED
from nspl_sim.engine.inpatients import lie_down
from nspl_sim.engine.jit import compiled
from nspl_sim.engine.lines import open_to, quit_line
from nspl_sim.engine.pooled import first_for
from nspl_sim.engine.queue import note, push
from nspl_sim.vocabulary.care import NEVER, Event
from nspl_sim.vocabulary.clock import Rank

_ADMITTED, _READY = int(Event.ADMITTED), int(Event.READY)
_DISCHARGED, _LEFT = int(Event.DISCHARGED), int(Event.LEFT)
_STAY_ENDS = int(Rank.STAY_ENDS)


@compiled
def end_walk(s: State, row: int) -> None:
    """Let an answer under way fall away."""
    if s.patients[row, WALKING]:
        s.patients[row, WALKING] = 0
        s.directives[s.patients[row, WALK_ON], USED] -= 1


@compiled
def entered(s: State, row: int, unit: int) -> int:
    """Admit *row* to a free bed of *unit*; return the unit whose bed is left behind, or NOBODY."""
    p = s.patients
    s.units[unit, OCCUPIED] += 1
    p[row, BED] = unit
    note(s, _ADMITTED, row, unit // s.n[KINDS], unit % s.n[KINDS], p[row, STAGE])
    return vacated(s, row)


@compiled
def vacated(s: State, row: int) -> int:
    """Free the bed that *row* kept; return its unit, or NOBODY."""
    kept = s.patients[row, KEPT]
    s.patients[row, KEPT] = NOBODY
    if kept != NOBODY:
        s.units[kept, OCCUPIED] -= 1
    return kept


@compiled
def fill(s: State, unit: int) -> None:
    """Give the free beds of *unit* to the head of its line, and so on down the worklist."""
    if unit == NOBODY:
        return
    s.freed[0] = unit
    done, known = 0, 1
    while done < known:
        unit = s.freed[done]
        done += 1
        while True:
            row = first_for(s, unit)
            if row == NOBODY or not open_to(s, unit, s.patients[row, URGENCY]):
                break
            quit_line(s, row)
            end_walk(s, row)
            kept = entered(s, row, unit)
            if kept != NOBODY:
                s.freed[known] = kept
                known += 1
            begin_stay(s, row)


@compiled
def restaff(s: State, unit: int) -> None:
    """Reckon the staffed beds anew; who can have a bed then gets it."""
    u = s.units
    before = u[unit, STAFFED]
    u[unit, STAFFED] = max(0, u[unit, BASE] + u[unit, EXTRA_BEDS] - u[unit, AWAY])
    if u[unit, STAFFED] > before:
        fill(s, unit)


@compiled
def share_out(s: State, now_s: int) -> None:
    """Give every free bed to whoever waits for it."""
    s.n[NOW] = now_s
    for unit in range(len(s.units)):
        fill(s, unit)


@compiled
def begin_stay(s: State, row: int) -> None:
    """Lie in the bed until the stay is over; a capacity transfer can have made it longer."""
    p = s.patients
    stay_s = p[row, FIRST_STAGE + 3 * p[row, STAGE] + 1]
    here, there = p[row, UNIT] // s.n[KINDS], p[row, BED] // s.n[KINDS]
    elsewhere = s.regions[here, OWNER] != s.regions[there, OWNER]
    extended = p[row, TRIP] != NO_TRIP and elsewhere and not s.units[p[row, UNIT], REFERRED]
    if extended:
        stay_s += p[row, EXTRA]
    p[row, LAY_DOWN] = s.n[NOW]
    p[row, ENDS] = s.n[NOW] + stay_s
    p[row, IS_READY] = 0
    lie(s, row, extended)


@compiled
def lie(s: State, row: int, extended: bool) -> None:
    """Plan when the lying is over; *extended*: a move makes it no longer."""
    if s.n[FOLLOWS]:
        s.lying[row, EXTENDED] = extended
        lie_down(s, row)
    push(s, over_s(s, row), _STAY_ENDS, row, STAY_ENDS, row, 0)


@compiled
def over_s(s: State, row: int) -> int:
    """Return when the lying is over: with the stay, or when the patient leaves for the home country."""
    p = s.patients
    if p[row, STAGE] < p[row, STAGES] - 1:
        return p[row, ENDS]
    return min(p[row, ENDS], max(p[row, LEAVES], p[row, LAY_DOWN]))


@compiled
def get_ready(s: State, row: int) -> None:
    """Keep the last bed until the municipality receives *row*, who is ready now."""
    p, bed = s.patients, s.patients[row, BED]
    note(s, _READY, row, bed // s.n[KINDS], bed % s.n[KINDS], -1)
    p[row, ENDS] = received_s(s, row)
    p[row, IS_READY] = 1
    lie(s, row, True)


@compiled
def received_s(s: State, row: int) -> int:
    """Return when the municipality receives *row*, who takes the next place if it has places."""
    now, home = s.n[NOW], s.patients[row, REGION]
    r = s.regions
    if s.patients[row, MUNICIPAL] != NEVER:
        if s.u[row, 1] < s.shares[s.patients[row, BED] // s.n[KINDS], 4]:
            return now
        return opens_s(s, home, now + s.patients[row, MUNICIPAL])
    if r[home, GAP] < 0:
        return NEVER
    found_s = opens_s(s, home, max(now + r[home, FLOOR], r[home, NEXT_PLACE]))
    r[home, NEXT_PLACE] = found_s + r[home, GAP]
    return found_s


@compiled
def opens_s(s: State, home: int, time_s: int) -> int:
    """Return *time_s*, or when reception opens again where it is closed then."""
    for i in range(s.regions[home, CLOSED_FROM], s.regions[home, CLOSED_TO]):
        if s.closed_s[i, 0] <= time_s < s.closed_s[i, 1]:
            time_s = s.closed_s[i, 1]
    return time_s


@compiled
def leave(s: State, row: int, bed: int) -> None:
    """Let *row* go home, or to the home country from the time on that they may."""
    if bed == NOBODY:
        note(s, _DISCHARGED, row, s.patients[row, LOCAL], -1, -1)
        return
    event = _DISCHARGED if s.n[NOW] < s.patients[row, LEAVES] else _LEFT
    note(s, event, row, bed // s.n[KINDS], bed % s.n[KINDS], -1)
    s.units[bed, OCCUPIED] -= 1
    fill(s, bed)
