"""A study's folder, opened: what was asked, how far it came, and its results as a batch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from nspl_sim import MODEL_VERSION
from nspl_sim.experiment.design import Design, Step
from nspl_sim.experiment.manifest import MANIFEST, Damaged
from nspl_sim.experiment.session import COMPLETE
from nspl_sim.experiment.store import USUAL_H, Store
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
        """Return whether all that was asked for is there, whole, and summed up."""
        return bool(
            self.manifest["state"] == COMPLETE and len(self.replications) == self.manifest["replications"]
        )

    @property
    def lacks_summary(self) -> bool:
        """Return whether every replication is there, but they were not summed up."""
        return not self.is_complete and len(self.replications) == self.manifest["replications"]

    @property
    def is_stale(self) -> bool:
        """Return whether the model has changed since, or a file that was read and lies where it lay."""
        if self.manifest["versions"].get("model") != str(MODEL_VERSION):
            return True
        read, lies = self.manifest["read"], self.manifest["lies"]
        return any(_differs(self.store.folder / path, read[name]) for name, path in lies.items())

    @cached_property
    def design(self) -> Design:
        """Return the design, as the manifest says it. Raises ``Damaged`` when a file is not as it was."""
        said = self.manifest
        try:
            points = self.store.points(said["points"], said["kept"])
        except (OSError, ValueError, RecursionError, ValidationError) as wrong:
            raise Damaged(self.store.folder, "worlds/, plans/") from wrong
        return Design(
            said["name"],
            points,
            tuple((int(point), int(reference)) for point, reference in said["contrasts"]),
            said["replications"],
            _bilingual(said["title"]),
            _bilingual(said["question"]),
            tuple(said["kept_journals"]),
            tuple(Step(**{**step, "title": _bilingual(step["title"])}) for step in said.get("steps", ())),
            self.store.census_every_h,
        )

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
        if inside := _inside(folder):
            wrong = text("{wrong}, but folders with them: {names}", wrong=wrong, names=", ".join(inside))
        raise NsplError(wrong)
    return Saved(Store(folder, manifest.get("census_every_h", USUAL_H)), manifest)


def studies(folder: Path) -> dict[str, Saved | Damaged]:
    """Return the results in the folders of *folder*, by name; of those that cannot be read, why not."""
    found: dict[str, Saved | Damaged] = {}
    for path in sorted(folder.iterdir()):
        if not path.is_dir() or path.is_symlink():
            continue
        try:
            saved = opened(path)
            _ = saved.design
            found[path.name] = saved
        except Damaged as wrong:
            found[path.name] = wrong
        except NsplError:
            continue
    return found


def _inside(folder: Path) -> list[str]:
    """Return the folders in *folder* that hold results."""
    return [str(path.parent) for path in sorted(folder.glob(f"*/{MANIFEST}"))][:10]


def _bilingual(said: Mapping[str, str] | None) -> Bilingual | None:
    return Bilingual.model_validate(said) if said else None


def _differs(path: Path, digest: str) -> bool:
    try:
        return path.is_file() and sha256(path.read_bytes()).hexdigest() != digest
    except OSError:
        return False
