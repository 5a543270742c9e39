"""Whose patients: the region's own, those of other regions, the forces' or allies' (model: measures).

A stream says the group of its patients. One of a region's own patients is another region's where
that other region has the bed or the line: a need belongs to the place where it arose, a patient to
the place where they were last seen.
"""

import numpy as np

from nspl_sim.measures.course import Course, derived
from nspl_sim.vocabulary.care import GROUPS
from nspl_sim.vocabulary.patients import Ints

OWN, OTHER = GROUPS.index("own"), GROUPS.index("other")


@derived
def last_place(course: Course) -> Ints:
    """Return the region in which each patient was last seen: in a bed, else in line, else at home.

    Shape (patients,).
    """
    place = course.demand.region.copy()
    for table in (course.needs, course.stays):
        place[table.patient] = table.region
    return place


@derived
def groups(course: Course) -> Ints:
    """Return the number in ``GROUPS`` of each patient, by where they were last seen. Shape (patients,)."""
    everybody = np.arange(len(course.demand))
    return group_of(course, everybody, last_place(course))


def group_of(course: Course, patient: Ints, place: Ints | None) -> Ints:
    """Return the group of *patient* (rows of Demand) in the region *place*; None: where last seen."""
    if place is None:
        return groups(course)[patient]
    streams = course.scenario.streams
    of_stream = [GROUPS.index(streams[s].group) if s in streams else OWN for s in course.demand.streams]
    group = np.array(of_stream, dtype=np.int64)[course.demand.stream[patient]]
    return np.where((group == OWN) & (place != course.demand.region[patient]), OTHER, group)
