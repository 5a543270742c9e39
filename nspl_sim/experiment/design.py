"""What is to be compared: design points, which of them is set against which, and how often they are run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nspl_sim.experiment.point import Point
from nspl_sim.reading.part import Bilingual

REFERENCE = "today"
"""The plan that others are set against, where a study names no other."""


NamedStep = tuple[str, Bilingual | None, str, str, bool]
"""A switch, its title, the plan with it and the one without, and whether it comes last."""


@dataclass(frozen=True)
class Step:
    """What a switch of a study adds: alone, or as the last when all the others are on already."""

    switch: str
    title: Bilingual | None
    point: int
    reference: int
    is_last: bool


@dataclass(frozen=True)
class Design:
    """A study as it is run."""

    name: str
    points: tuple[Point, ...]
    contrasts: tuple[tuple[int, int], ...]
    """(design point, its reference), by number."""
    replications: int | None
    """None while the time decides."""
    title: Bilingual | None = None
    question: Bilingual | None = None
    journals: tuple[int, ...] = ()
    """Replications whose journals are kept."""
    steps: tuple[Step, ...] = ()
    """What the switches of a study add, one by one."""
    census_every_h: int = 6
    """How often beds and lines are kept."""


def against_plan(points: Sequence[Point], reference: str | None = None) -> tuple[tuple[int, int], ...]:
    """Return each design point with the one of its own world that has the *reference* plan.

    Where no plan has that name it is the first plan of the world. Where the reference plan is there with
    several values of a factor, a point is set against the one with its own values.
    """
    found = []
    for number, point in enumerate(points):
        world = [i for i, other in enumerate(points) if other.scenario is point.scenario]
        named = [i for i in world if points[i].plan.name == (reference or REFERENCE)] or world[:1]
        like = [i for i in named if points[i].factors.items() <= point.factors.items()]
        against = (like or named)[0]
        if number not in named:
            found.append((number, against))
    return tuple(found)


def steps_between(points: Sequence[Point], named: Sequence[NamedStep]) -> tuple[Step, ...]:
    """Return the steps that are *named* by their plans, in the first world."""
    first = [i for i, point in enumerate(points) if point.scenario is points[0].scenario]
    place = {points[i].plan.name: i for i in reversed(first)}
    return tuple(
        Step(switch, title, place[plan], place[reference], is_last)
        for switch, title, plan, reference, is_last in named
        if plan in place and reference in place
    )


def against_world(points: Sequence[Point]) -> tuple[tuple[int, int], ...]:
    """Return each design point of the later worlds with the same plan in the first."""
    first = [i for i, p in enumerate(points) if p.scenario is points[0].scenario]
    pairs = ((i, _same_plan(points[i], points, first)) for i in range(len(points)) if i not in first)
    return tuple((i, j) for i, j in pairs if j is not None)


def _same_plan(point: Point, points: Sequence[Point], among: Sequence[int]) -> int | None:
    """Return which *among* the points has the plan of *point*; names may collide, so they come last."""
    tests: tuple[Callable[[Point], bool], ...] = (
        lambda other: other.plan is point.plan,
        lambda other: other.plan.name == point.plan.name,
    )
    return next((i for test in tests for i in among if test(points[i])), None)


def contrasts(points: Sequence[Point]) -> tuple[tuple[int, int], ...]:
    """Return what is set against what where no study says it: worlds if there are several, else plans."""
    several = any(p.scenario is not points[0].scenario for p in points)
    return against_world(points) if several else against_plan(points)
