"""Beds: census, occupancy and what is beyond, weighted by time over the window, where the beds are."""

import numpy as np

from nspl_sim.measures.course import ICU, WARD, Course, derived
from nspl_sim.measures.levels import Sample, over_patients, sum_of_regions
from nspl_sim.measures.means import greatest, mean, ratio
from nspl_sim.measures.measure import measure
from nspl_sim.measures.steps import Steps
from nspl_sim.vocabulary.care import UNLIMITED
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import text

THEATRE = "theatre"


@derived
def bed_seconds(course: Course, of: str, kind: str) -> Floats:
    """Return the integral of ``occupied``, ``beds`` ... over the window by region; NaN if unlimited."""
    steps: Steps = getattr(course, of)
    seconds = course.of_kind(steps, kind).integral(0, course.horizon_s)
    return np.where(seconds < UNLIMITED / 2 * course.horizon_s, seconds, np.nan)


def _mean_level(course: Course, of: str, kind: str) -> Floats:
    return ratio(bed_seconds(course, of, kind), course.horizon_s)


# ---------------------------------------------------------------- census and lines


@sum_of_regions(
    "icu_census",
    unit="patients",
    better="neither",
    title=text("Patients in intensive care, time-weighted mean"),
)
def icu_census(course: Course) -> Floats:
    """Return the mean ICU census."""
    return _mean_level(course, "occupied", ICU)


@sum_of_regions(
    "ward_census", unit="patients", better="neither", title=text("Patients in ward beds, time-weighted mean")
)
def ward_census(course: Course) -> Floats:
    """Return the mean ward census."""
    return _mean_level(course, "occupied", WARD)


@sum_of_regions(
    "icu_waiting",
    unit="patients",
    better="lower",
    title=text("Patients waiting for intensive care, time-weighted mean"),
)
def icu_waiting(course: Course) -> Floats:
    """Return the mean number in line for intensive care, where they wait; the booked are not counted."""
    return _mean_level(course, "waiting", ICU)


@sum_of_regions(
    "ward_waiting",
    unit="patients",
    better="lower",
    title=text("Patients waiting for a ward bed, time-weighted mean"),
)
def ward_waiting(course: Course) -> Floats:
    """Return the mean number in line for a ward bed, those who board included."""
    return _mean_level(course, "waiting", WARD)


@measure(
    "icu_census_peak",
    unit="patients",
    better="neither",
    title=text("Patients in intensive care, highest number in the nation at once"),
)
def icu_census_peak(course: Course) -> float:
    """Return the highest ICU census of the nation in the window."""
    nation = course.of_kind(course.occupied, ICU).total()
    return greatest(nation.spans(0, course.horizon_s).level.astype(float))


@over_patients(
    "icu_mean_stay_days",
    mean,
    unit="days",
    better="neither",
    levels=("nation",),
    title=text("Length of stay in intensive care, mean of stays begun in the period"),
)
def icu_stays(course: Course) -> Sample:
    """Return the days of each ICU stay begun in the window.

    One that the end of the run cut off lasts as long as it would have without a wait for the next
    bed (Demand knows): cut short, the long stays would be missing from the mean. An in-patient who is
    moved lies in two units, one stay in each; the clock of the stay goes on between them.
    """
    stays, stages = (
        course.stays.only(course.stays.kind == course.kind_number(ICU)),
        course.demand.kind.shape[1],
    )
    whole = course.demand.stay_s[stays.patient, stays.stage]
    moved = course.all_trips.only(course.all_trips.moved)
    named = stays.patient * stages + stays.stage
    after_trip = np.isin(named, moved.patient * stages + moved.stage)
    whole = whole + np.where(after_trip, course.demand.extra_stay_if_moved_s[stays.patient], 0)
    _, first, of = np.unique(named, return_index=True, return_inverse=True)
    lain, left = stays.to_s - stays.from_s, stays.from_s[first][of] + whole - stays.from_s
    lasts = np.where(stays.to_s < course.end_s, lain, np.maximum(lain, left))
    begun = (stays.from_s >= 0) & (stays.from_s < course.horizon_s)
    return Sample(stays.patient[begun], lasts[begun] / DAY)


# ---------------------------------------------------------------- boarding


def _boarding_hours(course: Course, kind: int | None) -> Floats:
    kept = course.boarding if kind is None else course.boarding.only(course.boarding.kind == kind)
    steps = Steps.counting(len(course.regions), kept.region, kept.from_s, kept.to_s)
    return steps.integral(0, course.horizon_s) / HOUR


@sum_of_regions(
    "boarding_hours",
    unit="bed-hours",
    better="lower",
    title=text("Hours in beds kept only because the next was not free"),
)
def boarding_hours(course: Course) -> Floats:
    """Return the bed-hours of the window in which patients waited in a bed for another."""
    return _boarding_hours(course, None)


@sum_of_regions(
    "icu_boarding_hours",
    unit="bed-hours",
    better="lower",
    title=text("Hours in intensive care beds kept only because the next bed was not free"),
)
def icu_boarding_hours(course: Course) -> Floats:
    """Return the same for ICU beds: intensive care lost to those who no longer need it."""
    return _boarding_hours(course, course.kind_number(ICU))


@sum_of_regions(
    "theatre_hours",
    unit="h",
    better="neither",
    title=text("Hours in which operating theatres are in use"),
)
def theatre_hours(course: Course) -> Floats:
    """Return the theatre-hours of the window with a patient; NaN in a world without theatres."""
    if THEATRE not in course.kinds:
        return np.full(len(course.regions), np.nan)
    return bed_seconds(course, "occupied", THEATRE) / HOUR


# ---------------------------------------------------------------- occupancy


def _occupancy(course: Course, kind: str) -> tuple[Floats, Floats]:
    return bed_seconds(course, "occupied", kind), bed_seconds(course, "beds", kind)


@measure("icu_occupancy", unit="share", better="neither", title=text("Occupancy of intensive care"))
def icu_occupancy(course: Course) -> float:
    """Return occupied over staffed ICU bed-time of the nation."""
    occupied, staffed = _occupancy(course, ICU)
    return float(ratio(occupied.sum(), staffed.sum()))


@measure(
    "icu_occupancy", unit="share", better="neither", level="region", title=text("Occupancy of intensive care")
)
def icu_occupancy_by_region(course: Course) -> Floats:
    """Return occupied over staffed ICU bed-time by region."""
    return ratio(*_occupancy(course, ICU))


@measure("ward_occupancy", unit="share", better="neither", title=text("Occupancy of ward beds"))
def ward_occupancy(course: Course) -> float:
    """Return occupied over staffed ward bed-time of the nation."""
    occupied, staffed = _occupancy(course, WARD)
    return float(ratio(occupied.sum(), staffed.sum()))


@measure(
    "ward_occupancy", unit="share", better="neither", level="region", title=text("Occupancy of ward beds")
)
def ward_occupancy_by_region(course: Course) -> Floats:
    """Return occupied over staffed ward bed-time by region."""
    return ratio(*_occupancy(course, WARD))
