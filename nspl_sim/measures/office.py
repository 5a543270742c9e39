"""The joint office: how many needs are brought to it, and how many are beyond its size."""

import numpy as np

from nspl_sim.measures.course import Course
from nspl_sim.measures.means import ratio
from nspl_sim.measures.measure import measure
from nspl_sim.measures.steps import Bools
from nspl_sim.vocabulary.care import Event, Office
from nspl_sim.vocabulary.text import text


def _beyond(course: Course) -> Bools:
    """Return, of the needs brought to the office in the window, which it did not take on."""
    rows = course.journal.where(Event.BROUGHT)
    time_s = course.journal.time_s[rows]
    in_window = (time_s >= 0) & (time_s < course.horizon_s)
    return np.asarray(course.journal.detail[rows[in_window]] != Office.TAKEN_ON)


@measure(
    "office_requests", unit="requests", better="neither", title=text("Requests brought to the joint office")
)
def office_requests(course: Course) -> float:
    """Return the needs brought to the office, anew at each retry; 0 where the plan gives it no size."""
    return float(len(_beyond(course)))


@measure(
    "requests_beyond_office",
    unit="requests",
    better="lower",
    title=text("Requests beyond the joint office: too many, not staffed or out of order"),
)
def requests_beyond_office(course: Course) -> float:
    """Return the needs that the office did not take on; they were asked about under today's order."""
    return float(np.count_nonzero(_beyond(course)))


@measure(
    "requests_beyond_office_share",
    unit="share",
    better="lower",
    title=text("Share of requests that were beyond the joint office"),
)
def requests_beyond_office_share(course: Course) -> float:
    """Return the share of the needs brought to the office that it did not take on."""
    return float(ratio(np.count_nonzero(_beyond(course)), len(_beyond(course))))
