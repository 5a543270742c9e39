"""Triggers at fixed times: reports of intensive care and of regions, late ones, and the staff's briefings."""

from collections.abc import Iterator
from typing import ClassVar

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.course.words import Listed
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers.base import MAIL, MEETING, REPORT, Moment, Wording, trigger
from nspl_sim.exercise.triggers.promises import promised, whose, with_promises
from nspl_sim.exercise.triggers.senders import CONTROL, REGISTRY, REPORTER_OF_BEDS
from nspl_sim.exercise.triggers.times import at_hour, office_plays, playing
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.text import Text, text

FIXED = ("DYGN", "GENOMG", "RAPPORT")
"""Codes whose injects have their times from the roles: no limit drops them."""


def absent(line: Timeline, roles: Roles, time_s: int) -> list[int]:
    """Return the regions without a report at *time_s*: by the roles, or because computers are out."""
    named = {line.course.regions.index(key) for key in (*roles.reports.missing, *roles.reports.late)}
    return sorted(named.union(line.silent(time_s)))


def belated(line: Timeline, roles: Roles, time_s: int) -> list[int]:
    """Return those of them whose report comes an hour after *time_s*."""
    late = {line.course.regions.index(key) for key in roles.reports.late}
    return sorted(late.difference(line.silent(time_s + HOUR)))


@trigger("DYGN")
class Daily:
    """The report of intensive care in the shape of the Swedish registry, at fixed hours; late ones after."""

    title = text("Daily report of intensive care")
    sender = REGISTRY
    channel = REPORT
    kind = "information"
    functions = ("command",)
    weight = 7
    wording: ClassVar[Wording] = Wording(
        text("Situation report, intensive care {time}"),
        text(
            "Situation report of intensive care at {time}, table attached. Missing in the report: {missing}. "
            "What do you conclude, and whom do you call?"
        ),
        text("Judge the whole, get the missing reports, say how old each figure is."),
        text("Does the picture say how old each figure is, and who is missing?"),
        text("{caller} asks: who gets the missing reports, and by when?"),
    )
    whole: ClassVar[Wording] = Wording(
        wording.subject,
        text(
            "Situation report of intensive care at {time}, table attached. Every region has reported. What "
            "do you conclude, and whom do you call?"
        ),
        text("Judge the whole and the next day, say how old each figure is, call those who are pressed."),
        text("Does the picture say how old each figure is, and is the next day judged?"),
    )
    late: ClassVar[Wording] = Wording(
        text("Late situation report"),
        text(
            "Late situation report at {time} from {late}, table attached. The figures are those of {hour}. "
            "What does it change in your picture?"
        ),
        text("Add the late figures with their time, and judge the whole anew."),
        text("Is it seen that the late figures are older than the picture that they are put into?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment to the joint office at each hour of report, and an hour later for late ones."""
        for hour in sorted(set(roles.reports.hours)):
            for time_s in at_hour(line, hour):
                facts, missing = (line.without_free(time_s),), Listed(absent(line, roles, time_s))
                wording = self.wording if missing.regions else self.whole
                yield Moment(time_s, -1, facts, {"missing": missing}, wording, attachment="icu-report")
                late = Listed(belated(line, roles, time_s))
                if late.regions:
                    words = {"late": late, "hour": f"{hour:02}:00"}
                    yield Moment(time_s + HOUR, -1, facts, words, self.late, attachment="icu-late")


@trigger("RAPPORT")
class Regional:
    """A region that plays has its own figures at the hours of report, and is to report to the office."""

    title = text("Situation report of the region")
    sender = REPORTER_OF_BEDS
    channel = MAIL
    kind = "information"
    functions = ("command",)
    weight = 2
    wording: ClassVar[Wording] = Wording(
        text("Figures for your situation report {time}"),
        text(
            "{caller} in {region} at {time}: the region's figures are attached{promised}. The joint office "
            "wants the situation report: the situation, decisions, needs and the next day. What does the "
            "office have to know that is not in the table?"
        ),
        text("Send a situation report with figures, their time, needs and a judgement of the next day."),
        text("Does the report come in time, and are needs said in number, urgency and until when?"),
        text("{caller} asks: has the report been sent, and to whom?"),
    )
    alone: ClassVar[Wording] = Wording(
        wording.subject,
        text(
            "{caller} in {region} at {time}: the region's figures are attached{promised}. It is time for the "
            "situation report: the situation, decisions, needs and the next day. What do others have to know "
            "that is not in the table?"
        ),
        wording.expected,
        wording.question,
        wording.contingency,
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region that plays, at each hour of report."""
        office = office_plays(roles)
        for hour in sorted(set(roles.reports.hours)):
            for time_s in at_hour(line, hour):
                for region in playing(line, roles):
                    wording, facts = self.wording if office else self.alone, promised(line, region, time_s)
                    moment = Moment(
                        time_s,
                        region,
                        _own(line, region, time_s),
                        {"promised": _on_the_way(line, region, time_s, facts)},
                        wording,
                        attachment="region-report",
                    )
                    yield with_promises(moment, facts)


@trigger("GENOMG")
class Briefing:
    """The staff briefs, at the times in the room that the roles name."""

    title = text("Briefings")
    sender = CONTROL
    channel = MEETING
    kind = "briefing"
    functions = ("command",)
    weight = 1
    wording: ClassVar[Wording] = Wording(
        text("Briefing"),
        text(
            "Briefing of the staff now, ten minutes at most: the situation, decisions made, needs, and how "
            "you judge the next day. Which question is the most important one?"
        ),
        text("Situation, decisions, needs, judgement; who does what until when; time of the next briefing."),
        text("Is known told apart from judged, and does each decision have a name and a time?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for the joint office and for each region that plays, at each time."""
        for time_s in line.briefings:
            yield Moment(time_s, -1, (line.without_free(time_s),))
            for region in playing(line, roles):
                yield Moment(time_s, region, _own(line, region, time_s))


def _on_the_way(line: Timeline, region: int, time_s: int, facts: tuple[Fact, ...]) -> Text:
    """Return what of a region's report is promised, and to whom; nothing where nothing is."""
    if not facts:
        return Text("")
    beds = line.level("promised", region, line.icu, time_s).said("icu_beds")
    return text(", with {beds} promised to those on their way from {whose}", beds=beds, whose=whose(facts))


def _own(line: Timeline, region: int, time_s: int) -> tuple[Fact, ...]:
    """Return what stands first in a region's report."""
    if not line.has(region, line.icu):
        return (line.ready(region, time_s),)
    levels = ("occupied", "staffed", "waiting", "promised")
    return tuple(line.level(of, region, line.icu, time_s) for of in levels)
