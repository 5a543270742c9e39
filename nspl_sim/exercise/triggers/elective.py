"""Triggers of planned care: a decision about tomorrow, and what has been put off."""

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from nspl_sim.exercise.roles import Roles
from nspl_sim.exercise.timeline import Timeline
from nspl_sim.exercise.triggers.base import MAIL, PHONE, Moment, Wording, trigger
from nspl_sim.exercise.triggers.times import at_hour, share_free
from nspl_sim.scenario.civil import Civil
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.text import text


@trigger("ELEKT")
class Tomorrow:
    """Less than a tenth of the intensive care beds free at one o'clock, and planned care tomorrow."""

    title = text("Planned care")
    sender = text("head of surgery")
    channel = PHONE
    kind = "inject"
    function = "elective"
    weight = 7
    least = 5
    wording: ClassVar[Wording] = Wording(
        text("Planned care tomorrow"),
        text(
            "The head of surgery in {region} at {time}: {planned} are due tomorrow, {first} of them of the "
            "highest priority. Intensive care is nearly full. Which go ahead? I need a decision this "
            "afternoon."
        ),
        text("Decide by priority, with reasons; name the beds and staff that are freed; tell the patients."),
        text("Is the decision by medical priority, in time, and is it told when it is looked at again?"),
        text("The head of surgery says: without a decision everything goes ahead."),
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
                words = {"planned": planned.said("admissions"), "first": first.value}
                yield Moment(time_s, region, (planned, first, put_off), words, answer=answer)


@trigger("SKULD")
class Debt:
    """Planned admissions postponed since the start pass a limit; told at the next whole hour."""

    title = text("Postponed care")
    sender = text("news desk")
    channel = MAIL
    kind = "inject"
    function = "information"
    weight = 4
    limits = (100, 300, 1000, 3000)
    wording: ClassVar[Wording] = Wording(
        text("Postponed care"),
        text(
            "The news desk at {time}: according to your own figures {postponed} have been postponed since "
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
