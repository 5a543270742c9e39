"""Retries: every need in line without a walk is asked about anew, at whole multiples of a sender's time."""

from nspl_sim.engine.columns import (
    ABOARD,
    AFTER,
    BEHIND,
    COLLECTING,
    FOLLOWS,
    HAS_OFFICE,
    HEAD,
    IN_FORCE,
    IN_LINE,
    KINDS,
    LEAVING,
    LENGTH,
    MOVE,
    NOBODY,
    NOW,
    REFERRED,
    REGIONS,
    RETRIES,
    TICK,
    TO_LEAVE,
    UNIT,
    WAITING,
    WALKING,
    State,
)
from nspl_sim.engine.directives import RETRY, TODAY, WITHIN, asked_by, order_at, term
from nspl_sim.engine.jit import compiled, woven
from nspl_sim.engine.queue import push
from nspl_sim.engine.requests import terms, walk
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import Rank

_RETRY = int(Rank.RETRY)


@compiled
def plan_retry(s: State, now_s: int) -> None:
    """Plan the next retry: the next whole multiple of one of ``intervals``; one planned before falls away."""
    tick_s = NEVER
    for i in range(len(s.intervals)):
        tick_s = min(tick_s, (now_s // s.intervals[i] + 1) * s.intervals[i])
    if tick_s != s.n[TICK]:
        s.n[TICK] = tick_s
        push(s, tick_s, _RETRY, 0, RETRIES, 0, 0)


@compiled
def room_for_all(s: State, more: int) -> tuple[int, int]:
    """Return how many rows and events a walk of everybody in line and of *more* besides can add at most."""
    walks, aboard = s.n[WAITING] + more + 16, s.n[COLLECTING]
    for at in range(s.n[COLLECTING]):
        aboard += s.collecting[at, ABOARD]
    return walks * (2 * s.n[REGIONS] + 16) + 4 * aboard, 8 * walks + 4 * aboard


@woven
def ask_anew(s: State) -> None:
    """Do what was planned for this second, unless another was planned instead; then plan the next."""
    if s.n[TICK] == s.n[NOW]:
        retry(s, s.n[NOW])
        plan_retry(s, s.n[NOW])


@compiled
def retry(s: State, now_s: int) -> None:
    """Start every need in line without a walk anew, unit by unit, in line order; then who is to leave."""
    p, u = s.patients, s.units
    for unit in range(len(u)):
        kind = unit % s.n[KINDS]
        in_line = u[unit, LENGTH] and asks(s, unit, kind)
        if not in_line and u[unit, LEAVING] == NOBODY:
            continue
        count = 0
        for urgency in range(1, 6 if in_line else 1):
            row = u[unit, HEAD + urgency]
            while row != NOBODY:
                s.standing[count] = row
                count += 1
                row = p[row, AFTER]
        row = u[unit, LEAVING]
        while row != NOBODY:
            s.standing[count] = row
            count += 1
            row = s.lying[row, BEHIND]
        for i in range(count):
            row = s.standing[i]
            waits = p[row, IN_LINE] or (s.n[FOLLOWS] and s.lying[row, MOVE] == TO_LEAVE)
            if waits and not p[row, WALKING] and is_due(s, row, now_s):
                walk(s, row)


@compiled
def asks(s: State, unit: int, kind: int) -> bool:
    """Return whether there may be somebody to ask about those in line at *unit*."""
    at = order_at(s, kind)
    if s.units[unit, REFERRED] or s.directives[s.n[IN_FORCE], at] or s.directives[WITHIN, at]:
        return True
    return s.n[HAS_OFFICE] == 1 and s.directives[TODAY, at] == 1


@compiled
def is_due(s: State, row: int, now_s: int) -> bool:
    """Return whether *row* is asked about anew now, by some order that it walks."""
    sender, kind = s.patients[row, UNIT] // s.n[KINDS], s.patients[row, UNIT] % s.n[KINDS]
    every_s, within_s = term(s, terms(s, row), RETRY, sender), 0
    if s.directives[WITHIN, asked_by(s, kind, sender)]:
        within_s = term(s, WITHIN, RETRY, sender)
    return (every_s > 0 and now_s % every_s == 0) or (within_s > 0 and now_s % within_s == 0)
