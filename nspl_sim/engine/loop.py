"""The loop: what comes next to whom, from one review or other act of command to the next."""

import numpy as np

from nspl_sim.engine.batches import depart_together
from nspl_sim.engine.columns import (
    ACT_BITS,
    AFTER,
    ANSWERS,
    ARRIVAL,
    ARRIVE_TOGETHER,
    ARRIVES,
    ASKED,
    ASKED_24H,
    ASKED_OLD,
    BACKLOG,
    BED,
    BEFORE,
    DEPART_TOGETHER,
    DEPARTS,
    DIES,
    EVENTS,
    FIRST_STAGE,
    FOLLOWS,
    IS_READY,
    KEPT,
    KINDS,
    LIST_FROM,
    LIST_TO,
    MUNICIPAL,
    NEEDS_NEXT,
    NEXT_ABOARD,
    NEXT_ARRIVAL,
    NOBODY,
    NOW,
    PLACE,
    PRIORITY,
    REGION,
    RELEASED,
    RETRIES,
    ROWS,
    SPARE,
    STAGE,
    STAGES,
    STAY_ENDS,
    TEAM_BACK,
    UNIT,
    URGENCY,
    VEHICLE_BACK,
    WAITING,
    WAITS_NO_LONGER,
    WHO,
    State,
)
from nspl_sim.engine.jit import compiled, woven
from nspl_sim.engine.lines import head, open_to
from nspl_sim.engine.moves import lies_on
from nspl_sim.engine.queue import key_of, note, pop, second_of
from nspl_sim.engine.requests import die, hear_answers, seek, wait_no_longer
from nspl_sim.engine.retries import ask_anew, room_for_all
from nspl_sim.engine.stays import get_ready, leave
from nspl_sim.engine.trips import arrive, depart, team_back, vehicle_back
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, Rank

_ARRIVED, _POSTPONED, _RELEASED = int(Event.ARRIVED), int(Event.POSTPONED), int(Event.RELEASED)
_ARRIVAL = int(Rank.ARRIVAL)
_ACT = (1 << ACT_BITS) - 1
_NEVER = np.iinfo(np.int64).max


@compiled
def room_for_one(s: State) -> int:
    """Return how many rows, and how many events, one more act can add at most."""
    return 4 * s.n[WAITING] + s.n[SPARE]


@compiled
def run(s: State, until: int) -> bool:
    """Let everything happen whose key is less than *until*; return False when there is no room to go on."""
    n, p = s.n, s.patients
    while True:
        room = room_for_one(s)
        if n[ROWS] + room > s.journal.shape[1] or n[EVENTS] + room > len(s.queue):
            return False
        arrives = _NEVER
        if n[NEXT_ARRIVAL] < len(p):
            row = n[NEXT_ARRIVAL]
            arrives = key_of(s, p[row, ARRIVAL], _ARRIVAL, row)
        planned = s.queue[0, 0] if n[EVENTS] else _NEVER
        if min(arrives, planned) >= until:
            return True
        if arrives < planned:
            row = n[NEXT_ARRIVAL]
            n[NEXT_ARRIVAL] += 1
            n[NOW] = p[row, ARRIVAL]
            come(s, row)
        else:
            if s.queue[0, WHO] & _ACT == RETRIES and not has_room_for_all(s):
                return False
            key, who, what = pop(s)
            n[NOW] = second_of(s, key)
            happen(s, who & _ACT, who >> ACT_BITS, what)


@compiled
def has_room_for_all(s: State) -> bool:
    """Return whether everybody in line could be asked about anew."""
    rows, events = room_for_all(s, 0)
    return s.n[ROWS] + rows <= s.journal.shape[1] and s.n[EVENTS] + events <= len(s.queue)


@woven
def happen(s: State, act: int, row: int, what: int) -> None:
    """Let *row* do what was planned."""
    if act == STAY_ENDS:
        end_stay(s, row)
    elif act == DEPARTS:
        depart(s, row)
    elif act == ARRIVES:
        if arrive(s, row):
            end_stay(s, row)
    elif act == VEHICLE_BACK:
        vehicle_back(s, row, what)
    elif act == TEAM_BACK:
        team_back(s, row, what)
    elif act == DIES:
        die(s, row, what)
    elif act == WAITS_NO_LONGER:
        wait_no_longer(s, row, what)
    elif act == ANSWERS:
        hear_answers(s, row, what)
    elif act == DEPART_TOGETHER:
        depart_together(s, what)
    elif act == ARRIVE_TOGETHER:
        arrive_together(s, what)
    elif act == RETRIES:
        ask_anew(s)


@compiled
def arrive_together(s: State, first: int) -> None:
    """Let all be admitted who have gone together, *first* and those behind."""
    row = first
    while row != NOBODY:
        after = s.patients[row, NEXT_ABOARD]
        if arrive(s, row):
            end_stay(s, row)
        row = after


@woven
def come(s: State, row: int) -> None:
    """Begin a patient's journey; what another run left in the row is forgotten."""
    p = s.patients
    for field in range(STAGE, FIRST_STAGE):
        p[row, field] = 0
    for field in (UNIT, KEPT, BED, BEFORE, AFTER):
        p[row, field] = NOBODY
    note(s, _ARRIVED, row, p[row, REGION], -1, -1)
    if p[row, PRIORITY] and not goes_ahead(s, row):
        note_planned(s, _POSTPONED, row)
        s.listed[p[row, PLACE]] = row
        s.regions[p[row, REGION], BACKLOG] += 1
    else:
        go_on(s, row, 0, NOBODY)


@compiled
def go_on(s: State, row: int, stage: int, bed: int) -> None:
    """Go on to *stage*, or be ready, or leave."""
    p = s.patients
    if stage < p[row, STAGES]:
        seek(s, row, stage, bed)
    elif bed != NOBODY and p[row, MUNICIPAL]:
        get_ready(s, row)
    else:
        leave(s, row, bed)


@compiled
def end_stay(s: State, row: int) -> None:
    """End a stay, or the wait for municipal care; who is on the move or was moved may have to lie on."""
    p = s.patients
    if s.n[FOLLOWS] and lies_on(s, row):
        return
    if p[row, IS_READY]:
        leave(s, row, p[row, BED])
    else:
        go_on(s, row, p[row, STAGE] + 1, p[row, BED])


# -- planned care -------------------------------------------------------------------------------


@compiled
def goes_ahead(s: State, row: int) -> bool:
    """Return whether planned care goes ahead now: let through by the share, and a bed is free."""
    home = s.patients[row, REGION]
    share = min(s.shares[home, s.patients[row, PRIORITY] - 1], s.shares[home, 3])
    return s.u[row, 0] < share and has_bed(s, row)


@compiled
def has_bed(s: State, row: int) -> bool:
    """Return whether the first bed is free beyond what is kept, and nobody waits for it; so the next's."""
    p, urgency = s.patients, s.patients[row, URGENCY]
    for stage in range(p[row, STAGES]):
        unit = p[row, REGION] * s.n[KINDS] + p[row, FIRST_STAGE + 3 * stage]
        first = head(s, unit)
        if (first != NOBODY and p[first, URGENCY] <= urgency) or not open_to(s, unit, urgency):
            return False
        if not s.units[unit, NEEDS_NEXT]:
            return True
    return True


@compiled
def release(s: State, now_s: int, region: int, allowed: int) -> None:
    """Let through whom the allowance so far and beds take, most pressing first; pass others over."""
    s.n[NOW] = now_s
    p, r = s.patients, s.regions
    left, most = allowed - r[region, RELEASED], s.shares[region, 3]
    for place in range(r[region, LIST_FROM], r[region, LIST_TO]):
        row = s.listed[place]
        if row == NOBODY:
            continue
        if left <= 0:
            break
        if min(s.shares[region, p[row, PRIORITY] - 1], most) >= 1 and has_bed(s, row):
            left -= 1
            s.listed[place] = NOBODY
            r[region, BACKLOG] -= 1
            r[region, RELEASED] += 1
            note_planned(s, _RELEASED, row)
            go_on(s, row, 0, NOBODY)


@compiled
def note_planned(s: State, event: int, row: int) -> None:
    """Write down what becomes of planned care."""
    p = s.patients
    kind = p[row, FIRST_STAGE] if p[row, STAGES] else -1
    note(s, event, row, p[row, REGION], kind, p[row, PRIORITY])


@compiled
def count_asked(s: State, now_s: int) -> None:
    """Bring the needs of the last 24 hours, by unit, up to *now_s*."""
    u, n = s.units, s.n
    u[:, ASKED_24H] = 0
    while n[ASKED_OLD] < n[ASKED] and s.asked[n[ASKED_OLD], 0] <= now_s - DAY:
        n[ASKED_OLD] += 1
    for i in range(n[ASKED_OLD], n[ASKED]):
        u[s.asked[i, 1], ASKED_24H] += 1
