"""A measure: a function of the course, with its unit, its direction and its level."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np

from nspl_sim.measures.course import Course
from nspl_sim.vocabulary.care import GROUPS, URGENCIES
from nspl_sim.vocabulary.text import Text, text

Better = Literal["lower", "higher", "neither"]
Level = Literal["nation", "region", "urgency", "kind", "group", "class", "mode", "supply"]
MARKED: dict[str, Level] = {
    "urgency_": "urgency",
    "group_": "group",
    "class_": "class",
    "mode_": "mode",
    "supply_": "supply",
}
"""The levels that a flat name tells by how its part begins; what begins otherwise is a region or a kind."""

UNITS: dict[str, Text] = {
    "patients": text("patients"),
    "bed-hours": text("bed-hours"),
    "bed-days": text("bed-days"),
    "h": text("hours"),
    "days": text("days"),
    "day": text("day number"),
    "weeks": text("weeks"),
    "region-hours": text("region-hours"),
    "regions": text("regions"),
    "requests": text("requests"),
    "pairs": text("pairs"),
    "loans": text("loans"),
    "expected deaths": text("expected deaths"),
    "expected deaths over years": text("expected deaths over years"),
    "QALY": text("quality-adjusted life years"),
    "km": text("km"),
    "rounds": text("rounds"),
    "patients per round": text("patients per round"),
    "units of supply": text("units of the supply"),
    "share": text("share"),
    "points": text("percentage points"),
    "per 100 000": text("per 100 000 inhabitants"),
    "per 100 beds": text("per 100 beds"),
}
"""The units that measures may have, in words; a share is 0-1."""


@dataclass(frozen=True)
class Measure:
    """One number of a course, or one for each region, urgency, unit kind, mode, group, class or supply.

    It is NaN where nothing is to measure.
    """

    name: str
    unit: str
    better: Better
    level: Level
    title: Text
    function: Callable[[Course], Any]
    by_home: bool = False
    """Whether its regions are where patients live, and not where beds are."""

    @property
    def key(self) -> str:
        """Return the name, and after a point the level if that is not the nation."""
        return self.name if self.level == "nation" else f"{self.name}.{self.level}"

    def flat_names(self, course: Course) -> list[str]:
        """Return the names of its numbers, in the order of the function's array."""
        if self.level == "nation":
            return [self.name]
        parts = {
            "region": course.regions,
            "kind": course.kinds,
            "urgency": tuple(f"urgency_{u}" for u in URGENCIES),
            "group": tuple(f"group_{g}" for g in GROUPS),
            "class": tuple(f"class_{c}" for c in course.demand.classes),
            "mode": tuple(f"mode_{m}" for m in sorted(course.scenario.transport.modes)),
            "supply": tuple(f"supply_{item}" for item in course.supplies),
        }[self.level]
        return [f"{self.name}.{part}" for part in parts]

    def values(self, course: Course) -> dict[str, float]:
        """Return its numbers by flat name."""
        found = np.atleast_1d(np.asarray(self.function(course), dtype=float))
        return dict(zip(self.flat_names(course), found.tolist(), strict=True))


REGISTRY: dict[str, Measure] = {}
"""Every measure by its key, in the order in which the themes were imported."""
_F = TypeVar("_F", bound=Callable[[Course], Any])


def measure(
    name: str, *, unit: str, better: Better, title: Text, level: Level = "nation", by_home: bool = False
) -> Callable[[_F], _F]:
    """Register a function of the course: a float for the nation, else an array by its level's parts."""

    def enter(function: _F) -> _F:
        new = Measure(name, unit, better, level, title, function, by_home)
        if new.key in REGISTRY:
            raise ValueError(f"measure {new.key} is registered twice")
        if unit not in UNITS:
            raise ValueError(f"measure {new.key} has an unknown unit: {unit}")
        REGISTRY[new.key] = new
        return function

    return enter
