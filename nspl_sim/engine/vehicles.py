"""Vehicles and teams: which of them can take whom, and is there first."""

from nspl_sim.engine.carried import needs_team, place_of
from nspl_sim.engine.closed import lacking, way_opens_s
from nspl_sim.engine.collecting import joined, next_review_s
from nspl_sim.engine.columns import (
    ACTIVATION,
    COLLECTING,
    COLLECTS,
    DELAY,
    FROM_BASE,
    HAS_CLOSURES,
    INSTANT,
    KINDS,
    LOAD,
    MODES,
    NOW,
    PLACES,
    REGIONS,
    ROAMS,
    STEADY,
    TAKES,
    TEAMS,
    UNIT,
    UNLOAD,
    State,
)
from nspl_sim.engine.directives import FETCHES, HELPS, LONGEST, term
from nspl_sim.engine.jit import compiled
from nspl_sim.vocabulary.care import Answer

FAR = 2**61
"""Seconds of a way that cannot be gone; the timetable's."""
_YES, _NO_TEAM = int(Answer.YES), int(Answer.NO_TEAM)
_NO_VEHICLE, _GROUNDED = int(Answer.NO_VEHICLE), int(Answer.GROUNDED)


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
def available(s: State, row: int, receiver: int, slot: int) -> tuple[int, int, int, int, int, int, int]:
    """Return the answer, and of who is first there mode, base, departure, admission, whether it fetches, and
    the place of one that collects already, or -1.

    The earliest admission wins, then mode, then base. A mode of -1: instant.
    """
    if s.n[INSTANT]:
        return _YES, -1, 0, 0, 0, 0, -1
    sender, kind = s.patients[row, UNIT] // s.n[KINDS], s.patients[row, UNIT] % s.n[KINDS]
    has_team = not needs_team(s, kind) or s.regions[sender, TEAMS] > 0
    mode, base, departs_s, admitted_s, fetches, at, grounded = -1, 0, 0, 0, 0, -1, False
    if has_team or s.n[COLLECTING]:
        mode, base, departs_s, admitted_s, at, grounded = first_there(s, row, receiver, slot, has_team)
    if mode < 0 and term(s, slot, FETCHES, receiver):
        mode, base, departs_s, admitted_s, closed = first_fetching(s, row, receiver, slot)
        fetches, grounded = 1, grounded or closed
    if mode >= 0:
        return _YES, mode, base, departs_s, admitted_s, fetches, at
    if not has_team:
        return _NO_TEAM, -1, 0, 0, 0, 0, -1
    return (_GROUNDED if grounded else _NO_VEHICLE), -1, 0, 0, 0, 0, -1


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
def first_there(
    s: State, row: int, receiver: int, slot: int, has_team: bool
) -> tuple[int, int, int, int, int, bool]:
    """Return mode, base, departure, admission and place of who is there first, and whether one was grounded.

    Of a mode that collects, the one that has begun and can take *row* too goes before those parked.
    """
    now, steady_s = s.n[NOW], s.patients[row, STEADY]
    sender, kind = s.patients[row, UNIT] // s.n[KINDS], s.patients[row, UNIT] % s.n[KINDS]
    longest_s, delay_s = term(s, slot, LONGEST, sender), s.patients[row, DELAY]
    best, best_base, best_departs_s, best_s, best_at, grounded = -1, 0, 0, 0, -1, False
    for mode in range(s.n[MODES]):
        trip_s, leaves_s = s.way_s[mode, sender, receiver] + delay_s + s.modes[mode, UNLOAD], now
        if not s.modes[mode, TAKES + kind] or trip_s > longest_s:
            continue
        if s.modes[mode, COLLECTS]:
            at, departs_s, admitted_s = joined(s, row, mode, receiver, slot)
            if at >= 0:
                base = s.collecting[at, FROM_BASE]
                if not is_open(s, mode, base, sender, receiver):
                    grounded = True
                elif best < 0 or admitted_s < best_s:
                    best, best_base, best_departs_s, best_s, best_at = mode, base, departs_s, admitted_s, at
                continue
            if s.modes[mode, PLACES + place_of(s, mode, kind)] > 1:
                leaves_s = next_review_s(s)
        if not has_team:
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
            departs_s = max(leaves_s, now + s.modes[mode, ACTIVATION] + out_s) + s.modes[mode, LOAD]
            departs_s = max(departs_s, steady_s)
            if best < 0 or departs_s + trip_s < best_s:
                best, best_base, best_at = mode, base, -1
                best_departs_s, best_s = departs_s, departs_s + trip_s
    return best, best_base, best_departs_s, best_s, best_at, grounded


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
        if s.modes[mode, COLLECTS] or not s.modes[mode, TAKES + kind]:
            continue
        if trip_s > term(s, slot, LONGEST, sender):
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
