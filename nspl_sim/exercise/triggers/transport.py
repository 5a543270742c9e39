"""Triggers of transport: one that does not leave, and none to be had."""

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from nspl_sim.exercise.course.counted import patients_for
from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.timeline import QUARTER, Timeline
from nspl_sim.exercise.course.words import Brief, Named, Span
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers.base import PHONE, Moment, Wording, trigger
from nspl_sim.exercise.triggers.senders import BEDSIDE, TRANSPORT
from nspl_sim.exercise.triggers.times import spaced
from nspl_sim.vocabulary.care import NEVER, Answer
from nspl_sim.vocabulary.clock import HOUR, MINUTE
from nspl_sim.vocabulary.text import text


def fit_for_intensive_care(line: Timeline) -> list[Brief]:
    """Return the titles of the modes that may be offered to an intensive care patient: never by sea."""
    transport = line.course.scenario.transport
    return [
        Brief(mode.title or key)
        for key, mode in sorted(transport.modes.items())
        if mode.medium != "sea" and transport.carries(mode, line.course.kinds[line.icu])
    ]


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
            "{caller} at {time}: an intensive care patient in {region} has had a bed elsewhere "
            "for two hours, and the transport has not left. The choice is to wait, or another of these: "
            "{modes}. What do you choose?"
        ),
        text("Weigh waiting against another mode, by the patient's state; tell the receiver."),
        text("Is the choice medical as well as logistic, and is the receiver told?"),
        text("{caller} asks again: the receiver wants to know whether to keep the bed, and how long."),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region, at most one in twelve hours."""
        trips, last = line.course.trips, dict[int, int]()
        late = (trips.kind == line.icu) & (trips.departed_s < NEVER)
        late &= trips.departed_s - trips.placed_s > 2 * HOUR
        chosen = trips.only(late & (trips.placed_s >= line.first_s) & (trips.placed_s < line.to_s))
        for i in np.lexsort((chosen.patient, chosen.placed_s)).tolist():
            region, time_s = int(chosen.region[i]), int(chosen.placed_s[i]) + 2 * HOUR
            if time_s - last.get(region, -(2**40)) < 12 * HOUR:
                continue
            last[region] = time_s
            minutes = int(chosen.departed_s[i] - chosen.placed_s[i]) // MINUTE
            who = (int(chosen.patient[i]), int(chosen.placed_s[i]))
            fact = Fact("delay_minutes", minutes, time_s, region, line.icu, -1, who)
            answer = text(
                "In the course it left {after} after the booking, for {receiver}.",
                after=Span(minutes * MINUTE),
                receiver=Named(int(chosen.receiver[i])),
            )
            words = {"modes": fit_for_intensive_care(line)}
            yield Moment(time_s, region, (fact,), words, answer=answer)


@trigger("TRSLUT")
class NoneLeft:
    """A bed elsewhere was to be had, but no team or no vehicle."""

    title = text("Transport")
    sender = TRANSPORT
    channel = PHONE
    kind = "inject"
    functions = ("transport",)
    weight = 7
    wording: ClassVar[Wording] = Wording(
        text("No team or vehicle"),
        text(
            "{caller} at {time}: in the last two hours there was a bed elsewhere, but no team or no vehicle, "
            "for {lacking} from {region}. What do you do?"
        ),
        text("Ask the receiver to fetch, ask neighbours or the Armed Forces for transport, set priorities."),
        text("Is transport asked for from others, and are the assignments put in order of need?"),
        text("{caller} asks: which assignment is to go first?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each region, at most one in twelve hours."""
        told = line.answers
        lacks = np.isin(told.answer, (Answer.NO_TEAM, Answer.NO_VEHICLE, Answer.GROUNDED))
        for region in line.regions:
            at_s = told.time_s[lacks & (told.sender == region)]
            holds = np.isin(line.quarters, -(-(at_s + 1) // QUARTER) * QUARTER)
            for time_s in spaced(line, holds, 12):
                kinds = sorted(range(len(line.course.kinds)), key=lambda kind: (kind != line.icu, kind))
                every = (line.lacked_transport(region, kind, time_s - 2 * HOUR, time_s) for kind in kinds)
                facts = tuple(fact for fact in every if fact.value)
                if facts:
                    said = [patients_for(fact.value, line.course.kinds[fact.kind]) for fact in facts]
                    yield Moment(time_s, region, facts, {"lacking": said})
