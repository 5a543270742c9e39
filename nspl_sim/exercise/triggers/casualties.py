"""Triggers of those who come: mass-casualty events, the wounded, allies."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from nspl_sim.demand.rates import Window
from nspl_sim.exercise.course.happened import Casualties
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.course.words import Named
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers.base import MEETING, PHONE, Moment, Wording, trigger
from nspl_sim.exercise.triggers.senders import ALLIES, EMERGENCY, FORCES, ON_SITE, named
from nspl_sim.exercise.triggers.times import at_hour, office_plays, playing
from nspl_sim.scenario.streams import CombatStream, HostNationStream
from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE
from nspl_sim.vocabulary.text import text

RED, YELLOW, GREEN = (1,), (2,), (3, 4)
"""Urgencies of the colours that triage gives; the expectant are told in the form."""


class _OfAnEvent:
    """What both injects of a mass-casualty event share."""

    title = text("Mass-casualty event")
    sender = named("SOS Alarm")
    channel = PHONE
    kind = "inject"
    functions = ("command",)
    weight = 9
    by_alarm = True
    """Whether the region's alarm centre tells it."""

    def of(
        self, line: Timeline, roles: Roles, event: Casualties, number: int, time_s: int, region: int
    ) -> Moment:
        """Return the moment at *time_s* for *region* (-1: the office), with the numbers of the whole event.

        The alarm is that of the region, to the office that of the region of the event.
        """
        key = line.course.regions[event.region if region < 0 else region]
        alarm = roles.alarm.regions.get(key, roles.alarm.everywhere)
        facts = (
            line.injured(event, time_s),
            line.injured(event, time_s, RED),
            line.injured(event, time_s, YELLOW),
            line.injured(event, time_s, GREEN),
        )
        names = ("injured", "red", "yellow", "green")
        words: dict[str, Any] = {name: fact.value for name, fact in zip(names, facts, strict=True)}
        words["injured"] = facts[0].said("injured")
        return Moment(
            time_s,
            region,
            facts,
            words,
            sender=named(alarm) if self.by_alarm else None,
            attachment="methane",
            event=number,
        )


@trigger("MASS")
class MassCasualty(_OfAnEvent):
    """An event that hurts many has happened: told to its region, to those who will receive, the office."""

    wording: ClassVar[Wording] = Wording(
        text("Alarm: many injured"),
        text(
            "{caller} calls {region} at {time}. A suspected major incident has happened; first report by "
            "METHANE is attached. How many injured is not known yet. What is your first measure?"
        ),
        text("Confirm a major incident, alert the command, ask for a picture of beds and theatres."),
        text("Who is alerted, and within how many minutes? Is the level of preparedness considered?"),
        text("{caller} calls again: which hospitals receive the injured, and how many each?"),
    )

    to_office = 7
    """Weight of what the joint office is told."""
    neighbour: ClassVar[Wording] = Wording(
        text("Alarm: many injured in another region"),
        text(
            "{caller} calls {region} at {time}. A suspected major incident has happened in {scene}; first "
            "report by METHANE is attached. You may have to receive injured. How many can you take in the "
            "next hours, and whom do you tell?"
        ),
        text(
            "Alert the command, count theatres, beds and staff, give the number to the region of the event."
        ),
        text("How soon is a number given, by priority, and does it rest on staff and theatres?"),
        text("{caller} calls again: are you ready to receive, and at which hospital?"),
    )
    office: ClassVar[Wording] = Wording(
        text("For information: many injured"),
        text(
            "{caller} to the joint office at {time}, for information. A suspected major incident has "
            "happened in {scene}; first report by METHANE is attached. How many injured is not known yet. "
            "Whom do you call?"
        ),
        text("Enter it in the picture, call the region of the event, find out who can receive, offer help."),
        text("How soon does the office have a picture of the event and of free beds around it?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each event, one for each other player who will receive, and the office's.

        Ten minutes after the event; the others five minutes later, and the office another five.
        """
        home = line.course.demand.region
        for number, event in enumerate(line.casualties):
            time_s, scene = event.onset_s + 10 * MINUTE, {"scene": Named(event.region)}
            yield self.of(line, roles, event, number, time_s, event.region)
            for region in playing(line, roles):
                if region != event.region and (home[event.rows] == region).any():
                    told = self.of(line, roles, event, number, time_s + 5 * MINUTE, region)
                    yield replace(told, words={**told.words, **scene}, wording=self.neighbour)
            if office_plays(roles):
                told = self.of(line, roles, event, number, time_s + 10 * MINUTE, -1)
                told = replace(told, words={**told.words, **scene}, wording=self.office)
                yield replace(told, kind="information", weight=self.to_office)


@trigger("UPPD")
class Updated(_OfAnEvent):
    """The number of injured is known, an hour after the event."""

    sender = ON_SITE
    by_alarm = False

    wording: ClassVar[Wording] = Wording(
        text("New number of injured"),
        text(
            "{caller} at {time}: {injured} in all are taken to "
            "hospitals: red {red}, yellow {yellow}, green {green}. How do you share them out?"
        ),
        text("Share the injured between hospitals, ask neighbours, stop what can wait."),
        text("Does the sharing follow the numbers by priority, and is it told to those who receive?"),
        text("{caller} asks: where is the next ambulance to go, and who has been told?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield one moment for each event."""
        for number, event in enumerate(line.casualties):
            yield self.of(line, roles, event, number, event.onset_s + HOUR, event.region)


@trigger("INKOM")
class Received:
    """Ten injured or more have come to a region, two and four hours after the event."""

    title = text("Mass-casualty event")
    sender = EMERGENCY
    channel = PHONE
    kind = "inject"
    functions = ("care",)
    weight = 6
    least, after_h = 10, (2, 4)
    wording: ClassVar[Wording] = Wording(
        text("The injured come"),
        text(
            "{caller} in {region} at {time}: {arrived} have come since {since}, {red} of "
            "them red. What do you do with those who still come?"
        ),
        text("Share those who still come between hospitals, strengthen theatres, clear the department."),
        text("Is the picture kept up to date, and are decisions made before the department is full?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each event, region and hour."""
        civil = Window.of(line.course.scenario).civil
        for event in line.casualties:
            for hours in self.after_h:
                time_s = event.onset_s + hours * HOUR
                for region in line.regions:
                    came = line.received(event, region, time_s)
                    if came.value >= self.least:
                        red = line.received(event, region, time_s, RED)
                        words = {"arrived": came.said("injured"), "red": red.value}
                        words["since"] = f"{civil(event.onset_s):%H:%M}"
                        yield Moment(time_s, region, (came, red), words)


class _Arriving:
    """What injects of those who arrived since yesterday share."""

    channel = PHONE
    kind = "information"
    functions = ("care",)
    weight = 4
    least = 5
    hour = 8
    streams: tuple[type, ...] = ()
    group = ""

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield one moment a day for each region with at least so many."""
        scenario = line.course.scenario
        chosen = tuple(
            number
            for number, key in enumerate(line.course.demand.streams)
            if isinstance(scenario.streams[key], self.streams)
            and (not self.group or scenario.streams[key].group == self.group)
        )
        for time_s in at_hour(line, self.hour) if chosen else ():
            for region in line.regions:
                came = line.arrived(chosen, region, time_s - DAY, time_s)
                if came.value >= self.least:
                    yield Moment(time_s, region, (came,), {"wounded": came.said("wounded")})


@trigger("FM")
class Forces(_Arriving):
    """Wounded of the forces, counted each morning."""

    title = text("Wounded of the forces")
    sender = FORCES
    streams = (CombatStream,)
    wording: ClassVar[Wording] = Wording(
        text("Wounded in the last day"),
        text(
            "{caller} at {time}: in the last day {wounded} came to hospitals "
            "in {region}. How many can you receive in the next day?"
        ),
        text("Give a number with its assumptions, and say what has to be moved or put off."),
        text("Does the number rest on staffed beds, and is it agreed with the joint office?"),
        text("{caller} asks for the number in writing."),
    )


@trigger("ALLIERAD")
class Allied(_Arriving):
    """Allied patients, counted each morning."""

    title = text("Allied patients")
    sender = ALLIES
    channel = MEETING
    streams = (HostNationStream,)
    least = 1
    wording: ClassVar[Wording] = Wording(
        text("Allied patients"),
        text(
            "{caller} at {time}: in the last day {wounded} of ours came to hospitals in "
            "{region}. Who tells us how they are, and when can they go home?"
        ),
        text("Name a contact, check secrecy, begin to plan repatriation."),
        text("Is there one contact, and is care given by need alone?"),
    )
