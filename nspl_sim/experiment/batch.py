"""The results of design points x replications, as everything that prints or draws them asks for them."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import PointResult
from nspl_sim.measures.profile import Counts, Levels, Planned
from nspl_sim.vocabulary.patients import Floats


@dataclass(frozen=True, eq=False)
class Batch(ABC):
    """Design points by number x replications, each replication complete in every point."""

    points: tuple[Point, ...]
    replications: tuple[int, ...]
    elapsed_s: float

    @property
    @abstractmethod
    def measures(self) -> tuple[str, ...]:
        """Return the flat names of all measures that any point has."""

    @abstractmethod
    def values(self, point: int, measure: str) -> Floats:
        """Return *measure* of design point *point*, shape (replications,); NaN where it has none."""

    @abstractmethod
    def fingerprints(self, point: int) -> tuple[str, ...]:
        """Return the fingerprint of each replication's journal."""

    @abstractmethod
    def levels(self, point: int, kind: str) -> Levels:
        """Return the levels of *kind*, arrays of shape (replications, regions, times)."""

    @abstractmethod
    def transfers(self, point: int) -> Counts:
        """Return the capacity transfers, shape (replications, kinds, from regions, to regions)."""

    @abstractmethod
    def planned(self, point: int) -> Planned:
        """Return planned care, arrays of shape (replications, regions, days)."""


@dataclass(frozen=True, eq=False)
class InMemory(Batch):
    """A batch that is held as ``results[point][replication]``."""

    results: Sequence[Sequence[PointResult]]

    @property
    def measures(self) -> tuple[str, ...]:
        """Return the flat names, in the order of the tables."""
        return tuple(
            dict.fromkeys(name for of_point in self.results for r in of_point[:1] for name in r.values)
        )

    def values(self, point: int, measure: str) -> Floats:
        """Return *measure* of design point *point*."""
        return np.array([r.values.get(measure, np.nan) for r in self.results[point]], dtype=float)

    def fingerprints(self, point: int) -> tuple[str, ...]:
        """Return the fingerprint of each replication's journal."""
        return tuple(r.fingerprint for r in self.results[point])

    def levels(self, point: int, kind: str) -> Levels:
        """Return the levels of *kind*."""
        each = [r.profile.levels[kind] for r in self.results[point]]
        return Levels(*(np.stack([getattr(one, f.name) for one in each]) for f in fields(Levels)))

    def transfers(self, point: int) -> Counts:
        """Return the capacity transfers."""
        return np.stack([r.profile.transfers for r in self.results[point]])

    def planned(self, point: int) -> Planned:
        """Return planned care."""
        each = [r.profile.planned for r in self.results[point]]
        return Planned(*(np.stack([getattr(one, f.name) for one in each]) for f in fields(Planned)))
