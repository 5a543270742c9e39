"""From injury or illness, and from arrival, to the first bed: the acute patients of the cohort.

Times to a first bed stand beside the 10-1-2 rule of military medicine (care within 10 minutes,
1 and 2 hours of wounding), each limit from onset and from arrival. What is done before hospital is
not modelled, so few have a bed 10 minutes after onset. An unfinished wait counts as waited so far.
Planned care has its own measures.
"""

import numpy as np

from nspl_sim.measures.course import Course, derived
from nspl_sim.measures.levels import Sample, over_patients
from nspl_sim.measures.means import mean, median, p95
from nspl_sim.measures.tables import Needs
from nspl_sim.vocabulary.clock import HOUR, MINUTE
from nspl_sim.vocabulary.patients import Ints
from nspl_sim.vocabulary.text import text


@derived
def first_beds(course: Course) -> Needs:
    """Return the first needs of the cohort's acute patients."""
    needs = course.first_needs()
    return needs.only(course.cohort[needs.patient] & (course.demand.priority[needs.patient] == 0))


@over_patients(
    "onset_to_first_bed_p95_h",
    p95,
    unit="h",
    better="lower",
    title=text("From onset to the first bed, not exceeded by 95 of 100 patients"),
)
@over_patients(
    "onset_to_first_bed_median_h",
    median,
    unit="h",
    better="lower",
    title=text("From onset to the first bed, median"),
)
@over_patients(
    "onset_to_first_bed_mean_h",
    mean,
    unit="h",
    better="lower",
    title=text("From onset to the first bed, mean"),
)
@derived
def from_onset(course: Course) -> Sample:
    """Return the hours from onset to the first bed."""
    return _since(course, course.demand.onset_s)


@over_patients(
    "arrival_to_first_bed_p95_h",
    p95,
    unit="h",
    better="lower",
    title=text("From arrival to the first bed, not exceeded by 95 of 100 patients"),
)
@over_patients(
    "arrival_to_first_bed_median_h",
    median,
    unit="h",
    better="lower",
    title=text("From arrival to the first bed, median"),
)
@over_patients(
    "arrival_to_first_bed_mean_h",
    mean,
    unit="h",
    better="lower",
    title=text("From arrival to the first bed, mean"),
)
@derived
def from_arrival(course: Course) -> Sample:
    """Return the hours from arrival to the first bed."""
    return _since(course, course.demand.arrival_s)


@over_patients(
    "first_bed_within_10min_of_arrival_share",
    mean,
    unit="share",
    better="higher",
    title=text("Share with a first bed within 10 minutes of arrival"),
)
@derived
def within_10min_of_arrival(course: Course) -> Sample:
    """Return 1 for each patient with a bed within 10 minutes of arrival, else 0."""
    return _within(course, course.demand.arrival_s, 10 * MINUTE)


@over_patients(
    "first_bed_within_1h_of_onset_share",
    mean,
    unit="share",
    better="higher",
    title=text("Share with a first bed within 1 hour of onset"),
)
@derived
def within_1h_of_onset(course: Course) -> Sample:
    """Return 1 for each patient with a bed within an hour of onset, else 0."""
    return _within(course, course.demand.onset_s, HOUR)


@over_patients(
    "first_bed_within_2h_of_onset_share",
    mean,
    unit="share",
    better="higher",
    title=text("Share with a first bed within 2 hours of onset"),
)
@derived
def within_2h_of_onset(course: Course) -> Sample:
    """Return 1 for each patient with a bed within two hours of onset, else 0."""
    return _within(course, course.demand.onset_s, 2 * HOUR)


@over_patients(
    "first_bed_within_1h_of_arrival_share",
    mean,
    unit="share",
    better="higher",
    title=text("Share with a first bed within 1 hour of arrival"),
)
@derived
def within_1h_of_arrival(course: Course) -> Sample:
    """Return 1 for each patient with a bed within an hour of arrival, else 0."""
    return _within(course, course.demand.arrival_s, HOUR)


@over_patients(
    "first_bed_within_2h_of_arrival_share",
    mean,
    unit="share",
    better="higher",
    title=text("Share with a first bed within 2 hours of arrival"),
)
@derived
def within_2h_of_arrival(course: Course) -> Sample:
    """Return 1 for each patient with a bed within two hours of arrival, else 0."""
    return _within(course, course.demand.arrival_s, 2 * HOUR)


@over_patients(
    "first_bed_within_10min_of_onset_share",
    mean,
    unit="share",
    better="higher",
    title=text("Share with a first bed within 10 minutes of onset"),
)
@derived
def within_10min_of_onset(course: Course) -> Sample:
    """Return 1 for each patient with a bed within 10 minutes of onset, else 0."""
    return _within(course, course.demand.onset_s, 10 * MINUTE)


def _since(course: Course, since_s: Ints) -> Sample:
    needs = first_beds(course)
    return Sample(needs.patient, (needs.ended_s - since_s[needs.patient]) / HOUR)


def _within(course: Course, since_s: Ints, limit_s: int) -> Sample:
    needs = first_beds(course)
    in_time = needs.met & (needs.ended_s - since_s[needs.patient] <= limit_s)
    return Sample(needs.patient, np.asarray(in_time, dtype=float))
