"""The same inject told later: counted anew at the later second, where what it says is still so.

A trigger that is not here says what is so at one moment only, and is told then or not at all.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.happened import Casualties
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers.base import Moment
from nspl_sim.exercise.triggers.beds import Municipal, Occupancy, Queue, icu_moment
from nspl_sim.exercise.triggers.casualties import RED, Allied, Forces, Received, Updated
from nspl_sim.exercise.triggers.elective import Tomorrow, state_of_beds
from nspl_sim.exercise.triggers.public import Media, Politics
from nspl_sim.exercise.triggers.support import what_was_done
from nspl_sim.exercise.triggers.times import share_free
from nspl_sim.exercise.triggers.transport import no_transport
from nspl_sim.measures.course import WARD
from nspl_sim.scenario.civil import Civil
from nspl_sim.vocabulary.clock import DAY, HOUR

Again = Callable[[Timeline, Roles, Moment, int], Moment | None]
"""Counts a moment anew at a later second; None where it is no longer so."""


def later(code: str, line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    """Return *moment* of the trigger called *code* as it is told at *time_s*; None where it cannot be."""
    again = _AGAIN.get(code)
    return again(line, roles, moment, time_s) if again else None


def is_counted_anew(code: str) -> bool:
    """Return whether the trigger called *code* says what can be counted at a later second."""
    return code in _AGAIN


def _anew(moment: Moment, time_s: int, facts: tuple[Fact, ...], **words: Any) -> Moment:
    return replace(moment, time_s=time_s, facts=facts, words={**moment.words, **words})


def _event(line: Timeline, fact: Fact) -> Casualties:
    """Return the event of casualties that *fact* counts."""
    stream, onset_s = fact.of_what[:2]
    return next(e for e in line.casualties if (e.stream, e.onset_s) == (stream, onset_s))


# ------------------------------------------------------------ beds


def _free(line: Timeline, region: int, time_s: int) -> float:
    """Return the share of the staffed intensive care beds of *region* that is free."""
    at = np.array([time_s])
    free = line.free(region, line.icu, at)
    return float(share_free(free, line.staffed(region, line.icu, at))[0])


def _occupancy(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    if _free(line, moment.region, time_s) >= max(Occupancy.limits):
        return None
    told = icu_moment(line, moment.region, time_s)
    if told.facts[0].value >= told.facts[1].value:
        return replace(told, wording=Occupancy.full)
    return replace(told, wording=Occupancy.on_the_way if told.facts[3].value else Occupancy.wording)


def _level(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    told = icu_moment(line, moment.region, time_s)
    return told if told.facts[2].value >= 2 and _free(line, moment.region, time_s) == 0 else None


def _calm(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    calm = _free(line, moment.region, time_s) >= 0.2
    return icu_moment(line, moment.region, time_s) if calm else None


def _queue(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    ward = line.course.kind_number(WARD)
    waiting = line.level("waiting", moment.region, ward, time_s)
    longest = line.longest_wait_h(moment.region, ward, time_s)
    if waiting.value < Queue.least or longest.value < Queue.least_h:
        return None
    words = {"waiting": waiting.said("patients"), "longest": longest.said("hours")}
    return _anew(moment, time_s, (waiting, longest), **words)


def _municipal(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    ready = line.ready(moment.region, time_s)
    if ready.value < Municipal.least:
        return None
    return _anew(moment, time_s, (ready,), ready=ready.said("patients"))


# ------------------------------------------------------------ those who come


def _event_told(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    event = line.casualties[moment.event]
    told = Updated().of(line, roles, event, moment.event, time_s, moment.region)
    return replace(moment, time_s=time_s, facts=told.facts)


def _received(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    event = _event(line, moment.facts[0])
    came = line.received(event, moment.region, time_s)
    red = line.received(event, moment.region, time_s, RED)
    if came.value < Received.least:
        return None
    return _anew(moment, time_s, (came, red), arrived=came.said("injured"), red=red.value)


def _arriving(least: int, line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    [before] = moment.facts
    came = line.arrived(before.of_what, moment.region, time_s - DAY, time_s)
    return _anew(moment, time_s, (came,), wounded=came.said("wounded")) if came.value >= least else None


# ------------------------------------------------------------ those outside


def _media(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    if moment.wording is Media.event:
        hurt = line.injured(_event(line, moment.facts[0]), time_s)
        return _anew(moment, time_s, (hurt,), injured=hurt.said("injured"))
    if moment.wording is Media.deaths:
        died = line.died(time_s)
        return _anew(moment, time_s, (died,), died=died.value)
    waiting = line.level("waiting", moment.region, line.icu, time_s)
    full = waiting.value >= 2 and _free(line, moment.region, time_s) == 0
    return _anew(moment, time_s, (waiting,)) if full else None


def _politics(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    if moment.wording is Politics.event:
        return Politics.of_event(line, _event(line, moment.facts[0]), time_s)
    return Politics.of_residents(line, roles, moment.region, time_s)


def _relatives(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    [fact] = moment.facts
    if fact.of == "injured":
        return _anew(moment, time_s, (line.injured(_event(line, fact), time_s),))
    return _anew(moment, time_s, (line.away(moment.region, line.icu, time_s),))


# ------------------------------------------------------------ support and planned care


def _support(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    waiting = line.level("waiting", moment.region, line.icu, time_s)
    asked = line.asked(moment.region, time_s - HOUR, time_s + 6 * HOUR)
    if not waiting.value:
        return None
    told = _anew(moment, time_s, (waiting, asked), waiting=waiting.said("icu_patients"))
    return replace(told, answer=what_was_done(line, moment.region, time_s))


def _refused(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    facts = tuple(line.said_no(fact.region, time_s - 2 * HOUR, time_s) for fact in moment.facts)
    return _anew(moment, time_s, facts) if all(fact.value for fact in facts) else None


def _offered(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    left = line.level("free", moment.facts[0].region, line.icu, time_s)
    pressed = line.without_free(time_s).value >= 3 and left.value >= 2
    return _anew(moment, time_s, (left,), free=left.said("free_beds")) if pressed else None


def _home(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    away = line.away(moment.region, line.icu, time_s)
    left = line.level("free", moment.region, line.icu, time_s)
    if not away.value or _free(line, moment.region, time_s) < 0.2:
        return None
    return _anew(moment, time_s, (away, left), away=away.said("patients"), free=left.said("free_beds"))


def _tomorrow(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    """Tell of the same planned admissions, with the state of the beds as it is now, on the same day."""
    civil, region = Civil.of(line.course.scenario), moment.region
    if civil.day(time_s) != civil.day(moment.time_s) or _free(line, region, time_s) >= 0.1:
        return None
    state, levels = state_of_beds(line, region, time_s)
    told = _anew(moment, time_s, (*levels, *moment.facts[-3:]), state=state)
    return replace(told, wording=Tomorrow.damaged if line.is_damaged(region, time_s) else None)


def _no_transport(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    return no_transport(line, moment.region, time_s)


def _debt(line: Timeline, roles: Roles, moment: Moment, time_s: int) -> Moment | None:
    postponed = line.postponed(moment.region, 0, time_s)
    return _anew(moment, time_s, (postponed,), postponed=postponed.said("admissions"))


_AGAIN: dict[str, Again] = {
    "ALLIERAD": partial(_arriving, Allied.least),
    "ANHORIG": _relatives,
    "ATER": _home,
    "BELAGG": _occupancy,
    "ERBJUD": _offered,
    "ELEKT": _tomorrow,
    "FM": partial(_arriving, Forces.least),
    "INKOM": _received,
    "KO": _queue,
    "KOMMUN": _municipal,
    "LAGE": _level,
    "LUGN": _calm,
    "MASS": _event_told,
    "MEDIA": _media,
    "NEJ": _refused,
    "POLITIK": _politics,
    "SKULD": _debt,
    "STOD": _support,
    "TRSLUT": _no_transport,
    "UPPD": _event_told,
}
