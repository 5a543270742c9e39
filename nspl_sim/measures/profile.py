"""What is kept of a run beside its measures: levels through time, who helped whom, planned care by day.

Small whole numbers, for figures and for whoever asks the results questions of their own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nspl_sim.measures.course import Course
from nspl_sim.measures.transport import transfers
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.patients import Ints

EVERY_S = 6 * HOUR
"""How often levels are read for figures; a batch may keep them more often."""

Counts = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Levels:
    """Patients in beds of a kind, staffed beds, and those in line, at 0, 6, 12 ... hours (or oftener).

    Shape (regions, times) of one replication, (replications, regions, times) of several.
    """

    census: Counts
    staffed: Counts
    waiting: Counts


@dataclass(frozen=True, eq=False)
class Planned:
    """Planned care that can be paused, by region and day of the measured window.

    Shape (regions, days) of one replication, (replications, regions, days) of several.
    """

    due: Counts
    """Came on their planned day."""
    postponed: Counts
    """Put off that day."""
    released: Counts
    """Let through from the list that day."""


@dataclass(frozen=True, eq=False)
class Profile:
    """The profile of one run; regions and kinds in alphabetical order."""

    levels: dict[str, Levels]
    """By unit kind."""
    transfers: Counts
    """Capacity transfers, shape (kinds, from regions, to regions)."""
    planned: Planned
    every_s: int = EVERY_S
    """How often the levels are read."""


def profile(course: Course, every_s: int = EVERY_S) -> Profile:
    """Return the profile of *course*, with levels at every so many seconds."""
    levels = {kind: _levels(course, kind, every_s) for kind in course.kinds}
    return Profile(levels, _moved(course), _planned(course), every_s)


def _levels(course: Course, kind: str, every_s: int) -> Levels:
    return Levels(
        *(level(kind, every_s).astype(np.int32) for level in (course.census, course.staffed, course.in_line))
    )


def _moved(course: Course) -> Counts:
    found = np.zeros((len(course.kinds), len(course.regions), len(course.regions)), dtype=np.int32)
    moved = transfers(course)
    np.add.at(found, (moved.kind, moved.region, moved.receiver), 1)
    return found


def _planned(course: Course) -> Planned:
    can_wait = course.demand.priority > 0
    return Planned(
        _by_day(course, np.where(course.cohort, course.demand.arrival_s, -1), can_wait),
        _by_day(course, course.postponed_s, can_wait),
        _by_day(course, course.released_s, can_wait),
    )


def _by_day(course: Course, time_s: Ints, who: NDArray[np.bool_]) -> Counts:
    """Return how many of *who* have their time on each day of the window. Shape (regions, days)."""
    days = -(-course.horizon_s // DAY)
    there = who & (time_s >= 0) & (time_s < course.horizon_s)
    cell = course.demand.region[there] * days + time_s[there] // DAY
    return np.bincount(cell, minlength=len(course.regions) * days).reshape(-1, days).astype(np.int32)
