"""The burden ledger: who lay in whose beds, beside the regions' shares of the population.

The population key is a comparison and no agreed share of care. Given: bed-days of others' residents
in the region's beds; received: bed-days of its residents in others' beds; over the window.
"""

import numpy as np

from nspl_sim.measures.course import ICU, WARD, Course, derived
from nspl_sim.measures.deaths import population
from nspl_sim.measures.levels import sum_of_regions
from nspl_sim.measures.means import ratio
from nspl_sim.measures.measure import measure
from nspl_sim.measures.steps import totals
from nspl_sim.measures.tables import Stays
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import Floats, Ints
from nspl_sim.vocabulary.text import text


def _days(course: Course, stays: Stays, region: Ints) -> Floats:
    """Return the bed-days of *stays* inside the window, by *region*. Shape (regions,)."""
    within = np.clip(stays.to_s, 0, course.horizon_s) - np.clip(stays.from_s, 0, course.horizon_s)
    return totals(region, within, len(course.regions)) / DAY


@derived
def outsiders(course: Course, kind: str) -> Stays:
    """Return the stays in beds of *kind* outside the patient's home region."""
    stays = course.stays
    away = course.demand.region[stays.patient] != stays.region
    return stays.only(away & (stays.kind == course.kind_number(kind)))


@derived
def given_days(course: Course, kind: str) -> Floats:
    """Return the bed-days of *kind* that each region gave to residents of others."""
    stays = outsiders(course, kind)
    return _days(course, stays, stays.region)


@derived
def received_days(course: Course, kind: str) -> Floats:
    """Return the bed-days of *kind* that residents of each region had elsewhere."""
    stays = outsiders(course, kind)
    return _days(course, stays, course.demand.region[stays.patient])


@sum_of_regions(
    "icu_bed_days_given",
    unit="bed-days",
    better="neither",
    title=text("Intensive care bed-days given to residents of other regions"),
)
def icu_bed_days_given(course: Course) -> Floats:
    """Return ICU bed-days given, where the beds are."""
    return given_days(course, ICU)


@measure(
    "icu_bed_days_received",
    unit="bed-days",
    better="neither",
    level="region",
    by_home=True,
    title=text("Intensive care bed-days received in other regions"),
)
def icu_bed_days_received(course: Course) -> Floats:
    """Return ICU bed-days received, where the patients live."""
    return received_days(course, ICU)


@sum_of_regions(
    "ward_bed_days_given",
    unit="bed-days",
    better="neither",
    title=text("Ward bed-days given to residents of other regions"),
)
def ward_bed_days_given(course: Course) -> Floats:
    """Return ward bed-days given, where the beds are."""
    return given_days(course, WARD)


@measure(
    "ward_bed_days_received",
    unit="bed-days",
    better="neither",
    level="region",
    by_home=True,
    title=text("Ward bed-days received in other regions"),
)
def ward_bed_days_received(course: Course) -> Floats:
    """Return ward bed-days received, where the patients live."""
    return received_days(course, WARD)


@measure(
    "icu_bed_days_given_share",
    unit="share",
    better="neither",
    level="region",
    title=text("Share of all intensive care bed-days given to residents of other regions"),
)
def icu_bed_days_given_share(course: Course) -> Floats:
    """Return each region's share of what all gave; NaN where nobody gave."""
    given = given_days(course, ICU)
    return ratio(given, given.sum())


@measure(
    "population_share",
    unit="share",
    better="neither",
    level="region",
    by_home=True,
    title=text("Share of the population, as a comparison"),
)
def population_share(course: Course) -> Floats:
    """Return each region's share of the population; NaN where any is not given."""
    return ratio(population(course), population(course).sum())
