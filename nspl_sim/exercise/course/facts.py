"""Facts: the only numbers that an inject may say. Each names what it counts, where and when.

Every fact is read from the journal (or, of those who are to come, from the table of patients) by
:class:`~nspl_sim.exercise.course.timeline.Timeline`; a text says nothing that is not one of its facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nspl_sim.exercise.course.counted import counted
from nspl_sim.exercise.course.words import Named
from nspl_sim.measures.course import ICU
from nspl_sim.paper.naming import kind_words
from nspl_sim.vocabulary.care import Answer
from nspl_sim.vocabulary.text import Text, text

QUANTITIES: dict[str, Text] = {
    "staffed": text("beds with staff"),
    "occupied": text("patients in beds"),
    "free": text("free staffed beds"),
    "promised": text("beds promised to those on their way"),
    "promised_from": text("of them from {region}"),
    "waiting": text("in line for a bed"),
    "longest_wait_h": text("longest wait so far in whole hours"),
    "injured": text("injured in the event"),
    "injured_of_urgency": text("of them {colour}"),
    "received": text("injured in the event who have come"),
    "arrived": text("arrived from these streams"),
    "planned_due": text("planned admissions that come"),
    "planned_first": text("planned admissions of priority 1 that come"),
    "postponed": text("planned admissions postponed"),
    "said_no": text("requests answered with no"),
    "asked": text("patients for whom others were asked"),
    "lacked_transport": text("patients with a bed but no team or vehicle"),
    "without_team": text("of them because no team was free"),
    "without_vehicle": text("of them because no vehicle was to be had"),
    "without_way": text("of them because what reaches was closed"),
    "away": text("residents in beds elsewhere"),
    "died": text("dead before any bed, or on the way"),
    "ready": text("discharge-ready who keep a bed"),
    "delay_minutes": text("minutes from booking to departure"),
    "lost": text("taken away by the disruption"),
    "lacking": text("lacking because of the disruption"),
    "gone_hour": text("hour of the scenario at which the stock is gone"),
    "opened": text("beds opened"),
    "without_free": text("regions without a free bed"),
}
"""What can be counted, in words."""


COLOURS = {1: text("red"), 2: text("yellow"), 3: text("green"), 4: text("green"), 5: text("expectant")}
"""What triage says, by urgency."""


@dataclass(frozen=True)
class Fact:
    """One number of a course, with all that is needed to count it again."""

    of: str
    """A key of :data:`QUANTITIES`."""
    value: int
    time_s: int
    """At this second, or up to it and not counting it."""
    region: int = -1
    """-1: the nation."""
    kind: int = -1
    since_s: int = -1
    """Of what is counted over a time: from this second on."""
    of_what: tuple[int, ...] = ()
    """Streams, an event (stream and second), a patient, a disruption's row, a surge step, an answer
    or a region."""

    def said(self, noun: str) -> Text:
        """Return the number with *noun* in its form."""
        return counted(self.value, noun)


IN_INTENSIVE_CARE: dict[str, Text] = {
    "staffed": text("staffed intensive care beds"),
    "occupied": text("patients in intensive care"),
    "free": text("free staffed intensive care beds"),
    "promised": text("intensive care beds promised to those on their way"),
    "waiting": text("in line for intensive care"),
    "without_free": text("regions without a free intensive care bed"),
}
"""The same where the kind of bed is intensive care."""

BY_KIND = ("lacked_transport", "lost", "opened", "waiting")
"""Quantities that name the kind of bed they are of."""


_LACKED = {
    Answer.NO_TEAM: "without_team",
    Answer.NO_VEHICLE: "without_vehicle",
    Answer.GROUNDED: "without_way",
}


def named(fact: Fact, kinds: Sequence[str]) -> Text:
    """Return what *fact* counts, in words; of injured people of one urgency the colour.

    *kinds* are the keys of unit kinds, by number.
    """
    if fact.of in ("injured_of_urgency", "received") and len(fact.of_what) > 2:
        return Text(QUANTITIES["injured_of_urgency"].template, {"colour": COLOURS[fact.of_what[2]]})
    if fact.of == "promised_from":
        return Text(QUANTITIES[fact.of].template, {"region": Named(fact.of_what[0])})
    if fact.of == "lacked_transport" and fact.of_what:
        return QUANTITIES[_LACKED[Answer(fact.of_what[0])]]
    kind = kinds[fact.kind] if fact.kind >= 0 else ""
    if kind == ICU and fact.of in IN_INTENSIVE_CARE:
        return IN_INTENSIVE_CARE[fact.of]
    if kind and fact.of in BY_KIND:
        return text("{what} ({kind})", what=QUANTITIES[fact.of], kind=kind_words(kind))
    return QUANTITIES[fact.of]
