"""Moves of in-patients and evacuations: who is chosen, what is booked, and stays that they make longer."""

from nspl_sim.engine.answers import weigh
from nspl_sim.engine.booking import book
from nspl_sim.engine.columns import (
    ALONE,
    AWAITED,
    BED,
    IN_BED,
    IN_FORCE,
    KEPT,
    KINDS,
    LACK,
    LAY_DOWN,
    MOVE,
    NO_TRIP,
    NOBODY,
    NOW,
    ON_THE_MOVE,
    REGION,
    REGIONS,
    RIGHT,
    SINCE_ASKED,
    STAY_ENDS,
    STEADY,
    STILL,
    TO_LEAVE,
    TRAVELLED,
    TRIP,
    UNIT,
    URGENCY,
    Ints,
    State,
)
from nspl_sim.engine.directives import kept_by, quota_of
from nspl_sim.engine.inpatients import be_told_to_leave, get_up, need_not_leave
from nspl_sim.engine.jit import compiled
from nspl_sim.engine.lines import free
from nspl_sim.engine.queue import push
from nspl_sim.engine.requests import walk
from nspl_sim.engine.stays import end_walk, over_s
from nspl_sim.vocabulary.care import Answer
from nspl_sim.vocabulary.clock import Rank

_YES, _TOO_FAR = int(Answer.YES), int(Answer.TOO_FAR)
_STAY_ENDS = int(Rank.STAY_ENDS)
_ANYBODY = -1
"""Of whatever region."""


@compiled
def lies_on(s: State, row: int) -> bool:
    """Return whether *row* goes on lying when the stay should end: until the arrival, or for extra time.

    Who was to leave, and for whom nobody had a bed yet, need not leave any more when it does end.
    """
    move, until_s = s.lying[row, MOVE], over_s(s, row)
    if move == ON_THE_MOVE:
        s.lying[row, MOVE] = AWAITED
        return True
    if until_s > s.n[NOW]:
        push(s, until_s, _STAY_ENDS, row, STAY_ENDS, row, 0)
        return True
    if move == TO_LEAVE:
        end_walk(s, row)
        need_not_leave(s, row)
    get_up(s, row)
    return False


@compiled
def carry_out(s: State, moves: Ints, returns: Ints) -> None:
    """Carry out the *moves* of the directive in force, then its *returns*."""
    slot, kinds = s.n[IN_FORCE], s.n[KINDS]
    for i in range(len(moves)):
        sender, kind, receiver, most = moves[i, 0], moves[i, 1], moves[i, 2], moves[i, 3]
        to = receiver * kinds + kind
        able = note_able(s, sender * kinds + kind, _ANYBODY, 0)
        move_up_to(s, able, to, kept_by(s, slot, to), quota_of(s, slot, to), most)
    for i in range(len(returns)):
        home, kind, reserve = returns[i, 0], returns[i, 1], returns[i, 2]
        unit = home * kinds + kind
        most = free(s, unit) - reserve
        if most > 0:
            able = 0
            for region in range(s.n[REGIONS]):
                if region != home:
                    able = note_able(s, region * kinds + kind, home, able)
            move_up_to(s, able, unit, reserve, -1, most)


@compiled
def note_able(s: State, unit: int, home: int, able: int) -> int:
    """Put those in ``standing`` behind *able* who lie in *unit*, are stable and not on the move.

    Those whose home is *home*, or of whatever region those who have had no trip. Return how many stand there.
    """
    p, row = s.patients, s.units[unit, IN_BED]
    while row != NOBODY:
        suits = not s.lying[row, TRAVELLED] if home == _ANYBODY else p[row, REGION] == home
        if suits and s.lying[row, MOVE] == STILL and p[row, STEADY] <= s.n[NOW]:
            s.standing[able] = row
            able += 1
        row = s.lying[row, RIGHT]
    return able


@compiled
def take_next(s: State, place: int, able: int) -> int:
    """Return who comes next of those in ``standing`` from *place* on, and put them there.

    The least urgent, then the longest in bed, then by number.
    """
    p, best = s.patients, place
    for i in range(place + 1, able):
        row, other = s.standing[i], s.standing[best]
        if p[row, URGENCY] != p[other, URGENCY]:
            sooner = p[row, URGENCY] > p[other, URGENCY]
        elif p[row, LAY_DOWN] != p[other, LAY_DOWN]:
            sooner = p[row, LAY_DOWN] < p[other, LAY_DOWN]
        else:
            sooner = row < other
        if sooner:
            best = i
    row = s.standing[best]
    s.standing[best] = s.standing[place]
    s.standing[place] = row
    return row


@compiled
def move_up_to(s: State, able: int, to: int, reserve: int, quota: int, most: int) -> None:
    """Move up to *most* of those in ``standing``; who is too far is passed over, any other no ends it."""
    for place in range(able):
        if most <= 0:
            return
        answer = move(s, take_next(s, place, able), to, reserve, quota)
        if answer == _YES:
            most -= 1
        elif answer != _TOO_FAR:
            return


@compiled
def move(s: State, row: int, to: int, reserve: int, quota: int) -> int:
    """Book a move of *row* to the unit *to* now; return what stood in its way, or yes."""
    p = s.patients
    p[row, UNIT] = p[row, BED]
    slot = s.n[IN_FORCE]
    answer, mode, base, departs_s, admitted_s, own, place = weigh(s, row, to, slot, reserve, quota)
    if answer == _YES:
        p[row, KEPT] = p[row, BED]
        book(s, row, to, mode, base, departs_s, admitted_s, own, place)
    return answer


@compiled
def evacuate(s: State, unit: int, most: int) -> int:
    """Let up to *most* in-patients of *unit* need a bed elsewhere; return how many do."""
    able, p, row = 0, s.patients, s.units[unit, IN_BED]
    while row != NOBODY:
        if s.lying[row, MOVE] == STILL:
            s.standing[able] = row
            able += 1
        row = s.lying[row, RIGHT]
    chosen = min(able, most)
    for place in range(chosen):
        row = take_next(s, place, able)
        p[row, UNIT] = p[row, KEPT] = unit
        p[row, SINCE_ASKED], p[row, LACK], p[row, TRIP], p[row, ALONE] = s.n[NOW], -1, NO_TRIP, 0
        be_told_to_leave(s, row)
        walk(s, row)
    return chosen
