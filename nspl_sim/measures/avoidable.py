"""Avoidable deaths by cause: who died, but would have lived with everything given in time.

Those before the bed are told apart by one cause each: *decision* (see :mod:`.decision`), else the lack
that came furthest at the last answer, else the transport itself. Those in care are told apart by
switching off each effect alone (wait, strain, transfer, outage): a death belongs to the one effect without
which alone the patient lives, and to *several* where that holds for more than one of them or for none.
So the causes add up to all. Death in care is that of the scenario's strain arm (sources-clinical,
section 5); what these numbers may not be used for: section 11.
"""

from typing import get_args

import numpy as np

from nspl_sim.measures import outcome
from nspl_sim.measures.course import ICU, WARD, Course, derived
from nspl_sim.measures.deaths import arm, lacked, wanted
from nspl_sim.measures.decision import by_decision
from nspl_sim.measures.levels import count_of_patients
from nspl_sim.measures.steps import Bools
from nspl_sim.vocabulary.care import Answer, Outcome
from nspl_sim.vocabulary.text import text


@count_of_patients(
    "deaths_waiting_decision",
    better="lower",
    title=text("Deaths while waiting, though a bed, a team and a vehicle were there and nobody booked them"),
    levels=("nation", "region"),
)
def deaths_waiting_decision(course: Course) -> Bools:
    """Return who died in line, for whom all was there through the last retry interval, by home region."""
    return course.cohort & by_decision(course)


@count_of_patients(
    "deaths_waiting_decision_icu",
    better="lower",
    title=text("Deaths while waiting for intensive care, though bed, team and vehicle were there unbooked"),
)
def deaths_waiting_decision_icu(course: Course) -> Bools:
    """Return those of them who wanted intensive care."""
    return deaths_waiting_decision(course) & wanted(course, ICU)


@count_of_patients(
    "deaths_waiting_decision_ward",
    better="lower",
    title=text("Deaths while waiting for a ward bed, though bed and vehicle were there unbooked"),
)
def deaths_waiting_decision_ward(course: Course) -> Bools:
    """Return those of them who wanted a ward bed: no shipped plan asks others for one."""
    return deaths_waiting_decision(course) & wanted(course, WARD)


# ---------------------------------------------------------------- before the bed


@count_of_patients(
    "deaths_avoidable_waiting",
    better="lower",
    title=text("Avoidable deaths before the bed, in line or on the way"),
)
@derived
def avoidable_waiting(course: Course) -> Bools:
    """Return who died before the bed, but would have lived with everything given in time."""
    lives = course.demand.u_outcome >= outcome.mortality(course)
    return course.cohort & outcome.died_waiting(course) & lives


def _lacking(course: Course, *lacks: int) -> Bools:
    return avoidable_waiting(course) & lacked(course, *lacks) & ~by_decision(course)


@count_of_patients(
    "deaths_avoidable_decision",
    better="lower",
    title=text("Avoidable deaths in line: all was there, and nobody booked it"),
)
def avoidable_decision(course: Course) -> Bools:
    """Return those whose cause is the decision."""
    return avoidable_waiting(course) & by_decision(course)


@count_of_patients(
    "deaths_avoidable_no_receiver",
    better="lower",
    title=text("Avoidable deaths in line: no region had a bed to give"),
)
def avoidable_no_receiver(course: Course) -> Bools:
    """Return those whose last attempt found no receiver."""
    return _lacking(course, Answer.TOO_FAR, Answer.NO_BED, Answer.NO_QUOTA)


@count_of_patients(
    "deaths_avoidable_no_team",
    better="lower",
    title=text("Avoidable deaths in line: a bed was found but no team"),
)
def avoidable_no_team(course: Course) -> Bools:
    """Return those whose last attempt found a receiver but no team."""
    return _lacking(course, Answer.NO_TEAM)


@count_of_patients(
    "deaths_avoidable_no_vehicle",
    better="lower",
    title=text("Avoidable deaths in line: a bed and a team were found but no vehicle"),
)
def avoidable_no_vehicle(course: Course) -> Bools:
    """Return those whose last attempt found all but a vehicle that could go."""
    return _lacking(course, *(a for a in Answer if a >= Answer.NO_VEHICLE))


@count_of_patients(
    "deaths_avoidable_no_answer",
    better="lower",
    title=text("Avoidable deaths in line: no other region had answered, or none was asked"),
)
def avoidable_no_answer(course: Course) -> Bools:
    """Return those for whom nobody had answered: the plan asks nobody for the kind, or it took too long."""
    return _lacking(course, -1)


@count_of_patients(
    "deaths_avoidable_booked",
    better="lower",
    title=text("Avoidable deaths with a bed booked in another region: before departure"),
)
def avoidable_booked(course: Course) -> Bools:
    """Return those who died with bed, team and vehicle booked, before the departure."""
    return _lacking(course, Answer.YES)


@count_of_patients(
    "deaths_avoidable_on_the_way", better="lower", title=text("Avoidable deaths during transport")
)
def avoidable_on_the_way(course: Course) -> Bools:
    """Return those who died between departure and admission."""
    return avoidable_waiting(course) & outcome.ended(course, Outcome.DIED_ON_THE_WAY)


@count_of_patients(
    "deaths_avoidable_after_refusal",
    better="lower",
    title=text("Avoidable deaths of patients turned away for want of a bed"),
)
def avoidable_after_refusal(course: Course) -> Bools:
    """Return who was turned away and died of it, but would have lived with everything given in time."""
    lives = course.demand.u_outcome >= outcome.mortality(course)
    return course.cohort & outcome.died_after_refusal(course) & lives


# ---------------------------------------------------------------- in care


@count_of_patients("deaths_avoidable_in_care", better="lower", title=text("Avoidable deaths in care"))
@derived
def avoidable_in_care(course: Course) -> Bools:
    """Return who died in care, but would have lived with everything given in time."""
    died = outcome.died_in_care(course, arm(course))
    return course.cohort & died & (course.demand.u_outcome >= outcome.mortality(course))


def _saved_without(course: Course, effect: outcome.Effect) -> Bools:
    """Return who would have lived, had only *effect* done nothing. Shape (patients,)."""
    lives = course.demand.u_outcome >= outcome.mortality_in_care(course, arm(course), effect)
    return avoidable_in_care(course) & lives


@derived
def _effects(course: Course) -> Bools:
    """Return each patient's effects without which alone they would have lived. Shape (effects, patients)."""
    return np.array([_saved_without(course, effect) for effect in get_args(outcome.Effect)])


def _only(course: Course, effect: outcome.Effect) -> Bools:
    alone = _effects(course)
    return np.asarray(alone[get_args(outcome.Effect).index(effect)] & (alone.sum(axis=0) == 1))


@count_of_patients(
    "deaths_avoidable_in_care_wait",
    better="lower",
    title=text("Avoidable deaths in care that the wait for intensive care brought about"),
)
def avoidable_by_wait(course: Course) -> Bools:
    """Return who would have lived without the wait's hazard (Cardoso 2011, ``wait_hazard_per_h``)."""
    return _only(course, "wait")


@count_of_patients(
    "deaths_avoidable_in_care_strain",
    better="lower",
    title=text("Avoidable deaths in care that crowding brought about"),
)
def avoidable_by_strain(course: Course) -> Bools:
    """Return who would have lived in a unit that is not crowded (Kadri 2021; a ward: Madsen 2014)."""
    return _only(course, "strain")


@count_of_patients(
    "deaths_avoidable_in_care_transfer",
    better="lower",
    title=text("Avoidable deaths in care that the transfer brought about"),
)
def avoidable_by_transfer(course: Course) -> Bools:
    """Return who would have lived without the transfer's odds (``transfer_odds_ratio``, default 1)."""
    return _only(course, "transfer")


@count_of_patients(
    "deaths_avoidable_in_care_outage",
    better="lower",
    title=text("Avoidable deaths in care that an outage of systems brought about"),
)
def avoidable_by_outage(course: Course) -> Bools:
    """Return who would have lived had no outage begun where they lay (McGlave, Neprash and Nikpay)."""
    return _only(course, "outage")


@count_of_patients(
    "deaths_avoidable_in_care_several",
    better="lower",
    title=text("Avoidable deaths in care with no single cause: wait, crowding and transfer together"),
)
def avoidable_by_several(course: Course) -> Bools:
    """Return those whom more than one effect's absence would have saved, or no single one's."""
    return np.asarray(avoidable_in_care(course) & (_effects(course).sum(axis=0) != 1))
