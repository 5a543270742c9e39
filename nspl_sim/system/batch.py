"""A batch: those who go together in a vehicle with places, from one sender to one receiving region.

They depart and arrive at one instant, in order of patients; the batch has the row of its lowest patient.
"""

from nspl_sim.system.timetable import ModeTimes
from nspl_sim.system.trip import Trip
from nspl_sim.vocabulary.care import NEVER


class Batch:
    """One vehicle from its first patient until it leaves the sender."""

    __slots__ = (
        "aboard",
        "base",
        "collecting",
        "free",
        "mode",
        "number",
        "ready_s",
        "receiver",
        "room",
        "row",
        "sender",
        "team_kinds",
        "teams",
    )

    def __init__(
        self, number: int, mode: ModeTimes, base: int, sender: int, receiver: int, ready_s: int
    ) -> None:
        self.number = number
        """Counted from 0 as vehicles begin to collect."""
        self.mode = mode
        self.base = base
        self.sender = sender
        self.receiver = receiver
        self.ready_s = ready_s
        """When the vehicle stands at the sender's door."""
        self.free = list(mode.places)
        self.aboard: list[Trip] = []
        """In order of booking; the dead are taken off while it collects."""
        self.teams: list[int] = []
        """The unit kind of each team on board."""
        self.room = 0
        """Patients whom the teams on board can take besides."""
        self.row = -1
        """The lowest patient who ever had a place."""
        self.collecting = True

    def place(self, kind: int) -> int:
        """Return the type of place that a patient of *kind* takes."""
        return self.mode.place[kind]

    def fills_with(self, kind: int) -> bool:
        """Return whether one more patient of *kind* takes the last place of a type."""
        return self.free[self.place(kind)] == 1

    def leaves_s(self, closes_s: int, patients: int) -> int:
        """Return when so many *patients* are loaded if it takes no more from *closes_s* on."""
        return max(closes_s, self.ready_s) + self.mode.load_s[patients]

    @property
    def steady_s(self) -> int:
        """Return when the last of those on board is stable enough; the beginning of time if nobody is."""
        return max((trip.steady_s for trip in self.aboard), default=-NEVER)

    @property
    def delay_s(self) -> int:
        """Return the longest delay of those on board; they share the road."""
        return max((trip.need.patient.delay_s for trip in self.aboard), default=0)

    def take(self, trip: Trip) -> None:
        """Give the patient a place."""
        trip.batch = self
        self.aboard.append(trip)
        self.free[self.place(trip.need.unit.kind)] -= 1
        row = trip.need.patient.row
        self.row = row if self.row < 0 else min(self.row, row)

    def lose(self, trip: Trip) -> None:
        """Empty the place of a patient who died before the vehicle left; others may have it."""
        if self.collecting:
            self.aboard.remove(trip)
            self.free[self.place(trip.need.unit.kind)] += 1
            if trip.fleet.needs_team(trip.need.unit.kind):
                self.room += 1

    def depart(self) -> None:
        """Let all on board leave."""
        for trip in self.in_order():
            trip.depart()

    def arrive(self) -> None:
        """Let all on board be admitted."""
        for trip in self.in_order():
            trip.arrive()

    def in_order(self) -> list[Trip]:
        """Return the trips of those on board, the lowest patient first."""
        return sorted(self.aboard, key=lambda trip: trip.need.patient.row)
