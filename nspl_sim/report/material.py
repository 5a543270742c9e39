"""What every part of a report starts from: the results, the two plans it is about, and their names."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.statistics import Paired
from nspl_sim.paper.answer import subject
from nspl_sim.paper.comparison import Comparison, Row
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import headings, marking, plan_phrases, world_name
from nspl_sim.paper.occupancy import short_name
from nspl_sim.report.selection import World, first_world, worlds
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.text import Text, text

_GROUPS = {
    "norra": text("Northern"),
    "mellersta": text("Middle"),
    "mellansverige": text("Mid-Sweden"),
    "ostra": text("Eastern"),
    "sydostra": text("South-eastern"),
    "vastra": text("Western"),
    "sodra": text("Southern"),
    "stockholm_gotland": text("Stockholm and Gotland"),
}
"""Groups of regions that the shipped world names by key only."""

ROOM = 20
"""Letters of a region's name beside a row of a figure."""


@dataclass(frozen=True, eq=False)
class Material:
    """The results, and whom and what a report speaks of."""

    found: Comparison
    made: Mapping[str, Any]
    language: Language

    def say(self, sentence: Text | str) -> str:
        """Return *sentence* in the language of the report."""
        return self.language.say(sentence)

    @cached_property
    def worlds(self) -> tuple[World, ...]:
        """Return the worlds of the study."""
        return worlds(self.found.batch.points)

    @cached_property
    def main(self) -> Comparison:
        """Return the comparison that page one and the figures are of."""
        return first_world(self.found)

    @property
    def batch(self) -> Batch:
        """Return the results of :attr:`main`."""
        return self.main.batch

    @property
    def contrast(self) -> int | None:
        """Return which contrast page one is about: the last, if there is any."""
        return len(self.main.contrasts) - 1 if self.main.contrasts else None

    @property
    def plan(self) -> int:
        """Return the design point that the report is about."""
        return self.main.contrasts[-1][0] if self.main.contrasts else 0

    @property
    def reference(self) -> int | None:
        """Return the design point that it is set against."""
        return self.main.contrasts[-1][1] if self.main.contrasts else None

    @property
    def scenario(self) -> Scenario:
        """Return the world of the plan that the report is about."""
        return self.batch.points[self.plan].scenario

    @cached_property
    def marking(self) -> str:
        """Return the marking that every page and figure carries: that of the first scenario that has one."""
        given = (p.scenario for p in self.found.batch.points if p.scenario.marking)
        return marking(next(given, self.scenario), self.language)

    @cached_property
    def names(self) -> list[str]:
        """Return the heading of each design point of :attr:`main`."""
        return headings(self.batch.points, self.language)

    @cached_property
    def phrases(self) -> list[str]:
        """Return each design point as it stands after *with*; scenarios by name where they are compared."""
        if self.main.scenarios > 1:
            return [
                self.say(text("the scenario “{scenario}”", scenario=world_name(p, self.language)))
                for p in self.batch.points
            ]
        return plan_phrases(self.batch.points, self.language)

    @cached_property
    def subject(self) -> tuple[Row, Paired] | None:
        """Return the measure that the answer is about, and its difference."""
        if self.contrast is None:
            return None
        row = subject(self.main, self.contrast)
        difference = row.differences[self.contrast] if row else None
        return (row, difference) if row and difference else None

    def difference(self, row: Row | None) -> Paired | None:
        """Return the difference of *row* that page one is about."""
        return row.differences[self.contrast] if row and self.contrast is not None else None

    @cached_property
    def shares_regions(self) -> bool:
        """Return whether plan and reference have the same regions, so that each can be compared."""
        if self.reference is None:
            return False
        return self.scenario.region_keys == self.batch.points[self.reference].scenario.region_keys

    def region(self, key: str) -> str:
        """Return a region's name as a figure has room for."""
        return short_name(self.scenario, key, self.language)

    def label(self, key: str) -> str:
        """Return the name with as many letters as there is room for beside a row."""
        name = self.region(key)
        return name if len(name) <= ROOM else name[: ROOM - 1].rstrip() + "…"

    @cached_property
    def grouped(self) -> list[tuple[str, list[str]]]:
        """Return the regions by care region, else civil area, else in one group without a name."""
        regions = self.scenario.regions
        for field in ("care_region", "civil_area"):
            keys = {k: getattr(r, field) for k, r in regions.items()}
            if all(keys.values()) and len(set(keys.values())) > 1:
                break
        else:
            return [("", sorted(regions, key=self.region))]
        order = sorted(set(keys.values()), key=lambda g: (self._from_north(g, keys), g))
        return [(self.group(g), sorted((k for k in keys if keys[k] == g), key=self.region)) for g in order]

    def _from_north(self, group: str, keys: Mapping[str, str]) -> float:
        """Return how far down in map order *group* stands on average."""
        rows = [tile[1] for k, g in keys.items() if g == group and (tile := self.scenario.regions[k].tile)]
        return sum(rows) / len(rows) if rows else 0.0

    def group(self, key: str) -> str:
        """Return a group of regions as people say it."""
        return self.say(_GROUPS[key]) if key in _GROUPS else key.replace("_", " ").capitalize()
