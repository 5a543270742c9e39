"""Triggers of support between regions: asked for, refused, offered, received, and the way home."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import numpy as np

from nspl_sim.demand.rates import Window
from nspl_sim.exercise.course.counted import counted
from nspl_sim.exercise.course.people import in_line, named
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.course.words import Listed, Named
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers.base import PHONE, Moment, Wording, firings, trigger
from nspl_sim.exercise.triggers.senders import CONSULTANT, DIRECTOR, OFFICER, officer
from nspl_sim.exercise.triggers.times import playing, share_free, spaced
from nspl_sim.vocabulary.care import Answer, Event
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.text import Text, text

MOST_NAMED = 6
"""More regions than this are only counted."""


@trigger("STOD")
class Support:
    """Somebody has waited half an hour for intensive care that the region cannot give."""

    title = text("Support from other regions")
    sender = CONSULTANT
    channel = PHONE
    kind = "inject"
    functions = ("care",)
    weight = 8
    wording: ClassVar[Wording] = Wording(
        text("Intensive care is needed elsewhere"),
        text(
            "{caller} in {region} at {time}: {waiting} cannot have a bed "
            "here now. Whom do you ask, and what do you say?"
        ),
        text("Ask other regions with number, urgency and need of transport; tell the joint office."),
        text("How long until the first question, and until the first yes? Is one or are several asked?"),
        text("{caller} asks: where is the patient to go, and when does the transport leave?"),
    )
    again: ClassVar[Wording] = replace(
        wording,
        script=text(
            "{caller} in {region} at {time}: the line of {last} was cleared, but now {waiting} cannot have a "
            "bed here. Whom do you ask, and what do you say?"
        ),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region whose line does not go away; of a new one that it is new."""
        civil = Window.of(line.course.scenario).civil
        for region in line.regions:
            if not line.has(region, line.icu):
                continue
            queue, last_s = line.waiting(region, line.icu, line.quarters), -DAY
            for place in firings(queue >= 1, queue == 0, 2):
                time_s = int(line.quarters[place])
                told = self.told(line, region, time_s)
                if last_s >= line.from_s and time_s - last_s < DAY:
                    words = {**told.words, "last": f"{civil(last_s):%H:%M}"}
                    told = replace(told, words=words, wording=self.again)
                last_s = time_s
                yield told

    @staticmethod
    def told(line: Timeline, region: int, time_s: int) -> Moment:
        """Return who waits in *region*, and in the key who they are and what was done."""
        waiting = line.level("waiting", region, line.icu, time_s)
        asked = line.asked(region, time_s - HOUR, time_s + 6 * HOUR)
        answer = text(
            "In line: {who}. {done}",
            who=named(line, in_line(line, region, line.icu, time_s), time_s),
            done=what_was_done(line, region, time_s),
        )
        return Moment(
            time_s, region, (waiting, asked), {"waiting": waiting.said("icu_patients")}, answer=answer
        )


def what_was_done(line: Timeline, region: int, time_s: int) -> Text:
    """Return who was asked by *region* around *time_s*, and who received, in the course."""
    journal = line.course.journal
    near = (journal.time_s >= time_s - HOUR) & (journal.time_s < time_s + 6 * HOUR)
    near &= (journal.detail == region) & (journal.unit == line.icu)
    asked = np.unique(journal.region[near & (journal.event == Event.REQUESTED)]).tolist()
    placed = journal.region[near & (journal.event == Event.PLACED)].tolist()
    several = Text("{n}", {"n": counted(len(asked), "regions")}) if len(asked) > MOST_NAMED else Listed(asked)
    return text(
        "From an hour before to six hours after: asked {asked}; placed in {placed}.",
        asked=several,
        placed=Listed(placed),
    )


@trigger("NEJ")
class Refused:
    """Three simulated regions or more have said no to one region within two hours."""

    title = text("Support from other regions")
    sender = CONSULTANT
    channel = PHONE
    kind = "inject"
    functions = ("command",)
    weight = 6
    least = 3
    wording: ClassVar[Wording] = Wording(
        text("Others cannot receive"),
        text(
            "{caller} in {region} at {time}: we in intensive care have phoned around ourselves in the last "
            "two hours. No from {others}. Who else is to be asked, and who does it?"
        ),
        text("Tell what the staff has asked, widen the circle, bring it to the joint office."),
        text("Is the circle widened according to plan, or are the same regions asked again?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region, at most one in six hours."""
        told = line.answers
        no = np.isin(told.answer, (Answer.NO_BED, Answer.NO_QUOTA)) & (told.kind == line.icu)
        simulated = [r for r in line.regions if not roles.players or r not in playing(line, roles)]
        no &= np.isin(told.receiver, simulated)
        for region in line.regions:
            mine = no & (told.sender == region)
            if not mine.any():
                continue
            holds = np.zeros(len(line.quarters), dtype=bool)
            for i, time_s in enumerate(line.quarters.tolist()):
                recent = mine & (told.time_s >= time_s - 2 * HOUR) & (told.time_s < time_s)
                holds[i] = len(np.unique(told.receiver[recent])) >= self.least
            for time_s in spaced(line, holds, 6):
                recent = mine & (told.time_s >= time_s - 2 * HOUR) & (told.time_s < time_s)
                others = np.unique(told.receiver[recent]).tolist()[:MOST_NAMED]
                facts = tuple(line.said_no(other, time_s - 2 * HOUR, time_s) for other in others)
                yield Moment(time_s, region, facts, {"others": Listed(others)})


@trigger("ERBJUD")
class Offered:
    """Three regions without a free intensive care bed; a simulated one with most free offers its own."""

    title = text("Support from other regions")
    sender = OFFICER
    channel = PHONE
    kind = "inject"
    functions = ("command",)
    weight = 5
    wording: ClassVar[Wording] = Wording(
        text("Offer of beds"),
        text("{caller} at {time}: we have {free} in intensive care now. Are we to receive anybody?"),
        text("Take the offer into the picture, match it with those who wait, answer."),
        text("Does the offer reach those who need it, and how fast?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment to the joint office, at most one in a day."""
        able = [r for r in line.regions if line.has(r, line.icu)]
        others = [r for r in able if r not in playing(line, roles)]
        if not others:
            return
        free = np.array([line.free(r, line.icu, line.quarters) for r in able])
        holds = (free == 0).sum(axis=0) >= 3
        for time_s in spaced(line, holds, 24):
            left = [line.level("free", r, line.icu, time_s) for r in others]
            most = max(left, key=lambda fact: (fact.value, -fact.region))
            if most.value >= 2:
                words, offers = {"free": most.said("free_beds")}, officer(Named(most.region))
                yield Moment(time_s, -1, (most,), words, sender=offers)


@trigger("BESLUT")
class Receive:
    """The region receives others while nine tenths of its own intensive care beds are taken."""

    title = text("To receive others")
    sender = DIRECTOR
    channel = PHONE
    kind = "inject"
    functions = ("command",)
    weight = 6
    wording: ClassVar[Wording] = Wording(
        text("Are we to receive more?"),
        text(
            "{caller} in {region} at {time}: {occupied} of {staffed} are "
            "occupied. Are we to receive more patients from outside? Give a short reason."
        ),
        text("Decide with reasons: own need in the next day, need of others, what is agreed."),
        text("Is the region's own risk weighed against the others', and is the answer given in time?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region, at most one in twelve hours."""
        journal, last = line.course.journal, dict[int, int]()
        for row in line.times(Event.PLACED).tolist():
            region, time_s = int(journal.region[row]), int(journal.time_s[row])
            if journal.unit[row] != line.icu or time_s - last.get(region, -(2**40)) < 12 * HOUR:
                continue
            facts = tuple(line.level(of, region, line.icu, time_s - 1) for of in ("occupied", "staffed"))
            if facts[0].value >= 0.9 * facts[1].value > 0:
                last[region] = time_s
                words = {"occupied": facts[0].value, "staffed": facts[1].said("icu_beds")}
                sender = Named(int(journal.detail[row]))
                answer = text("At this moment it said yes to a patient of {sender}.", sender=sender)
                yield Moment(time_s, region, facts, words, answer=answer)


@trigger("ATER")
class Return:
    """A fifth of the intensive care beds free for half a day, and residents in beds elsewhere."""

    title = text("The way home")
    sender = CONSULTANT
    channel = PHONE
    kind = "inject"
    functions = ("transport",)
    weight = 4
    wording: ClassVar[Wording] = Wording(
        text("Residents in other regions"),
        text(
            "{caller} in {region} at {time}: we have {away} in intensive "
            "care elsewhere, and {free} here. Is anybody to be brought home, and who decides?"
        ),
        text("Weigh the risk of the journey against the others' need of the bed; agree and plan."),
        text("Who initiates the return, and is the risk of transport weighed?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region."""
        for region in line.regions:
            if not line.has(region, line.icu):
                continue
            staffed = line.staffed(region, line.icu, line.quarters)
            free = share_free(line.free(region, line.icu, line.quarters), staffed)
            for place in firings(free >= 0.2, free < 0.1, 48):
                time_s = int(line.quarters[place])
                away = line.away(region, line.icu, time_s)
                left = line.level("free", region, line.icu, time_s)
                if away.value:
                    words = {"away": away.said("patients"), "free": left.said("free_beds")}
                    yield Moment(time_s, region, (away, left), words)
