"""Trips: departures, arrivals and deaths on the way; vehicles and teams back at their bases."""

from nspl_sim.engine.collecting import lose
from nspl_sim.engine.columns import (
    AWAY,
    BED,
    BEDS_PER_TEAM,
    BOOKED,
    DEPARTED,
    FOLLOWS,
    INBOUND,
    KINDS,
    MOVE,
    OCCUPIED,
    OVER,
    REGIONS,
    STAGE,
    STILL,
    TEAMS,
    TRIP,
    TRIP_MODE,
    TRIP_TO,
    UNIT,
    State,
)
from nspl_sim.engine.inpatients import lies_there
from nspl_sim.engine.jit import compiled
from nspl_sim.engine.queue import note
from nspl_sim.engine.stays import begin_stay, fill, restaff, vacated
from nspl_sim.vocabulary.care import Answer, Event

_YES = int(Answer.YES)
_DEPARTED, _ADMITTED, _RETURNED = int(Event.DEPARTED), int(Event.ADMITTED), int(Event.RETURNED)
_DIED_ON_THE_WAY, _DIED_WAITING = int(Event.DIED_ON_THE_WAY), int(Event.DIED_WAITING)


@compiled
def vehicle_back(s: State, row: int, what: int) -> None:
    """Stand at the base again."""
    mode, base = what // s.n[REGIONS], what % s.n[REGIONS]
    s.parked[mode, base] += 1
    note(s, _RETURNED, row, base, -1, mode)


@compiled
def team_left(s: State, home: int, kind: int) -> None:
    """Let a team leave its unit."""
    unit = home * s.n[KINDS] + kind
    s.regions[home, TEAMS] -= 1
    s.units[unit, AWAY] += s.n[BEDS_PER_TEAM]
    restaff(s, unit)


@compiled
def team_back(s: State, row: int, unit: int) -> None:
    """Work at home again."""
    home, kind = unit // s.n[KINDS], unit % s.n[KINDS]
    s.regions[home, TEAMS] += 1
    note(s, _RETURNED, row, home, kind, -1)
    s.units[unit, AWAY] -= s.n[BEDS_PER_TEAM]
    restaff(s, unit)


@compiled
def depart(s: State, row: int) -> None:
    """Leave, unless death came first; the bed left behind is filled."""
    p = s.patients
    if p[row, TRIP] == BOOKED:
        p[row, TRIP] = DEPARTED
        unit = p[row, UNIT]
        note(s, _DEPARTED, row, unit // s.n[KINDS], unit % s.n[KINDS], p[row, TRIP_MODE])
        fill(s, vacated(s, row))


@compiled
def arrive(s: State, row: int) -> bool:
    """Be admitted, also if the receiver has lost beds meanwhile; return whether a stay is over with it."""
    p = s.patients
    if p[row, TRIP] != BOOKED and p[row, TRIP] != DEPARTED:
        return False
    to = p[row, TRIP_TO]
    p[row, TRIP], p[row, BED] = OVER, to
    s.units[to, INBOUND] -= 1
    s.units[to, OCCUPIED] += 1
    note(s, _ADMITTED, row, to // s.n[KINDS], to % s.n[KINDS], p[row, STAGE])
    if s.n[FOLLOWS] and s.lying[row, MOVE] != STILL:
        return lies_there(s, row)
    begin_stay(s, row)
    return False


@compiled
def die_underway(s: State, row: int) -> None:
    """Die before departure or on the way; the bed is free at once, the vehicle drives its round."""
    p = s.patients
    unit, to = p[row, UNIT], p[row, TRIP_TO]
    if p[row, TRIP] == DEPARTED:
        note(s, _DIED_ON_THE_WAY, row, unit // s.n[KINDS], unit % s.n[KINDS], p[row, TRIP_MODE])
    else:
        note(s, _DIED_WAITING, row, unit // s.n[KINDS], unit % s.n[KINDS], _YES)
    p[row, TRIP] = OVER
    lose(s, row)
    s.units[to, INBOUND] -= 1
    fill(s, to)
