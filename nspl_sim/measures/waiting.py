"""Waits for a bed: patient means of the cohort.

A wait that did not end in a bed counts as waited so far: until death, refusal or the end of the run.
A share in time counts only beds had in time. Of each kind it is the patient's first stage that counts.
"""

from nspl_sim.measures.course import ICU, WARD, Course, derived
from nspl_sim.measures.levels import Sample, over_patients
from nspl_sim.measures.means import mean, median, p95
from nspl_sim.measures.tables import Needs
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.text import text


@derived
def cohort_needs(course: Course, kind: str) -> Needs:
    """Return the cohort's first needs of *kind*."""
    needs = course.first_needs(kind)
    return needs.only(course.cohort[needs.patient])


@over_patients(
    "wait_icu_p95_h",
    p95,
    unit="h",
    better="lower",
    title=text("Wait for intensive care that 95 of 100 patients do not exceed"),
    levels=("nation", "urgency", "group"),
)
@over_patients(
    "wait_icu_median_h", median, unit="h", better="lower", title=text("Wait for intensive care, median")
)
@over_patients(
    "wait_icu_mean_h",
    mean,
    unit="h",
    better="lower",
    title=text("Wait for intensive care, mean"),
    levels=("nation", "urgency", "region", "group"),
)
@derived
def icu_waits(course: Course) -> Sample:
    """Return the hours from asked to admitted for intensive care."""
    needs = cohort_needs(course, ICU)
    return Sample(needs.patient, needs.wait_s / HOUR, needs.region)


@over_patients(
    "icu_within_1h_share",
    mean,
    unit="share",
    better="higher",
    title=text("Share of intensive care needs met within 1 hour"),
    levels=("nation", "urgency", "region", "group"),
)
@derived
def icu_within_1h(course: Course) -> Sample:
    """Return 1 for each need of intensive care met within an hour, else 0.

    Who has waited less than that when the run ends is left out: nobody knows.
    """
    needs = cohort_needs(course, ICU)
    needs = needs.only(needs.met | (needs.ended_s < course.end_s) | (needs.wait_s > HOUR))
    return Sample(needs.patient, (needs.met & (needs.wait_s <= HOUR)).astype(float), needs.region)


@over_patients(
    "wait_ward_p95_h",
    p95,
    unit="h",
    better="lower",
    title=text("Wait for a ward bed that 95 of 100 patients do not exceed"),
    levels=("nation", "urgency", "group"),
)
@over_patients(
    "wait_ward_mean_h",
    mean,
    unit="h",
    better="lower",
    title=text("Wait for a ward bed, mean"),
    levels=("nation", "urgency", "group"),
)
@derived
def ward_waits(course: Course) -> Sample:
    """Return the hours from asked to admitted for a ward; who keeps another bed meanwhile boards."""
    needs = cohort_needs(course, WARD)
    return Sample(needs.patient, needs.wait_s / HOUR, needs.region)


@over_patients(
    "icu_need_to_confirmed_bed_h",
    mean,
    unit="h",
    better="lower",
    title=text("From the need of intensive care to a confirmed bed, mean"),
)
@derived
def icu_confirmed(course: Course) -> Sample:
    """Return the hours from asked to booked elsewhere or taken at home, of needs that were met."""
    needs = cohort_needs(course, ICU)
    needs = needs.only(needs.met)
    return Sample(needs.patient, (needs.confirmed_s - needs.asked_s) / HOUR)


@over_patients(
    "icu_booking_to_bed_h",
    mean,
    unit="h",
    better="lower",
    title=text("From the booking of intensive care in another region to the bed, mean"),
)
@derived
def icu_fetched(course: Course) -> Sample:
    """Return the hours from booked to admitted of those who were moved: stabilising and transport."""
    needs = cohort_needs(course, ICU)
    needs = needs.only(needs.moved)
    return Sample(needs.patient, (needs.admitted_s - needs.placed_s) / HOUR)
