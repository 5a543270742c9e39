"""Results of one design point on disk: parts, each a folder of tables that is written whole or not at all.

::

    points/<fingerprint>/r000000-000009/measures.parquet      one row a replication and measure
                                        levels.parquet        beds and lines every six hours, or every hour
                                        transfers.parquet     who helped whom
                                        planned.parquet       planned care by day
                                        replications.parquet  the journals' fingerprints
                                        checks.json           which replications, and each table's SHA-256

The name says which replications a part holds, too. Tables are made and read with DuckDB, which is told to
fetch nothing from anywhere.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from nspl_sim.experiment.duck import connected, write_parquet
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import PointResult
from nspl_sim.vocabulary.clock import HOUR

TABLES = ("measures", "levels", "transfers", "planned", "replications")
_NAME = re.compile(r"r(\d+)-(\d+)")
_UNFINISHED = ".part-"
CHECKS = "checks.json"
LONGEST_NAME = 20

Columns = dict[str, Any]


def write_part(
    folder: Path, point: Point, replications: Sequence[int], results: Sequence[PointResult]
) -> None:
    """Write *results* of consecutive *replications* of *point* into the point's *folder*.

    Whoever looks sees all of it or nothing. Replications that are there already are left as they are.
    """
    there = {k for _, held in _named(folder) for k in held}
    if there.issuperset(replications):
        return
    part = folder / f"r{replications[0]:06d}-{replications[-1]:06d}"
    unfinished = folder / f"{_UNFINISHED}{os.getpid()}-{part.name}"
    try:
        unfinished.mkdir(parents=True)
        with connected() as base:
            for name, columns in _tables(point, replications, results).items():
                write_parquet(base, columns, unfinished / f"{name}.parquet")
        checks = {"replications": list(replications), "tables": _hashes(unfinished)}
        (unfinished / CHECKS).write_text(json.dumps(checks), encoding="utf-8")
        _to_disk(unfinished)
        try:
            unfinished.rename(part)
        except OSError:
            if not part.exists():  # another worker was first, for a point that is there twice
                raise
        _to_disk(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def parts(folder: Path) -> dict[Path, range]:
    """Return the whole parts in a point's *folder*, and which replications each holds."""
    return {path: held for path, held in _named(folder) if is_whole(path)}


def _named(folder: Path) -> Iterator[tuple[Path, range]]:
    """Yield what has the name of a part, and which replications that says."""
    for path in sorted(folder.glob("r*-*")):
        if (named := _NAME.fullmatch(path.name)) and len(path.name) < LONGEST_NAME:
            yield path, range(int(named[1]), int(named[2]) + 1)


def is_whole(part: Path) -> bool:
    """Return whether *part* holds the replications that its name says, every table as it was written."""
    try:
        return _is_whole(part, tuple((part / f"{name}.parquet").stat().st_mtime_ns for name in TABLES))
    except OSError:
        return False


@lru_cache(maxsize=100_000)
def _is_whole(part: Path, written_ns: tuple[int, ...]) -> bool:
    named = _NAME.fullmatch(part.name)
    try:
        checks = json.loads((part / CHECKS).read_bytes())
        held, tables = checks["replications"], checks["tables"]
        says = named is not None and [int(named[1]), int(named[2])] == [held[0], held[-1]]
        return says and held == list(range(held[0], held[0] + len(held))) and tables == _hashes(part)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return False


def _hashes(part: Path) -> dict[str, str]:
    """Return the SHA-256 of each table in *part*."""
    return {name: sha256((part / f"{name}.parquet").read_bytes()).hexdigest() for name in TABLES}


def tidy(folder: Path) -> list[str]:
    """Remove from a point's *folder* what a stopped run left; return the names of damaged parts, gone too."""
    for unfinished in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    damaged = [path for path, _ in _named(folder) if not is_whole(path)]
    for part in damaged:
        shutil.rmtree(part)
    return [part.name for part in damaged]


def _tables(point: Point, replications: Sequence[int], results: Sequence[PointResult]) -> dict[str, Columns]:
    each = list(zip(replications, results, strict=True))
    regions = np.array(point.scenario.region_keys)
    return {
        "measures": {
            "replication": np.repeat(np.array(replications, np.int32), [len(r.values) for r in results]),
            "measure": np.array([name for r in results for name in r.values]),
            "value": np.array([value for r in results for value in r.values.values()], float),
        },
        "levels": _stacked(_levels(regions, k, r) for k, r in each),
        "transfers": _stacked(_transfers(point, regions, k, r) for k, r in each),
        "planned": _stacked(_planned(regions, k, r) for k, r in each),
        "replications": {
            "replication": np.array(replications, np.int32),
            "journal": np.array([r.fingerprint for r in results]),
        },
    }


def _levels(regions: Any, replication: int, result: PointResult) -> Columns:
    by_kind, every_h = result.profile.levels, result.profile.every_s // HOUR
    columns: list[Columns] = []
    for kind, levels in by_kind.items():
        times = levels.census.shape[1]
        columns.append(
            {
                "replication": np.full(levels.census.size, replication, np.int32),
                "kind": np.full(levels.census.size, kind),
                "region": np.repeat(regions, times),
                "hour": np.tile(np.arange(times, dtype=np.int32) * every_h, len(regions)),
                "census": levels.census.ravel(),
                "staffed": levels.staffed.ravel(),
                "waiting": levels.waiting.ravel(),
            }
        )
    return _stacked(columns)


def _transfers(point: Point, regions: Any, replication: int, result: PointResult) -> Columns:
    kind, origin, receiver = np.nonzero(result.profile.transfers)
    return {
        "replication": np.full(len(kind), replication, np.int32),
        "kind": np.array(point.scenario.kinds)[kind],
        "from_region": regions[origin],
        "to_region": regions[receiver],
        "patients": result.profile.transfers[kind, origin, receiver],
    }


def _planned(regions: Any, replication: int, result: PointResult) -> Columns:
    planned = result.profile.planned
    days = planned.due.shape[1]
    return {
        "replication": np.full(planned.due.size, replication, np.int32),
        "region": np.repeat(regions, days),
        "day": np.tile(np.arange(1, days + 1, dtype=np.int32), len(regions)),
        "due": planned.due.ravel(),
        "postponed": planned.postponed.ravel(),
        "released": planned.released.ravel(),
    }


def _stacked(tables: Any) -> Columns:
    """Return tables of the same columns as one."""
    known: list[Columns] = list(tables)
    return {name: np.concatenate([table[name] for table in known]) for name in known[0]}


def _to_disk(folder: Path) -> None:
    """Wait until the files of *folder*, and the folder itself, are on the disk."""
    for path in _files(folder):
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file())
