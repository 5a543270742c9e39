"""Triggers of planned care: a decision about tomorrow, and what has been put off."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import numpy as np

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers.base import MAIL, PHONE, Moment, Wording, trigger
from nspl_sim.exercise.triggers.senders import HEAD_OF_SURGERY, NEWS_DESK
from nspl_sim.exercise.triggers.times import at_hour, share_free
from nspl_sim.measures.course import WARD
from nspl_sim.scenario.civil import Civil
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.text import Text, text

LONG_LINE = 5
"""So many in line for a ward are told too."""


def state_of_beds(line: Timeline, region: int, time_s: int) -> tuple[Text, tuple[Fact, ...]]:
    """Return what is free in intensive care and who waits, in words, and its facts."""
    free, staffed, waiting = (
        line.level(of, region, line.icu, time_s) for of in ("free", "staffed", "waiting")
    )
    if free.value:
        state = text(
            "Intensive care has {free} of {staffed}.", free=free.said("free_beds"), staffed=staffed.value
        )
    elif waiting.value:
        state = text(
            "Intensive care has no free bed; in line for one: {waiting}.", waiting=waiting.said("patients")
        )
    else:
        state = text("Intensive care has no free bed.")
    ward = line.course.kind_number(WARD)
    if not line.has(region, ward):
        return state, (free, staffed, waiting)
    queue = line.level("waiting", region, ward, time_s)
    if queue.value >= LONG_LINE:
        wards = text("In line for a ward: {queue}.", queue=queue.said("patients"))
        state = Text("{icu} {wards}", {"icu": state, "wards": wards})
    return state, (free, staffed, waiting, queue)


@trigger("ELEKT")
class Tomorrow:
    """Less than a tenth of the intensive care beds free at one o'clock, and planned care tomorrow."""

    title = text("Planned care")
    sender = HEAD_OF_SURGERY
    channel = PHONE
    kind = "inject"
    functions = ("elective",)
    weight = 7
    least = 5
    wording: ClassVar[Wording] = Wording(
        text("Planned care tomorrow"),
        text(
            "{caller} in {region} at {time}: {planned} are due tomorrow, {first} of them of the highest "
            "priority. {state} Which go ahead? I need a decision this afternoon."
        ),
        text(
            "Decide by priority, with reasons; name the beds and staff that are freed; tell the staff and "
            "the patients."
        ),
        text("Is the decision by medical priority, in time, and is it told when it is looked at again?"),
        text("{caller} says: without a decision everything goes ahead."),
    )
    damaged: ClassVar[Wording] = replace(
        wording,
        script=text(
            "{caller} in {region} at {time}: the hospital is damaged. {state} Due tomorrow: {planned}, "
            "{first} of them of the highest priority. Can any of it go ahead, and where? I need a decision "
            "this afternoon."
        ),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment a day for each region."""
        civil = Civil.of(line.course.scenario)
        for time_s in at_hour(line, 13):
            midnight = civil.second(civil.day(time_s), 0) + DAY
            for region in line.regions:
                if not line.has(region, line.icu):
                    continue
                at = np.array([time_s])
                free = line.free(region, line.icu, at)
                planned = line.planned("planned_due", region, midnight, midnight + DAY)
                if share_free(free, line.staffed(region, line.icu, at))[0] >= 0.1:
                    continue
                if planned.value < self.least:
                    continue
                first = line.planned("planned_first", region, midnight, midnight + DAY)
                put_off = line.postponed(region, midnight, midnight + DAY)
                answer = text("In the course {put_off} were postponed that day.", put_off=put_off.value)
                state, levels = state_of_beds(line, region, time_s)
                words = {"planned": planned.said("admissions"), "first": first.value, "state": state}
                wording = self.damaged if line.is_damaged(region, time_s) else None
                yield Moment(time_s, region, (*levels, planned, first, put_off), words, wording, answer)


@trigger("SKULD")
class Debt:
    """Planned admissions postponed since the start pass a limit; told at the next whole hour."""

    title = text("Postponed care")
    sender = NEWS_DESK
    channel = MAIL
    kind = "inject"
    functions = ("information",)
    weight = 4
    limits = (100, 300, 1000, 3000)
    wording: ClassVar[Wording] = Wording(
        text("Postponed care"),
        text(
            "{caller} at {time}: according to your own figures {postponed} have been postponed since "
            "the crisis began. How long until those who wait have had their care?"
        ),
        text("Give one figure and a plan, agreed between regions, without promises."),
        text("Is the same figure given by everybody, and is it clear what it counts?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region, and for the nation, and limit."""
        journal = line.course.journal
        rows = journal.where(Event.POSTPONED)
        rows = rows[journal.time_s[rows] >= 0]
        for region in (-1, *line.regions):
            times = journal.time_s[rows if region < 0 else rows[journal.region[rows] == region]]
            for limit in self.limits if region >= 0 else tuple(10 * one for one in self.limits):
                if len(times) < limit:
                    break
                time_s = -(-(int(times[limit - 1]) + 1) // HOUR) * HOUR
                postponed = line.postponed(region, 0, time_s)
                yield Moment(time_s, region, (postponed,), {"postponed": postponed.said("admissions")})
