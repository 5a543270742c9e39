"""From a batch to its comparison: means, paired differences, who was better in how many replications.

With one scenario every plan is set against the reference plan: the one named ``today``, else the
first. With several, each plan of the later scenarios is set against the same plan of the first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.statistics import Paired, paired
from nspl_sim.measures.registry import UNITS, Better, headline, measure_of, title_of
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import Text

REFERENCE = "today"
PAIRING_SHOWN = ("deaths_all", "deaths_waiting")


@dataclass(frozen=True)
class Row:
    """One measure of every design point."""

    measure: str
    title: Text
    unit: Text
    is_share: bool
    better: Better
    means: tuple[float, ...]
    differences: tuple[Paired | None, ...]
    """By contrast; None where no replication has both values."""

    @property
    def factor(self) -> float:
        """Return what people multiply it by: a share is shown in per cent."""
        return 100.0 if self.is_share else 1.0


@dataclass(frozen=True)
class Comparison:
    """All that the table and the answer say."""

    batch: Batch
    contrasts: tuple[tuple[int, int], ...]
    """(design point, its reference), by number."""
    rows: tuple[Row, ...]

    @property
    def replications(self) -> int:
        """Return how many replications there are."""
        return len(self.batch.replications)

    @property
    def scenarios(self) -> int:
        """Return how many scenarios are compared."""
        return len({id(p.scenario) for p in self.batch.points})

    def row(self, measure: str) -> Row | None:
        """Return the row of *measure*, if it has one."""
        return next((r for r in self.rows if r.measure == measure), None)


def contrasts(batch: Batch) -> tuple[tuple[int, int], ...]:
    """Return which design point is set against which."""
    points = batch.points
    first = [i for i, p in enumerate(points) if p.scenario is points[0].scenario]
    if len(first) < len(points):
        rest = range(len(first), len(points))
        pairs = ((i, _same_plan(points[i], points, first)) for i in rest)
        return tuple((i, j) for i, j in pairs if j is not None)
    reference = next((i for i in first if points[i].plan.name == REFERENCE), 0)
    return tuple((i, reference) for i in first if i != reference)


def _same_plan(point: Point, points: Sequence[Point], among: Sequence[int]) -> int | None:
    """Return which *among* the points has the plan of *point*; names may collide, so they come last."""
    tests: tuple[Callable[[Point], bool], ...] = (
        lambda other: other.plan is point.plan,
        lambda other: other.plan.name == point.plan.name,
    )
    return next((i for test in tests for i in among if test(points[i])), None)


def compare(batch: Batch, measures: tuple[str, ...] | None = None) -> Comparison:
    """Return the comparison of *batch*; measures that are NaN everywhere have no row."""
    against = contrasts(batch)
    rows = []
    for name in measures or headline(batch.points[0].scenario.kinds):
        if name not in batch.measures:
            continue
        values = [batch.values(point, name) for point in range(len(batch.points))]
        if all(np.isnan(v).all() for v in values):
            continue
        one = measure_of(name)
        rows.append(
            Row(
                name,
                title_of(name),
                UNITS[one.unit],
                one.unit == "share",
                one.better,
                tuple(_mean(v) for v in values),
                tuple(_difference(values[i], values[j], one.better) for i, j in against),
            )
        )
    return Comparison(batch, against, tuple(rows))


def _mean(values: Floats) -> float:
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else float("nan")


def _difference(plan: Floats, reference: Floats, better: Better) -> Paired | None:
    found = paired(plan, reference, better)
    return found if found.n else None
