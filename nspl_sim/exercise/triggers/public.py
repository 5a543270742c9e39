"""Triggers of those outside: the media, politicians, relatives. Deaths only as totals from five up."""

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from nspl_sim.demand.rates import Window
from nspl_sim.exercise.course.happened import Casualties
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.course.words import Named
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers.base import PHONE, Moment, Wording, firings, trigger
from nspl_sim.exercise.triggers.senders import CHAIR, RELATIVE, REPORTER
from nspl_sim.exercise.triggers.times import at_hour, last_report
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import HOUR, MINUTE
from nspl_sim.vocabulary.text import text

LEAST_DEATHS = 5


@trigger("MEDIA")
class Media:
    """The media ask: after an event that hurts many, of a region long without a free bed, of many dead."""

    title = text("The media")
    sender = REPORTER
    channel = PHONE
    kind = "media"
    functions = ("information",)
    weight = 5
    limits = (LEAST_DEATHS, 20, 50, 100, 200, 500)
    wording: ClassVar[Wording] = Wording(
        text("The media call"),
        text(
            "{caller} at {time}: we hear that intensive care in {region} is full. Does whoever falls "
            "severely ill now get a bed? We broadcast in ten minutes."
        ),
        text("Answer what is known, say what is done, refer to one spokesperson; no numbers of individuals."),
        text("Is the answer true, calm and the same as others give?"),
        text("{caller} says: the news goes out without your answer."),
    )
    deaths: ClassVar[Wording] = Wording(
        text("The media call about deaths"),
        text(
            "{caller} at {time}: is it true that {died} people have died before they got a bed, or on the "
            "way? Who answers for it?"
        ),
        text("One spokesperson; confirm only what is certain; no single patients, no single units."),
        text("Is the answer agreed between regions, and is secrecy kept?"),
    )

    after_minutes, after_event = 90, 8
    event: ClassVar[Wording] = Wording(
        text("The media call about the event"),
        text(
            "{caller} at {time}: we hear of {injured} in the event. Do you confirm it, and where do "
            "relatives turn? We broadcast in ten minutes."
        ),
        text(
            "Answer what is confirmed with its time, give a number for relatives, refer to one spokesperson."
        ),
        text("Is the figure the same as in the picture of the situation, and the same as others give?"),
        text("{caller} says: the news goes out without your answer."),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield moments for regions, for events, and for the joint office at each limit of deaths."""
        for one in line.casualties:
            time_s = one.onset_s + self.after_minutes * MINUTE
            hurt = line.injured(one, time_s)
            words = {"injured": hurt.said("injured")}
            yield Moment(time_s, one.region, (hurt,), words, self.event, weight=self.after_event)
        for region in line.regions:
            if line.has(region, line.icu):
                free = line.free(region, line.icu, line.quarters)
                queue = line.waiting(region, line.icu, line.quarters)
                for place in firings((free == 0) & (queue >= 2), queue == 0, 16):
                    time_s = int(line.quarters[place])
                    yield Moment(time_s, region, (line.level("waiting", region, line.icu, time_s),))
        journal = line.course.journal
        dead = np.isin(journal.event, (Event.DIED_WAITING, Event.DIED_ON_THE_WAY)) & (journal.time_s >= 0)
        times = journal.time_s[dead]
        for limit in self.limits:
            if len(times) >= limit:
                died = line.died(-(-(int(times[limit - 1]) + 1) // HOUR) * HOUR)
                yield Moment(died.time_s, -1, (died,), {"died": died.value}, self.deaths)


@trigger("POLITIK")
class Politics:
    """The chair asks: three hours after an event that hurts many; at four, if three residents are away."""

    title = text("Politics")
    sender = CHAIR
    channel = PHONE
    kind = "inject"
    functions = ("information",)
    weight = 4
    least = 3
    wording: ClassVar[Wording] = Wording(
        text("The chair asks"),
        text(
            "{caller} in {region} at {time}: how many of our own residents "
            "are in intensive care in other regions, and why? I need one figure before the meeting."
        ),
        text("Give one figure with its time, and say what it does not say."),
        text("Is the figure right, and does it have a time?"),
    )

    after_h = 3
    event: ClassVar[Wording] = Wording(
        text("The chair asks about the event"),
        text(
            "{caller} in {region} at {time}: I meet the press in half an "
            "hour. How many injured have come to our own hospitals, and do we manage?"
        ),
        text("Give one figure with its time, say what is done, and what is not known yet."),
        text("Is the figure right, does it have a time, and is it the one that the media get?"),
        text("{caller} says: the meeting with the press begins now."),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each event, and one a day for each region with so many residents elsewhere."""
        for one in line.casualties:
            yield self.of_event(line, one, one.onset_s + self.after_h * HOUR)
        for time_s in at_hour(line, 16):
            for region in line.regions:
                told = self.of_residents(line, roles, region, time_s)
                if told:
                    yield told

    @classmethod
    def of_event(cls, line: Timeline, event: Casualties, time_s: int) -> Moment:
        """Return the question about *event*."""
        came = line.received(event, event.region, time_s)
        right = text("Right is {n}; an older figure is right too if its hour is said.", n=came.value)
        return Moment(time_s, event.region, (came,), {}, cls.event, right=right)

    @classmethod
    def of_residents(cls, line: Timeline, roles: Roles, region: int, time_s: int) -> Moment | None:
        """Return the question about residents elsewhere; right is also what the region's last report says."""
        away = line.away(region, line.icu, time_s) if line.has(region, line.icu) else None
        if away is None or away.value < cls.least:
            return None
        right, civil = text("Right is {n}.", n=away.value), Window.of(line.course.scenario).civil
        reported_s = last_report(line, roles, region, time_s)
        if reported_s is None:
            return Moment(time_s, region, (away,), right=right)
        told = line.away(region, line.icu, reported_s)
        if told.value != away.value:
            right = text(
                "Right is {n}; right too is {told}, as the region's own report of {hour} says, if the "
                "hour is said.",
                n=away.value,
                told=told.value,
                hour=f"{civil(reported_s):%H:%M}",
            )
        return Moment(time_s, region, (away, told), right=right)


@trigger("ANHORIG")
class Relatives:
    """A relative calls: two hours after an event that hurts many; six after a patient was moved away."""

    title = text("Relatives")
    sender = RELATIVE
    channel = PHONE
    kind = "inject"
    functions = ("information",)
    weight = 3
    wording: ClassVar[Wording] = Wording(
        text("A relative calls"),
        text(
            "{caller} calls {region} at {time}: my father was in intensive care with you earlier and "
            "is not there now. Where is he, and who decided it?"
        ),
        text("Identify the caller, keep secrecy, give one number to call; tell who informs relatives."),
        text("Is it decided who informs relatives when a patient is moved?"),
    )

    after_h = 2
    event: ClassVar[Wording] = Wording(
        text("A relative looks for an injured person"),
        text(
            "{caller} calls {region} at {time}: my daughter was there when it happened and does not "
            "answer. Is she with you, and whom do I call?"
        ),
        text("Identify the caller, keep secrecy, give one number to call; register who is looked for."),
        text("Is there one number for relatives, and do those who answer know what may be said?"),
        text("{caller} calls again: the emergency department sent me back to you."),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each event, and one for each region after the first trip that is played."""
        for one in line.casualties:
            time_s = one.onset_s + self.after_h * HOUR
            yield Moment(time_s, one.region, (line.injured(one, time_s),), {}, self.event)
        trips = line.course.all_trips
        gone = trips.only((trips.kind == line.icu) & (trips.departed_s >= line.from_s))
        for region in line.regions:
            mine = np.flatnonzero(gone.region == region)
            if not len(mine):
                continue
            first = mine[gone.departed_s[mine].argmin()]
            time_s = int(gone.departed_s[first]) + 6 * HOUR
            if time_s < line.to_s:
                receiver = Named(int(gone.receiver[first]))
                answer = text("In the course the first was moved to {receiver}.", receiver=receiver)
                yield Moment(time_s, region, (line.away(region, line.icu, time_s),), answer=answer)
