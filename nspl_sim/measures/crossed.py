"""Crossed boarders: two patients of whom each lies in a bed of the kind that the other waits for.

Both could move at once if somebody swapped them; the model lets both wait until a third bed comes free.
Counted in pairs, region by region and kind by kind; rings of three or more are not looked for.
"""

from itertools import combinations

import numpy as np

from nspl_sim.measures.course import Course, derived
from nspl_sim.measures.measure import measure
from nspl_sim.measures.steps import Steps
from nspl_sim.measures.tables import Stays
from nspl_sim.vocabulary.text import text

_SCALE = 2**31
"""Two numbers in one integer: boarders one way x this + boarders the other way."""


@derived
def crossed(course: Course) -> Steps:
    """Return the crossed pairs of the nation over the whole run, as one unit."""
    kept = course.boarding
    wanted = course.demand.kind[kept.patient, kept.stage]
    total = Steps(*(np.zeros(n, dtype=np.int64) for n in (1, 0, 0, 0)))
    for one, other in combinations(range(len(course.kinds)), 2):
        there, back = (kept.only((kept.kind == a) & (wanted == b)) for a, b in ((one, other), (other, one)))
        if not (len(there) and len(back)):
            continue
        both = _by_region(course, there) * _SCALE + _by_region(course, back)
        spans = both.spans(int(kept.from_s.min()), int(kept.to_s.max()) + 1)
        pairs = np.minimum(spans.level // _SCALE, spans.level % _SCALE)
        first = np.diff(spans.unit, prepend=-1) != 0
        change = pairs - np.where(first, 0, np.append(0, pairs[:-1]))
        total = total + Steps(total.base * 0, np.zeros_like(spans.unit), spans.from_s, change)
    return total


def _by_region(course: Course, kept: Stays) -> Steps:
    return Steps.counting(len(course.regions), kept.region, kept.from_s, kept.to_s)


@measure(
    "boarders_crossed_most",
    unit="pairs",
    better="lower",
    title=text("Patients waiting in each other's beds: most pairs at once"),
)
def crossed_most(course: Course) -> float:
    """Return the highest number of pairs in the nation in the window."""
    return float(crossed(course).spans(0, course.horizon_s).level.max())


@measure(
    "boarders_crossed_at_end",
    unit="pairs",
    better="lower",
    title=text("Patients waiting in each other's beds: pairs when the run ends"),
)
def crossed_at_end(course: Course) -> float:
    """Return the pairs in the last second of the run, cool-down included."""
    return float(crossed(course).at(np.array([course.end_s - 1]))[0, 0])
