"""The trigger of supplies: a stock that is about to be gone."""

from collections.abc import Iterator
from typing import ClassVar

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers.base import PHONE, Moment, Wording, trigger
from nspl_sim.exercise.triggers.senders import HEAD_OF_SUPPLIES
from nspl_sim.measures.supplies import endurance_days
from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE
from nspl_sim.vocabulary.text import Text, text

AHEAD_S = 12 * HOUR


@trigger("FORSORJ")
class Supplies:
    """A region's stock of an item will be gone in half a day; told once."""

    title = text("Supplies")
    sender = HEAD_OF_SUPPLIES
    channel = PHONE
    kind = "inject"
    functions = ("command",)
    weight = 6
    wording: ClassVar[Wording] = Wording(
        text("A stock is running out"),
        text(
            "{caller} in {region} at {time}: {item} will last for half a day, with what comes "
            "in. What do you do, and whom do you ask?"
        ),
        text("Save and replace, ask other regions and the suppliers, decide what is to come first."),
        text("Is the use steered before the stock is gone, and is it told to those who give care?"),
        text("{caller} asks: which patients are to go without?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each item and region whose stock does not last."""
        course = line.course
        if not course.supplies:
            return
        lasts = endurance_days(course)
        for number, item in enumerate(course.supplies):
            for region in line.regions:
                days = float(lasts[number, region])
                if not days < course.horizon_days:
                    continue
                gone_s = int(days * DAY)
                time_s = (gone_s - AHEAD_S) // MINUTE * MINUTE
                fact = Fact("gone_hour", gone_s // HOUR, time_s, region, -1, 0, (number,))
                words = {"item": Text(course.scenario.supplies[item].title or item)}
                yield Moment(time_s, region, (fact,), words)
