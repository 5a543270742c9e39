"""Vehicles that collect: whom each can take besides, and who is on board.

They stand in ``collecting`` in the order in which they began; those on board are a chain, the lowest first.
"""

from nspl_sim.engine.carried import needs_team, place_of
from nspl_sim.engine.columns import (
    ABOARD,
    BATCH,
    BY_MODE,
    COLLECTING,
    COLLECTS,
    DELAY,
    FIRST_ABOARD,
    FREE,
    FROM_SENDER,
    KINDS,
    LAST_STEADY,
    LONGEST_DELAY,
    LOWEST,
    NEXT_ABOARD,
    NOBODY,
    NOW,
    READY,
    REVIEW_EVERY,
    ROOM,
    SERIAL,
    STEADY,
    TEAMS,
    TO_RECEIVER,
    TRIP_MODE,
    UNIT,
    State,
)
from nspl_sim.engine.directives import LONGEST, term
from nspl_sim.engine.jit import compiled
from nspl_sim.vocabulary.care import NEVER

LOADING, UNLOADING = 0, 1


@compiled
def next_review_s(s: State) -> int:
    """Return when vehicles leave at the latest; a review that is due at this second is to come."""
    return -(-s.n[NOW] // s.n[REVIEW_EVERY]) * s.n[REVIEW_EVERY]


@compiled
def fills_with(s: State, at: int, kind: int) -> bool:
    """Return whether one more patient of *kind* takes the last place of a type."""
    return s.collecting[at, FREE + place_of(s, s.collecting[at, BY_MODE], kind)] == 1


@compiled
def leaves_s(s: State, at: int, closes_s: int, patients: int) -> int:
    """Return when so many *patients* are loaded if it takes no more from *closes_s* on."""
    b = s.collecting
    return max(closes_s, b[at, READY]) + s.ends_s[b[at, BY_MODE], LOADING, patients]


@compiled
def joined(s: State, row: int, mode: int, receiver: int, slot: int) -> tuple[int, int, int]:
    """Return the place of the first vehicle that can take *row* too, its departure and admission; or -1."""
    b, sender = s.collecting, s.patients[row, UNIT] // s.n[KINDS]
    for at in range(s.n[COLLECTING]):
        if b[at, BY_MODE] == mode and b[at, FROM_SENDER] == sender and b[at, TO_RECEIVER] == receiver:
            can, departs_s, admitted_s = with_one_more(s, at, row, slot)
            if can:
                return at, departs_s, admitted_s
    return -1, 0, 0


@compiled
def with_one_more(s: State, at: int, row: int, slot: int) -> tuple[bool, int, int]:
    """Return whether the vehicle can take *row* too, and when it departs and is admitted then."""
    b, kind, steady_s = s.collecting, s.patients[row, UNIT] % s.n[KINDS], s.patients[row, STEADY]
    mode, sender, receiver = b[at, BY_MODE], b[at, FROM_SENDER], b[at, TO_RECEIVER]
    lacks_team = needs_team(s, kind) and not b[at, ROOM] and s.regions[sender, TEAMS] <= 0
    if lacks_team or not b[at, FREE + place_of(s, mode, kind)]:
        return False, 0, 0
    patients = b[at, ABOARD] + 1
    closes_s = s.n[NOW] if fills_with(s, at, kind) else next_review_s(s)
    loaded_s = leaves_s(s, at, closes_s, patients)
    delay_s = max(s.patients[row, DELAY], b[at, LONGEST_DELAY])
    trip_s = s.way_s[mode, sender, receiver] + delay_s + s.ends_s[mode, UNLOADING, patients]
    if trip_s > term(s, slot, LONGEST, sender) or (b[at, ABOARD] and steady_s > loaded_s):
        return False, 0, 0
    departs_s = max(loaded_s, steady_s, b[at, LAST_STEADY])
    return True, departs_s, departs_s + trip_s


@compiled
def take(s: State, at: int, row: int) -> None:
    """Give *row* a place."""
    b, p, before = s.collecting, s.patients, NOBODY
    after = b[at, FIRST_ABOARD]
    while after != NOBODY and after < row:
        before, after = after, p[after, NEXT_ABOARD]
    p[row, NEXT_ABOARD], p[row, BATCH] = after, b[at, SERIAL]
    if before == NOBODY:
        b[at, FIRST_ABOARD] = row
    else:
        p[before, NEXT_ABOARD] = row
    b[at, ABOARD] += 1
    b[at, FREE + place_of(s, b[at, BY_MODE], p[row, UNIT] % s.n[KINDS])] -= 1
    b[at, LOWEST] = row if b[at, LOWEST] == NOBODY else min(b[at, LOWEST], row)
    b[at, LAST_STEADY] = max(b[at, LAST_STEADY], p[row, STEADY])
    b[at, LONGEST_DELAY] = max(b[at, LONGEST_DELAY], p[row, DELAY])


@compiled
def lose(s: State, row: int) -> None:
    """Empty the place of *row*, who died before the vehicle left; others may have it."""
    b, p, mode = s.collecting, s.patients, s.patients[row, TRIP_MODE]
    if mode < 0 or not s.modes[mode, COLLECTS]:
        return
    for at in range(s.n[COLLECTING]):
        if b[at, SERIAL] == p[row, BATCH]:
            kind = p[row, UNIT] % s.n[KINDS]
            b[at, FREE + place_of(s, mode, kind)] += 1
            b[at, ROOM] += needs_team(s, kind)
            b[at, ABOARD] -= 1
            without(s, at, row)


@compiled
def without(s: State, at: int, row: int) -> None:
    """Take *row* out of the chain, and look anew who keeps the others waiting."""
    b, p, before = s.collecting, s.patients, NOBODY
    b[at, LAST_STEADY], b[at, LONGEST_DELAY] = -NEVER, 0
    other = b[at, FIRST_ABOARD]
    while other != NOBODY:
        after = p[other, NEXT_ABOARD]
        if other != row:
            b[at, LAST_STEADY] = max(b[at, LAST_STEADY], p[other, STEADY])
            b[at, LONGEST_DELAY] = max(b[at, LONGEST_DELAY], p[other, DELAY])
            before = other
        elif before == NOBODY:
            b[at, FIRST_ABOARD] = after
        else:
            p[before, NEXT_ABOARD] = after
        other = after
