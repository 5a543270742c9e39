"""Planned care as a debt: how old the waiting list is, what comes too late, and what the wait costs.

The list counts what was postponed since the run began. Harm is reckoned of those whose care was put off
in the window, from their planned day until it began or the window ended: who still waits then is counted
so far only. The three kinds of harm have units of their own; they are never added to each other or to
deaths, which the model counts (sources-clinical, sections 7 and 11).
"""

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from nspl_sim.measures.course import Course, derived
from nspl_sim.measures.elective import begun_s, late, on_list, planned_postponed
from nspl_sim.measures.levels import Sample, count_of_patients, over_patients, sum_of_regions
from nspl_sim.measures.means import median, p90
from nspl_sim.measures.steps import Bools
from nspl_sim.scenario.waiting_harm import DeathsOnList, LaterDeaths, LostQuality
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import text

DAYS_OF_A_YEAR = 365.25
MONTHS_OF_A_YEAR = 12
_H = TypeVar("_H", LaterDeaths, DeathsOnList, LostQuality)


# ---------------------------------------------------------------- the list


@over_patients(
    "planned_list_age_p90_days",
    p90,
    unit="days",
    better="lower",
    title=text("Age of the waiting list at the end of the period that 90 of 100 patients do not exceed"),
    levels=("nation", "region"),
)
@over_patients(
    "planned_list_age_median_days",
    median,
    unit="days",
    better="lower",
    title=text("Age of the waiting list at the end of the period, median"),
    levels=("nation", "region"),
)
@derived
def list_age(course: Course) -> Sample:
    """Return the days since their planned day of those on the list when the window ends."""
    waiting = np.flatnonzero(on_list(course))
    return Sample(waiting, (course.horizon_s - course.demand.arrival_s[waiting]) / DAY)


@count_of_patients(
    "planned_late_priority_2",
    better="lower",
    title=text("Planned care of priority 2 not begun in time"),
    levels=("nation", "region"),
)
def planned_late_2(course: Course) -> Bools:
    """Return whose latest acceptable time of priority 2 passed in the window before the first bed."""
    return late(course, 2)


@count_of_patients(
    "planned_late_priority_3",
    better="lower",
    title=text("Planned care of priority 3 not begun in time"),
    levels=("nation", "region"),
)
def planned_late_3(course: Course) -> Bools:
    """Return the same of priority 3."""
    return late(course, 3)


# ---------------------------------------------------------------- what the wait costs


def later_deaths(harm: LaterDeaths, days: Floats) -> Floats:
    """Return the expected deaths over years after waits of *days*: m5 (HR^(weeks / 4) - 1), at most all."""
    more = harm.mortality_5y * (harm.hazard_ratio_per_4_weeks ** (days / 28) - 1)
    return np.minimum(more, 1 - harm.mortality_5y)


def deaths_on_list(harm: DeathsOnList, days: Floats) -> Floats:
    """Return the probability of death in waits of *days*, 1 - exp(-H): H is the hazard's integral."""
    growth = np.log(harm.growth_per_month) * MONTHS_OF_A_YEAR
    years = days / DAYS_OF_A_YEAR
    grown = np.expm1(growth * years) / growth if growth else years
    return -np.expm1(-harm.per_100_years / 100 * grown)


def lost_quality(harm: LostQuality, days: Floats) -> Floats:
    """Return the quality-adjusted life years lost in waits of *days*."""
    return harm.qaly_per_year * days / DAYS_OF_A_YEAR


@derived
def days_put_off(course: Course) -> Floats:
    """Return the days from the planned day until care began, or the window ended. Shape (patients,).

    0 for all but those whose care was put off in the window.
    """
    until = np.minimum(begun_s(course), course.horizon_s)
    days = (until - course.demand.arrival_s) / DAY
    return np.where(planned_postponed(course), np.maximum(days, 0), 0.0)


def _by_region(course: Course, of: type[_H], formula: Callable[[_H, Floats], Floats]) -> Floats:
    """Return the harm of one kind by home region; NaN where no class says it. Shape (regions,)."""
    total, days, said = np.zeros(len(course.regions)), days_put_off(course), False
    for number, key in enumerate(course.demand.classes):
        harm = course.scenario.classes[key].waiting_harm
        if isinstance(harm, of):
            rows = np.flatnonzero((course.demand.klass == number) & (days > 0))
            total += np.bincount(course.demand.region[rows], formula(harm, days[rows]), len(total))
            said = True
    return total if said else np.full(len(total), np.nan)


@sum_of_regions(
    "planned_harm_later_deaths",
    unit="expected deaths over years",
    better="lower",
    by_home=True,
    title=text("Postponed care: expected later deaths, such as from cancer (never added to deaths)"),
)
def harm_later_deaths(course: Course) -> Floats:
    """Return the excess deaths over years of those put off (Hanna 2020; five-year mortality assumed)."""
    return _by_region(course, LaterDeaths, later_deaths)


@sum_of_regions(
    "planned_harm_deaths_on_list",
    unit="expected deaths",
    better="lower",
    by_home=True,
    title=text("Postponed care: expected deaths on the list, as of heart disease (never added to deaths)"),
)
def harm_deaths_on_list(course: Course) -> Floats:
    """Return the expected deaths on the list (Rexius 2004: 5.8 for 100 patient-years, +11 % a month)."""
    return _by_region(course, DeathsOnList, deaths_on_list)


@sum_of_regions(
    "planned_harm_lost_qaly",
    unit="QALY",
    better="lower",
    by_home=True,
    title=text("Postponed care: quality of life lost while waiting"),
)
def harm_lost_qaly(course: Course) -> Floats:
    """Return the quality-adjusted life years lost while waiting (0.15 a year for benign care, assumed)."""
    return _by_region(course, LostQuality, lost_quality)
