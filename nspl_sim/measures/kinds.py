"""The queue of every unit kind, whatever it is called: waits, line, census, losses.

Intensive care and wards have measures of their own names beside these; any other kind, or one bed
in a textbook, has these. Waits are patient means of the cohort; line and census are time-weighted.
"""

from collections.abc import Callable

import numpy as np

from nspl_sim.measures.course import Course
from nspl_sim.measures.means import mean, p95, ratio
from nspl_sim.measures.measure import measure
from nspl_sim.measures.occupancy import bed_seconds
from nspl_sim.measures.waiting import cohort_needs
from nspl_sim.vocabulary.care import Outcome
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import text


def _each(course: Course, value: Callable[[str], float]) -> Floats:
    return np.array([value(kind) for kind in course.kinds], dtype=float)


@measure("unit_wait_mean_h", unit="h", better="lower", level="kind", title=text("Wait for a bed, mean"))
def wait_mean(course: Course) -> Floats:
    """Return the mean hours from asked to admitted; who dies or leaves counts as waited so far."""
    return _each(course, lambda kind: mean(cohort_needs(course, kind).wait_s / HOUR))


@measure(
    "unit_wait_p95_h",
    unit="h",
    better="lower",
    level="kind",
    title=text("Wait for a bed that 95 of 100 patients do not exceed"),
)
def wait_p95(course: Course) -> Floats:
    """Return the 95 % point of the same."""
    return _each(course, lambda kind: p95(cohort_needs(course, kind).wait_s / HOUR))


@measure(
    "unit_waited_share",
    unit="share",
    better="lower",
    level="kind",
    title=text("Share of patients who have to wait for a bed"),
)
def waited(course: Course) -> Floats:
    """Return the share whose need was not met at once."""

    def share(kind: str) -> float:
        needs = cohort_needs(course, kind)
        return mean((~(needs.met & (needs.wait_s == 0))).astype(float))

    return _each(course, share)


@measure(
    "unit_refused_share",
    unit="share",
    better="lower",
    level="kind",
    title=text("Share of patients refused for want of a bed"),
)
def refused(course: Course) -> Floats:
    """Return the share of needs that ended in ``refused``."""

    def share(kind: str) -> float:
        needs = cohort_needs(course, kind)
        gone = (course.outcome[needs.patient] == Outcome.REFUSED) & ~needs.met
        return mean(gone.astype(float))

    return _each(course, share)


@measure(
    "unit_died_waiting_share",
    unit="share",
    better="lower",
    level="kind",
    title=text("Share of patients who die waiting for a bed"),
)
def died_waiting_share(course: Course) -> Floats:
    """Return the share of needs that ended in death before a bed, on the way included."""

    def share(kind: str) -> float:
        needs = cohort_needs(course, kind)
        outcome = course.outcome[needs.patient]
        died = (outcome == Outcome.DIED_WAITING) | (outcome == Outcome.DIED_ON_THE_WAY)
        return mean((died & ~needs.met).astype(float))

    return _each(course, share)


def _level(course: Course, steps: str, kind: str) -> float:
    return float(bed_seconds(course, steps, kind).sum() / course.horizon_s)


@measure(
    "unit_waiting_mean",
    unit="patients",
    better="lower",
    level="kind",
    title=text("Patients waiting for a bed, time-weighted mean"),
)
def waiting_mean(course: Course) -> Floats:
    """Return the mean number in line in the nation."""
    return _each(course, lambda kind: _level(course, "waiting", kind))


@measure(
    "unit_census_mean",
    unit="patients",
    better="neither",
    level="kind",
    title=text("Patients in beds, time-weighted mean"),
)
def census_mean(course: Course) -> Floats:
    """Return the mean census of the nation."""
    return _each(course, lambda kind: _level(course, "occupied", kind))


@measure("unit_occupancy", unit="share", better="neither", level="kind", title=text("Occupancy"))
def occupancy(course: Course) -> Floats:
    """Return occupied over staffed bed-time of the nation; NaN where beds are unlimited or none."""

    def share(kind: str) -> float:
        occupied = bed_seconds(course, "occupied", kind).sum()
        return float(ratio(occupied, bed_seconds(course, "beds", kind).sum()))

    return _each(course, share)
