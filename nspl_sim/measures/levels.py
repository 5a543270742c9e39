"""One idea, several levels: decorators that register what a function finds for nation, region, group ...

Patients are counted where they live, beds where they are: the two are never mixed in one measure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from nspl_sim.measures.course import Course
from nspl_sim.measures.groups import group_of, groups
from nspl_sim.measures.measure import Better, Level, measure
from nspl_sim.measures.steps import Bools
from nspl_sim.vocabulary.care import GROUPS, URGENCIES
from nspl_sim.vocabulary.patients import Floats, Ints
from nspl_sim.vocabulary.text import Text


@dataclass(frozen=True, eq=False)
class Sample:
    """One value for each of some patients (rows of Demand). Shapes: (sample,)."""

    patient: Ints
    value: Floats
    place: Ints | None = None
    """The region in which each need arose, where it has one: it decides whose patients they are there."""


_S = TypeVar("_S", bound=Callable[[Course], Sample])
_C = TypeVar("_C", bound=Callable[[Course], Bools])
_R = TypeVar("_R", bound=Callable[[Course], Floats])
Levels = tuple[Level, ...]
Found = Callable[[Course], Any]


def over_patients(
    name: str,
    statistic: Callable[[Floats], float],
    *,
    unit: str,
    better: Better,
    title: Text,
    levels: Levels = ("nation", "urgency"),
) -> Callable[[_S], _S]:
    """Register *statistic* of a sample: of all, by urgency, home region or group."""

    def enter(function: _S) -> _S:
        def nation(course: Course) -> float:
            return statistic(function(course).value)

        def urgency(course: Course) -> Floats:
            sample = function(course)
            of = course.demand.urgency[sample.patient] - URGENCIES[0]
            return by_part(statistic, sample.value, of, len(URGENCIES))

        def region(course: Course) -> Floats:
            sample = function(course)
            home = course.demand.region[sample.patient]
            return by_part(statistic, sample.value, home, len(course.regions))

        def group(course: Course) -> Floats:
            sample = function(course)
            of = group_of(course, sample.patient, sample.place)
            return by_part(statistic, sample.value, of, len(GROUPS))

        found: dict[Level, Found] = {"nation": nation, "urgency": urgency, "region": region, "group": group}
        for level in levels:
            _enter(function, name, unit, better, title, level, found[level], by_home=True)
        return function

    return enter


def by_part(statistic: Callable[[Floats], float], values: Floats, part: Ints, parts: int) -> Floats:
    """Return *statistic* of the *values* of each *part* (numbers from 0), in their order. Shape (parts,)."""
    ends = np.cumsum(np.bincount(part, minlength=parts))
    order = np.argsort(part.astype(np.int16), kind="stable")  # of small numbers: no comparing
    split = np.split(values[order], ends[:-1])
    return np.array([statistic(one) for one in split])


def count_of_patients(
    name: str, *, better: Better, title: Text, levels: Levels = ("nation",)
) -> Callable[[_C], _C]:
    """Register how many patients a mask of shape (patients,) holds: of all, by home region, group, class."""

    def enter(function: _C) -> _C:
        def nation(course: Course) -> float:
            return float(np.count_nonzero(function(course)))

        def region(course: Course) -> Floats:
            return by_home(course, function(course))

        def group(course: Course) -> Floats:
            chosen = groups(course)[function(course)]
            return np.bincount(chosen, minlength=len(GROUPS)).astype(float)

        def klass(course: Course) -> Floats:
            chosen = course.demand.klass[function(course)]
            return np.bincount(chosen, minlength=len(course.demand.classes)).astype(float)

        found: dict[Level, Found] = {"nation": nation, "region": region, "group": group, "class": klass}
        for level in levels:
            _enter(function, name, "patients", better, title, level, found[level], by_home=True)
        return function

    return enter


def sum_of_regions(
    name: str,
    *,
    unit: str,
    better: Better,
    title: Text,
    unit_of_sum: str | None = None,
    by_home: bool = False,
) -> Callable[[_R], _R]:
    """Register an array by region (of residents: *by_home*), and for the nation the sum of what is known."""

    def enter(function: _R) -> _R:
        def nation(course: Course) -> float:
            values = function(course)
            known = values[~np.isnan(values)]
            return float(known.sum()) if len(known) else np.nan

        _enter(function, name, unit_of_sum or unit, better, title, "nation", nation, by_home)
        _enter(function, name, unit, better, title, "region", function, by_home)
        return function

    return enter


def by_home(course: Course, chosen: Bools) -> Floats:
    """Return how many of the *chosen* patients live in each region. Shape (regions,)."""
    return np.bincount(course.demand.region[chosen], minlength=len(course.regions)).astype(float)


def _enter(
    told: Callable[[Course], Any],
    name: str,
    unit: str,
    better: Better,
    title: Text,
    level: Level,
    found: Found,
    by_home: bool,
) -> None:
    """Register *found*; what *told* says of itself goes for it too."""
    found.__doc__, found.__module__ = told.__doc__, told.__module__
    measure(name, unit=unit, better=better, title=title, level=level, by_home=by_home and level == "region")(
        found
    )
