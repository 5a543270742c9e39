"""Triggers of beds: hardly any free, none, a line, one bed for several, calm again."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import numpy as np

from nspl_sim.exercise.course.people import in_line, named
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers.base import MAIL, PHONE, Moment, Wording, firings, trigger
from nspl_sim.exercise.triggers.promises import promised, with_promises
from nspl_sim.exercise.triggers.senders import BED_COORDINATOR, CONSULTANT, DISCHARGES, LOCAL_COMMAND
from nspl_sim.exercise.triggers.times import at_hour, share_free
from nspl_sim.measures.course import WARD
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.text import text

TWO_HOURS, HALF_DAY = 8, 48
"""In quarters of an hour."""


def icu_moment(line: Timeline, region: int, time_s: int) -> Moment:
    """Return the moment with the numbers of an intensive care unit."""
    facts = tuple(
        line.level(of, region, line.icu, time_s) for of in ("occupied", "staffed", "waiting", "promised")
    )
    words = {
        "occupied": facts[0].value,
        "patients": facts[0].said("patients"),
        "staffed": facts[1].said("icu_beds"),
        "waiting": facts[2].said("patients") if facts[2].value else text("nobody"),
        "promised": facts[3].said("icu_beds"),
    }
    return Moment(time_s, region, facts, words)


@trigger("BELAGG")
class Occupancy:
    """Free intensive care beds under 20, 10 or 0 per cent for two hours; anew when they have been above."""

    title = text("Occupancy of intensive care")
    sender = CONSULTANT
    channel = PHONE
    kind = "inject"
    functions = ("care",)
    weight = 6
    limits = (0.2, 0.1, 0.0)
    wording: ClassVar[Wording] = Wording(
        text("Few free intensive care beds"),
        text(
            "{caller} in {region} at {time}: {occupied} of {staffed} are "
            "occupied. How do you judge the next day?"
        ),
        text("Judge the next day, decide on surge beds and on planned care, tell the joint office."),
        text("Is the next day judged, and not only the present number?"),
        text("{caller} asks again: what are we to prepare until tomorrow?"),
    )
    on_the_way: ClassVar[Wording] = replace(
        wording,
        script=text(
            "{caller} in {region} at {time}: {occupied} of {staffed} are "
            "occupied, and {promised} promised to those on their way from {whose}. How do you judge the next "
            "day?"
        ),
    )
    full: ClassVar[Wording] = Wording(
        text("No free intensive care bed"),
        text(
            "{caller} in {region} at {time}: every staffed bed is taken: "
            "{patients} in {staffed}. In line: {waiting}. What do you do first?"
        ),
        text("Open surge beds, ask other regions, decide who is moved, stop planned care that needs a bed."),
        text("Is support asked for in time, and with number, urgency and need of transport?"),
        text("{caller} asks again: may we open more beds, and are we to ask other regions?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region and limit."""
        for region in line.regions:
            if not line.has(region, line.icu):
                continue
            staffed = line.staffed(region, line.icu, line.quarters)
            free = share_free(line.free(region, line.icu, line.quarters), staffed)
            for limit in self.limits:
                holds = free <= 0 if limit == 0 else (free < limit) & (free >= limit / 2)
                for place in firings(holds, free >= limit + 0.1, TWO_HOURS):
                    told = self.told(line, region, int(line.quarters[place]))
                    if not (limit and told.wording is self.full):
                        yield told

    @classmethod
    def told(cls, line: Timeline, region: int, time_s: int) -> Moment:
        """Return what is told of *region* at *time_s*: full, or few with what is promised to whom."""
        moment = icu_moment(line, region, time_s)
        if moment.facts[0].value >= moment.facts[1].value:
            return replace(moment, wording=cls.full)
        facts = promised(line, region, time_s)
        return replace(with_promises(moment, facts), wording=cls.on_the_way if facts else cls.wording)


@trigger("LAGE")
class Level:
    """No free intensive care bed and two or more in line for two hours: levels are usually considered."""

    title = text("Level of preparedness")
    sender = LOCAL_COMMAND
    channel = PHONE
    kind = "inject"
    functions = ("command",)
    weight = 8
    wording: ClassVar[Wording] = Wording(
        text("Which level of preparedness?"),
        text(
            "{caller} in {region} at {time}: needs exceed ordinary resources. In "
            "line for intensive care: {waiting}. Should the region change its level of preparedness? We need "
            "to know within half an hour."
        ),
        text("Consider the level with reasons, decide or decline, and tell those concerned."),
        text("Are the official definitions used: some, or all, important functions strengthened?"),
        text("{caller} asks: who has the right to decide, and when does the decision come?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region that is so pressed."""
        for region in line.regions:
            if line.has(region, line.icu):
                queue = line.waiting(region, line.icu, line.quarters)
                free = line.free(region, line.icu, line.quarters)
                for place in firings((queue >= 2) & (free == 0), queue == 0, TWO_HOURS):
                    yield icu_moment(line, region, int(line.quarters[place]))


@trigger("KO")
class Queue:
    """Five or more in line for a ward, the first of them for four hours; anew when nobody was."""

    title = text("Line for ward beds")
    sender = BED_COORDINATOR
    channel = PHONE
    kind = "inject"
    functions = ("care",)
    weight = 5
    least, least_h = 5, 4
    wording: ClassVar[Wording] = Wording(
        text("Patients wait for a ward bed"),
        text(
            "{caller} in {region} at {time}: {waiting} wait for a ward bed, the longest for "
            "{longest}. What has priority?"
        ),
        text("Set priorities between hospitals, speed discharges, put off planned admissions."),
        text("Is the whole region's picture used, and the municipality spoken with?"),
        text("{caller} asks again: who is to be moved first, and where to?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region with such a line."""
        ward = line.course.kind_number(WARD)
        for region in line.regions:
            if not line.has(region, ward):
                continue
            queue = line.waiting(region, ward, line.quarters)
            for place in firings(queue >= self.least, queue == 0, 0):
                yield from self._first_long(line, region, ward, place)

    def _first_long(self, line: Timeline, region: int, ward: int, place: int) -> Iterator[Moment]:
        """Yield the first moment from *place* on at which one has waited long, if the line lasts."""
        for time_s in line.quarters[place:].tolist():
            waiting = line.level("waiting", region, ward, time_s)
            if waiting.value < self.least:
                return
            longest = line.longest_wait_h(region, ward, time_s)
            if longest.value >= self.least_h:
                words = {"waiting": waiting.said("patients"), "longest": longest.said("hours")}
                yield Moment(time_s, region, (waiting, longest), words)
                return


@trigger("PRIO")
class OneBed:
    """An intensive care bed is taken from a line of two or more: who was to have it?"""

    title = text("Two patients, one bed")
    sender = CONSULTANT
    channel = PHONE
    kind = "inject"
    functions = ("care",)
    weight = 7
    every_h = 12
    wording: ClassVar[Wording] = Wording(
        text("One bed, several patients"),
        text(
            "{caller} in {region} at {time}: one bed is free now. In line "
            "for it: {waiting}. Who is to have it, and on what grounds?"
        ),
        text("Decide by need and expected benefit, with the reasons written down."),
        text("Are the grounds medical, told to those concerned, and documented?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment a half-day for each region."""
        journal, last = line.course.journal, dict[int, int]()
        for row in line.times(Event.ADMITTED).tolist():
            region, time_s = int(journal.region[row]), int(journal.time_s[row])
            if journal.unit[row] != line.icu or time_s - last.get(region, -(2**40)) < self.every_h * HOUR:
                continue
            waiting = line.level("waiting", region, line.icu, time_s - 1)
            if waiting.value < 2:
                continue
            needs, patient = in_line(line, region, line.icu, time_s - 1), int(journal.patient[row])
            mine = [need for need in needs if line.course.needs.patient[need] == patient]
            if mine:
                last[region] = time_s
                answer = text(
                    "In line: {who}. In the course the bed went to {one}.",
                    who=named(line, needs, time_s - 1),
                    one=named(line, mine, time_s - 1),
                )
                yield Moment(time_s, region, (waiting,), {"waiting": waiting.said("patients")}, answer=answer)


@trigger("LUGN")
class Calm:
    """A fifth of the intensive care beds free for half a day, after a time with less than a tenth."""

    title = text("Calm again")
    sender = CONSULTANT
    channel = MAIL
    kind = "inject"
    functions = ("command",)
    weight = 3
    wording: ClassVar[Wording] = Wording(
        text("Free beds"),
        text(
            "{caller} in {region} at {time}: {occupied} of {staffed} are "
            "occupied, and it has been calm for half a day. Can the level of preparedness be lowered? What "
            "comes first?"
        ),
        text("Plan the return: level of preparedness, planned care, help to others."),
        text("Is the return planned with reasons, and not only awaited?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region that has become calm."""
        for region in line.regions:
            if not line.has(region, line.icu):
                continue
            staffed = line.staffed(region, line.icu, line.quarters)
            free = share_free(line.free(region, line.icu, line.quarters), staffed)
            pressed = np.maximum.accumulate(free < 0.1)
            for place in firings((free >= 0.2) & pressed, free < 0.1, HALF_DAY):
                yield icu_moment(line, region, int(line.quarters[place]))


@trigger("KOMMUN")
class Municipal:
    """Ten or more are ready for discharge and wait for the municipality, at ten in the morning."""

    title = text("Ready for discharge")
    sender = DISCHARGES
    channel = MAIL
    kind = "inject"
    functions = ("care",)
    weight = 4
    least = 10
    wording: ClassVar[Wording] = Wording(
        text("Ready for discharge, not received"),
        text(
            "{caller} in {region} at {time}: {ready} are ready for discharge and wait to be "
            "received by their municipality. Whom do you speak with, and what do you ask for?"
        ),
        text("Speak with the municipalities, agree on numbers and times."),
        text("Is the agreement in numbers, and followed up?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment a day for each region."""
        for time_s in at_hour(line, 10):
            for region in line.regions:
                ready = line.ready(region, time_s)
                if ready.value >= self.least:
                    yield Moment(time_s, region, (ready,), {"ready": ready.said("patients")})
