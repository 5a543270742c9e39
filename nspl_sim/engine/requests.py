"""Needs: seeking a bed, the walk down the standing order, answers, waiting in vain, and death in line."""

from nspl_sim.engine.answers import is_placed_within, weigh
from nspl_sim.engine.booking import book
from nspl_sim.engine.columns import (
    ADMITS_BELOW,
    ALONE,
    ANSWERS,
    ASKED,
    AT_MOST,
    BED,
    BOOKED,
    DEPARTED,
    DIES,
    FIRST_STAGE,
    IN_FORCE,
    IN_LINE,
    KEPT,
    KINDS,
    LACK,
    LOCAL,
    NO_BED,
    NO_BED_HERE,
    NO_TRIP,
    NOBODY,
    NOW,
    POOLED,
    PRIORITY,
    REFERRED,
    REGIONS,
    SINCE_ASKED,
    SLOWER,
    STAGE,
    TRIP,
    UNIT,
    URGENCY,
    WAITS_NO_LONGER,
    WALK_FROM,
    WALK_LACK,
    WALK_ON,
    WALK_TO,
    WALKING,
    WALKS,
    State,
)
from nspl_sim.engine.directives import (
    ASK,
    HELPS,
    OF_PEOPLE,
    PARALLEL,
    REFERRALS,
    TODAY,
    USED,
    WAYS_OUT,
    asked_by,
    kept_by,
    order_at,
    quota_of,
    term,
)
from nspl_sim.engine.jit import compiled, woven
from nspl_sim.engine.lines import join, next_is, quit_line
from nspl_sim.engine.office import takes_on
from nspl_sim.engine.pooled import open_elsewhere
from nspl_sim.engine.queue import note, push
from nspl_sim.engine.stays import begin_stay, end_walk, entered, fill
from nspl_sim.engine.trips import die_underway
from nspl_sim.vocabulary.care import NEVER, Answer, Event
from nspl_sim.vocabulary.clock import Rank
from nspl_sim.vocabulary.disruptions import WHOLE

_ASKED, _BOARDED, _REFUSED = int(Event.ASKED), int(Event.BOARDED), int(Event.REFUSED)
_REQUESTED, _ANSWERED, _DIED_WAITING = int(Event.REQUESTED), int(Event.ANSWERED), int(Event.DIED_WAITING)
_YES = int(Answer.YES)
_DEATH, _ANSWER = int(Rank.DEATH_WAITING), int(Rank.ANSWER)
_WAIT, _LEAVE = 0, 1
"""What is done when all was in vain: the numbers of ``NoBed``; 2 is to die."""


@compiled
def seek(s: State, row: int, stage: int, kept: int) -> None:
    """Let *row* need a bed for *stage*: at once, or in line and asking elsewhere."""
    p, now, kinds = s.patients, s.n[NOW], s.n[KINDS]
    at = FIRST_STAGE + 3 * stage
    region = kept // kinds if kept != NOBODY else p[row, LOCAL]
    unit = region * kinds + p[row, at]
    p[row, STAGE], p[row, UNIT], p[row, KEPT], p[row, SINCE_ASKED] = stage, unit, kept, now
    p[row, BED], p[row, LACK], p[row, TRIP], p[row, ALONE] = NOBODY, -1, NO_TRIP, 0
    note(s, _ASKED, row, region, p[row, at], stage)
    if kept != unit:
        s.asked[s.n[ASKED], 0], s.asked[s.n[ASKED], 1] = now, unit
        s.n[ASKED] += 1
    if kept == NOBODY and s.units[unit, ADMITS_BELOW] <= p[row, URGENCY] and not p[row, PRIORITY]:
        note(s, _REFUSED, row, region, p[row, at], -1)
        return
    if kept == unit or next_is(s, unit, row):  # the next stage in the same unit: the bed is kept
        fill(s, entered(s, row, unit))
        begin_stay(s, row)
        return
    if s.n[POOLED]:
        elsewhere = open_elsewhere(s, row)
        if elsewhere != NOBODY:
            fill(s, entered(s, row, elsewhere))
            begin_stay(s, row)
            return
    join(s, row)
    survived_s = p[row, at + 2]
    if kept != NOBODY:
        note(s, _BOARDED, row, kept // kinds, kept % kinds, stage)
    elif survived_s < NEVER:
        push(s, now + survived_s, _DEATH, row, DIES, row, stage)
    if kept == NOBODY and p[row, AT_MOST] < survived_s:
        push(s, now + p[row, AT_MOST], _DEATH, row, WAITS_NO_LONGER, row, stage)
    walk(s, row)


@compiled
def standing(s: State, row: int) -> int:
    """Return the terms of *row* but for the ways out: of referrals, of today's order, or in force."""
    if s.units[s.patients[row, UNIT], REFERRED]:
        return REFERRALS
    return TODAY if s.patients[row, ALONE] else s.n[IN_FORCE]


@compiled
def terms(s: State, row: int) -> int:
    """Return on whose terms *row* is asked about: the directive in force, or another order's own."""
    unit, slot = s.patients[row, UNIT], standing(s, row)
    if slot == REFERRALS or s.patients[row, KEPT] != unit:
        return slot
    kind = unit % s.n[KINDS]
    whose = s.directives[slot, order_at(s, kind)]
    if not whose or (whose == OF_PEOPLE and not s.directives[slot, asked_by(s, kind, unit // s.n[KINDS])]):
        for region in range(s.n[REGIONS]):
            if term(s, slot, HELPS, region):
                return WAYS_OUT
    return slot


@compiled
def walk(s: State, row: int) -> None:
    """Start down the order in force from the top, unless beds are pooled or one is had within the region."""
    p = s.patients
    if s.n[POOLED]:
        in_vain(s, row)
        return
    if is_placed_within(s, row):
        return
    if not s.units[p[row, UNIT], REFERRED]:
        p[row, ALONE] = not takes_on(s, row)
    slot = terms(s, row)
    sender, kind = p[row, UNIT] // s.n[KINDS], p[row, UNIT] % s.n[KINDS]
    if not s.directives[slot, order_at(s, kind)] or not s.directives[slot, asked_by(s, kind, sender)]:
        in_vain(s, row)
        return
    p[row, WALKING], p[row, WALK_ON], p[row, WALK_TO], p[row, WALK_LACK] = 1, slot, 0, -1
    p[row, WALKS] += 1
    s.directives[slot, USED] += 1
    ask_next(s, row)


@compiled
def ask_next(s: State, row: int) -> None:
    """Ask the next receivers; they answer together, at once where asking takes no time."""
    p, number, slot = s.patients, s.patients[row, WALKS], s.patients[row, WALK_ON]
    sender, kind = p[row, UNIT] // s.n[KINDS], p[row, UNIT] % s.n[KINDS]
    listed = asked_by(s, kind, sender)
    while p[row, WALKING] and p[row, WALKS] == number:
        first = p[row, WALK_TO]
        last = min(first + term(s, slot, PARALLEL, sender), s.directives[slot, listed])
        if first >= last:
            in_vain(s, row)
            return
        p[row, WALK_FROM], p[row, WALK_TO] = first, last
        wait_s = 0
        for i in range(first, last):
            receiver = s.directives[slot, listed + 1 + i]
            note(s, _REQUESTED, row, receiver, kind, sender)
            ask_s = term(s, slot, ASK, receiver)
            slower = max(s.regions[sender, SLOWER], s.regions[receiver, SLOWER])
            wait_s = max(wait_s, ask_s + (ask_s * slower + WHOLE // 2) // WHOLE)
        if wait_s:
            push(s, s.n[NOW] + wait_s, _ANSWER, row, ANSWERS, row, number)
            return
        hear(s, row)


@compiled
def hear(s: State, row: int) -> None:
    """Go through the answers in order; the first that can be booked wins, the rest are withdrawn."""
    p, slot = s.patients, s.patients[row, WALK_ON]
    sender, kind = p[row, UNIT] // s.n[KINDS], p[row, UNIT] % s.n[KINDS]
    listed, at = asked_by(s, kind, sender), order_at(s, kind)
    order = standing(s, row)
    if not s.directives[order, at]:  # on a way out, unless people decided something of the kind
        order = terms(s, row)
    if not s.directives[order, at]:
        order = slot
    for i in range(p[row, WALK_FROM], p[row, WALK_TO]):
        receiver = s.directives[slot, listed + 1 + i]
        unit = receiver * s.n[KINDS] + kind
        reserve, quota = kept_by(s, order, unit), quota_of(s, order, unit)
        answer, mode, base, departs_s, admitted_s, own, place = weigh(s, row, unit, slot, reserve, quota)
        note(s, _ANSWERED, row, receiver, kind, answer)
        if answer == _YES:
            end_walk(s, row)
            book(s, row, unit, mode, base, departs_s, admitted_s, own, place)
            return
        p[row, WALK_LACK] = max(p[row, WALK_LACK], answer)
        p[row, LACK] = p[row, WALK_LACK]


@compiled
def in_vain(s: State, row: int) -> None:
    """Wait on, or leave, or die; who lies in a bed keeps it and waits on."""
    p = s.patients
    end_walk(s, row)
    outcome = s.units[p[row, UNIT], NO_BED_HERE]
    if outcome < 0:
        outcome = p[row, NO_BED]
    if outcome != _WAIT and p[row, KEPT] == NOBODY:
        give_up(s, row, _REFUSED if outcome == _LEAVE else _DIED_WAITING)


@compiled
def give_up(s: State, row: int, ends: int) -> None:
    """Take *row* out of its line for good; who gives up lies in no bed."""
    unit = s.patients[row, UNIT]
    quit_line(s, row)
    end_walk(s, row)
    note(s, ends, row, unit // s.n[KINDS], unit % s.n[KINDS], s.patients[row, LACK])


@compiled
def die(s: State, row: int, stage: int) -> None:
    """End a wait in death, in line or before or on the way; in any bed it has stopped."""
    p = s.patients
    if p[row, STAGE] != stage or p[row, BED] != NOBODY:
        return
    if p[row, IN_LINE]:
        give_up(s, row, _DIED_WAITING)
    elif p[row, TRIP] == BOOKED or p[row, TRIP] == DEPARTED:
        die_underway(s, row)


@compiled
def wait_no_longer(s: State, row: int, stage: int) -> None:
    """Turn away who is still in line when the longest wait is over; what is booked stands."""
    if s.patients[row, STAGE] == stage and s.patients[row, IN_LINE]:
        give_up(s, row, _REFUSED)


@woven
def hear_answers(s: State, row: int, number: int) -> None:
    """Take the answers, unless a local bed or death came first; then ask on."""
    if s.patients[row, WALKING] and s.patients[row, WALKS] == number:
        hear(s, row)
        if s.patients[row, WALKING]:
            ask_next(s, row)
