"""When something happens in a course: what a leader chooses the hour by at which an exercise begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from nspl_sim.demand.rates import Window
from nspl_sim.demand.sample import sample
from nspl_sim.exercise.course.happened import casualties
from nspl_sim.exercise.course.words import Words, in_one_language
from nspl_sim.experiment.batch import Batch
from nspl_sim.measures.course import ICU, Course
from nspl_sim.measures.profile import EVERY_S
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import NEVER, UNLIMITED
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.disruptions import What
from nspl_sim.vocabulary.patients import Demand, Ints
from nspl_sim.vocabulary.text import Text, text

BEFORE = timedelta(hours=1)
"""So long before an event an exercise may begin; at least, for it begins at a whole hour."""
AT_HOUR = 8
"""Without an event it may begin at this hour of the heaviest day."""
MOST_TOLD = 12
"""So many events, and so many regions, are named; all are counted."""
MOST_NAMED = 8
"""So many regions of a disruption."""


@dataclass(frozen=True)
class Struck:
    """An event that hurts many."""

    when: datetime
    hurt: int
    region: int
    """Where most of them come."""
    stream: str
    """Key of the scenario's stream."""


@dataclass(frozen=True)
class Troubled:
    """A disruption of the scenario, as it was drawn: an outage, staff who are called up, a hospital hit."""

    name: str
    """Key of the scenario's disruption."""
    begins: datetime
    ends: datetime | None
    """None: as long as the scenario."""
    regions: tuple[int, ...]
    """None of them where it is the joint office's."""


@dataclass(frozen=True)
class Full:
    """A region whose intensive care has no free bed, looked at every six hours."""

    region: int
    first: datetime
    looks: int
    """How often it is so."""


def _troubles(scenario: Scenario, demand: Demand, window: Window) -> Iterator[Troubled]:
    """Yield each disruption of each time at which it begins, with all regions that it hits then."""
    names, rows = sorted(scenario.disruptions), demand.disruptions
    for from_s, number in dict.fromkeys((one.from_s, one.name) for one in rows):
        mine = [one for one in rows if (one.from_s, one.name) == (from_s, number)]
        to_s = max((one.to_s for one in mine if one.what != What.MORTALITY), default=NEVER)
        ends = None if to_s >= NEVER else window.civil(to_s)
        regions = tuple(sorted({one.region for one in mine if one.region >= 0}))
        yield Troubled(names[number], window.civil(from_s), ends, regions)


@dataclass(frozen=True)
class Occasions:
    """A course's events and its heaviest hours, in the scenario's civil time."""

    events: tuple[Struck, ...]
    """In order of time."""
    troubles: tuple[Troubled, ...]
    """In order of time."""
    full: tuple[Full, ...]
    """Those that are full, in order of the first time."""
    heaviest: datetime | None
    """When most are in intensive care, looked at every six hours; None where there is none."""
    start: datetime

    @classmethod
    def of(cls, batch: Batch, point: int, replication: int) -> "Occasions":
        """Return those of *replication*, whose patients are drawn anew; its census is the batch's."""
        scenario = batch.points[point].scenario
        census = staffed = None
        if ICU in scenario.kinds:
            levels, row = batch.levels(point, ICU), batch.replications.index(replication)
            census, staffed = levels.census[row], levels.staffed[row]
        return cls._of(scenario, sample(scenario, replication), census, staffed)

    @classmethod
    def of_course(cls, course: Course) -> "Occasions":
        """Return those of a course that has been run."""
        census = staffed = None
        if ICU in course.kinds:
            census, staffed = course.census(ICU, EVERY_S), course.staffed(ICU, EVERY_S)
        return cls._of(course.scenario, course.demand, census, staffed)

    @classmethod
    def _of(
        cls, scenario: Scenario, demand: Demand, census: Ints | None, staffed: Ints | None
    ) -> "Occasions":
        window = Window.of(scenario)
        keys = sorted(scenario.streams)
        struck = casualties(scenario, demand)
        events = tuple(Struck(window.civil(e.onset_s), len(e.rows), e.region, keys[e.stream]) for e in struck)
        troubles = tuple(_troubles(scenario, demand, window))
        if census is None or staffed is None:
            return cls(events, troubles, (), None, window.start)
        holds = (census >= staffed) & (staffed > 0) & (staffed < UNLIMITED)
        full = [
            Full(region, window.civil(int(row.argmax()) * EVERY_S), int(row.sum()))
            for region, row in enumerate(holds)
            if row.any()
        ]
        whole = census.sum(axis=0)
        heaviest = window.civil(int(np.argmax(whole)) * EVERY_S) if whole.any() else None
        first = tuple(sorted(full, key=lambda f: (f.first, f.region)))
        return cls(events, troubles, first, heaviest, window.start)

    @property
    def largest(self) -> Struck | None:
        """Return the event that hurts most, the first of several."""
        return max(self.events, key=lambda one: one.hurt, default=None)

    @property
    def begins(self) -> datetime | None:
        """Return where an exercise may begin: before the largest event, or on the heaviest day."""
        if self.largest:
            at = (self.largest.when - BEFORE).replace(minute=0, second=0)
        elif self.heaviest:
            at = self.heaviest.replace(hour=AT_HOUR)
        else:
            return None
        return max(at, self.start)

    def told(self, words: Words, replication: int) -> Iterator[Text]:
        """Yield what a leader chooses by, line by line."""
        if self.events:
            yield text("Replication {k}: events, and how many are hurt:", k=replication)
        for one in self.events[:MOST_TOLD]:
            where = words.short(one.region)
            said = text("{n} hurt, most of them in {region}", n=one.hurt, region=where)
            most = text("; the largest") if one is self.largest and len(self.events) > 1 else ""
            yield self._line(one.when, f"{one.stream}: {words.language.say(said)}{words.language.say(most)}")
        if len(self.events) > MOST_TOLD:
            last = self._both(self.events[-1].when)
            yield text("  and {n} more, the last {when}", n=len(self.events) - MOST_TOLD, when=last)
            if self.largest and self.largest not in self.events[:MOST_TOLD]:
                yield text(
                    "  the largest: {when}, {n} hurt, most of them in {region}",
                    when=self._both(self.largest.when),
                    n=self.largest.hurt,
                    region=words.short(self.largest.region),
                )
        if self.troubles:
            yield text("Replication {k}: disruptions:", k=replication)
        for trouble in self.troubles[:MOST_TOLD]:
            yield self._line(trouble.begins, self._troubled(trouble, words))
        if len(self.troubles) > MOST_TOLD:
            yield text("  and {n} more", n=len(self.troubles) - MOST_TOLD)
        if self.full:
            yield text(
                "Replication {k}: intensive care full, first and for how long (every six hours):",
                k=replication,
            )
        for fills in self.full[:MOST_TOLD]:
            hours = text("{h} h in all", h=fills.looks * EVERY_S // HOUR)
            yield self._line(fills.first, f"{words.short(fills.region)}, {words.language.say(hours)}")
        if len(self.full) > MOST_TOLD:
            yield text("  and {n} more regions later", n=len(self.full) - MOST_TOLD)
        if self.heaviest:
            at = self._both(self.heaviest)
            yield text("Replication {k}: most in intensive care at {at}.", k=replication, at=at)

    def _troubled(self, one: Troubled, words: Words) -> str:
        """Return which regions a disruption hits, and until when."""
        say = words.language.say
        named = [words.short(region) for region in one.regions[:MOST_NAMED]]
        where = words.language.listing(named) if named else say(text("The joint office"))
        if len(one.regions) > MOST_NAMED:
            where = say(text("{n} regions", n=len(one.regions)))
        until = text("until {when}", when=self._both(one.ends)) if one.ends else text("from then on")
        title = in_one_language(words.scenario.disruptions[one.name].title or one.name, words.language.code)
        return f"{title}: {where}, {say(until)}"

    def _line(self, when: datetime, said: str) -> Text:
        return Text("  {when}  {said}", {"when": self._both(when), "said": said})

    def _both(self, when: datetime) -> str:
        """Return a time as a date, and as exercises write it: ``--from`` takes both."""
        day = (when.date() - self.start.date()).days
        return f"{when:%Y-%m-%dT%H:%M} (D+{day} {when:%H:%M})"
