"""The folder of a run: answer, table, one row a replication, figure, provenance. Whole or not at all."""

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nspl_sim.experiment.batch import Batch
from nspl_sim.paper import figure, numbers, table
from nspl_sim.paper.answer import answers, first_without, pairing
from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.files import write_whole
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import marking, plan_names
from nspl_sim.paper.occupancy import in_words, occupancy
from nspl_sim.paper.provenance import is_ours, provenance
from nspl_sim.paper.tables import csv_bytes
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text

FIGURE = "icu-occupancy"


@dataclass(frozen=True)
class Results:
    """A finished batch with all that is to be said of it."""

    found: Comparison
    language: Language
    command: Sequence[str]
    sources: Mapping[str, str]
    """SHA-256 of every file that was read, by name."""
    warnings: Sequence[str]

    def write(self, folder: Path) -> list[Path]:
        """Write every file into *folder* and return their paths, what to look at first, first."""
        contents = self._contents()
        made = provenance(self.found.batch, self.command, self.sources, contents, self.warnings)
        contents["provenance.json"] = _json(made)
        for name, content in contents.items():
            write_whole(folder / name, content)
        for leftover in (f"{FIGURE}.{ending}" for ending in ("png", "svg", "txt")):
            if leftover not in contents:
                (folder / leftover).unlink(missing_ok=True)
        return [folder / name for name in contents]

    def _contents(self) -> dict[str, bytes]:
        language = self.language
        said = [
            *answers(self.found, language),
            "",
            table.aligned(self.found, language),
            "",
            *first_without(self.found, language),
            "",
            *pairing(self.found, language),
        ]
        sign = marking(self.found.batch.points[0].scenario, language)
        return {
            "answer.txt": "\n".join([sign, "", *said, "", sign, ""]).encode(),
            "answer.json": _json(self.data()),
            "table.csv": csv_bytes(table.columns(self.found, language), language.code),
            "measures.csv": csv_bytes(by_replication(self.found.batch), language.code),
            **self._figure(sign),
        }

    def data(self) -> dict[str, Any]:
        """Return the answer for machines."""
        return {
            "answer": answers(self.found, self.language),
            "marking": marking(self.found.batch.points[0].scenario, self.language),
            "replications": self.found.replications,
            "table": table.as_data(self.found, self.language),
            "first_without_icu_beds": first_without(self.found, self.language),
            "warnings": list(self.warnings),
        }

    def _figure(self, sign: str) -> dict[str, bytes]:
        """Return the figure of the last design point beside its reference; nothing without intensive care."""
        batch = self.found.batch
        point, reference = self.found.contrasts[-1] if self.found.contrasts else (0, None)
        shown = occupancy(batch, point, reference, self.language)
        if shown is None:
            return {}
        start = numbers.date(batch.points[point].scenario.start, self.language.code)
        drawn = figure.write(shown, sign, self.language, start)
        return {
            f"{FIGURE}.png": drawn["png"],
            f"{FIGURE}.svg": drawn["svg"],
            f"{FIGURE}.txt": in_words(shown, sign, self.language).encode(),
        }


def by_replication(batch: Batch) -> dict[str, Any]:
    """Return one row a replication and design point, every measure a column."""
    several = len({id(p.scenario) for p in batch.points}) > 1
    labels = [p.label if several else p.scenario.name for p in batch.points]
    count, points = len(batch.replications), range(len(batch.points))
    prints = [batch.fingerprints(point) for point in points]
    return {
        "replication": [k for k in batch.replications for _ in points],
        "scenario": labels * count,
        "plan": plan_names(batch.points) * count,
        "fingerprint": [of_point[k] for k in range(count) for of_point in prints],
        **{
            name: np.stack([batch.values(point, name) for point in points], axis=1).ravel()
            for name in batch.measures
        },
    }


@contextlib.contextmanager
def folder(path: Path) -> Iterator[Path]:
    """Make *path* ready for results, or refuse; leave nothing behind when the run does not finish."""
    if path.exists() and not path.is_dir():
        raise NsplError(text("{folder} is a file; name a folder", folder=path))
    if path.is_dir() and any(path.iterdir()) and not is_ours(path):
        raise NsplError(
            text(
                "{folder} holds other things than results of this program, and nothing there is overwritten; "
                "name a new folder",
                folder=path,
            )
        )
    made = [p for p in (path, *path.parents) if not p.exists()]
    path.mkdir(parents=True, exist_ok=True)
    probe = path / ".nspl-probe"
    try:
        probe.write_bytes(b"")
        probe.unlink()
        yield path
    except BaseException:
        for new in made:
            with contextlib.suppress(OSError):
                new.rmdir()
        raise


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
