"""A unit: the staffed beds of one kind in one region, who is on the way to one, and the line."""

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nspl_sim.system.need import Need


class Unit:
    """Beds that can be opened and closed while occupied; a line by (urgency, asked, patient)."""

    __slots__ = ("inbound", "keep_free", "kind", "line", "number", "occupied", "region", "staffed")

    def __init__(self, number: int, region: int, kind: int, staffed: int, keep_free: tuple[int, ...]) -> None:
        self.number = number
        self.region = region
        self.kind = kind
        self.staffed = staffed
        self.keep_free = (0, *keep_free)
        """By urgency; such a patient enters only if more than so many beds are free."""
        self.occupied = 0
        self.inbound = 0
        self.line: list[Need] = []

    @property
    def free(self) -> int:
        """Return staffed beds neither occupied nor promised; negative while draining."""
        return self.staffed - self.occupied - self.inbound

    def open_to(self, urgency: int) -> bool:
        """Return whether a bed is free beyond what is kept from this urgency."""
        return self.staffed - self.occupied - self.inbound > self.keep_free[urgency]

    def next_is(self, need: "Need") -> bool:
        """Return whether *need* may enter now: a bed is open to it and nobody is before it in line."""
        return self.open_to(need.urgency) and (not self.line or need < self.line[0])

    def join(self, need: "Need") -> None:
        """Put *need* in its place in the line."""
        insort(self.line, need)

    def quit(self, need: "Need") -> None:
        """Take *need* out of the line."""
        place = bisect_left(self.line, need)
        assert self.line[place] is need, "a need must stand where its key says"
        del self.line[place]
