"""The folder that a study's results are kept in: what is there, what is missing, and who works in it.

::

    <folder>/manifest.json      what was asked, of what, with what, and how far it came
             worlds/, plans/    every scenario and plan in full, by fingerprint
             points/            the results (see parts), by the design point's fingerprint

A design point's fingerprint holds its scenario, seed, plan and the model's version: results of a changed
input lie beside the old ones and are never mixed with them. Nothing in the folder leads out of it, so
it can be moved or copied whole.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from nspl_sim.experiment.design import Design
from nspl_sim.experiment.engines import Engine, load
from nspl_sim.experiment.executor import Unit
from nspl_sim.experiment.manifest import MANIFEST, PROGRAM, Damaged, read_manifest
from nspl_sim.experiment.parts import parts, tidy, write_part
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import Crash, PointResult, replicate
from nspl_sim.experiment.whole import write_whole
from nspl_sim.measures.profile import EVERY_S
from nspl_sim.policies.plan import Plan
from nspl_sim.reading.part import Bilingual
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text

_LOCK = ".nspl-lock"
USUAL_H = EVERY_S // HOUR
_SHORT = 16
"""Characters of a fingerprint that a folder is named by."""


class Store:
    """A folder of results, in which beds and lines are kept at every so many hours."""

    def __init__(self, folder: Path, census_every_h: int = USUAL_H) -> None:
        self.folder = folder
        self.census_every_h = census_every_h

    def points_folder(self, point: Point) -> Path:
        """Return the folder of the results of *point*; those of an unusual census lie beside the others."""
        usual = self.census_every_h == USUAL_H
        name = point.fingerprint[:_SHORT] + ("" if usual else f"-{self.census_every_h}h")
        return self.folder / "points" / name

    def there(self, point: Point) -> set[int]:
        """Return the replications of *point* that are in the folder."""
        return {k for replications in parts(self.points_folder(point)).values() for k in replications}

    def files(self, point: Point, table: str) -> list[Path]:
        """Return the files of *table* in the parts of *point*."""
        return [part / f"{table}.parquet" for part in parts(self.points_folder(point))]

    def tidy(self, points: Sequence[Point]) -> list[str]:
        """Remove what a stopped run left half done; return what was damaged and has to be made again."""
        return [name for point in points for name in tidy(self.points_folder(point))]

    def is_missing(self, design: Design) -> bool:
        """Return whether anything of *design* is still to be made."""
        if design.replications is None:
            return True
        wanted = set(range(design.replications))
        return any(not wanted <= self.there(point) for point in design.points)

    def is_ours(self) -> bool:
        """Return whether the folder is empty, or holds results of this program, be they damaged."""
        there = {path.name for path in self.folder.iterdir()} - {_LOCK}
        try:
            return not there or self.manifest() is not None
        except Damaged:
            return there >= {"points", "worlds", "plans"}

    # ------------------------------------------------------------ what was asked

    def keep(self, points: Sequence[Point]) -> list[dict[str, Any]]:
        """Write the worlds and plans of *points* and return how the manifest names the points."""
        return [self._kept(point) for point in points]

    def _kept(self, point: Point) -> dict[str, Any]:
        world, plan = point.scenario.fingerprint(), point.plan.fingerprint()
        as_json = point.scenario.model_dump_json(by_alias=True, exclude_none=True)
        self._once(self._file("worlds", world), as_json)
        self._once(self._file("plans", plan), json.dumps(point.plan.written(), ensure_ascii=False))
        return {
            "fingerprint": point.fingerprint,
            "scenario": point.scenario.name,
            "scenario_fingerprint": world,
            "seed": point.scenario.seed,
            "plan": point.plan.name,
            "plan_fingerprint": plan,
            "label": point.label,
            "file": point.file,
            "of_world": dict(point.of_world),
            "of_plan": dict(point.of_plan),
            "times": list(point.times),
            "titles": {name: title.model_dump() for name, title in point.titles.items()},
        }

    def hashes(self, points: Sequence[Point]) -> dict[str, str]:
        """Return the SHA-256 of every world and plan that is kept of *points*, by path in the folder."""
        files = {self._file("worlds", p.scenario.fingerprint()) for p in points}
        files |= {self._file("plans", p.plan.fingerprint()) for p in points}
        return {
            path.relative_to(self.folder).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in sorted(files)
        }

    def points(self, kept: Sequence[dict[str, Any]], hashes: Mapping[str, str]) -> tuple[Point, ...]:
        """Return the design points that the manifest names; each world and plan is one object.

        Raises :class:`Damaged` when a world or plan is not the one that the results were made of.
        """

        def content(path: Path) -> bytes:
            found = path.read_bytes()
            name = path.relative_to(self.folder).as_posix()
            if sha256(found).hexdigest() != hashes.get(name):
                raise Damaged(self.folder, name)
            return found

        worlds: dict[str, Scenario] = {}
        plans: dict[str, Plan] = {}
        found = []
        for one in kept:
            world, plan = one["scenario_fingerprint"], one["plan_fingerprint"]
            if world not in worlds:
                worlds[world] = Scenario.model_validate_json(content(self._file("worlds", world)))
            if plan not in plans:
                plans[plan] = Plan.model_validate(json.loads(content(self._file("plans", plan))))
            titles = {name: Bilingual.model_validate(title) for name, title in one["titles"].items()}
            told = (one["label"], one["file"], one["of_world"], one["of_plan"], titles, tuple(one["times"]))
            kept_as = self._known(one["fingerprint"])
            found.append(Point(worlds[world], plans[plan], *told, kept_as))
        return tuple(found)

    def _file(self, what: str, fingerprint: str) -> Path:
        return self.folder / what / f"{self._known(fingerprint)[:_SHORT]}.json"

    def _known(self, fingerprint: str) -> str:
        """Return *fingerprint* of the manifest, which may name a file or folder here and nothing else."""
        if not fingerprint.isalnum():
            raise Damaged(self.folder, MANIFEST)
        return fingerprint

    def _once(self, path: Path, content: str) -> None:
        if not path.exists() or path.read_bytes() != content.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)

    # ------------------------------------------------------------ the manifest

    def manifest(self) -> dict[str, Any] | None:
        """Return the manifest; None where the folder holds no results of this program."""
        return read_manifest(self.folder)

    def write_manifest(self, content: dict[str, Any]) -> None:
        """Write the manifest, whole."""
        said = json.dumps({"program": PROGRAM, **content}, ensure_ascii=False, indent=1, allow_nan=False)
        write_whole(self.folder / MANIFEST, said + "\n")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runs out of the folder; the system lets go of the lock however this one ends."""
        lock = FileLock(self.folder / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise NsplError(
                text(
                    "another run is at work in {folder}; wait for it, or name another folder",
                    folder=self.folder,
                )
            ) from None
        try:
            yield
        finally:
            lock.release()


@dataclass(frozen=True, eq=False)
class Made:
    """What a worker made of a unit."""

    results: list[list[PointResult]] | None
    """``results[replication][point]``; None: they are written."""
    crashes: tuple[Crash, ...]


class Stored:
    """The task of a worker: do a unit and write its parts. What comes back is where an engine failed."""

    def __init__(self, points: Sequence[Point], store: Store, engine: Engine = "simpy") -> None:
        self.points = tuple(points)
        self.engine = engine
        self.store = store

    def get_ready(self) -> None:
        """Load the engine."""
        load(self.engine, self.points)

    def __call__(self, unit: Unit) -> Made:
        """Replicate, and write one part a design point."""
        points = [self.points[number] for number in unit.points]
        terms = (self.engine, HOUR * self.store.census_every_h)
        made = [list(replicate(points, replication, *terms)) for replication in unit.replications]
        for number, point in enumerate(points):
            results = [of_replication[number] for of_replication in made]
            write_part(self.store.points_folder(point), point, unit.replications, results)
        return Made(None, _crashes(made))


class Kept:
    """The task of a worker: do a unit and send the results back, for who wants no folder."""

    def __init__(self, points: Sequence[Point], engine: Engine = "simpy") -> None:
        self.points = tuple(points)
        self.engine = engine

    def get_ready(self) -> None:
        """Load the engine."""
        load(self.engine, self.points)

    def __call__(self, unit: Unit) -> Made:
        """Return the results of the unit."""
        points = [self.points[number] for number in unit.points]
        made = [list(replicate(points, replication, self.engine)) for replication in unit.replications]
        return Made(made, _crashes(made))


def _crashes(made: list[list[PointResult]]) -> tuple[Crash, ...]:
    return tuple(result.crash for results in made for result in results if result.crash)
