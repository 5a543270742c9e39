"""Staff lent between regions."""

import numpy as np

from nspl_sim.measures.course import Course
from nspl_sim.measures.levels import sum_of_regions
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import text


@sum_of_regions("staff_loans", unit="loans", better="neither", title=text("Loans of staff to another region"))
def staff_loans(course: Course) -> Floats:
    """Return the loans begun in the window, by the region that lends."""
    rows = course.journal.where(Event.LENT)
    time_s = course.journal.time_s[rows]
    begun = rows[(time_s >= 0) & (time_s < course.horizon_s)]
    return np.bincount(course.journal.region[begun], minlength=len(course.regions)).astype(float)
