"""Triggers of what is taken away, and of what opens."""

from collections.abc import Iterator
from typing import ClassVar

from nspl_sim.exercise.course.counted import beds_of
from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.course.words import Titled
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers.base import MAIL, PHONE, Moment, Wording, trigger
from nspl_sim.exercise.triggers.senders import HEAD_OF_DEPARTMENT, HEAD_OF_HOSPITAL, HEAD_OF_IT
from nspl_sim.paper.disruptions import together
from nspl_sim.scenario.disruptions import BedsLost, HospitalHit, ItOutage, StaffLost
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.disruptions import What
from nspl_sim.vocabulary.text import text


class _Hit:
    """What injects of a disruption share: one for each region that it hits."""

    sender = HEAD_OF_DEPARTMENT
    channel = PHONE
    kind = "inject"
    functions = ("command",)
    weight = 8
    of: tuple[type, ...] = ()
    what = What.BEDS

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each disruption and region that it hits, all kinds of units in one."""
        course, hit = line.course, dict[tuple[int, int, int], list[Fact]]()
        names, rows = sorted(course.scenario.disruptions), course.demand.disruptions
        for row in line.times(Event.HIT).tolist():
            first = int(course.journal.detail[row])
            one = together(rows, first, begins=True)
            if one.region < 0 or one.what != self.what or one.amount <= 0:
                continue
            if isinstance(course.scenario.disruptions[names[one.name]], self.of):
                fact = Fact("lost", one.amount, one.from_s, one.region, one.kind, -1, (first,))
                hit.setdefault((one.from_s, one.region, one.name), []).append(fact)
        for (time_s, region, name), facts in sorted(hit.items()):
            lost = [beds_of(f.value, course.kinds[f.kind]) for f in facts if f.kind >= 0]
            cause = course.scenario.disruptions[names[name]].title or names[name]
            yield Moment(time_s, region, tuple(facts), {"lost": lost, "cause": Titled(cause)})


@trigger("KAPA")
class Lost(_Hit):
    """Beds fall away."""

    title = text("Capacity")
    of = (BedsLost,)
    wording: ClassVar[Wording] = Wording(
        text("Beds fall away"),
        text(
            "{caller} in {region} at {time}: {lost} cannot be used from now on. "
            "Cause: {cause}. What do we do with the patients who were on their way?"
        ),
        text("Find out how long, redirect those on their way, tell the joint office the new number."),
        text("Is the picture corrected at once?"),
    )


@trigger("PERSONAL")
class Staff(_Hit):
    """Staff fall away, and their beds with them."""

    title = text("Staff")
    functions = ("staffing",)
    of = (StaffLost,)
    wording: ClassVar[Wording] = Wording(
        text("Staff are missing"),
        text(
            "{caller} in {region} at {time}: so many are missing now that {lost} "
            "cannot be staffed. Cause: {cause}. Whom do we call in, and what do we close?"
        ),
        text("Call in and redeploy staff, decide what closes, tell the joint office the new number."),
        text("Is endurance thought of, and not only the next shift?"),
    )


@trigger("SAMBAND")
class Link(_Hit):
    """Computers are out: the office is blind."""

    title = text("Communications")
    sender = HEAD_OF_IT
    of = (ItOutage,)
    what = What.REPORTS
    wording: ClassVar[Wording] = Wording(
        text("Computers are out"),
        text(
            "{caller} in {region} at {time}: the computers are out and we do not know for how long. No "
            "report on beds can be sent. How do you know the situation from now on?"
        ),
        text("Go over to telephone and paper, say how old each figure is, agree on times for reports."),
        text("Does everybody know that the last figures are old, and how old?"),
        text("{caller} asks: how do others reach you now, and who has the last figures?"),
    )


@trigger("EVAK")
class Evacuated(_Hit):
    """A hospital is hit and has to be emptied in part."""

    title = text("Evacuation")
    sender = HEAD_OF_HOSPITAL
    of = (HospitalHit,)
    weight = 9
    wording: ClassVar[Wording] = Wording(
        text("The hospital has to be emptied in part"),
        text(
            "{caller} in {region} at {time}: we have lost {lost}. Cause: {cause}. "
            "The patients there have to be moved. Where, in which order and with what?"
        ),
        text("Order by need, ask other regions and for transport, keep a list of who went where."),
        text("Is there one list of patients, and does the receiver know who comes?"),
        text("{caller} asks: where is the first patient to go, and with what?"),
    )


@trigger("OPPNAT")
class Opened:
    """A surge step is open: beds that are staffed from now on."""

    title = text("Capacity")
    sender = HEAD_OF_DEPARTMENT
    channel = MAIL
    kind = "information"
    functions = ("staffing", "care")
    weight = 2
    wording: ClassVar[Wording] = Wording(
        text("More beds"),
        text(
            "{caller} in {region} at {time}: from now on we can staff {opened} more. Who is to have them, "
            "and how long do the staff last?"
        ),
        text("Decide on the use, see to the next shifts, correct the picture, tell the joint office."),
        text("Does the joint office learn of it?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield a moment for each step that opens."""
        course, journal = line.course, line.course.journal
        for row in line.times(Event.OPENED).tolist():
            region, kind, step = (int(c[row]) for c in (journal.region, journal.unit, journal.detail))
            time_s = int(journal.time_s[row])
            unit = course.scenario.regions[course.regions[region]].units[course.kinds[kind]]
            fact = Fact("opened", unit.surge[step - 1].beds, time_s, region, kind, -1, (step,))
            if fact.value:
                words = {"opened": beds_of(fact.value, course.kinds[kind])}
                answer = text("In the course they were opened at this moment.")
                yield Moment(time_s, region, (fact,), words, answer=answer)
