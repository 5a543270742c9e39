"""One replication of several design points: the plans of a world meet the very same patients."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nspl_sim.demand.sample import sample
from nspl_sim.experiment.engines import Engine
from nspl_sim.experiment.foresight import happened
from nspl_sim.experiment.point import Point
from nspl_sim.measures.course import Course
from nspl_sim.measures.profile import EVERY_S, Profile, profile
from nspl_sim.measures.registry import evaluate
from nspl_sim.vocabulary.patients import Demand


@dataclass(frozen=True, eq=False)
class PointResult:
    """What one replication of one design point gave."""

    values: dict[str, float]
    """Of every measure, by flat name."""
    profile: Profile
    fingerprint: str
    """Of the journal."""


def replicate(
    points: Sequence[Point], replication: int, engine: Engine = "simpy", every_s: int = EVERY_S
) -> Iterator[PointResult]:
    """Yield one replication of each design point; demand is drawn once for each scenario in a row."""
    drawn_for, demand = None, None
    for point in points:
        if demand is None or point.scenario is not drawn_for:
            demand = None  # the former has gone before the next is drawn
            drawn_for, demand = point.scenario, sample(point.scenario, replication)
        yield _result(point, demand, engine, every_s)


def _result(point: Point, demand: Demand, engine: Engine, every_s: int) -> PointResult:
    """Return what *point* makes of *demand*; its journal and course are gone before the next point's come."""
    journal = happened(point.scenario, point.plan, demand, engine)
    course = Course(point.scenario, demand, journal, point.plan)
    return PointResult(evaluate(course), profile(course, every_s), journal.fingerprint())
