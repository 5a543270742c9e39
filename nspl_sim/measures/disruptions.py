"""What disruptions did: beds lost, patients whom an outage sends to a neighbour."""

import numpy as np

from nspl_sim.measures.course import ICU, WARD, Course, derived
from nspl_sim.measures.levels import count_of_patients, sum_of_regions
from nspl_sim.measures.steps import Bools, Steps
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.disruptions import What
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import text


@derived
def beds_lost(course: Course) -> Steps:
    """Return the staffed beds that disruptions take away, by unit: at most those of the scenario."""
    rows = [row for row in course.demand.disruptions if row.what == What.BEDS]
    unit, from_s, to_s, amount = (
        np.array(
            [
                (
                    row.region * len(course.kinds) + row.kind,
                    row.from_s,
                    min(row.to_s, course.end_s),
                    row.amount,
                )
                for row in rows
            ],
            dtype=np.int64,
        )
        .reshape(-1, 4)
        .T
    )
    there = Steps(course.base_beds.ravel(), unit[:0], unit[:0], unit[:0])
    lost = Steps(
        np.zeros_like(there.base),
        np.concatenate((unit, unit)),
        np.concatenate((from_s, to_s)),
        np.concatenate((amount, -amount)),
    )
    return there - (there - lost).floored()


def _bed_days(course: Course, kind: str) -> Floats:
    return course.of_kind(beds_lost(course), kind).integral(0, course.horizon_s) / DAY


@sum_of_regions(
    "icu_bed_days_lost",
    unit="bed-days",
    better="neither",
    title=text("Intensive care bed-days lost by disruptions"),
)
def icu_bed_days_lost(course: Course) -> Floats:
    """Return the staffed ICU bed-days of the window that disruptions take away: the same for every plan."""
    return _bed_days(course, ICU)


@sum_of_regions(
    "ward_bed_days_lost", unit="bed-days", better="neither", title=text("Ward bed-days lost by disruptions")
)
def ward_bed_days_lost(course: Course) -> Floats:
    """Return the same for ward beds."""
    return _bed_days(course, WARD)


@count_of_patients(
    "diverted_by_outage",
    better="neither",
    title=text("Patients whom a neighbour receives because of an outage"),
    levels=("nation", "region"),
)
def diverted(course: Course) -> Bools:
    """Return the ordinary emergencies of the cohort that an outage sends to a neighbour, by home."""
    away: Bools = course.demand.diverted_to >= 0
    return course.cohort & away
