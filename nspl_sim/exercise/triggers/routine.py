"""Triggers of routine: the daily report of intensive care, with those that are missing."""

from collections.abc import Iterator
from typing import ClassVar

from nspl_sim.exercise.roles import Roles
from nspl_sim.exercise.timeline import Timeline
from nspl_sim.exercise.triggers.base import REPORT, Moment, Wording, trigger
from nspl_sim.exercise.triggers.times import at_hour
from nspl_sim.exercise.words import Listed
from nspl_sim.vocabulary.text import text


@trigger("DYGN")
class Daily:
    """The report of intensive care in the shape of the Swedish registry, at fixed hours."""

    title = text("Daily report of intensive care")
    sender = text("registry of intensive care")
    channel = REPORT
    kind = "information"
    function = "command"
    weight = 7
    wording: ClassVar[Wording] = Wording(
        text("Situation report, intensive care"),
        text(
            "Situation report of intensive care at {time}, table attached. Missing in the report: {missing}. "
            "What do you conclude, and whom do you call?"
        ),
        text("Judge the whole, get the missing reports, say how old each figure is."),
        text("Does the picture say how old each figure is, and who is missing?"),
        text("A missing region calls and asks what is to be reported, and by when."),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment to the joint office at each hour of report."""
        absent = [*roles.reports.missing, *roles.reports.late]
        missing = Listed([line.course.regions.index(key) for key in sorted(set(absent))])
        for hour in sorted(set(roles.reports.hours)):
            for time_s in at_hour(line, hour):
                facts = (line.without_free(time_s),)
                yield Moment(time_s, -1, facts, {"missing": missing}, attachment="icu-report")
