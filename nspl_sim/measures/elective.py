"""Planned care: what was put off, what still waits, what comes too late, how long catching up takes.

Only care that can be paused is postponed; other planned care is treated as an emergency.
"""

import numpy as np

from nspl_sim.measures.course import Course, derived
from nspl_sim.measures.levels import by_home, count_of_patients
from nspl_sim.measures.means import ratio
from nspl_sim.measures.measure import measure
from nspl_sim.measures.steps import Bools
from nspl_sim.scenario.volumes import planned_per_weekday
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import Floats, Ints
from nspl_sim.vocabulary.text import text

LONG_S = 90 * DAY
"""The care guarantee's limit: planned care within 90 days."""


@derived
def begun_s(course: Course) -> Ints:
    """Return when each patient was first admitted, or left without; ``NEVER`` if neither came."""
    first = course.first_needs()
    begun = course.exit_s.copy()
    begun[first.patient] = np.minimum(begun[first.patient], first.admitted_s)
    return begun


@derived
def on_list(course: Course) -> Bools:
    """Return who is on a waiting list when the window ends. Shape (patients,)."""
    return np.asarray((course.postponed_s < course.horizon_s) & (course.released_s >= course.horizon_s))


@count_of_patients(
    "planned_postponed", better="lower", title=text("Planned care postponed"), levels=("nation", "region")
)
def planned_postponed(course: Course) -> Bools:
    """Return whose planned care was put off in the window."""
    return (course.postponed_s >= 0) & (course.postponed_s < course.horizon_s)


@measure(
    "planned_postponed_share", unit="share", better="lower", title=text("Share of planned care postponed")
)
def planned_postponed_share(course: Course) -> float:
    """Return the postponed over all planned arrivals of the window that can be paused."""
    planned = course.cohort & (course.demand.priority > 0)
    postponed = planned & planned_postponed(course)
    return float(ratio(np.count_nonzero(postponed), np.count_nonzero(planned)))


@count_of_patients(
    "planned_on_list",
    better="lower",
    title=text("Postponed planned care still waiting at the end of the period"),
    levels=("nation", "region"),
)
def planned_on_list(course: Course) -> Bools:
    """Return who is on the list at the end of the window."""
    return on_list(course)


@count_of_patients(
    "planned_over_90_days",
    better="lower",
    title=text("Planned care that has waited over 90 days at the end of the period"),
    levels=("nation", "region"),
)
def planned_over_90_days(course: Course) -> Bools:
    """Return who is on the list at the end of the window and came more than 90 days before."""
    return on_list(course) & (course.horizon_s - course.demand.arrival_s > LONG_S)


def late(course: Course, priority: int) -> Bools:
    """Return whose latest acceptable time passed in the window before care began. Shape (patients,)."""
    due = course.demand.due_s
    passed = (due >= 0) & (due < course.horizon_s) & (begun_s(course) > due)
    return np.asarray(passed & (course.demand.priority == priority))


@count_of_patients(
    "planned_cancer_late",
    better="lower",
    title=text("Planned care of priority 1, such as cancer, not begun in time"),
    levels=("nation", "region"),
)
def planned_cancer_late(course: Course) -> Bools:
    """Return whose latest acceptable time of priority 1 passed in the window before the first bed."""
    return late(course, 1)


@derived
def catching_up_per_week(course: Course) -> Floats:
    """Return how many may be released from the list in a week, by region (clinical sources, section 7)."""
    return np.asarray(course.scenario.catch_up * planned_per_weekday(course.scenario).sum(axis=(1, 2)))


@measure(
    "planned_weeks_to_work_off",
    unit="weeks",
    better="lower",
    title=text("Weeks to work off the planned care that still waits"),
)
def planned_weeks_to_work_off(course: Course) -> float:
    """Return backlog / what is caught up in a week, T = B / (g V), as if regions shared the work."""
    return float(ratio(np.count_nonzero(on_list(course)), catching_up_per_week(course).sum()))


@measure(
    "planned_weeks_to_work_off",
    unit="weeks",
    better="lower",
    level="region",
    title=text("Weeks to work off the planned care that still waits"),
)
def planned_weeks_to_work_off_by_region(course: Course) -> Floats:
    """Return the same for each region with its own list and volume."""
    return ratio(by_home(course, on_list(course)), catching_up_per_week(course))
