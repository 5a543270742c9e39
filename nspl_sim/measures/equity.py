"""Equity: at equal need, does it matter whose patient one is; and which region is worst off?

Care follows need, so groups are compared within the same urgency and never as a whole: a group of
graver cases waits longer or dies more often without being treated worse. A difference at equal need
is a direct standardisation over urgency: the group less everybody else, urgency by urgency, weighted
by how many of all patients have that urgency (Fleiss, Levin and Paik 2003, chapter 19). An urgency
in which one of the two has no patient says nothing and is left out.
"""

import numpy as np

from nspl_sim.measures import outcome
from nspl_sim.measures.course import Course, derived
from nspl_sim.measures.groups import group_of
from nspl_sim.measures.levels import Sample, by_part, count_of_patients, over_patients
from nspl_sim.measures.means import greatest, mean, ratio
from nspl_sim.measures.measure import measure
from nspl_sim.measures.steps import Bools
from nspl_sim.measures.waiting import icu_waits
from nspl_sim.vocabulary.care import GROUPS, URGENCIES
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import text


def _tables(course: Course, sample: Sample) -> tuple[Floats, Floats]:
    """Return the sums of *sample* and its counts. Shapes: (groups, urgencies)."""
    of = group_of(course, sample.patient, sample.place) * len(URGENCIES)
    cell = of + course.demand.urgency[sample.patient] - URGENCIES[0]
    shape, cells = (len(GROUPS), len(URGENCIES)), len(GROUPS) * len(URGENCIES)
    sums, counts = np.bincount(cell, sample.value, cells), np.bincount(cell, minlength=cells)
    return np.asarray(sums.reshape(shape), dtype=float), np.asarray(counts.reshape(shape), dtype=float)


def _standardised(means: Floats, counts: Floats) -> Floats:
    """Return *means* (groups, urgencies) weighted by all patients of each urgency that has one."""
    weight = np.where(np.isnan(means), 0.0, counts.sum(axis=0))
    return ratio((np.nan_to_num(means) * weight).sum(axis=1), weight.sum(axis=1))


def _difference(course: Course, sample: Sample) -> Floats:
    """Return each group's mean less that of everybody else, at equal urgency. Shape (groups,)."""
    sums, counts = _tables(course, sample)
    others = ratio(sums.sum(axis=0) - sums, counts.sum(axis=0) - counts)
    return _standardised(ratio(sums, counts) - others, counts)


@count_of_patients(
    "patients_arrived",
    better="neither",
    title=text("Patients who arrive"),
    levels=("nation", "region", "group"),
)
def patients_arrived(course: Course) -> Bools:
    """Return the cohort: everybody who arrived in the window."""
    return course.cohort


@measure(
    "wait_icu_equal_need_h",
    unit="h",
    better="lower",
    level="group",
    title=text("Wait for intensive care, mean with the same mix of urgency for all"),
)
def wait_icu_equal_need(course: Course) -> Floats:
    """Return each group's mean wait had it the urgencies of all patients."""
    sums, counts = _tables(course, icu_waits(course))
    return _standardised(ratio(sums, counts), counts)


@measure(
    "wait_icu_equal_need_difference_h",
    unit="h",
    better="neither",
    level="group",
    title=text("Wait for intensive care at equal urgency, difference from everybody else"),
)
def wait_icu_difference(course: Course) -> Floats:
    """Return by how many hours each group waits longer than everybody else at equal urgency."""
    return _difference(course, icu_waits(course))


@over_patients(
    "died_waiting_share",
    mean,
    unit="share",
    better="lower",
    title=text("Share of acute patients who die while waiting"),
    levels=("nation", "urgency", "group"),
)
@derived
def died_waiting(course: Course) -> Sample:
    """Return 1 for each acute patient of the cohort who died before the bed, else 0."""
    acute = np.flatnonzero(course.cohort & (course.demand.priority == 0))
    return Sample(acute, outcome.died_waiting(course)[acute].astype(float))


@measure(
    "died_waiting_equal_need_difference",
    unit="points",
    better="neither",
    level="group",
    title=text("Share who die while waiting at equal urgency, difference from everybody else"),
)
def died_waiting_difference(course: Course) -> Floats:
    """Return by how many percentage points more of each group die waiting at equal urgency."""
    return 100 * _difference(course, died_waiting(course))


@measure(
    "worst_region_wait_icu_mean_h",
    unit="h",
    better="lower",
    title=text("Wait for intensive care, mean, of residents of the region worst off"),
)
def worst_region_wait_icu(course: Course) -> float:
    """Return the longest regional mean wait; which region it is, the regions' own numbers say."""
    sample = icu_waits(course)
    home = course.demand.region[sample.patient]
    return greatest(by_part(mean, sample.value, home, len(course.regions)))
