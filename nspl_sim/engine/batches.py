"""Those who go together: seats in vehicles that collect, and what becomes of all on board."""

from nspl_sim.engine.carried import needs_team
from nspl_sim.engine.closed import way_opens_s
from nspl_sim.engine.collecting import UNLOADING, fills_with, leaves_s, take
from nspl_sim.engine.columns import (
    ABOARD,
    ACTIVATION,
    ARRIVE_TOGETHER,
    BEGUN,
    BY_MODE,
    COLLECTING,
    CREW,
    CREWS,
    DEPART_TOGETHER,
    FIRST_ABOARD,
    FREE,
    FROM_BASE,
    FROM_SENDER,
    KINDS,
    LAST_STEADY,
    LONGEST_DELAY,
    LOWEST,
    NEXT_ABOARD,
    NOBODY,
    NOT_HELD,
    NOW,
    PER_TEAM,
    PLACES,
    READY,
    REGIONS,
    ROOM,
    SERIAL,
    TEAM_BACK,
    TEAM_REST,
    TO_RECEIVER,
    TURN,
    UNIT,
    VEHICLE_BACK,
    State,
)
from nspl_sim.engine.jit import compiled
from nspl_sim.engine.queue import note, push
from nspl_sim.engine.trips import arrive, depart, team_left
from nspl_sim.vocabulary.care import NEVER, Event
from nspl_sim.vocabulary.clock import Rank

_SENT, _SEATED = int(Event.SENT), int(Event.SEATED)
_TRIP_ARRIVES, _VEHICLE_BACK = int(Rank.TRIP_ARRIVES), int(Rank.VEHICLE_BACK)


@compiled
def seat(s: State, row: int, receiver: int, mode: int, base: int, at: int) -> None:
    """Give *row* a place in the vehicle *at*, or in one that begins to collect; full, it leaves."""
    b, sender, kind = s.collecting, s.patients[row, UNIT] // s.n[KINDS], s.patients[row, UNIT] % s.n[KINDS]
    if at < 0:
        at = begin(s, mode, base, sender, receiver)
        note(s, _SENT, row, base, -1, mode)
    if needs_team(s, kind):
        if not b[at, ROOM]:
            b[at, ROOM] = s.modes[mode, PER_TEAM]
            b[at, CREW + b[at, CREWS]] = kind
            b[at, CREWS] += 1
            note(s, _SENT, row, sender, kind, -1)
            team_left(s, sender, kind)
        b[at, ROOM] -= 1
    is_full = fills_with(s, at, kind)
    take(s, at, row)
    note(s, _SEATED, row, base, kind, b[at, SERIAL])
    if is_full:
        send_off(s, at)


@compiled
def begin(s: State, mode: int, base: int, sender: int, receiver: int) -> int:
    """Let a vehicle begin to collect; return its place."""
    b, n, at = s.collecting, s.n, s.n[COLLECTING]
    out_s = s.way_s[mode, base, sender] if base != sender else 0
    b[at, SERIAL], b[at, BY_MODE], b[at, FROM_BASE] = n[BEGUN], mode, base
    b[at, FROM_SENDER], b[at, TO_RECEIVER] = sender, receiver
    b[at, READY] = n[NOW] + s.modes[mode, ACTIVATION] + out_s
    for place in range(3):
        b[at, FREE + place] = s.modes[mode, PLACES + place]
    b[at, ROOM], b[at, ABOARD], b[at, CREWS] = 0, 0, 0
    b[at, LOWEST], b[at, FIRST_ABOARD] = NOBODY, NOBODY
    b[at, LAST_STEADY], b[at, LONGEST_DELAY] = -NEVER, 0
    n[BEGUN] += 1
    n[COLLECTING] += 1
    s.parked[mode, base] -= 1
    return at


@compiled
def leave_at_review(s: State, now_s: int) -> None:
    """Send off every vehicle that collects: a review has come."""
    s.n[NOW] = now_s
    while s.n[COLLECTING]:
        send_off(s, 0)


@compiled
def send_off(s: State, at: int) -> None:
    """Take no more patients; load and go. With nobody left the vehicle goes home and its teams are back."""
    b, now, first = s.collecting, s.n[NOW], s.collecting[at, FIRST_ABOARD]
    mode, base, patients, row = b[at, BY_MODE], b[at, FROM_BASE], b[at, ABOARD], b[at, LOWEST]
    sender, receiver = b[at, FROM_SENDER], b[at, TO_RECEIVER]
    if not patients:
        home_s = s.way_s[mode, sender, base] if base != sender else 0
        back(s, at, max(now, b[at, READY]) + home_s, now)
        forget(s, at)
        return
    way_s = s.way_s[mode, sender, receiver]
    ready_s = max(leaves_s(s, at, now, patients), b[at, LAST_STEADY])
    departs_s = way_opens_s(s, mode, sender, receiver, ready_s)
    admitted_s = departs_s + way_s + b[at, LONGEST_DELAY] + s.ends_s[mode, UNLOADING, patients]
    back_s = s.way_s[mode, receiver, base] if base != receiver else 0
    back(s, at, admitted_s + s.modes[mode, TURN] + back_s, admitted_s + s.n[TEAM_REST] + way_s)
    forget(s, at)
    if admitted_s == now:
        depart_together(s, first)
        arrive_at_once(s, first)
    else:
        push(s, departs_s, _TRIP_ARRIVES, row, DEPART_TOGETHER, row, first)
        push(s, admitted_s, _TRIP_ARRIVES, row, ARRIVE_TOGETHER, row, first)


@compiled
def back(s: State, at: int, vehicle_s: int, teams_s: int) -> None:
    """Plan that the vehicle is back at its base, and its teams, one by one, at the sender."""
    b, row, mode = s.collecting, s.collecting[at, LOWEST], s.collecting[at, BY_MODE]
    push(s, vehicle_s, _VEHICLE_BACK, 2 * row, VEHICLE_BACK, row, mode * s.n[REGIONS] + b[at, FROM_BASE])
    for i in range(b[at, CREWS]):
        unit = b[at, FROM_SENDER] * s.n[KINDS] + b[at, CREW + i]
        push(s, teams_s, _VEHICLE_BACK, 2 * row + 1, TEAM_BACK, row, unit)


@compiled
def forget(s: State, at: int) -> None:
    """Let those who began later move up."""
    b, n = s.collecting, s.n
    n[COLLECTING] -= 1
    for other in range(at, n[COLLECTING]):
        for field in range(CREW + b[other + 1, CREWS]):
            b[other, field] = b[other + 1, field]


@compiled
def depart_together(s: State, first: int) -> None:
    """Let all on board leave, *first* and those behind."""
    row = first
    while row != NOBODY:
        after = s.patients[row, NEXT_ABOARD]
        depart(s, row)
        row = after


@compiled
def arrive_at_once(s: State, first: int) -> None:
    """Let all on board be admitted in the very act that sends them off; no stay may be over with it."""
    row = first
    while row != NOBODY:
        after = s.patients[row, NEXT_ABOARD]
        if arrive(s, row):
            s.n[NOT_HELD] = 1
        row = after
