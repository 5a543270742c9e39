"""A study's folder, opened: what was asked, how far it came, and its results as a batch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from nspl_sim import MODEL_VERSION
from nspl_sim.experiment.design import Design
from nspl_sim.experiment.session import COMPLETE
from nspl_sim.experiment.store import Store
from nspl_sim.experiment.stored import StoredBatch
from nspl_sim.experiment.whole import write_all
from nspl_sim.reading.part import Bilingual
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text


@dataclass(frozen=True)
class Saved:
    """The results in a folder, wherever it was moved."""

    store: Store
    manifest: Mapping[str, Any]

    @property
    def is_complete(self) -> bool:
        """Return whether all that was asked for is there and summed up."""
        return bool(self.manifest["state"] == COMPLETE)

    @property
    def is_stale(self) -> bool:
        """Return whether the model has changed since, or a file that was read and lies where it lay."""
        if self.manifest["versions"].get("model") != str(MODEL_VERSION):
            return True
        read, lies = self.manifest["read"], self.manifest["lies"]
        return any(_differs(self.store.folder / path, read[name]) for name, path in lies.items())

    @cached_property
    def design(self) -> Design:
        """Return the design, as far as the manifest says it."""
        said = self.manifest
        try:
            points = self.store.points(said["points"])
            return Design(
                said["name"],
                points,
                tuple((int(point), int(reference)) for point, reference in said["contrasts"]),
                said["replications"],
                _bilingual(said["title"]),
                _bilingual(said["question"]),
                tuple(said["kept_journals"]),
            )
        except (OSError, KeyError, TypeError, ValueError, ValidationError) as wrong:
            told = text("{folder} is damaged: its manifest cannot be read", folder=self.store.folder)
            raise NsplError(told) from wrong

    @cached_property
    def replications(self) -> tuple[int, ...]:
        """Return the replications that are there for every design point, as far as they were asked for."""
        design = self.design
        held = set.intersection(*(self.store.there(point) for point in design.points))
        most = design.replications
        return tuple(sorted(k for k in held if most is None or k < most))

    def batch(self) -> StoredBatch:
        """Return what is there of every design point."""
        elapsed_s = sum(one["seconds"] for one in self.manifest["runs"])
        return StoredBatch(self.design.points, self.replications, elapsed_s, self.store)

    def add(self, files: Mapping[str, bytes]) -> list[Path]:
        """Write *files* beside the summary; like it they go when the study is no longer complete."""
        hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
        with self.store.locked():
            paths = write_all(self.store.folder, files)
            written = {**self.manifest["written"], **hashes}
            self.store.write_manifest({**self.manifest, "written": written})
        return paths

    def so_far(self) -> Design:
        """Return the design with the replications that are there."""
        return replace(self.design, replications=len(self.replications))


def opened(folder: Path) -> Saved:
    """Return the results in *folder*; raise ``NsplError`` where there are none."""
    store = Store(folder)
    manifest = store.manifest()
    if manifest is None:
        wrong = text("{folder} holds no results of this program", folder=folder)
        if inside := tuple(studies(folder)):
            wrong = text("{wrong}, but folders with them: {names}", wrong=wrong, names=", ".join(inside))
        raise NsplError(wrong)
    return Saved(store, manifest)


def studies(folder: Path) -> dict[str, Saved]:
    """Return the results in the folders of *folder*, by name."""
    found = {path.name: Store(path) for path in sorted(folder.iterdir()) if path.is_dir()}
    return {name: Saved(s, m) for name, s in found.items() if (m := s.manifest()) is not None}


def _bilingual(said: Mapping[str, str] | None) -> Bilingual | None:
    return Bilingual.model_validate(said) if said else None


def _differs(path: Path, digest: str) -> bool:
    try:
        return sha256(path.read_bytes()).hexdigest() != digest
    except OSError:
        return False
