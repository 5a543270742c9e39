"""A journal told as sentences: what happened to a patient, or in a region, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nspl_sim.demand.rates import Window
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.measures.outcome import died_in_care
from nspl_sim.paper.disruptions import lacking, together
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import kind_name
from nspl_sim.paper.occupancy import short_name
from nspl_sim.paper.patients import class_name
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import Answer, Arm, Event, Office
from nspl_sim.vocabulary.patients import FIRST_PRESENT, Demand
from nspl_sim.vocabulary.text import Text, text

SAID = {
    Answer.YES: text("yes"),
    Answer.TOO_FAR: text("no, too far away"),
    Answer.NO_BED: text("no, no bed to give"),
    Answer.NO_QUOTA: text("no, it has taken its share until the next review"),
    Answer.NO_TEAM: text("yes, but the sender has no team"),
    Answer.NO_VEHICLE: text("yes, but there is no vehicle"),
    Answer.GROUNDED: text("yes, but the transport that there is has been closed"),
}

MADE = {
    Office.TAKEN_ON: text("taken on"),
    Office.TOO_MANY: text("too many this hour, so the region asks by today's order"),
    Office.NOT_STAFFED: text("not staffed, so the region asks by today's order"),
    Office.OUT: text("out of order, so the region asks by today's order"),
}

LACKED = {
    Answer.TOO_FAR: text("nobody was near enough"),
    Answer.NO_BED: text("nobody had a bed to give"),
    Answer.NO_QUOTA: text("everybody had taken their share"),
    Answer.NO_TEAM: text("there was no team"),
    Answer.NO_VEHICLE: text("there was no vehicle"),
    Answer.GROUNDED: text("the transport that there was had been closed"),
}


@dataclass(frozen=True, eq=False)
class Trace:
    """Tells one run in one language."""

    scenario: Scenario
    demand: Demand
    language: Language
    happened: Journal | None = None
    """The whole run; without it death in care and what a step was before are not known."""

    def lines(self, journal: Journal) -> Iterator[str]:
        """Yield the time and the sentence of each row of *journal*."""
        is_noted = False
        for time_s, event, patient, region, unit, detail in journal.rows():
            when = self._window.civil(time_s)
            sentence = self._sentence(Event(event), patient, region, unit, detail)
            if event == Event.CLOSED and (time_s, region, unit, detail) in self._cancelled:
                sentence = self._cancels(region, unit, detail)
            if event == Event.PLACED and patient in self._steadied:
                sentence = self._when_steady(sentence, time_s, patient)
            if event in (Event.DISCHARGED, Event.LEFT) and patient in self._dead and not is_noted:
                sentence = text("{sentence} (death in care is settled after the run)", sentence=sentence)
                is_noted = True
            words = self.language.say(sentence)
            yield f"{when:%Y-%m-%d %H:%M:%S}  {words[:1].upper()}{words[1:]}"

    @cached_property
    def _window(self) -> Window:
        return Window.of(self.scenario)

    @cached_property
    def _dead(self) -> frozenset[int]:
        """Return the rows of those who died in care."""
        if self.happened is None:
            return frozenset()
        course = Course(self.scenario, self.demand, self.happened)
        return frozenset(np.flatnonzero(died_in_care(course, Arm(self.scenario.strain_arm))).tolist())

    @cached_property
    def _steadied(self) -> frozenset[int]:
        """Return the rows of those whose trip began at the very moment they were stable enough."""
        if self.happened is None:
            return frozenset()
        rows = self.happened.where(Event.DEPARTED)
        patient = self.happened.patient[rows]
        waits = self.demand.min_stabilise_s[patient]
        is_at = self.happened.time_s[rows] == self.demand.arrival_s[patient] + waits
        return frozenset(patient[is_at & (waits > 0)].tolist())

    @cached_property
    def _cancelled(self) -> frozenset[tuple[int, int, int, int]]:
        """Return time, region, unit and step of each step that was closed before it was open."""
        if self.happened is None:
            return frozenset()
        found: set[tuple[int, int, int, int]] = set()
        on_the_way: set[tuple[int, int, int]] = set()
        kinds = (Event.ORDERED, Event.OPENED, Event.CLOSED)
        for time_s, event, _, *place in self.happened.only(np.isin(self.happened.event, kinds)).rows():
            step = (place[0], place[1], place[2])
            if event == Event.CLOSED and step in on_the_way:
                found.add((time_s, *step))
            if event == Event.ORDERED:
                on_the_way.add(step)
            else:
                on_the_way.discard(step)
        return frozenset(found)

    def _cancels(self, region: int, unit: int, step: int) -> Text:
        return text(
            "{region} cancels surge step {step} of {kind}",
            region=self._names[region],
            step=step,
            kind=self._units[unit],
        )

    def _when_steady(self, sentence: Text, time_s: int, patient: int) -> Text:
        steady_s = int(self.demand.arrival_s[patient] + self.demand.min_stabilise_s[patient])
        if steady_s <= time_s:
            return sentence
        return text(
            "{sentence}; departs at {when} at the earliest, when the patient is stable",
            sentence=sentence,
            when=f"{self._window.civil(steady_s):%H:%M}",
        )

    @cached_property
    def _names(self) -> list[str]:
        return [short_name(self.scenario, key, self.language) for key in self.demand.regions]

    @cached_property
    def _units(self) -> list[str]:
        return [kind_name(kind, self.language) for kind in self.demand.kinds]

    @cached_property
    def _modes(self) -> list[str]:
        modes = self.scenario.transport.modes
        return [self.language.say(modes[key].title or key) for key in sorted(modes)]

    def _sentence(self, event: Event, patient: int, region: int, unit: int, detail: int) -> Text:
        who = text("patient {number}", number=patient)
        where = self._names[region] if region >= 0 else ""
        kind = self._units[unit] if unit >= 0 else ""
        match event:
            case Event.ARRIVED:
                return self._arrived(who, patient, where)
            case Event.ASKED:
                return text("{who} needs {kind} in {region}", who=who, kind=kind, region=where)
            case Event.BOARDED:
                return text(
                    "{who} keeps the bed in {kind}, {region}, and waits for the next",
                    who=who,
                    kind=kind,
                    region=where,
                )
            case Event.REQUESTED:
                return text(
                    "{sender} asks {region} for {kind} for {who}",
                    sender=self._names[detail],
                    region=where,
                    kind=kind,
                    who=who,
                )
            case Event.ANSWERED:
                return text(
                    "{region} answers about {who}: {answer}",
                    region=where,
                    who=who,
                    answer=SAID[Answer(detail)],
                )
            case Event.PLACED:
                return text(
                    "{who} has a booked bed in {kind}, {region}; sender {sender}",
                    who=who,
                    kind=kind,
                    region=where,
                    sender=self._names[detail],
                )
            case Event.FETCHED:
                return text("{who} is fetched by {region} with its own team", who=who, region=where)
            case Event.SEATED:
                return text(
                    "{who} has a place in round {number} of vehicles that collect", who=who, number=detail
                )
            case Event.BROUGHT:
                said = {"who": who, "region": where, "made": MADE[Office(detail)]}
                return text("{who} is brought to the joint office by {region}: {made}", **said)
            case Event.MOVED:
                return self._moved(who, patient, where, detail)
            case Event.DEPARTED:
                return text("{who} leaves {region}: {mode}", who=who, region=where, mode=self._mode(detail))
            case Event.ADMITTED:
                return text("{who} is admitted to {kind}, {region}", who=who, kind=kind, region=where)
            case Event.DISCHARGED | Event.LEFT if patient in self._dead:
                return text("{who} dies in care in {region}", who=who, region=where)
            case Event.READY if patient in self._dead:
                return text("{who} is at the end of the stay in {region}", who=who, region=where)
            case Event.DISCHARGED:
                return text("{who} is discharged in {region}", who=who, region=where)
            case Event.READY:
                return text("{who} is ready for discharge in {region}", who=who, region=where)
            case Event.REFUSED:
                return self._in_vain(text("{who} is turned away in {region}", who=who, region=where), detail)
            case Event.LEFT:
                return text("{who} leaves {region} for the home country", who=who, region=where)
            case Event.DIED_WAITING:
                died = text(
                    "{who} dies while waiting for {kind} in {region}", who=who, kind=kind, region=where
                )
                return self._in_vain(died, detail)
            case Event.DIED_ON_THE_WAY:
                return text(
                    "{who} dies on the way from {region}: {mode}",
                    who=who,
                    region=where,
                    mode=self._mode(detail),
                )
            case Event.POSTPONED:
                return text(
                    "The planned care of {who} in {region} is postponed (priority {priority})",
                    who=who,
                    region=where,
                    priority=detail,
                )
            case Event.RELEASED:
                return text(
                    "{who} is let through from the waiting list in {region} (priority {priority})",
                    who=who,
                    region=where,
                    priority=detail,
                )
            case _:
                return self._of_the_house(event, where, kind, detail)

    def _of_the_house(self, event: Event, where: str, kind: str, detail: int) -> Text:
        """Return the sentence of an event that is no patient's."""
        match event:
            case Event.SENT if detail < 0:
                return text("A team in {region} makes ready to go along", region=where)
            case Event.SENT:
                return text(
                    "A vehicle in {region} begins to collect: {mode}", region=where, mode=self._mode(detail)
                )
            case Event.RETURNED if detail < 0:
                return text("A team is back in {region}", region=where)
            case Event.RETURNED:
                return text("A vehicle is back in {region}: {mode}", region=where, mode=self._mode(detail))
            case Event.ORDERED:
                return text(
                    "{region} orders surge step {step} of {kind}", region=where, step=detail, kind=kind
                )
            case Event.OPENED:
                return text(
                    "{region} opens surge step {step} of {kind}", region=where, step=detail, kind=kind
                )
            case Event.CLOSED:
                return text(
                    "{region} closes surge step {step} of {kind}", region=where, step=detail, kind=kind
                )
            case Event.CHANGED:
                return text(
                    "{kind} in {region} now has {beds} staffed beds", kind=kind, region=where, beds=detail
                )
            case Event.LENT:
                return text(
                    "{region} lends staff of {kind} to {borrower}",
                    region=where,
                    kind=kind,
                    borrower=self._names[detail],
                )
            case Event.RECALLED:
                return text(
                    "{region} calls its staff of {kind} home from {borrower}",
                    region=where,
                    kind=kind,
                    borrower=self._names[detail],
                )
            case Event.HIT | Event.RESTORED:
                return self._disrupted(event is Event.HIT, detail, where, kind)
            case _:
                return text("A new directive is in force: number {number}", number=detail)

    def _disrupted(self, begins: bool, first: int, where: str, kind: str) -> Text:
        """Return what a disruption takes from a region, or gives back."""
        row = together(self.demand.disruptions, first, begins)
        where = where or self.language.say(text("the nation"))
        name = sorted(self.scenario.disruptions)[row.name]
        said = {
            "name": self.scenario.disruptions[name].title or name,
            "region": where,
            "what": lacking(row, kind),
        }
        if begins:
            return text("{name} hits {region}: {what}", **said)
        return text("restored in {region} after {name}: {what}", **said)

    def _arrived(self, who: Text, patient: int, where: str) -> Text:
        klass = class_name(self.scenario, self.demand.classes[int(self.demand.klass[patient])], self.language)
        said = {"who": who, "region": where, "klass": klass, "urgency": int(self.demand.urgency[patient])}
        if self.demand.number[patient] >= FIRST_PRESENT:
            return text("{who} is already in care in {region}: {klass}; urgency {urgency}", **said)
        return text("{who} arrives in {region}: {klass}; urgency {urgency}", **said)

    def _moved(self, who: Text, patient: int, where: str, to: int) -> Text:
        said = {"who": who, "sender": where, "region": self._names[to]}
        if self.demand.region[patient] == to:
            return text("{who} is to return home from {sender} to {region}", **said)
        return text("{who} lies in a bed in {sender} and is to be moved to {region}", **said)

    def _in_vain(self, sentence: Text, lack: int) -> Text:
        found = LACKED.get(Answer(lack)) if lack >= 0 else None
        return text("{sentence}; {lack}", sentence=sentence, lack=found) if found else sentence

    def _mode(self, number: int) -> str:
        return self._modes[number] if number >= 0 else self.language.say(text("at once"))
