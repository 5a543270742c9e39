"""Vehicles, teams and trips: which vehicle is there first, bookings, departures and arrivals."""

from nspl_sim.engine.closed import lacking, way_opens_s
from nspl_sim.engine.columns import (
    ACTIVATION,
    ARRIVES,
    AWAY,
    BED,
    BEDS_PER_TEAM,
    BOOKED,
    DELAY,
    DEPARTED,
    DEPARTS,
    FOLLOWS,
    HAS_CLOSURES,
    IN_LINE,
    INBOUND,
    INSTANT,
    KEPT,
    KINDS,
    LOAD,
    MODES,
    MOVE,
    NOW,
    OCCUPIED,
    OVER,
    REGION,
    REGIONS,
    ROAMS,
    STAGE,
    STEADY,
    STILL,
    TAKEN,
    TAKES,
    TEAM_BACK,
    TEAM_REST,
    TEAMS,
    TRIP,
    TRIP_MODE,
    TRIP_TO,
    TURN,
    UNIT,
    UNLOAD,
    VEHICLE_BACK,
    State,
)
from nspl_sim.engine.directives import FETCHES, HELPS, LONGEST, term
from nspl_sim.engine.inpatients import lies_there, set_out
from nspl_sim.engine.jit import compiled
from nspl_sim.engine.lines import quit_line
from nspl_sim.engine.queue import note, push
from nspl_sim.engine.stays import begin_stay, fill, restaff, vacated
from nspl_sim.vocabulary.care import Answer, Event
from nspl_sim.vocabulary.clock import Rank

FAR = 2**61
"""Seconds of a way that cannot be gone; the timetable's."""
_YES, _NO_TEAM = int(Answer.YES), int(Answer.NO_TEAM)
_NO_VEHICLE, _GROUNDED = int(Answer.NO_VEHICLE), int(Answer.GROUNDED)
_PLACED, _DEPARTED, _ADMITTED = int(Event.PLACED), int(Event.DEPARTED), int(Event.ADMITTED)
_MOVED = int(Event.MOVED)
_RETURNED, _FETCHED = int(Event.RETURNED), int(Event.FETCHED)
_DIED_ON_THE_WAY, _DIED_WAITING = int(Event.DIED_ON_THE_WAY), int(Event.DIED_WAITING)
_TRIP_ARRIVES, _VEHICLE_BACK = int(Rank.TRIP_ARRIVES), int(Rank.VEHICLE_BACK)


@compiled
def needs_team(s: State, kind: int) -> bool:
    """Return whether a patient of *kind* travels with a team; the last row of modes says it."""
    return s.modes[s.n[MODES], TAKES + kind] == 1


@compiled
def reaches(s: State, row: int, receiver: int, slot: int) -> bool:
    """Return whether *receiver* lies within the order's longest time by any mode."""
    if s.n[INSTANT]:
        return True
    sender, kind = s.patients[row, UNIT] // s.n[KINDS], s.patients[row, UNIT] % s.n[KINDS]
    longest_s, delay_s = term(s, slot, LONGEST, sender), s.patients[row, DELAY]
    for mode in range(s.n[MODES]):
        trip_s = s.way_s[mode, sender, receiver] + delay_s + s.modes[mode, UNLOAD]
        if s.modes[mode, TAKES + kind] and trip_s <= longest_s:
            return True
    return False


@compiled
def available(s: State, row: int, receiver: int, slot: int) -> tuple[int, int, int, int, int, int]:
    """Return the answer, and mode, base, departure, admission and whether it fetches, of who is first there.

    The earliest admission wins, then mode, then base. A mode of -1: instant.
    """
    if s.n[INSTANT]:
        return _YES, -1, 0, 0, 0, 0
    sender, kind = s.patients[row, UNIT] // s.n[KINDS], s.patients[row, UNIT] % s.n[KINDS]
    has_team = not needs_team(s, kind) or s.regions[sender, TEAMS] > 0
    mode, base, departs_s, admitted_s, fetches, grounded = -1, 0, 0, 0, 0, False
    if has_team:
        mode, base, departs_s, admitted_s, grounded = first_there(s, row, receiver, slot)
    if mode < 0 and term(s, slot, FETCHES, receiver):
        mode, base, departs_s, admitted_s, closed = first_fetching(s, row, receiver, slot)
        fetches, grounded = 1, grounded or closed
    if mode >= 0:
        return _YES, mode, base, departs_s, admitted_s, fetches
    if not has_team:
        return _NO_TEAM, -1, 0, 0, 0, 0
    return (_GROUNDED if grounded else _NO_VEHICLE), -1, 0, 0, 0, 0


@compiled
def is_open(s: State, mode: int, base: int, sender: int, receiver: int) -> bool:
    """Return whether the mode is open now at base, sender and receiver and between them."""
    if not s.n[HAS_CLOSURES]:
        return True
    now = s.n[NOW]
    return (
        way_opens_s(s, mode, sender, receiver, now) == now and way_opens_s(s, mode, base, sender, now) == now
    )


@compiled
def first_there(s: State, row: int, receiver: int, slot: int) -> tuple[int, int, int, int, bool]:
    """Return mode, base, departure and admission of who is there first, and whether one was grounded."""
    now, steady_s = s.n[NOW], s.patients[row, STEADY]
    sender, kind = s.patients[row, UNIT] // s.n[KINDS], s.patients[row, UNIT] % s.n[KINDS]
    longest_s, delay_s = term(s, slot, LONGEST, sender), s.patients[row, DELAY]
    best, best_base, best_departs_s, best_s, grounded = -1, 0, 0, 0, False
    for mode in range(s.n[MODES]):
        trip_s = s.way_s[mode, sender, receiver] + delay_s + s.modes[mode, UNLOAD]
        if not s.modes[mode, TAKES + kind] or trip_s > longest_s:
            continue
        roams = s.modes[mode, ROAMS]
        for base in range(0 if roams else sender, s.n[REGIONS] if roams else sender + 1):
            if s.parked[mode, base] <= 0 or not (base == sender or term(s, slot, HELPS, base)):
                continue
            out_s = s.way_s[mode, base, sender] if base != sender else 0
            back_s = s.way_s[mode, receiver, base] if base != receiver else 0
            if out_s >= FAR or back_s >= FAR:
                continue
            if s.parked[mode, base] <= lacking(s, mode, base, now):
                continue
            if not is_open(s, mode, base, sender, receiver):
                grounded = True
                continue
            departs_s = max(now + s.modes[mode, ACTIVATION] + out_s + s.modes[mode, LOAD], steady_s)
            if best < 0 or departs_s + trip_s < best_s:
                best, best_base, best_departs_s, best_s = mode, base, departs_s, departs_s + trip_s
    return best, best_base, best_departs_s, best_s, grounded


@compiled
def first_fetching(s: State, row: int, receiver: int, slot: int) -> tuple[int, int, int, int, bool]:
    """Return the same of the receiver's own vehicles, with the receiver's own team."""
    sender, kind = s.patients[row, UNIT] // s.n[KINDS], s.patients[row, UNIT] % s.n[KINDS]
    best, best_departs_s, best_s, grounded = -1, 0, 0, False
    if needs_team(s, kind) and s.regions[receiver, TEAMS] <= 0:
        return best, receiver, best_departs_s, best_s, grounded
    for mode in range(s.n[MODES]):
        out_s, way_s = s.way_s[mode, receiver, sender], s.way_s[mode, sender, receiver]
        trip_s = way_s + s.patients[row, DELAY] + s.modes[mode, UNLOAD]
        if not s.modes[mode, TAKES + kind] or trip_s > term(s, slot, LONGEST, sender):
            continue
        if out_s >= FAR or s.parked[mode, receiver] <= lacking(s, mode, receiver, s.n[NOW]):
            continue
        if not is_open(s, mode, receiver, sender, receiver):
            grounded = True
            continue
        ready_s = s.n[NOW] + s.modes[mode, ACTIVATION] + out_s + s.modes[mode, LOAD]
        departs_s = max(ready_s, s.patients[row, STEADY])
        if best < 0 or departs_s + trip_s < best_s:
            best, best_departs_s, best_s = mode, departs_s, departs_s + trip_s
    return best, receiver, best_departs_s, best_s, grounded


@compiled
def book(
    s: State, row: int, to: int, mode: int, base: int, departs_s: int, admitted_s: int, own: int
) -> None:
    """Book bed, team and vehicle in one; *row* leaves the line, and the trip is planned."""
    p, now, kinds = s.patients, s.n[NOW], s.n[KINDS]
    sender, receiver, kind = p[row, UNIT] // kinds, to // kinds, to % kinds
    if p[row, IN_LINE]:
        quit_line(s, row)
    s.units[to, INBOUND] += 1
    if receiver != p[row, REGION]:
        s.units[to, TAKEN] += 1
    note(s, _PLACED, row, receiver, kind, sender)
    if p[row, KEPT] == p[row, UNIT]:
        note(s, _MOVED, row, sender, kind, receiver)
    if s.n[FOLLOWS]:
        set_out(s, row)
    p[row, TRIP], p[row, TRIP_TO], p[row, TRIP_MODE] = BOOKED, to, mode
    if mode < 0:
        departs_s = max(now, p[row, STEADY])
        admitted_s = departs_s
    else:
        later_s = way_opens_s(s, mode, sender, receiver, departs_s) - departs_s
        departs_s, admitted_s = departs_s + later_s, admitted_s + later_s
        send(s, row, receiver, mode, base, admitted_s, own)
    if admitted_s == now:
        depart(s, row)
        arrive(s, row)
    else:
        push(s, departs_s, _TRIP_ARRIVES, row, DEPARTS, row, p[row, STAGE])
        push(s, admitted_s, _TRIP_ARRIVES, row, ARRIVES, row, p[row, STAGE])


@compiled
def send(s: State, row: int, receiver: int, mode: int, base: int, admitted_s: int, own: int) -> None:
    """Take vehicle and team, and plan that each is back at its own base."""
    kinds = s.n[KINDS]
    sender, kind = s.patients[row, UNIT] // kinds, s.patients[row, UNIT] % kinds
    s.parked[mode, base] -= 1
    back_s = admitted_s + s.modes[mode, TURN] + s.way_s[mode, receiver, base]
    push(s, back_s, _VEHICLE_BACK, 2 * row, VEHICLE_BACK, row, mode * s.n[REGIONS] + base)
    if own:
        note(s, _FETCHED, row, receiver, kind, sender)
    if needs_team(s, kind):
        home = receiver if own else sender
        way_home_s = s.way_s[mode, receiver, home] if home != receiver else 0
        unit = home * kinds + kind
        s.regions[home, TEAMS] -= 1
        s.units[unit, AWAY] += s.n[BEDS_PER_TEAM]
        restaff(s, unit)
        home_s = admitted_s + s.n[TEAM_REST] + way_home_s
        push(s, home_s, _VEHICLE_BACK, 2 * row + 1, TEAM_BACK, row, unit)


@compiled
def vehicle_back(s: State, row: int, what: int) -> None:
    """Stand at the base again."""
    mode, base = what // s.n[REGIONS], what % s.n[REGIONS]
    s.parked[mode, base] += 1
    note(s, _RETURNED, row, base, -1, mode)


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
    s.units[to, INBOUND] -= 1
    fill(s, to)
