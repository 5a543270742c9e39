"""What drawing any stream needs to know, and what comes of it."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.demand.chance import Chance
from nspl_sim.demand.pathways import Course
from nspl_sim.demand.rates import Window
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.patients import Floats, Ints

BLOCK = 2**26
"""Room for the patients of one day or one event: their numbers never meet those of another."""


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Those who come with one stream under one key: to one region, or as one day's or event's many.

    All arrays have shape (n,). Uniforms of later purposes are keyed by (stream, ``keyed_by``), and who
    come at a lower scale are the first of those who come at a higher one.
    """

    keyed_by: str
    region: Ints
    number: Ints
    onset_s: Ints
    arrival_s: Ints
    under_way: Ints | None = None
    """For those who lie there at the start: which (course, stage) each is in; else None."""
    found: tuple[Course, ...] | None = None
    """The courses that ``under_way`` counts, where they are not those of a stream."""
    is_ready: bool = False
    """Whether they are at the end of that stage and wait only for municipal care."""


@dataclass(frozen=True)
class Setting:
    """The stream's name, the world and its window, and the luck of one replication."""

    scenario: Scenario
    name: str
    window: Window
    chance: Chance

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the region keys in their order."""
        return self.scenario.region_keys

    def uniforms(self, count: int, key: str, purpose: str) -> Floats:
        """Return *count* uniforms of this stream for *purpose* under *key*."""
        return self.chance.uniforms(count, self.name, key, purpose)

    def here(self, key: str, onset_s: Ints, arrival_s: Ints) -> Arrivals:
        """Return those who come to the region *key*, numbered in the order given."""
        number = np.arange(len(onset_s), dtype=np.int64)
        place = np.full(len(number), self.regions.index(key), dtype=np.int64)
        return Arrivals(key, place, number, onset_s, arrival_s)

    def drawn_place(self, shares: dict[str, float], u: Floats) -> Ints:
        """Return the number of the region that each *u* falls in; regions in alphabetical order."""
        keys = sorted(shares)
        reached = np.cumsum([shares[key] for key in keys])
        place = np.array([self.regions.index(key) for key in keys], dtype=np.int64)
        found: Ints = place[np.searchsorted(reached, u * reached[-1])]
        return found
