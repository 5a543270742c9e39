"""Full, over capacity, overcrowded: for how long intensive care has no bed, where, and from which day.

Needs of a unit are the patients in its beds, on their way to them, and in line for them. It is
*full* when beds taken and booked reach the staffed ones; *over capacity* when needs exceed the open
beds; *overcrowded* when patients in beds exceed the staffed ones, as after a transfer that arrived
all the same. A team away with a patient takes staffed beds but no open ones: else a region that has
itself helped would count as over capacity just because its team is on the road.
"""

import numpy as np

from nspl_sim.measures.course import ICU, WARD, Course, derived
from nspl_sim.measures.levels import sum_of_regions
from nspl_sim.measures.means import least, ratio
from nspl_sim.measures.measure import measure
from nspl_sim.measures.occupancy import bed_seconds
from nspl_sim.measures.steps import Spans
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.patients import Floats, Ints
from nspl_sim.vocabulary.text import text

LASTING_S = 2 * HOUR
"""A staffed ICU bed can be opened within two hours (words: staffed bed); what is shorter is no lack."""


@derived
def taken_over_staffed(course: Course) -> Spans:
    """Return ICU beds taken and booked less staffed ones, by region, in spans of the window."""
    taken = course.of_kind(course.occupied, ICU) + course.of_kind(course.inbound, ICU)
    return (taken - course.of_kind(course.beds, ICU)).spans(0, course.horizon_s)


@derived
def needs_over_open(course: Course) -> Spans:
    """Return ICU needs less open beds, by region, in spans of the window."""
    taken = course.of_kind(course.occupied, ICU) + course.of_kind(course.inbound, ICU)
    needed = taken + course.of_kind(course.waiting, ICU)
    return (needed - course.of_kind(course.open_beds, ICU)).spans(0, course.horizon_s)


@derived
def full_seconds(course: Course) -> Floats:
    """Return the seconds without a free staffed ICU bed by region; NaN where there never was a bed."""
    spans = taken_over_staffed(course)
    full = spans.seconds(spans.level >= 0)
    return np.where(course.of_kind(course.beds, ICU).integral(0, course.horizon_s) > 0, full, np.nan)


@sum_of_regions(
    "icu_full_hours",
    unit="h",
    unit_of_sum="region-hours",
    better="lower",
    title=text("Hours without a free staffed intensive care bed"),
)
def icu_full_hours(course: Course) -> Floats:
    """Return the hours in which every staffed ICU bed is taken or booked."""
    return full_seconds(course) / HOUR


@measure(
    "icu_full_share",
    unit="share",
    better="lower",
    level="region",
    title=text("Share of the time without a free staffed intensive care bed"),
)
def icu_full_share(course: Course) -> Floats:
    """Return the share of the window in which every staffed ICU bed is taken or booked."""
    return ratio(full_seconds(course), course.horizon_s)


@sum_of_regions(
    "icu_over_capacity_hours",
    unit="h",
    unit_of_sum="region-hours",
    better="lower",
    title=text("Hours in which a region needs more intensive care beds than it has"),
)
def icu_over_capacity_hours(course: Course) -> Floats:
    """Return the hours in which ICU needs exceed open beds."""
    spans = needs_over_open(course)
    return spans.seconds(spans.level > 0) / HOUR


# ---------------------------------------------------------------- overcrowding and free capacity


def _overcrowding(course: Course, kind: str) -> tuple[Floats, Floats]:
    """Return patients beyond staffed beds x seconds, and staffed bed-seconds, by region."""
    beyond = course.of_kind(course.occupied, kind) - course.of_kind(course.beds, kind)
    excess = beyond.track(0, course.horizon_s).above_0()
    return excess.astype(float), bed_seconds(course, "beds", kind)


@measure(
    "icu_overcrowding",
    unit="per 100 beds",
    better="lower",
    title=text("Overcrowding in intensive care: patients beyond staffed beds, per 100 beds"),
)
def icu_overcrowding(course: Course) -> float:
    """Return the nation's ICU patients beyond staffed beds for each 100 beds."""
    excess, staffed = _overcrowding(course, ICU)
    return float(100 * ratio(excess.sum(), staffed.sum()))


@measure(
    "ward_overcrowding",
    unit="per 100 beds",
    better="lower",
    title=text("Overcrowding in wards: patients beyond staffed beds, per 100 beds"),
)
def ward_overcrowding(course: Course) -> float:
    """Return the nation's ward patients beyond staffed beds for each 100 beds."""
    excess, staffed = _overcrowding(course, WARD)
    return float(100 * ratio(excess.sum(), staffed.sum()))


@derived
def free_bands(course: Course) -> Floats:
    """Return the shares of time with under 10, 10-20 and over 20 % of the nation's staffed ICU beds free.

    Shape (3,), NaN where there is no bed. Free / staffed < 1/10 where 10 occupied - 9 staffed > 0.
    """
    occupied = course.of_kind(course.occupied, ICU).total()
    staffed = course.of_kind(course.beds, ICU).total()
    if not staffed.integral(0, course.horizon_s)[0]:
        return np.full(3, np.nan)
    under_10 = (occupied * 10 - staffed * 9).spans(0, course.horizon_s)
    over_20 = (staffed * 8 - occupied * 10).spans(0, course.horizon_s)
    low, high = (s.seconds(s.level > 0)[0] for s in (under_10, over_20))
    return np.array([low, course.horizon_s - low - high, high]) / course.horizon_s


@measure(
    "icu_free_under_10_share",
    unit="share",
    better="lower",
    title=text("Share of the time with under 10 percent of the nation's intensive care beds free"),
)
def icu_free_under_10_share(course: Course) -> float:
    """Return the share of time in the lowest band of free ICU capacity."""
    return float(free_bands(course)[0])


@measure(
    "icu_free_10_to_20_share",
    unit="share",
    better="neither",
    title=text("Share of the time with 10 to 20 percent of the nation's intensive care beds free"),
)
def icu_free_10_to_20_share(course: Course) -> float:
    """Return the share of time in the middle band of free ICU capacity."""
    return float(free_bands(course)[1])


@measure(
    "icu_free_over_20_share",
    unit="share",
    better="higher",
    title=text("Share of the time with over 20 percent of the nation's intensive care beds free"),
)
def icu_free_over_20_share(course: Course) -> float:
    """Return the share of time in the highest band of free ICU capacity."""
    return float(free_bands(course)[2])


# ---------------------------------------------------------------- the first day


@derived
def first_lack_s(course: Course) -> Ints:
    """Return by region when ICU needs first exceed open beds for two hours on end, else ``NEVER``."""
    spans = needs_over_open(course)
    return spans.first_lasting(spans.level > 0, LASTING_S)


@measure(
    "first_day_over_capacity",
    unit="day",
    better="higher",
    level="region",
    title=text("First day on which intensive care beds do not suffice (if none: the day after the period)"),
)
def first_day_over_capacity_by_region(course: Course) -> Floats:
    """Return the number of that day, from 1; the day after the period where none comes in it.

    So two plans can be compared also when one of them never lacks a bed. NaN without the unit kind.
    """
    if ICU not in course.kinds:
        return np.full(len(course.regions), np.nan)
    after = -(-course.horizon_s // DAY) + 1
    first = first_lack_s(course)
    return np.where(first < NEVER, first // DAY + 1, after).astype(float)


@measure(
    "first_day_over_capacity",
    unit="day",
    better="higher",
    title=text("First day on which some region lacks ICU beds (if none: the day after the period)"),
)
def first_day_over_capacity(course: Course) -> float:
    """Return the first such day in any region; the day after the period when none comes."""
    return least(first_day_over_capacity_by_region(course))


@measure(
    "regions_over_capacity",
    unit="regions",
    better="lower",
    title=text("Regions that lack intensive care beds at some time"),
)
def regions_over_capacity(course: Course) -> float:
    """Return how many regions have such a day."""
    return float(np.count_nonzero(first_lack_s(course) < NEVER))


@measure(
    "any_region_over_capacity",
    unit="share",
    better="lower",
    title=text("Some region lacks intensive care beds at some time, share of replications"),
)
def any_region_over_capacity(course: Course) -> float:
    """Return 1 if any region has such a day, else 0: the mean over replications is a probability."""
    return float((first_lack_s(course) < NEVER).any())
