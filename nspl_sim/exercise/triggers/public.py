"""Triggers of those outside: the media, politicians, relatives. Deaths only as totals from five up."""

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from nspl_sim.exercise.roles import Roles
from nspl_sim.exercise.timeline import Timeline
from nspl_sim.exercise.triggers.base import PHONE, Moment, Wording, firings, trigger
from nspl_sim.exercise.triggers.times import at_hour
from nspl_sim.exercise.words import Named
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.text import text

LEAST_DEATHS = 5


@trigger("MEDIA")
class Media:
    """The media ask: of a region without a free bed for four hours, of the nation when many have died."""

    title = text("The media")
    sender = text("reporter")
    channel = PHONE
    kind = "media"
    function = "information"
    weight = 5
    limits = (LEAST_DEATHS, 20, 50, 100, 200, 500)
    wording: ClassVar[Wording] = Wording(
        text("The media call"),
        text(
            "A reporter at {time}: we hear that intensive care in {region} is full. Does whoever falls "
            "severely ill now get a bed? We broadcast in ten minutes."
        ),
        text("Answer what is known, say what is done, refer to one spokesperson; no numbers of individuals."),
        text("Is the answer true, calm and the same as others give?"),
        text("The reporter says that the news goes out without your answer."),
    )
    deaths: ClassVar[Wording] = Wording(
        text("The media call about deaths"),
        text(
            "A reporter at {time}: is it true that {died} people have died before they got a bed, or on the "
            "way? Who answers for it?"
        ),
        text("One spokesperson; confirm only what is certain; no single patients, no single units."),
        text("Is the answer agreed between regions, and is secrecy kept?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield moments for regions, and for the joint office at each limit."""
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
    """The chair asks at four in the afternoon: three residents or more in intensive care elsewhere."""

    title = text("Politics")
    sender = text("chair of the regional executive board")
    channel = PHONE
    kind = "inject"
    function = "information"
    weight = 4
    least = 3
    wording: ClassVar[Wording] = Wording(
        text("The chair asks"),
        text(
            "The chair of the regional executive board of {region} at {time}: how many of our own residents "
            "are in intensive care in other regions, and why? I need one figure before the meeting."
        ),
        text("Give one figure with its time, and say what it does not say."),
        text("Is the figure right, and does it have a time?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment a day for each region with so many residents elsewhere."""
        for time_s in at_hour(line, 16):
            for region in line.regions:
                away = line.away(region, line.icu, time_s) if line.has(region, line.icu) else None
                if away and away.value >= self.least:
                    answer = text("The right figure is {away}.", away=away.value)
                    yield Moment(time_s, region, (away,), answer=answer)


@trigger("ANHORIG")
class Relatives:
    """A relative calls six hours after an intensive care patient was moved away."""

    title = text("Relatives")
    sender = text("relative")
    channel = PHONE
    kind = "inject"
    function = "information"
    weight = 3
    wording: ClassVar[Wording] = Wording(
        text("A relative calls"),
        text(
            "A relative calls {region} at {time}: my father was in intensive care with you earlier and "
            "is not there now. Where is he, and who decided it?"
        ),
        text("Identify the caller, keep secrecy, give one number to call; tell who informs relatives."),
        text("Is it decided who informs relatives when a patient is moved?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield one moment for each region, after the first such trip that is played."""
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
