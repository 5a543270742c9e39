"""A run in a folder: what is there already is kept, what is missing is made, and the manifest says how far.

::

    with Session(folder) as session:            one run at a time
        session.begin(design, about)
        batch = session.run(workers=2)          Incomplete or Stopped leave whole parts
        session.finish(files, about_batch)      the summary, and last the word that all is complete
"""

import contextlib
import os
import platform
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.design import Design, Step
from nspl_sim.experiment.engines import Engine
from nspl_sim.experiment.executor import Fault
from nspl_sim.experiment.manifest import MANIFEST, Damaged
from nspl_sim.experiment.run import Incomplete, Progress, run
from nspl_sim.experiment.store import Store
from nspl_sim.experiment.whole import write_all
from nspl_sim.reading.showing import escaped
from nspl_sim.vocabulary.disk import REASONS
from nspl_sim.vocabulary.errors import NsplError, Stopped
from nspl_sim.vocabulary.text import text

COMPLETE, INCOMPLETE = "complete", "incomplete"


class Foreign(NsplError):
    """The folder holds other things than results, or is none."""


class Session(contextlib.AbstractContextManager["Session"]):
    """The only run in a folder."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder)
        self.folder = folder
        self.damaged: list[str] = []
        """Parts that could not be read and have to be made again."""
        self.before: str | None = None
        """The name of an earlier study of other design points in the folder."""
        self._stack = contextlib.ExitStack()
        self._made: dict[str, Any] = {}
        self._began = datetime.now(UTC)

    def __enter__(self) -> Self:
        """Make the folder ready and lock it; leave nothing behind where that cannot be."""
        made = _made_ready(self.folder)
        try:
            self._stack.enter_context(self.store.locked())
        except BaseException:
            for new in made:
                with contextlib.suppress(OSError):
                    new.rmdir()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write down how it ended, and let others in."""
        try:
            if wrong is not None and self._made:
                self._made["set_aside"] = _named(wrong) if isinstance(wrong, Incomplete) else []
                self._ended(INCOMPLETE, "stopped" if isinstance(wrong, Stopped) else "incomplete")
        finally:
            self._stack.close()
        if isinstance(wrong, OSError) and self._made:
            fault = Fault.of(wrong)
            raise Incomplete((), fault, self.folder) from wrong

    def begin(self, design: Design, about: Mapping[str, Any]) -> None:
        """Write down what is asked (*about*: command, versions, files read ...) before anything is made."""
        self.design = design
        self.store = Store(self.folder, design.census_every_h)
        before = self._earlier()
        self.damaged += self.store.tidy(design.points)
        self._made = {
            "state": INCOMPLETE,
            "name": design.name,
            "title": design.title.model_dump() if design.title else None,
            "question": design.question.model_dump() if design.question else None,
            "replications": design.replications,
            "contrasts": [list(pair) for pair in design.contrasts],
            "kept_journals": list(design.journals),
            "census_every_h": design.census_every_h,
            "steps": [_step(step) for step in design.steps],
            **about,
            "lies": _where(about["read"], self.folder),
            "points": self.store.keep(design.points),
            "kept": self.store.hashes(design.points),
            "runs": before.get("runs", []),
            "set_aside": [],
            "written": {},
        }
        if before and {p["fingerprint"] for p in before["points"]} - {p.fingerprint for p in design.points}:
            self.before = before["name"]
        if self.store.is_missing(design):
            for name in before.get("written", {}):
                _removed(self.folder, name)
        self.store.write_manifest(self._made)

    def _earlier(self) -> dict[str, Any]:
        """Return the manifest of the run before; of one that cannot be read nothing is known."""
        try:
            return self.store.manifest() or {}
        except Damaged:
            self.damaged.append(MANIFEST)
            return {}

    def run(
        self,
        workers: int,
        budget_s: float | None = None,
        at_least: int = 10,
        on_progress: Callable[[Progress], None] | None = None,
        engine: Engine = "simpy",
    ) -> Batch:
        """Make what is missing and return all of it."""
        design = self.design
        self.workers, self.engine = workers, engine
        given = (design.points, design.replications, workers, budget_s, at_least, on_progress)
        return run(*given, self.store, engine)

    def finish(self, batch: Batch, files: Mapping[str, bytes], more: Mapping[str, Any]) -> list[Path]:
        """Write the summary *files* and that the study is complete; return their paths."""
        written = write_all(self.folder, files)
        self._made |= more
        self._made["replications"] = len(batch.replications)
        self._ended(COMPLETE, "complete")
        return written

    def _ended(self, state: str, how: str) -> None:
        now = datetime.now(UTC)
        self._made["state"] = state
        self._made["runs"] = [
            *self._made["runs"],
            {
                "began": self._began.isoformat(timespec="seconds"),
                "seconds": round((now - self._began).total_seconds(), 1),
                "workers": getattr(self, "workers", None),
                "engine": getattr(self, "engine", None),
                "ended": how,
            },
        ]
        with contextlib.suppress(OSError) if state == INCOMPLETE else contextlib.nullcontext():
            self.store.write_manifest(self._made)


def _removed(folder: Path, name: str) -> None:
    """Remove an earlier summary's file: what is not complete has none. A name never leads elsewhere."""
    path = folder / name
    if path.resolve().is_relative_to(folder.resolve()) and ".." not in path.parts:
        path.unlink(missing_ok=True)


def machine() -> dict[str, Any]:
    """Return what the machine is, without whose it is: no names, nor the build of its system."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
    }


def _where(read: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return where the files that were *read* lie, seen from *folder*: to tell later that one has changed.

    Names are as they were given; a file that comes along, or that has other content, is not looked for.
    """
    found = {}
    for name, digest in read.items():
        with contextlib.suppress(OSError, ValueError):
            if sha256(Path(name).read_bytes()).hexdigest() == digest:
                found[name] = Path(os.path.relpath(name, folder)).as_posix()
    return found


def _named(wrong: Incomplete) -> list[dict[str, Any]]:
    return [
        {
            "replication": one.replication,
            "scenario": one.point.world,
            "seed": one.point.scenario.seed,
            "reason": one.fault.reason,
            "details": one.fault.details[-4000:],
        }
        for one in wrong.set_aside
    ]


def _made_ready(folder: Path) -> list[Path]:
    """Make *folder*; refuse one that holds other things. Return what was made, the innermost first."""
    if not str(folder).isprintable():
        raise Foreign(text("{file}: no file can have this name", file=escaped(str(folder))))
    try:
        return _made(folder)
    except OSError as wrong:
        reason = REASONS.get(wrong.errno or 0, wrong.strerror)
        raise Foreign(text("{file}: {reason}", file=escaped(str(folder)), reason=reason)) from wrong


def _made(folder: Path) -> list[Path]:
    if folder.exists() and not folder.is_dir():
        raise Foreign(text("{folder} is a file; name a folder", folder=folder))
    if folder.is_dir() and not Store(folder).is_ours():
        raise Foreign(
            text(
                "{folder} holds other things than results of this program, and nothing there is overwritten; "
                "name a new folder",
                folder=folder,
            )
        )
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return made


def _step(step: Step) -> dict[str, Any]:
    title = step.title.model_dump() if step.title else None
    return {**vars(step), "title": title}
