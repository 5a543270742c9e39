"""Bookings: bed, team and vehicle in one."""

from nspl_sim.engine.batches import seat
from nspl_sim.engine.carried import needs_team
from nspl_sim.engine.closed import way_opens_s
from nspl_sim.engine.columns import (
    ARRIVES,
    BOOKED,
    COLLECTS,
    DEPARTS,
    FOLLOWS,
    IN_LINE,
    INBOUND,
    KEPT,
    KINDS,
    NOW,
    REGION,
    REGIONS,
    STAGE,
    STEADY,
    TAKEN,
    TEAM_BACK,
    TEAM_REST,
    TRIP,
    TRIP_MODE,
    TRIP_TO,
    TURN,
    UNIT,
    VEHICLE_BACK,
    State,
)
from nspl_sim.engine.inpatients import set_out
from nspl_sim.engine.jit import compiled
from nspl_sim.engine.lines import quit_line
from nspl_sim.engine.queue import note, push
from nspl_sim.engine.trips import arrive, depart, team_left
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import Rank

_PLACED, _MOVED, _FETCHED = int(Event.PLACED), int(Event.MOVED), int(Event.FETCHED)
_TRIP_ARRIVES, _VEHICLE_BACK = int(Rank.TRIP_ARRIVES), int(Rank.VEHICLE_BACK)


@compiled
def book(
    s: State, row: int, to: int, mode: int, base: int, departs_s: int, admitted_s: int, own: int, at: int
) -> None:
    """Book bed, team and vehicle in one; *row* leaves the line, and the trip is planned.

    What comes behind *to* is what :func:`nspl_sim.engine.vehicles.available` has found.
    """
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
    if mode >= 0 and s.modes[mode, COLLECTS]:
        seat(s, row, receiver, mode, base, at)
        return
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
        team_left(s, home, kind)
        home_s = admitted_s + s.n[TEAM_REST] + way_home_s
        push(s, home_s, _VEHICLE_BACK, 2 * row + 1, TEAM_BACK, row, home * kinds + kind)
