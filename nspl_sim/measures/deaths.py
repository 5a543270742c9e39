"""Deaths of the cohort, by where and why. Deaths in care are settled by :mod:`.outcome`.

Death in care is reported for the scenario's strain arm, and in all for the arms none and full: a
finding that turns round between them is none. Who is refused leaves the model and its count of deaths,
unless the class says how many of the refused die (``refused_mortality``).
"""

import numpy as np

from nspl_sim.measures import outcome
from nspl_sim.measures.course import ICU, WARD, Course, derived
from nspl_sim.measures.levels import by_home, count_of_patients
from nspl_sim.measures.means import greatest, ratio
from nspl_sim.measures.measure import measure
from nspl_sim.measures.steps import Bools
from nspl_sim.vocabulary.care import Answer, Arm, Event, Outcome
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import text


def arm(course: Course) -> Arm:
    """Return the scenario's strain arm."""
    return Arm(course.scenario.strain_arm)


def lacked(course: Course, *lacks: int) -> Bools:
    """Return who died waiting with one of *lacks* (an ``Answer``) noted: the furthest of the last attempt.

    Shape (patients,). -1: nobody had answered. YES: all was booked.
    """
    rows = course.journal.where(Event.DIED_WAITING)
    chosen = np.zeros(len(course.demand), dtype=bool)
    chosen[course.journal.patient[rows]] = np.isin(course.journal.detail[rows], lacks)
    return chosen


@count_of_patients("deaths_all", better="lower", title=text("Deaths"), levels=("nation", "region", "group"))
def deaths_all(course: Course) -> Bools:
    """Return who died: waiting, on the way or in care, or after refusal where the class says so."""
    return course.cohort & outcome.died(course, arm(course))


@count_of_patients(
    "deaths_waiting",
    better="lower",
    title=text("Deaths while waiting for care"),
    levels=("nation", "region", "group"),
)
def deaths_waiting(course: Course) -> Bools:
    """Return who died before the bed, in line or on the way."""
    return course.cohort & outcome.died_waiting(course)


@count_of_patients("deaths_on_the_way", better="lower", title=text("Deaths during transport"))
def deaths_on_the_way(course: Course) -> Bools:
    """Return who died between departure and admission; they are among deaths while waiting."""
    return course.cohort & outcome.ended(course, Outcome.DIED_ON_THE_WAY)


@count_of_patients(
    "deaths_in_care", better="lower", title=text("Deaths in care"), levels=("nation", "region", "group")
)
def deaths_in_care(course: Course) -> Bools:
    """Return who died in care, under the scenario's strain arm."""
    return course.cohort & outcome.died_in_care(course, arm(course))


@count_of_patients(
    "deaths_avoidable",
    better="lower",
    title=text("Avoidable deaths: would have lived with everything given in time"),
    levels=("nation", "region", "group"),
)
def deaths_avoidable(course: Course) -> Bools:
    """Return who died, but would not have with everything given in time."""
    return course.cohort & outcome.died_avoidably(course, arm(course))


@count_of_patients(
    "deaths_all_strain_none",
    better="lower",
    title=text("Deaths, if crowded intensive care is taken to do no harm"),
)
def deaths_all_strain_none(course: Course) -> Bools:
    """Return who died when strain does no harm."""
    return course.cohort & outcome.died(course, Arm.NONE)


@count_of_patients(
    "deaths_all_strain_half",
    better="lower",
    title=text("Deaths, if crowded intensive care is taken to do half the harm reported"),
)
def deaths_all_strain_half(course: Course) -> Bools:
    """Return who died when strain does half the harm."""
    return course.cohort & outcome.died(course, Arm.HALF)


@count_of_patients(
    "deaths_all_strain_full",
    better="lower",
    title=text("Deaths, if crowded intensive care is taken to do all the harm reported"),
)
def deaths_all_strain_full(course: Course) -> Bools:
    """Return who died when strain does all the harm of the source."""
    return course.cohort & outcome.died(course, Arm.FULL)


@count_of_patients(
    "deaths_waiting_no_receiver",
    better="lower",
    title=text("Deaths while waiting, when no region had a bed to give"),
)
def deaths_waiting_no_receiver(course: Course) -> Bools:
    """Return who died in line after the last attempt found no receiver."""
    return course.cohort & lacked(course, Answer.TOO_FAR, Answer.NO_BED, Answer.NO_QUOTA)


@count_of_patients(
    "deaths_waiting_no_team",
    better="lower",
    title=text("Deaths while waiting, when a bed was found but no team"),
)
def deaths_waiting_no_team(course: Course) -> Bools:
    """Return who died in line after the last attempt found a receiver but no team."""
    return course.cohort & lacked(course, Answer.NO_TEAM)


@count_of_patients(
    "deaths_waiting_no_vehicle",
    better="lower",
    title=text("Deaths while waiting, when a bed and a team were found but no vehicle"),
)
def deaths_waiting_no_vehicle(course: Course) -> Bools:
    """Return who died in line after the last attempt found all but a vehicle, or only closed ones."""
    return course.cohort & lacked(course, Answer.NO_VEHICLE, Answer.GROUNDED)


@count_of_patients(
    "deaths_waiting_closed",
    better="lower",
    title=text("Deaths while waiting, when all vehicles were kept by weather or closed airspace"),
)
def deaths_waiting_closed(course: Course) -> Bools:
    """Return who among them died after the last attempt found vehicles, of modes that were closed."""
    return course.cohort & lacked(course, Answer.GROUNDED)


@count_of_patients(
    "deaths_waiting_no_answer",
    better="lower",
    title=text("Deaths while waiting for intensive care, without any answer from another region"),
)
def deaths_waiting_no_answer(course: Course) -> Bools:
    """Return who died in line for intensive care before any region had answered, or was asked."""
    return course.cohort & lacked(course, -1) & wanted(course, ICU)


@count_of_patients(
    "deaths_waiting_booked",
    better="lower",
    title=text("Deaths while waiting, with a bed booked in another region: before departure"),
)
def deaths_waiting_booked(course: Course) -> Bools:
    """Return who died with bed, team and vehicle booked, before the departure."""
    return course.cohort & lacked(course, Answer.YES)


@count_of_patients(
    "deaths_waiting_icu",
    better="lower",
    title=text("Deaths while waiting for intensive care, transport included"),
    levels=("nation", "region"),
)
def deaths_waiting_icu(course: Course) -> Bools:
    """Return who died before an intensive care bed, in line or on the way."""
    return deaths_waiting(course) & wanted(course, ICU)


@count_of_patients(
    "deaths_waiting_ward",
    better="lower",
    title=text("Deaths while waiting for a ward bed"),
    levels=("nation", "region"),
)
def deaths_waiting_ward(course: Course) -> Bools:
    """Return who died before a ward bed."""
    return deaths_waiting(course) & wanted(course, WARD)


def wanted(course: Course, kind: str) -> Bools:
    """Return who died before the bed wanting one of *kind*. Shape (patients,)."""
    rows = np.concatenate([course.journal.where(e) for e in (Event.DIED_WAITING, Event.DIED_ON_THE_WAY)])
    chosen = np.zeros(len(course.demand), dtype=bool)
    chosen[course.journal.patient[rows]] = course.journal.unit[rows] == course.kind_number(kind)
    return chosen


@count_of_patients(
    "refused",
    better="lower",
    title=text("Patients turned away for want of a bed"),
    levels=("nation", "region", "group", "class"),
)
def refused(course: Course) -> Bools:
    """Return who was turned away; what became of them is known only as far as their class says it."""
    return course.cohort & outcome.ended(course, Outcome.REFUSED)


@count_of_patients(
    "deaths_after_refusal",
    better="lower",
    title=text("Deaths after being turned away"),
    levels=("nation", "region"),
)
def deaths_after_refusal(course: Course) -> Bools:
    """Return who was turned away and died of it; they are among all deaths."""
    return course.cohort & outcome.died_after_refusal(course)


# ---------------------------------------------------------------- per head


@derived
def population(course: Course) -> Floats:
    """Return the population by region, NaN where none is given."""
    given = (course.scenario.regions[r].population for r in course.regions)
    return np.array([np.nan if p is None else p for p in given], dtype=float)


@measure(
    "deaths_per_100k",
    unit="per 100 000",
    better="lower",
    level="region",
    by_home=True,
    title=text("Deaths per 100 000 inhabitants"),
)
def deaths_per_100k(course: Course) -> Floats:
    """Return deaths of the cohort for each 100 000 inhabitants of the home region."""
    return 1e5 * ratio(by_home(course, deaths_all(course)), population(course))


@measure(
    "worst_region_deaths_per_100k",
    unit="per 100 000",
    better="lower",
    title=text("Deaths per 100 000 inhabitants in the region worst off"),
)
def worst_region_deaths_per_100k(course: Course) -> float:
    """Return the highest regional number of deaths for each 100 000 inhabitants."""
    return greatest(deaths_per_100k(course))
