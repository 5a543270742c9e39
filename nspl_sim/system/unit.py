"""A unit and the needs in its line: staffed beds of one kind in one region, and who waits for them."""

from bisect import bisect_left, bisect_right, insort
from typing import Protocol

from nspl_sim.system.clock import Moment
from nspl_sim.vocabulary.patients import Patient, Stage

NO_LACK = -1
NO_LIMIT = 6
"""Beyond the least urgent."""


class Away(Protocol):
    """A trip to a bed elsewhere, as far as a line needs to know of it."""

    ended: Moment
    over: bool

    def death(self) -> None:
        """End it in death."""
        ...


class Need:
    """From ``asked`` until a bed, a refusal or death; sorts as in a line."""

    __slots__ = (
        "alone",
        "bed",
        "ends_s",
        "extended",
        "kept",
        "key",
        "lack",
        "move",
        "patient",
        "settled",
        "since_s",
        "stage",
        "trip",
        "unit",
        "urgency",
        "walk",
    )

    move: "Need | None"
    """From the beginning of a stay: the need of a bed elsewhere, while on the move or to be moved."""
    since_s: int
    """From the beginning of a stay: when the patient lay down in this bed."""
    ends_s: int
    """From the beginning of a stay: when it is over."""
    extended: bool
    """From the beginning of a stay: whether the extra time of a transfer has been added to it."""

    def __init__(
        self, patient: Patient, stage: Stage, unit: "Unit", kept: "Unit | None", asked_s: int, settled: Moment
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
        self.walk: object | None = None
        """The way down the standing order that is under way, if any."""
        self.trip: Away | None = None
        self.bed: Unit | None = None
        self.alone = False
        """Whether the local region asks past the joint office, which has not taken the need on."""
        self.lack = NO_LACK
        """The lack that came furthest at the last attempt: an ``Answer``."""

    def __lt__(self, other: "Need") -> bool:
        """Return whether this need comes before *other* in a line."""
        return self.key < other.key

    @property
    def is_move(self) -> bool:
        """Return whether the patient lies in a bed of the very unit and is to leave it for one elsewhere."""
        return self.kept is self.unit

    @property
    def in_line(self) -> bool:
        """Return whether the patient still waits in the local line, or to be evacuated."""
        return self.settled.callbacks is not None


class Unit:
    """Beds that can be opened and closed while occupied; a line by (urgency, asked, patient)."""

    __slots__ = (
        "admits_below",
        "asked_s",
        "inbound",
        "keep_free",
        "kind",
        "leaving",
        "line",
        "lying",
        "needs_next",
        "number",
        "occupied",
        "owner",
        "referred",
        "region",
        "staffed",
        "taken",
    )

    def __init__(self, number: int, region: int, kind: int, staffed: int, keep_free: tuple[int, ...]) -> None:
        self.number = number
        self.region = region
        self.kind = kind
        self.staffed = staffed
        self.keep_free = (0, *keep_free)
        """By urgency; such a patient enters only if more than so many beds are free."""
        self.admits_below = NO_LIMIT
        """Only those with an urgency below this are admitted to a first bed (5 is the least urgent)."""
        self.occupied = 0
        self.inbound = 0
        self.line: list[Need] = []
        self.asked_s: list[int] = []
        """When each need for a bed here arose."""
        self.taken = 0
        """Patients of other regions booked here from elsewhere so far."""
        self.referred = False
        """Whether the region lacks this kind and refers its patients, under every plan."""
        self.owner = region
        """The number of the region that owns it: another than its own only where a region is split."""
        self.needs_next = False
        """Whether planned care that begins here needs a free bed of the next stage too."""
        self.lying: dict[int, Need] = {}
        """By patient: those whose stay is under way; who boards, or is being moved, is not among them."""
        self.leaving: list[Need] = []
        """In line order: those who lie here and are to be evacuated, until a bed elsewhere is booked."""

    @property
    def free(self) -> int:
        """Return staffed beds neither occupied nor promised; negative while draining."""
        return self.staffed - self.occupied - self.inbound

    def open_to(self, urgency: int) -> bool:
        """Return whether a bed is free beyond what is kept from this urgency."""
        return self.staffed - self.occupied - self.inbound > self.keep_free[urgency]

    def next_is(self, need: Need) -> bool:
        """Return whether *need* may enter now: a bed is open to it and nobody is before it in line."""
        return self.open_to(need.urgency) and (not self.line or need < self.line[0])

    def asked_since(self, time_s: int) -> int:
        """Return how many needs for a bed here arose after *time_s*."""
        return len(self.asked_s) - bisect_right(self.asked_s, time_s)

    def join(self, need: Need) -> None:
        """Put *need* in its place in the line."""
        insort(self.line, need)

    def quit(self, need: Need) -> None:
        """Take *need* out of the line."""
        line = self.leaving if need.is_move else self.line
        place = bisect_left(line, need)
        assert line[place] is need, "a need must stand where its key says"
        del line[place]
