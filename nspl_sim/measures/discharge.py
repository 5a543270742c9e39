"""Discharge-ready patients: beds that they keep while they wait for municipal care, and how long."""

import numpy as np

from nspl_sim.measures.course import Course, derived
from nspl_sim.measures.levels import Sample, over_patients, sum_of_regions
from nspl_sim.measures.means import mean, ratio
from nspl_sim.measures.steps import Steps
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import Floats, Ints
from nspl_sim.vocabulary.text import text


@sum_of_regions(
    "discharge_ready_beds",
    unit="patients",
    better="lower",
    title=text("Beds kept by discharge-ready patients, time-weighted mean"),
)
def discharge_ready_beds(course: Course) -> Floats:
    """Return the mean number who wait in a bed for municipal care, where the beds are.

    Those who were ready when warm-up began are not among them.
    """
    rows = course.journal.where(Event.READY)
    region, since = course.journal.region[rows], course.journal.time_s[rows]
    steps = Steps.counting(len(course.regions), region, since, _until_s(course, rows))
    return ratio(steps.integral(0, course.horizon_s), course.horizon_s)


@over_patients(
    "discharge_ready_wait_mean_days",
    mean,
    unit="days",
    better="lower",
    levels=("nation", "region"),
    title=text("From discharge-ready to municipal care, mean of those ready in the period"),
)
@derived
def discharge_ready_wait(course: Course) -> Sample:
    """Return the days from ready until received of those ready in the window; unfinished count so far."""
    rows = course.journal.where(Event.READY)
    time_s = course.journal.time_s[rows]
    rows = rows[(time_s >= 0) & (time_s < course.horizon_s)]
    waits = _until_s(course, rows) - course.journal.time_s[rows]
    return Sample(course.journal.patient[rows], waits / DAY)


def _until_s(course: Course, ready: Ints) -> Ints:
    """Return when each wait of the journal's rows *ready* was over; what goes on ends with the run."""
    return np.minimum(course.exit_s[course.journal.patient[ready]], course.end_s)
