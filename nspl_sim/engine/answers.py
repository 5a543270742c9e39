"""What a receiver answers; and the hospitals of one region, who are asked before any other and at once."""

from nspl_sim.engine.booking import book
from nspl_sim.engine.columns import (
    KEEP_FREE,
    KINDS,
    LACK,
    UNIT,
    URGENCY,
    YESES,
    State,
)
from nspl_sim.engine.directives import WITHIN, asked_by, kept_by, quota_of
from nspl_sim.engine.jit import compiled
from nspl_sim.engine.lines import free
from nspl_sim.engine.queue import note
from nspl_sim.engine.vehicles import available, reaches
from nspl_sim.vocabulary.care import Answer, Event

_REQUESTED, _ANSWERED = int(Event.REQUESTED), int(Event.ANSWERED)
_YES, _TOO_FAR = int(Answer.YES), int(Answer.TOO_FAR)
_NO_BED, _NO_QUOTA = int(Answer.NO_BED), int(Answer.NO_QUOTA)


@compiled
def answer_of(s: State, row: int, unit: int, slot: int, reserve: int, quota: int) -> int:
    """Return what the receiver says of a bed of *unit*, before anyone looks for a team and a vehicle.

    The directive in *slot* says how far a way may be.
    """
    if not reaches(s, row, unit // s.n[KINDS], slot):
        return _TOO_FAR
    if free(s, unit) <= max(reserve, s.units[unit, KEEP_FREE + s.patients[row, URGENCY]]):
        return _NO_BED
    if quota >= 0 and s.units[unit, YESES] >= quota:
        return _NO_QUOTA
    return _YES


@compiled
def weigh(
    s: State, row: int, unit: int, slot: int, reserve: int, quota: int
) -> tuple[int, int, int, int, int, int, int]:
    """Return what comes of asking for a bed of *unit* now, and the vehicle if all can be booked.

    The directive in *slot* says how far a way may be; a yes spends *quota*.
    """
    answer = answer_of(s, row, unit, slot, reserve, quota)
    if answer != _YES:
        return answer, -1, 0, 0, 0, 0, -1
    s.units[unit, YESES] += 1
    return available(s, row, unit // s.n[KINDS], slot)


@compiled
def is_placed_within(s: State, row: int) -> bool:
    """Ask the other hospitals of the own region; return whether one was booked. No yes spends quota."""
    sender, kind = s.patients[row, UNIT] // s.n[KINDS], s.patients[row, UNIT] % s.n[KINDS]
    listed = asked_by(s, kind, sender)
    for i in range(s.directives[WITHIN, listed]):
        receiver = s.directives[WITHIN, listed + 1 + i]
        unit = receiver * s.n[KINDS] + kind
        note(s, _REQUESTED, row, receiver, kind, sender)
        reserve, quota = kept_by(s, WITHIN, unit), quota_of(s, WITHIN, unit)
        answer = answer_of(s, row, unit, WITHIN, reserve, quota)
        mode, base, departs_s, admitted_s, fetches, at = -1, 0, 0, 0, 0, -1
        if answer == _YES:
            answer, mode, base, departs_s, admitted_s, fetches, at = available(s, row, receiver, WITHIN)
        note(s, _ANSWERED, row, receiver, kind, answer)
        if answer == _YES:
            book(s, row, unit, mode, base, departs_s, admitted_s, fetches, at)
            return True
        s.patients[row, LACK] = max(s.patients[row, LACK], answer)
    return False
