"""Supplies: what was consumed, and how many days the stock would have lasted. Nothing feeds back.

The stock of a region is what it has at the start and what comes in evenly since; it is gone when more is
consumed than that. A stock that lasts out the window counts as lasting as long as the window: its
endurance is only known to be at least that (right-censored), and equal numbers say nothing.
"""

from dataclasses import dataclass

import numpy as np

from nspl_sim.measures.course import Course, derived
from nspl_sim.measures.means import least
from nspl_sim.measures.measure import measure
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import FIRST_PRESENT, Floats, Ints
from nspl_sim.vocabulary.text import text

_SLACK = 1e-9
"""Relative to what has been consumed: sums of floats are not told apart closer than this."""


@dataclass(frozen=True, eq=False)
class Use:
    """What one region consumed of one item: straight lines between knots, with jumps at them.

    Shapes: (knots,). Times are seconds from 0 to the horizon, in order.
    """

    time_s: Ints
    before: Floats
    """Consumed before the jump at each knot."""
    after: Floats

    def at(self, time_s: Ints) -> Floats:
        """Return what was consumed up to and at each *time_s*."""
        place = np.searchsorted(self.time_s, time_s, side="right") - 1
        following = np.minimum(place + 1, len(self.time_s) - 1)
        width = np.maximum(self.time_s[following] - self.time_s[place], 1)
        rise = (self.before[following] - self.after[place]) / width
        return self.after[place] + np.where(following > place, rise * (time_s - self.time_s[place]), 0.0)

    def gone_s(self, stock: float, per_s: float) -> float | None:
        """Return when *stock* and what comes in *per_s* are consumed, None if never in the window."""
        had = stock + per_s * self.time_s
        slack = _SLACK * (1 + self.after)
        short = np.flatnonzero(self.after > had + slack)
        if not len(short):
            return None
        first = int(short[0])
        if first == 0 or self.before[first] <= had[first] + slack[first]:
            return float(self.time_s[first])
        left = had[first - 1] - self.after[first - 1]
        over = self.before[first] - had[first]
        share = max(left, 0.0) / (max(left, 0.0) + over)
        return float(self.time_s[first - 1] + share * (self.time_s[first] - self.time_s[first - 1]))


@derived
def uses(course: Course, item: str) -> tuple[Use, ...]:
    """Return what each region consumed of *item* in the window."""
    stays, end_s = course.stays, course.horizon_s
    classes = [course.scenario.classes[key].consumes.get(item) for key in course.demand.classes]
    per_day = np.array([[c.per_day.get(k, 0.0) if c else 0.0 for k in course.kinds] for c in classes])
    each = np.array([c.per_patient if c else 0.0 for c in classes])
    klass = course.demand.klass[stays.patient]
    rate = per_day[klass, stays.kind] / DAY
    came = (np.diff(stays.patient, prepend=-1) != 0) & (course.demand.number[stays.patient] < FIRST_PRESENT)
    came &= (stays.from_s >= 0) & (stays.from_s < end_s)
    jump = np.where(came, each[klass], 0.0)
    from_s, to_s = np.clip(stays.from_s, 0, end_s), np.clip(stays.to_s, 0, end_s)
    found = []
    for region in range(len(course.regions)):
        here = stays.region == region
        none = np.zeros(here.sum())
        time_s = np.concatenate(([0], from_s[here], to_s[here], [end_s]))
        slope = np.concatenate(([0.0], rate[here], -rate[here], [0.0]))
        jumps = np.concatenate(([0.0], jump[here], none, [0.0]))
        found.append(_use(time_s, slope, jumps))
    return tuple(found)


def _use(time_s: Ints, slope: Floats, jumps: Floats) -> Use:
    """Return the use whose rate grows by *slope*, and which jumps, at each *time_s*. Shapes: (changes,)."""
    knots, place = np.unique(time_s, return_inverse=True)
    rate = np.cumsum(np.bincount(place, slope, len(knots)))
    jump = np.bincount(place, jumps, len(knots))
    flow = np.concatenate(([0.0], np.cumsum(rate[:-1] * np.diff(knots))))
    return Use(knots, flow + np.cumsum(jump) - jump, flow + np.cumsum(jump))


def consumption(course: Course, item: str, every_s: int) -> Floats:
    """Return what each region had consumed of *item* at 0, every_s, ... in the window. (regions, times)."""
    grid = np.arange(0, course.horizon_s, every_s)
    return np.array([use.at(grid) for use in uses(course, item)])


@derived
def endurance_days(course: Course) -> Floats:
    """Return the days until each item's stock is gone in each region, the window if it lasts.

    Shape (items, regions), items in alphabetical order; NaN where the region tells no stock of the item.
    """
    items = course.supplies
    found = np.full((len(items), len(course.regions)), np.nan)
    for number, item in enumerate(items):
        supply = course.scenario.supplies[item]
        for region, (key, use) in enumerate(zip(course.regions, uses(course, item), strict=True)):
            stock = supply.at_start(key)
            if stock is not None:
                gone_s = use.gone_s(stock, supply.resupply_per_day.get(key, 0.0) / DAY)
                found[number, region] = (course.horizon_s if gone_s is None else gone_s) / DAY
    return found


@measure(
    "supply_endurance_days",
    unit="days",
    better="higher",
    title=text("Days until the first region is without some supply; the whole period if none is"),
)
def endurance(course: Course) -> float:
    """Return the shortest endurance of any item in any region; right-censored at the window's end."""
    return least(endurance_days(course).ravel())


@measure(
    "supply_endurance_days",
    unit="days",
    better="higher",
    level="region",
    title=text("Days until the first supply is gone; the whole period if none is"),
)
def endurance_by_region(course: Course) -> Floats:
    """Return the endurance of the item that is gone first in each region."""
    each = endurance_days(course).T
    return np.array([least(items) for items in each])


@measure(
    "supply_endurance_days",
    unit="days",
    better="higher",
    level="supply",
    title=text("Days until the first region is without it; the whole period if none is"),
)
def endurance_by_item(course: Course) -> Floats:
    """Return the endurance of each item in the region where it is gone first."""
    return np.array([least(regions) for regions in endurance_days(course)])


@measure(
    "supply_regions_without",
    unit="regions",
    better="lower",
    level="supply",
    title=text("Regions whose stock is gone in the period"),
)
def regions_without(course: Course) -> Floats:
    """Return in how many regions the stock of each item is gone before the window ends."""
    return np.asarray(np.sum(endurance_days(course) < course.horizon_days, axis=1), dtype=float)


@measure(
    "supply_consumed",
    unit="units of supply",
    better="neither",
    level="supply",
    title=text("Consumed in the period, in the unit of the supply"),
)
def consumed(course: Course) -> Floats:
    """Return what the nation consumed of each item in the window."""
    return np.array([sum(use.after[-1] for use in uses(course, item)) for item in course.supplies])
