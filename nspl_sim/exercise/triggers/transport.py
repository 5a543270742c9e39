"""Triggers of transport: one that does not leave, and none to be had; both say why."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from nspl_sim.demand.rates import Window
from nspl_sim.exercise.course.counted import patients_for
from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.fleet import Fleet
from nspl_sim.exercise.course.people import described
from nspl_sim.exercise.course.timeline import LACKS, QUARTER, Timeline
from nspl_sim.exercise.course.ways import coming
from nspl_sim.exercise.course.words import Brief, Named, Span
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers.base import PHONE, Moment, Wording, trigger
from nspl_sim.exercise.triggers.senders import BEDSIDE, TRANSPORT
from nspl_sim.exercise.triggers.times import spaced
from nspl_sim.system.closures import Airspace
from nspl_sim.vocabulary.care import NEVER, Answer
from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE
from nspl_sim.vocabulary.text import Text, text


@trigger("FLYTT")
class Delayed:
    """A booked intensive care patient has not left after two hours."""

    title = text("Transport")
    sender = BEDSIDE
    channel = PHONE
    kind = "inject"
    functions = ("transport",)
    weight = 6
    wording: ClassVar[Wording] = Wording(
        text("The transport has not left"),
        text(
            "{caller} at {time}: an intensive care patient in {region} has had a bed in {receiver} "
            "for two hours, and the transport has not left: {why}. The choice is to wait, or another of "
            "these: {modes}. What do you choose?"
        ),
        text("Weigh waiting against another mode, by the patient's state; tell the receiver."),
        text("Is the choice medical as well as logistic, and is the receiver told?"),
        text("{caller} asks again: the receiver wants to know whether to keep the bed, and how long."),
    )
    alone: ClassVar[Wording] = replace(
        wording,
        script=text(
            "{caller} at {time}: an intensive care patient in {region} has had a bed in {receiver} "
            "for two hours, and the transport has not left: {why}. Nothing else reaches now. Do you wait, or "
            "give up the bed?"
        ),
        expected=text(
            "Weigh waiting against a bed nearer or at home, by the patient's state; tell the receiver."
        ),
    )
    unstable: ClassVar[Wording] = replace(
        wording,
        script=text(
            "{caller} at {time}: an intensive care patient in {region} has had a bed in {receiver} "
            "for two hours, but is not yet stable enough for the journey. The transport is "
            "booked and waits. Are it and the bed to be kept for this patient?"
        ),
        expected=text(
            "Ask the physician how long; weigh the booking against the need of others; tell the receiver."
        ),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region, at most one in twelve hours."""
        trips, last = line.course.trips, dict[int, int]()
        late = (trips.kind == line.icu) & (trips.departed_s < NEVER)
        late &= trips.departed_s - trips.placed_s > 2 * HOUR
        chosen = trips.only(late & (trips.placed_s >= line.first_s) & (trips.placed_s < line.to_s))
        airspace = Airspace(line.course.demand.closures)
        for i in np.lexsort((chosen.patient, chosen.placed_s)).tolist():
            region, time_s = int(chosen.region[i]), int(chosen.placed_s[i]) + 2 * HOUR
            if time_s - last.get(region, -(2**40)) < 12 * HOUR:
                continue
            last[region] = time_s
            patient, receiver = int(chosen.patient[i]), int(chosen.receiver[i])
            minutes = int(chosen.departed_s[i] - chosen.placed_s[i]) // MINUTE
            who = (patient, int(chosen.placed_s[i]))
            fact = Fact("delay_minutes", minutes, time_s, region, line.icu, -1, who)
            answer = text(
                "It concerns {patient}. In the course it left {after} after the booking, for {receiver}.",
                patient=described(line, patient),
                after=Span(minutes * MINUTE),
                receiver=Named(receiver),
            )
            words: dict[str, Any] = {"receiver": Named(receiver)}
            demand, mode = line.course.demand, int(chosen.mode[i])
            if demand.arrival_s[patient] + demand.min_stabilise_s[patient] > time_s:
                yield Moment(time_s, region, (fact,), words, self.unstable, answer)
                continue
            words["why"] = _why_not_left(line, airspace, mode, region, receiver, time_s)
            words["modes"] = [
                Brief(way.title)
                for way in coming(line.course.scenario, region)
                if way.times.number != mode
                and way.lasts_s(receiver) is not None
                and airspace.opens_s(way.times.number, region, receiver, time_s) == time_s
            ]
            yield Moment(time_s, region, (fact,), words, None if words["modes"] else self.alone, answer)


def _why_not_left(
    line: Timeline, airspace: Airspace, mode: int, region: int, receiver: int, time_s: int
) -> Text:
    """Return why a patient who is stable has not left: closed, collecting, or on its way to the patient."""
    modes = line.course.scenario.transport.modes
    booked = modes[sorted(modes)[mode]]
    named = Brief(booked.title or sorted(modes)[mode])
    if airspace.opens_s(mode, region, receiver, time_s) > time_s:
        return text("{mode} is booked, and is closed now by weather or by the situation", mode=named)
    if booked.capacity is not None:
        return text("{mode} is booked, and waits to take more patients along", mode=named)
    return text("{mode} is booked, and is not ready to leave", mode=named)


@trigger("TRSLUT")
class NoneLeft:
    """A bed elsewhere was to be had, but no team, no vehicle that reaches, or all that reach were closed."""

    title = text("Transport")
    sender = TRANSPORT
    channel = PHONE
    kind = "inject"
    functions = ("transport",)
    weight = 7
    wording: ClassVar[Wording] = Wording(
        text("No team or vehicle"),
        text(
            "{caller} at {time}: in the last two hours, the last time at {last}, there was a bed elsewhere "
            "but no transport for {lacking} from {region}: {why}. What do you do?"
        ),
        text("Ask the receiver to fetch, ask neighbours or the Armed Forces for transport, set priorities."),
        text("Is transport asked for from others, and are the assignments put in order of need?"),
        text("{caller} asks: which assignment is to go first?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region, at most one in twelve hours."""
        lacks = _Lacks(line)
        for region in line.regions:
            at_s = lacks.times(region)
            holds = np.isin(line.quarters, -(-(at_s + 1) // QUARTER) * QUARTER)
            for time_s in spaced(line, holds, 12):
                told = lacks.told(region, time_s)
                if told:
                    yield told


def no_transport(line: Timeline, region: int, time_s: int) -> Moment | None:
    """Return what ``TRSLUT`` tells of *region* at *time_s*; None where nothing was lacking."""
    return _Lacks(line).told(region, time_s)


class _Lacks:
    """What came to nothing for want of transport, and why."""

    def __init__(self, line: Timeline) -> None:
        self.line, self.fleet = line, Fleet(line)

    def times(self, region: int, *why: Answer) -> np.ndarray:
        """Return when a yes to *region* came to nothing."""
        told = self.line.answers
        return np.asarray(told.time_s[np.isin(told.answer, why or LACKS) & (told.sender == region)])

    def told(self, region: int, time_s: int) -> Moment | None:
        """Return the moment at *time_s*: by kind, intensive care first, then by reason."""
        line, since_s = self.line, time_s - 2 * HOUR
        kinds = sorted(range(len(line.course.kinds)), key=lambda kind: (kind != line.icu, kind))
        every = (line.lacked_transport(region, kind, since_s, time_s) for kind in kinds)
        facts = tuple(fact for fact in every if fact.value)
        if not facts:
            return None
        reasons, said = [], []
        for why in LACKS:
            fact = line.lacked_transport(region, -1, since_s, time_s, (why,))
            if fact.value:
                reasons.append(fact)
                said.append(self._reason(why, region, time_s))
        words = {
            "last": f"{Window.of(line.course.scenario).civil(self._last(region, time_s)):%H:%M}",
            "lacking": [patients_for(fact.value, line.course.kinds[fact.kind]) for fact in facts],
            "why": said[0] if len(said) == 1 else _each(reasons, said),
        }
        return Moment(time_s, region, (*facts, *reasons), words, answer=self._answer(region, time_s))

    def _last(self, region: int, time_s: int, *why: Answer) -> int:
        at_s = self.times(region, *why)
        return int(at_s[at_s < time_s].max())

    def _reason(self, why: Answer, region: int, time_s: int) -> Text:
        """Return why, so that it fits what stands at base in the tables at the time."""
        line, fleet = self.line, self.fleet
        if why == Answer.NO_TEAM:
            home = fleet.teams(region, time_s)
            if home is None:
                return text("the region has no transfer team of its own")
            if home:
                return text("every transfer team was busy, but at least one is home again now")
            return text("every transfer team was busy, and none is home now")
        if why == Answer.GROUNDED:
            return text("what reaches could not go, because of the weather or the situation")
        asked_s = max(self._last(region, time_s, why), line.first_s - DAY)
        if sum(fleet.vehicles(region, asked_s)):
            return text("the vehicles at base do not reach that far in time, or do not take such patients")
        if sum(fleet.vehicles(region, time_s)):
            return text("every vehicle was out, but at least one is home again now")
        return text("no vehicle was to be had, and none is at base now")

    def _answer(self, region: int, time_s: int) -> Text:
        """Return whom it last concerned, where the bed was, and whether one was booked within a day."""
        line, told = self.line, self.line.answers
        lacks = np.isin(told.answer, LACKS) & (told.sender == region) & (told.time_s < time_s)
        row = int(np.flatnonzero(lacks)[-1])
        patient, trips = int(told.patient[row]), line.course.all_trips
        words = {"patient": described(line, patient), "receiver": Named(int(told.receiver[row]))}
        later = trips.placed_s[(trips.patient == patient) & (trips.placed_s >= told.time_s[row])]
        then_s = int(later.min()) if len(later) else NEVER
        if then_s - time_s >= DAY:
            return text("The last time it concerned {patient}, for a bed in {receiver}.", **words)
        booked = trips.receiver[(trips.patient == patient) & (trips.placed_s == then_s)]
        return text(
            "The last time it concerned {patient}, for a bed in {receiver}. In the course the transport was "
            "booked at {hour}, to {booked}.",
            hour=f"{Window.of(line.course.scenario).civil(then_s):%H:%M}",
            booked=Named(int(booked[0])),
            **words,
        )


def _each(counts: list[Fact], reasons: list[Text]) -> list[Text]:
    """Return each reason with how many patients it concerns."""
    both = zip(counts, reasons, strict=True)
    return [Text("{n} ({why})", {"n": fact.said("patients"), "why": why}) for fact, why in both]
