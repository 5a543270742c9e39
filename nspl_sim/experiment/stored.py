"""A batch read back from the folder of a study, as far as it has come."""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.duck import connected
from nspl_sim.experiment.store import Store
from nspl_sim.measures.profile import EVERY_S, Counts, Levels, Planned
from nspl_sim.vocabulary.clock import DAY, HOUR, days
from nspl_sim.vocabulary.patients import Floats


@dataclass(frozen=True, eq=False)
class StoredBatch(Batch):
    """The chosen replications of a study; levels and the like are read when they are asked for."""

    store: Store

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """Return the flat names, in the order of the tables."""
        return tuple(self._table)

    def values(self, point: int, measure: str) -> Floats:
        """Return *measure* of design point *point*."""
        table = self._table.get(measure)
        return np.full(len(self.replications), np.nan) if table is None else table[point]

    @cached_property
    def _table(self) -> dict[str, Floats]:
        """Return every measure, each an array of shape (points, replications), in the order written."""
        missing = np.full(len(self.replications), np.nan)
        columns = [self._of_point(point) for point in range(len(self.points))]
        names = dict.fromkeys(name for of_point in columns for name in of_point)
        return {name: np.stack([of_point.get(name, missing) for of_point in columns]) for name in names}

    def _of_point(self, point: int) -> dict[str, Floats]:
        """Return every measure of *point*, shape (replications,) each; what has no value is null there."""
        query = (
            "SELECT measure, list(value ORDER BY replication) "
            "FROM read_parquet($1, file_row_number = true) "
            "WHERE replication IN (SELECT unnest($2)) GROUP BY measure ORDER BY min(file_row_number)"
        )
        with connected() as base:
            found = base.execute(query, [self._files(point, "measures"), list(self.replications)])
            return {name: np.array(values, dtype=float) for name, values in found.fetchall()}

    def fingerprints(self, point: int) -> tuple[str, ...]:
        """Return the fingerprint of each replication's journal."""
        [journals] = self._columns(point, "replications", ("journal",), "replication")
        return tuple(journals.tolist())

    def levels(self, point: int, kind: str) -> Levels:
        """Return the levels of *kind*."""
        scenario = self.points[point].scenario
        shape = (len(self.replications), len(scenario.regions), -(-days(scenario.horizon_days) // EVERY_S))
        names = tuple(f.name for f in fields(Levels))
        found = self._columns(point, "levels", names, "replication, region, hour", kind)
        return Levels(*(column.reshape(shape) for column in found))

    def transfers(self, point: int) -> Counts:
        """Return the capacity transfers."""
        scenario = self.points[point].scenario
        regions, kinds = np.array(scenario.region_keys), np.array(scenario.kinds)
        names = ("replication", "kind", "from_region", "to_region", "patients")
        replication, kind, origin, receiver, patients = self._columns(
            point, "transfers", names, "replication"
        )
        moved = np.zeros((len(self.replications), len(kinds), len(regions), len(regions)), np.int32)
        at = (
            np.searchsorted(self.replications, replication),
            np.searchsorted(kinds, kind.astype(kinds.dtype)),
            np.searchsorted(regions, origin.astype(regions.dtype)),
            np.searchsorted(regions, receiver.astype(regions.dtype)),
        )
        moved[at] = patients
        return moved

    def planned(self, point: int) -> Planned:
        """Return planned care."""
        scenario = self.points[point].scenario
        shape = (len(self.replications), len(scenario.regions), -(-days(scenario.horizon_days) // DAY))
        names = tuple(f.name for f in fields(Planned))
        found = self._columns(point, "planned", names, "replication, region, day")
        return Planned(*(column.reshape(shape) for column in found))

    def _columns(
        self, point: int, table: str, names: tuple[str, ...], order: str, kind: str | None = None
    ) -> list[Counts]:
        """Return the columns *names* of *table*, the chosen replications of *point* in *order*."""
        chosen = "" if kind is None else f"AND kind = $3 AND hour % {EVERY_S // HOUR} = 0"
        query = (
            f"SELECT {', '.join(names)} FROM read_parquet($1) "
            f"WHERE replication IN (SELECT unnest($2)) {chosen} ORDER BY {order}"
        )
        given = [self._files(point, table), list(self.replications), *([] if kind is None else [kind])]
        with connected() as base:
            found = base.execute(query, given).fetchnumpy()
        return [np.asarray(found[name]) for name in names]

    def _files(self, point: int, table: str) -> list[str]:
        return [str(path) for path in self.store.files(self.points[point], table)]
