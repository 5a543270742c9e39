"""Some design points of a batch, as a batch of their own; and the worlds that its points lie in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.point import Point
from nspl_sim.measures.profile import Counts, Levels, Planned
from nspl_sim.paper.comparison import Comparison, compare
from nspl_sim.reading.part import Bilingual
from nspl_sim.vocabulary.patients import Floats


@dataclass(frozen=True, eq=False)
class Selected(Batch):
    """The design points *chosen* of the batch *of*."""

    of: Batch
    chosen: tuple[int, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """Return the flat names of all measures."""
        return self.of.measures

    def values(self, point: int, measure: str) -> Floats:
        """Return *measure* of design point *point*."""
        return self.of.values(self.chosen[point], measure)

    def fingerprints(self, point: int) -> tuple[str, ...]:
        """Return the fingerprint of each replication's journal."""
        return self.of.fingerprints(self.chosen[point])

    def levels(self, point: int, kind: str) -> Levels:
        """Return the levels of *kind*."""
        return self.of.levels(self.chosen[point], kind)

    def transfers(self, point: int) -> Counts:
        """Return the capacity transfers."""
        return self.of.transfers(self.chosen[point])

    def planned(self, point: int) -> Planned:
        """Return planned care."""
        return self.of.planned(self.chosen[point])


@dataclass(frozen=True)
class World:
    """One scenario, and the design points in it."""

    name: str
    factors: Mapping[str, float]
    titles: Mapping[str, Bilingual]
    points: tuple[int, ...]


def worlds(points: Sequence[Point]) -> tuple[World, ...]:
    """Return the worlds of *points*, in their order; the same scenario content is the same world."""
    prints: dict[int, str] = {}
    members: dict[str, list[int]] = {}
    for number, point in enumerate(points):
        world = prints.setdefault(id(point.scenario), point.scenario.fingerprint())
        members.setdefault(world, []).append(number)
    several = len(members) > 1
    return tuple(
        World(
            points[of[0]].label if several else points[of[0]].scenario.name,
            points[of[0]].of_world,
            points[of[0]].titles,
            tuple(of),
        )
        for of in members.values()
    )


def in_world(found: Comparison, world: World, measures: tuple[str, ...] | None = None) -> Comparison:
    """Return the comparison of the plans of one world only, on *measures* or all that *found* has."""
    if len(world.points) == len(found.batch.points):
        return found
    batch, scenario = found.batch, found.batch.points[world.points[0]].scenario
    chosen = Selected(
        tuple(replace(batch.points[i], scenario=scenario) for i in world.points),
        batch.replications,
        batch.elapsed_s,
        batch,
        world.points,
    )
    place = {point: number for number, point in enumerate(world.points)}
    against = tuple((place[i], place[j]) for i, j in found.contrasts if i in place and j in place)
    return compare(chosen, measures or tuple(row.measure for row in found.rows), against or None)


def first_world(found: Comparison) -> Comparison:
    """Return what page one is about: the plans of the first world, or the scenarios where they are compared.

    Scenarios are compared where each has one plan.
    """
    several = worlds(found.batch.points)
    if len(several) == 1 or len(several[0].points) == 1:
        return found
    return in_world(found, several[0])


__all__ = ["Selected", "World", "first_world", "in_world", "worlds"]
