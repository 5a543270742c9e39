"""Where results come from: versions, seed, command line, and fingerprints of all that went in and out."""

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from nspl_sim import MODEL_VERSION, __version__
from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.point import Point

PROGRAM = "nspl_sim"
_MATTER = ("numpy", "scipy", "simpy", "pydantic", "ruamel.yaml")
"""Packages whose version could matter to a number."""


def versions() -> dict[str, str]:
    """Return the versions that a number may hang on."""
    found = {"nspl_sim": __version__, "model": str(MODEL_VERSION), "python": platform.python_version()}
    for name in _MATTER:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "-"
    return found


def fingerprint(batch: Batch, point: int) -> str:
    """Return one hash of all journals of a design point, in order of replication."""
    digest = hashlib.sha256()
    for replication, journal in zip(batch.replications, batch.fingerprints(point), strict=True):
        digest.update(f"{replication}:{journal}\n".encode())
    return digest.hexdigest()


def provenance(
    batch: Batch,
    command: Sequence[str],
    sources: Mapping[str, str],
    outputs: Mapping[str, bytes],
    warnings: Sequence[str],
) -> dict[str, Any]:
    """Return all that is needed to make the same numbers again, and to see that they are the same."""
    return {
        "program": PROGRAM,
        "versions": versions(),
        "command": list(command),
        "replications": list(batch.replications),
        "elapsed_s": round(batch.elapsed_s, 2),
        "points": [_of_point(batch, i, p) for i, p in enumerate(batch.points)],
        "warnings": list(warnings),
        "read": dict(sources),
        "written": {name: _hash(content) for name, content in outputs.items()},
    }


def _of_point(batch: Batch, number: int, point: Point) -> dict[str, Any]:
    return {
        "scenario": point.scenario.name,
        "scenario_fingerprint": point.scenario.fingerprint(),
        "seed": point.scenario.seed,
        "plan": point.plan.name,
        "plan_fingerprint": point.plan.fingerprint(),
        "journals_fingerprint": fingerprint(batch, number),
    }


Held = tuple[list[tuple[str, str]], int, list[str]]


def held(folder: Path) -> Held | None:
    """Return of the results in *folder* the design points, the number of replications and the command.

    None where there are no results of this program.
    """
    if not is_ours(folder):
        return None
    made = json.loads((folder / "provenance.json").read_bytes())
    try:
        points = [(str(p["scenario_fingerprint"]), str(p["plan_fingerprint"])) for p in made["points"]]
        return points, len(made["replications"]), [str(word) for word in made["command"]]
    except (KeyError, TypeError):
        return [], 0, []


def marks(points: Sequence[Point]) -> list[tuple[str, str]]:
    """Return what tells design points apart: the fingerprints of scenario (its seed too) and plan."""
    return [(p.scenario.fingerprint(), p.plan.fingerprint()) for p in points]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def is_ours(folder: Path) -> bool:
    """Return whether *folder* holds results that this program wrote."""
    try:
        return bool(json.loads((folder / "provenance.json").read_bytes())["program"] == PROGRAM)
    except (OSError, ValueError, KeyError, TypeError):
        return False
