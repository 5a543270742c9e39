"""Referrals: patients sent on because their region has no unit of the kind they need.

They are no capacity transfers and happen under every plan; their vehicles and teams count with all others.
"""

import numpy as np

from nspl_sim.measures.course import Course, derived
from nspl_sim.measures.levels import Sample, over_patients, sum_of_regions
from nspl_sim.measures.means import mean
from nspl_sim.measures.tables import Needs
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import text


@derived
def referred_needs(course: Course) -> Needs:
    """Return the cohort's needs of a kind of unit that the region lacks and refers."""
    needs = course.needs
    return needs.only((needs.referred == 1) & course.cohort[needs.patient])


@sum_of_regions(
    "referrals",
    unit="patients",
    better="neither",
    title=text("Patients referred to a special unit in another region"),
)
def referrals(course: Course) -> Floats:
    """Return the cohort's referrals that ended in a bed, by the region that lacks the unit."""
    needs = referred_needs(course)
    return np.bincount(needs.region[needs.met], minlength=len(course.regions)).astype(float)


@over_patients(
    "referral_wait_mean_h",
    mean,
    unit="h",
    better="lower",
    levels=("nation", "region"),
    title=text("From need to a special unit in another region, mean"),
)
@derived
def referral_wait(course: Course) -> Sample:
    """Return the hours from asked to admitted, transport included; an unfinished wait counts so far."""
    needs = referred_needs(course)
    return Sample(needs.patient, needs.wait_s / HOUR)
