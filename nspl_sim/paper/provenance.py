"""Where results come from: versions, seed, command line, and fingerprints of all that went in and out."""

import hashlib
import platform
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

from nspl_sim import MODEL_VERSION, __version__
from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.session import machine

_MATTER = ("numpy", "scipy", "simpy", "numba", "pydantic", "ruamel.yaml", "duckdb")
"""Packages whose version could matter to a number."""


def versions() -> dict[str, str]:
    """Return the versions that a number may hang on."""
    found = {"nspl_sim": __version__, "model": str(MODEL_VERSION), "python": platform.python_version()}
    return found | {name: _version(name) for name in _MATTER}


def others() -> dict[str, str]:
    """Return the versions of all other packages that the program asks for: tables, figures, pages."""
    try:
        wanted = [one for one in requires("nspl_sim") or () if "extra ==" not in one]
    except PackageNotFoundError:  # run from its source, not installed
        return {}
    named = (re.split(r"[^\w.-]", one, maxsplit=1)[0].replace("ruamel-yaml", "ruamel.yaml") for one in wanted)
    names = sorted(set(named) - set(_MATTER))
    return {name: _version(name) for name in names}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def asked(command: Sequence[str], sources: Mapping[str, str], warnings: Sequence[str]) -> dict[str, Any]:
    """Return what is known before anything is run: all that is needed to make the same numbers again."""
    return {
        "command": list(command),
        "versions": versions(),
        "machine": machine(),
        "read": dict(sources),
        "warnings": list(warnings),
    }


def made(batch: Batch, outputs: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what is known after it: how to see that the numbers are the same."""
    return {
        "journals": [journals(batch, point) for point in range(len(batch.points))],
        "elapsed_s": round(batch.elapsed_s, 2),
        "written": {name: hashlib.sha256(content).hexdigest() for name, content in outputs.items()},
    }


def points(batch: Batch) -> list[dict[str, Any]]:
    """Return the fingerprints of each design point: what went in, and all that happened."""
    return [
        {
            "scenario": point.world,
            "plan": point.plan.name,
            "seed": point.scenario.seed,
            "scenario_fingerprint": point.scenario.fingerprint(),
            "plan_fingerprint": point.plan.fingerprint(),
            "journals_fingerprint": journals(batch, number),
        }
        for number, point in enumerate(batch.points)
    ]


def journals(batch: Batch, point: int) -> str:
    """Return one hash of all journals of a design point, in order of replication."""
    digest = hashlib.sha256()
    for replication, journal in zip(batch.replications, batch.fingerprints(point), strict=True):
        digest.update(f"{replication}:{journal}\n".encode())
    return digest.hexdigest()
