"""The manifest of a study's folder: what was asked, of what, with what, and how far it came.

It is read as strictly as any other file: whoever moved, cut or mended it by hand is told, and nothing in
it leads out of the folder.
"""

import json
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from nspl_sim.reading.part import Bilingual
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text

PROGRAM = "nspl_sim"
MANIFEST = "manifest.json"
MOST_BYTES = 50_000_000

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, le=2**31)]


class Damaged(NsplError):
    """A folder of results that cannot be read as it lies."""

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(
            text("{folder} is damaged: {what} cannot be read as it lies there", folder=folder, what=what)
        )


class _Entry(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, allow_inf_nan=False)


class PointEntry(_Entry):
    """A design point: fingerprints say where its scenario, its plan and its results lie."""

    fingerprint: Hash
    scenario: str
    scenario_fingerprint: Hash
    seed: int
    plan: str
    plan_fingerprint: Hash
    label: str
    file: str
    of_world: dict[str, float]
    of_plan: dict[str, float]
    titles: dict[str, Bilingual]
    times: list[str]


class StepEntry(BaseModel):
    """What a switch of the study adds, between two design points."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    switch: str
    title: Bilingual | None
    point: Count
    reference: Count
    is_last: bool


class RunEntry(_Entry):
    """One run in the folder."""

    began: str
    seconds: float
    ended: str


class Manifest(_Entry):
    """What a folder of results says of itself."""

    program: Literal["nspl_sim"]
    state: Literal["complete", "incomplete"]
    name: str
    title: Bilingual | None
    question: Bilingual | None
    replications: Count | None
    contrasts: list[tuple[Count, Count]]
    kept_journals: list[Count]
    census_every_h: Literal[1, 6] = 6
    steps: list[StepEntry] = []
    command: list[str]
    versions: dict[str, str]
    read: dict[str, str]
    lies: dict[str, str]
    warnings: list[str]
    points: Annotated[list[PointEntry], Field(min_length=1)]
    kept: dict[str, Hash]
    """SHA-256 of every file in ``worlds/`` and ``plans/`` that the points name."""
    runs: list[RunEntry]
    set_aside: list[dict[str, Any]]
    written: dict[str, str]

    @model_validator(mode="after")
    def _contrasts_are_of_points(self) -> Self:
        pairs = self.contrasts + [(step.point, step.reference) for step in self.steps]
        if any(a >= len(self.points) or b >= len(self.points) or a == b for a, b in pairs):
            raise ValueError("contrasts")
        return self


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest in *folder*, checked; None where there is none. Raises :class:`Damaged`."""
    path = folder / MANIFEST
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Damaged(folder, MANIFEST)
        found = json.loads(path.read_bytes())
        if not isinstance(found, dict) or found.get("program") != PROGRAM:
            return None
        Manifest.model_validate(found)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, RecursionError, ValidationError) as wrong:
        raise Damaged(folder, MANIFEST) from wrong
    return found
