"""From a batch to its comparison: means, paired differences, who was better in how many replications."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.design import contrasts
from nspl_sim.experiment.statistics import Paired, paired
from nspl_sim.measures.registry import UNITS, Better, headline, measure_of, title_of
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import Text

PAIRING_SHOWN = ("deaths_all", "deaths_waiting")

Contrasts = tuple[tuple[int, int], ...]
"""(design point, its reference), by number."""


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
    contrasts: Contrasts
    rows: tuple[Row, ...]

    @property
    def replications(self) -> int:
        """Return how many replications there are."""
        return len(self.batch.replications)

    @property
    def scenarios(self) -> int:
        """Return how many scenarios are compared."""
        return len({id(p.scenario) for p in self.batch.points})

    def crosses(self, contrast: int) -> bool:
        """Return whether a contrast, by number, sets one scenario against another."""
        point, reference = (self.batch.points[i] for i in self.contrasts[contrast])
        return point.scenario is not reference.scenario

    def row(self, measure: str) -> Row | None:
        """Return the row of *measure*, if it has one."""
        return next((r for r in self.rows if r.measure == measure), None)


def compare(
    batch: Batch, measures: tuple[str, ...] | None = None, against: Contrasts | None = None
) -> Comparison:
    """Return the comparison of *batch*; measures that are NaN everywhere have no row.

    *against* says which design point is set against which; if not given, worlds are if there are several,
    else plans (see :mod:`nspl_sim.experiment.design`).
    """
    against = contrasts(batch.points) if against is None else against
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
