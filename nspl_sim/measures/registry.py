"""The registry of measures: a function of the course, with its unit, its direction and its level.

A measure says once what it is; tables, figures, comparisons and reports know it by its flat name:
``deaths_all`` of the nation, ``icu_full_hours.skane`` of a region, ``wait_icu_mean_h.urgency_1``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np

from nspl_sim.measures.course import ICU, WARD, Course
from nspl_sim.vocabulary.care import URGENCIES
from nspl_sim.vocabulary.text import Text, text

Better = Literal["lower", "higher", "neither"]
Level = Literal["nation", "region", "urgency", "kind"]

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
    "km": text("km"),
    "share": text("share"),
    "per 100 000": text("per 100 000 inhabitants"),
    "per 100 beds": text("per 100 beds"),
}
"""The units that measures may have, in words; a share is 0-1."""

HEADLINE = (
    "deaths_all",
    "deaths_waiting",
    "deaths_avoidable",
    "wait_icu_mean_h.urgency_1",
    "icu_within_1h_share",
    "first_day_over_capacity",
    "icu_over_capacity_hours",
    "capacity_transfers_icu",
    "refusals",
    "yes_without_team",
    "vehicle_hours",
    "planned_postponed",
)
"""The flat names of the main table, in its order: patients first, beds are a means."""

HEADLINE_WITHOUT_ICU = ("deaths_all", "deaths_waiting", "capacity_transfers", "refusals", "planned_postponed")
"""What is left of it in a world without intensive care."""

HEADLINE_OF_A_KIND = (
    "unit_wait_mean_h",
    "unit_wait_p95_h",
    "unit_waited_share",
    "unit_refused_share",
    "unit_died_waiting_share",
    "unit_waiting_mean",
    "unit_census_mean",
    "unit_occupancy",
)
"""What the main table says besides of each unit kind that has no measures of its own name."""


def headline(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the flat names of the main table of a scenario with *kinds* of units."""
    own = [kind for kind in kinds if kind not in (ICU, WARD)]
    nation = HEADLINE if ICU in kinds else HEADLINE_WITHOUT_ICU
    return nation + tuple(f"{name}.{kind}" for kind in own for name in HEADLINE_OF_A_KIND)


@dataclass(frozen=True)
class Measure:
    """One number of a course, or one for each region, urgency or unit kind.

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
        }[self.level]
        return [f"{self.name}.{part}" for part in parts]

    def values(self, course: Course) -> dict[str, float]:
        """Return its numbers by flat name."""
        found = np.atleast_1d(np.asarray(self.function(course), dtype=float))
        return dict(zip(self.flat_names(course), found.tolist(), strict=True))


_registry: dict[str, Measure] = {}
_F = TypeVar("_F", bound=Callable[[Course], Any])


def measure(
    name: str, *, unit: str, better: Better, title: Text, level: Level = "nation", by_home: bool = False
) -> Callable[[_F], _F]:
    """Register a function of the course: a float for the nation, else an array by region or urgency."""

    def enter(function: _F) -> _F:
        new = Measure(name, unit, better, level, title, function, by_home)
        if new.key in _registry:
            raise ValueError(f"measure {new.key} is registered twice")
        if unit not in UNITS:
            raise ValueError(f"measure {new.key} has an unknown unit: {unit}")
        _registry[new.key] = new
        return function

    return enter


def registered() -> dict[str, Measure]:
    """Return every measure by its key (``icu_occupancy``, ``icu_occupancy.region``), theme by theme."""
    import nspl_sim.measures.catalogue  # noqa: F401  (importing it fills the registry)

    return dict(_registry)


def measure_of(flat: str) -> Measure:
    """Return the measure that the number *flat* belongs to; raise ``KeyError`` when there is none."""
    name, _, part = flat.partition(".")
    found = registered()
    if not part:
        return found[name]
    if f"{name}.kind" in found:
        return found[f"{name}.kind"]
    by_urgency = part in {f"urgency_{u}" for u in URGENCIES} and f"{name}.urgency" in found
    return found[f"{name}.urgency" if by_urgency else f"{name}.region"]


def title_of(flat: str, region: str | None = None) -> Text:
    """Return the title of the number *flat*; *region* is the name to print instead of the key."""
    found, part = measure_of(flat), flat.partition(".")[2]
    if found.level == "nation":
        return found.title
    if found.level == "urgency":
        return text("{title}, urgency {urgency}", title=found.title, urgency=part.removeprefix("urgency_"))
    if found.level == "kind":
        return text("{title}, {kind}", title=found.title, kind=part)
    if found.by_home:
        return text("{title}, residents of {region}", title=found.title, region=region or part)
    return text("{title}, {region}", title=found.title, region=region or part)


def evaluate(course: Course) -> dict[str, float]:
    """Return every number of every measure by flat name: one row of a replication."""
    return {flat: value for one in registered().values() for flat, value in one.values(course).items()}
