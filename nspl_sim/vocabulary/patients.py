"""The table of patients of one replication: all that chance decides, in columns.

Demand makes it and the system reads it; neither knows the other. One row is one patient,
in order of (arrival, stream, origin, number); the row is the patient's number in the journal.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.closures import NO_CLOSURES, Closures
from nspl_sim.vocabulary.disruptions import Disruptions
from nspl_sim.vocabulary.reports import NO_REPORT_LUCK, ReportLuck

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


PRESENT = "(present)"
"""Stands for a stream: of those who lie there at the start as the user has counted them."""

FIRST_PRESENT = 2**40
"""Numbers from here on are of those who lie there when warm-up begins; they never meet those of arrivals."""


class Stage(NamedTuple):
    """One step of a pathway: a kind of unit, how long, and how long a wait for it is survived."""

    number: int
    kind: int
    stay_s: int
    dies_waiting_s: int


@dataclass(frozen=True, eq=False)
class Demand:
    """Who comes, when, needing what: ``n`` patients of at most ``m`` stages.

    Shapes: ``(n,)`` but for ``kind``, ``stay_s`` and ``dies_waiting_s``, which are ``(n, m)``;
    beyond a patient's ``stage_count`` they hold -1. Times are whole seconds from the scenario's
    start; ``NEVER`` in ``dies_waiting_s`` means that no wait kills.
    """

    streams: tuple[str, ...]
    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    stream: Ints
    region: Ints
    """Where the patient lives at the arrival."""
    origin: Ints
    """Where they lived before anybody was displaced; mostly the same."""
    number: Ints
    """Of the patient inside its stream and origin; (stream, origin, number) never changes."""
    klass: Ints
    urgency: Ints
    priority: Ints
    """Of planned care; 0 for everyone else, those included whose care cannot be paused."""
    onset_s: Ints
    arrival_s: Ints
    due_s: Ints
    """Latest acceptable time of planned care, else ``NEVER``."""
    stage_count: Ints
    kind: Ints
    stay_s: Ints
    dies_waiting_s: Ints
    u_outcome: Floats
    u_elective: Floats
    u_discharge: Floats
    delay_s: Ints
    """Added to a transfer's travel, should there be one."""
    extra_stay_if_moved_s: Ints
    """Added to the stay of the stage that a transfer leads to."""
    min_stabilise_s: Ints
    """From arrival; nobody departs earlier."""
    no_bed: Ints
    """0 wait, 1 leave, 2 die waiting (order of :class:`~nspl_sim.vocabulary.care.NoBed`)."""
    waits_at_most_s: Ints
    """From asking in no bed until turned away; ``NEVER``: waits on."""
    municipal_wait_s: Ints
    """In the last bed, for municipal care: 0 does not wait, ``NEVER`` until there is a place."""
    leaves_s: Ints
    """From then on the patient leaves the last stage's bed for the home country; ``NEVER``: does not."""
    diverted_to: Ints
    """The region that receives the patient in place of an outaged home; -1: nobody else does."""
    disruptions: Disruptions = ()
    """What is taken away from the regions meanwhile."""
    closures: Closures = NO_CLOSURES
    """When modes of transport are closed, and vehicles out of service."""
    report_luck: ReportLuck = NO_REPORT_LUCK
    """Which of the regions' reports may be missing, late or wrong."""

    def __len__(self) -> int:
        """Return the number of patients."""
        return len(self.arrival_s)

    def fingerprint(self) -> str:
        """Return a hash of every column, the same on every machine."""
        digest = hashlib.sha256()
        for f in fields(self):
            value = getattr(self, f.name)
            digest.update(f.name.encode())
            value = tuple(value.rows()) if isinstance(value, Closures) else value
            value = value.u if isinstance(value, ReportLuck) else value
            digest.update(repr(value).encode() if isinstance(value, tuple) else _little_endian(value))
        return digest.hexdigest()


def _little_endian(column: NDArray[Any]) -> bytes:
    return np.ascontiguousarray(column, dtype=column.dtype.newbyteorder("<")).tobytes()


class Patient:
    """A view of one row; carries its own future and never changes."""

    __slots__ = (
        "arrival_s",
        "delay_s",
        "due_s",
        "extra_stay_if_moved_s",
        "leaves_s",
        "local",
        "min_stabilise_s",
        "municipal_wait_s",
        "no_bed",
        "priority",
        "region",
        "row",
        "stages",
        "u_discharge",
        "u_elective",
        "urgency",
        "waits_at_most_s",
    )

    row: int
    region: int
    """Home."""
    local: int
    """Where the patient first comes: home, unless diverted."""
    urgency: int
    priority: int
    arrival_s: int
    due_s: int
    u_elective: float
    delay_s: int
    extra_stay_if_moved_s: int
    min_stabilise_s: int
    no_bed: int
    waits_at_most_s: int
    municipal_wait_s: int
    leaves_s: int
    u_discharge: float
    stages: tuple[Stage, ...]

    @property
    def is_planned(self) -> bool:
        """Return whether the care can wait for a better day."""
        return self.priority > 0


_SCALARS = ("region", "urgency", "priority", "arrival_s", "due_s", "u_elective", "delay_s",
            "extra_stay_if_moved_s", "min_stabilise_s", "no_bed", "waits_at_most_s", "municipal_wait_s",
            "leaves_s", "u_discharge")  # fmt: skip


def patients(demand: Demand, chunk: int = 8192) -> Iterator[Patient]:
    """Yield the patients in order of arrival; only *chunk* rows at a time leave the columns."""
    for first in range(0, len(demand), chunk):
        rows = slice(first, first + chunk)
        scalars = zip(*(getattr(demand, name)[rows].tolist() for name in _SCALARS), strict=True)
        stages = zip(
            demand.stage_count[rows].tolist(),
            demand.kind[rows].tolist(),
            demand.stay_s[rows].tolist(),
            demand.dies_waiting_s[rows].tolist(),
            demand.diverted_to[rows].tolist(),
            strict=True,
        )
        for row, (values, (count, kind, stay_s, dies_s, away)) in enumerate(
            zip(scalars, stages, strict=True), start=first
        ):
            patient = Patient()
            patient.row = row
            (patient.region, patient.urgency, patient.priority, patient.arrival_s, patient.due_s,
             patient.u_elective, patient.delay_s, patient.extra_stay_if_moved_s,
             patient.min_stabilise_s, patient.no_bed, patient.waits_at_most_s,
             patient.municipal_wait_s, patient.leaves_s, patient.u_discharge) = values  # fmt: skip
            patient.local = patient.region if away < 0 else away
            patient.stages = tuple([Stage(i, kind[i], stay_s[i], dies_s[i]) for i in range(count)])
            yield patient


__all__ = ["FIRST_PRESENT", "NEVER", "PRESENT", "Demand", "Floats", "Ints", "Patient", "Stage", "patients"]
