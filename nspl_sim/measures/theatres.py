"""Operating hours: what patients need in all, later operations included; nothing is held for it."""

import numpy as np

from nspl_sim.measures.course import Course
from nspl_sim.measures.measure import measure
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import text


def _needed(course: Course) -> Floats:
    """Return the mean operating hours of each patient's class. Shape (patients,)."""
    by_class = [course.scenario.classes[key].operating_h for key in course.demand.classes]
    return np.array(by_class, dtype=float)[course.demand.klass]


@measure(
    "operating_hours_needed",
    unit="h",
    better="neither",
    title=text("Operating hours that the patients need, later operations included"),
)
def operating_hours_needed(course: Course) -> float:
    """Return the cohort's mean number of operations x their length, by class (``operating_h``)."""
    return float(_needed(course)[course.cohort].sum())


@measure(
    "operating_hours_needed",
    unit="h",
    better="neither",
    level="region",
    by_home=True,
    title=text("Operating hours that the patients need, later operations included"),
)
def operating_hours_needed_by_region(course: Course) -> Floats:
    """Return the same where the patients live."""
    hours, home = _needed(course)[course.cohort], course.demand.region[course.cohort]
    return np.bincount(home, hours, minlength=len(course.regions)).astype(float)
