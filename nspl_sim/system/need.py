"""A need: one patient seeking a bed for one stage."""

from typing import TYPE_CHECKING

from nspl_sim.system.clock import Moment
from nspl_sim.system.unit import Unit
from nspl_sim.vocabulary.patients import Patient, Stage

if TYPE_CHECKING:
    from nspl_sim.system.requests import Walk
    from nspl_sim.system.transport import Trip

NO_LACK = -1


class Need:
    """From ``asked`` until a bed, a refusal or death; sorts as in a line."""

    __slots__ = (
        "bed",
        "kept",
        "key",
        "lack",
        "patient",
        "settled",
        "stage",
        "trip",
        "unit",
        "urgency",
        "walk",
    )

    def __init__(
        self, patient: Patient, stage: Stage, unit: Unit, kept: Unit | None, asked_s: int, settled: Moment
    ) -> None:
        self.patient = patient
        self.stage = stage
        self.unit = unit
        """The local unit of the wanted kind."""
        self.kept = kept
        """Where the patient lies meanwhile: boarding; None: in no bed."""
        self.urgency = patient.urgency
        self.key = (patient.urgency, asked_s, patient.row)
        self.settled = settled
        self.walk: Walk | None = None
        self.trip: Trip | None = None
        self.bed: Unit | None = None
        self.lack = NO_LACK
        """The lack that came furthest at the last attempt: an ``Answer``."""

    def __lt__(self, other: "Need") -> bool:
        """Return whether this need comes before *other* in a line."""
        return self.key < other.key

    @property
    def in_line(self) -> bool:
        """Return whether the patient still waits in the local line."""
        return self.settled.callbacks is not None
