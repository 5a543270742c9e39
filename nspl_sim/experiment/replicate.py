"""One replication of several design points: the plans of a world meet the very same patients."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nspl_sim.demand.sample import sample
from nspl_sim.engine.supports import NotCompiled
from nspl_sim.experiment.engines import Engine
from nspl_sim.experiment.foresight import happened
from nspl_sim.experiment.memory import give_back
from nspl_sim.experiment.point import Point
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.measures.profile import EVERY_S, Profile, profile
from nspl_sim.measures.registry import evaluate
from nspl_sim.vocabulary.patients import Demand
from nspl_sim.vocabulary.text import Text, text

MANY = 1_000_000
"""With so many patients what is kept of memory is given back before they are run, and before measuring."""


@dataclass(frozen=True)
class Crash:
    """A run in which the compiled engine failed; SimPy made it instead."""

    replication: int
    world: str
    plan: str
    reason: str

    def sentence(self) -> Text:
        """Return what happened, on one line."""
        return text(
            "The compiled engine failed in replication {number} of {scenario} under {plan} ({reason}); SimPy "
            "ran it instead. Please report it.",
            number=self.replication,
            scenario=self.world,
            plan=self.plan,
            reason=self.reason,
        )


@dataclass(frozen=True, eq=False)
class PointResult:
    """What one replication of one design point gave."""

    values: dict[str, float]
    """Of every measure, by flat name."""
    profile: Profile
    fingerprint: str
    """Of the journal."""
    crash: Crash | None = None


def replicate(
    points: Sequence[Point], replication: int, engine: Engine = "simpy", every_s: int = EVERY_S
) -> Iterator[PointResult]:
    """Yield one replication of each design point; demand is drawn once for each scenario in a row."""
    drawn_for, demand = None, None
    for point in points:
        if demand is None or point.scenario is not drawn_for:
            demand = None  # the former has gone before the next is drawn
            drawn_for, demand = point.scenario, sample(point.scenario, replication)
        yield _result(point, demand, engine, replication, every_s)


def _result(point: Point, demand: Demand, engine: Engine, replication: int, every_s: int) -> PointResult:
    """Return what *point* makes of *demand*; its journal and course are gone before the next point's come."""
    many = len(demand) > MANY
    if many:
        give_back()
    journal, crash = _journal(point, demand, engine, replication)
    if many:
        give_back()
    course = Course(point.scenario, demand, journal, point.plan)
    return PointResult(evaluate(course), profile(course, every_s), journal.fingerprint(), crash)


def _journal(point: Point, demand: Demand, engine: Engine, replication: int) -> tuple[Journal, Crash | None]:
    """Return what happens, by SimPy where the compiled engine fails: no batch is lost by it."""
    try:
        return happened(point.scenario, point.plan, demand, engine), None
    except NotCompiled:
        raise
    except Exception as wrong:  # what goes wrong in SimPy too is raised there
        if engine == "simpy":
            raise
        reason = f"{type(wrong).__name__}: {wrong}".splitlines()[0][:200]
        crash = Crash(replication, point.world, point.plan.name, reason)
        return happened(point.scenario, point.plan, demand), crash
