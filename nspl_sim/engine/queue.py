"""The journal and the queue of what is to come: a binary heap by time, rank and row, then by pushing."""

from nspl_sim.engine.columns import (
    ACT_BITS,
    END,
    EVENTS,
    KEY,
    NOW,
    NUMBER,
    ORIGIN,
    PUSHED,
    RANK_BITS,
    ROW_BITS,
    ROWS,
    WHAT,
    WHO,
    State,
)
from nspl_sim.engine.jit import compiled


@compiled
def note(s: State, event: int, patient: int, region: int, unit: int, detail: int) -> None:
    """Write one row of the journal, now."""
    row = s.n[ROWS]
    s.n[ROWS] = row + 1
    s.journal[0, row] = s.n[NOW]
    s.journal[1, row] = event
    s.journal[2, row] = patient
    s.journal[3, row] = region
    s.journal[4, row] = unit
    s.journal[5, row] = detail


@compiled
def key_of(s: State, time_s: int, rank: int, row: int) -> int:
    """Return time, rank and row as one number that sorts like them."""
    return ((time_s - s.n[ORIGIN]) << (RANK_BITS + ROW_BITS)) | (rank << ROW_BITS) | row


@compiled
def second_of(s: State, key: int) -> int:
    """Return the second of *key*."""
    return (key >> (RANK_BITS + ROW_BITS)) + s.n[ORIGIN]


@compiled
def push(s: State, time_s: int, rank: int, row: int, act: int, patient: int, what: int) -> None:
    """Plan *act*; what would come at the end of the run or later never does."""
    if time_s >= s.n[END]:
        return
    q = s.queue
    key, number = key_of(s, time_s, rank, row), s.n[PUSHED]
    s.n[PUSHED] = number + 1
    place = s.n[EVENTS]
    s.n[EVENTS] = place + 1
    while place > 0:
        above = (place - 1) >> 1
        if q[above, KEY] <= key:  # of equal keys the one pushed before comes first
            break
        for column in range(4):
            q[place, column] = q[above, column]
        place = above
    q[place, KEY] = key
    q[place, NUMBER] = number
    q[place, WHO] = patient << ACT_BITS | act
    q[place, WHAT] = what


@compiled
def pop(s: State) -> tuple[int, int, int]:
    """Take out what comes first; return its key, who does what, and what it needs besides."""
    q = s.queue
    found = (q[0, KEY], q[0, WHO], q[0, WHAT])
    last = s.n[EVENTS] - 1
    s.n[EVENTS] = last
    key, number = q[last, KEY], q[last, NUMBER]
    place = 0
    while True:
        below = 2 * place + 1
        if below >= last:
            break
        other = below + 1
        if other < last and (
            q[other, KEY] < q[below, KEY]
            or (q[other, KEY] == q[below, KEY] and q[other, NUMBER] < q[below, NUMBER])
        ):
            below = other
        if key < q[below, KEY] or (key == q[below, KEY] and number < q[below, NUMBER]):
            break
        for column in range(4):
            q[place, column] = q[below, column]
        place = below
    for column in range(4):
        q[place, column] = q[last, column]
    return found
