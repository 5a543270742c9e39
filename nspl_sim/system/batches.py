"""Vehicles that collect: a booking takes a place in one, until it is full or a review comes.

A booking on a mode with places holds bed and place at once; the vehicle is activated by its first
patient. Nobody joins whom it would have to wait for, or with whom it would be longer on the way than the
order allows. At a review it leaves after everything else of that second, the one that began first before
the others; it then loads for each patient, and departs when all on board are stable and the mode is open.
"""

from collections.abc import Callable

from nspl_sim.policies.rules import Directive
from nspl_sim.system.batch import Batch
from nspl_sim.system.garage import Garage
from nspl_sim.system.timetable import ModeTimes
from nspl_sim.system.trip import Trip
from nspl_sim.system.unit import Need
from nspl_sim.vocabulary.care import Event


class Batches:
    """All vehicles that collect."""

    def __init__(self, fleet: Garage) -> None:
        self.fleet = fleet
        self.collecting: list[Batch] = []
        """In the order in which they began."""
        self.review_s: Callable[[], int] = lambda: 1
        """Seconds between reviews, as the order in force has it; put here when there is one."""
        self._begun = 0

    def next_review_s(self) -> int:
        """Return when vehicles leave at the latest; a review that is due at this second is to come."""
        now, every_s = self.fleet.clock.now_s, self.review_s()
        return -(-now // every_s) * every_s

    def joined(
        self, mode: ModeTimes, need: Need, receiver: int, directive: Directive
    ) -> tuple[Batch, int, int] | None:
        """Return the first vehicle that can take *need* too, its departure and its admission then."""
        for batch in self.collecting:
            if batch.mode is mode and batch.sender == need.unit.region and batch.receiver == receiver:
                times = self._with_one_more(batch, need, directive)
                if times:
                    return batch, *times
        return None

    def _with_one_more(self, batch: Batch, need: Need, directive: Directive) -> tuple[int, int] | None:
        """Return when *batch* departs and is admitted with *need* on board; None where it cannot be."""
        kind, patient, now = need.unit.kind, need.patient, self.fleet.clock.now_s
        lacks_team = self.fleet.needs_team(kind) and not batch.room and self.fleet.teams[batch.sender] <= 0
        if lacks_team or not batch.free[batch.place(kind)]:
            return None
        patients = len(batch.aboard) + 1
        leaves_s = batch.leaves_s(now if batch.fills_with(kind) else self.next_review_s(), patients)
        steady_s = patient.arrival_s + patient.min_stabilise_s
        delay_s = max(patient.delay_s, batch.delay_s)
        trip_s = batch.mode.way_s[batch.sender][batch.receiver] + delay_s + batch.mode.unload_s[patients]
        if trip_s > directive.max_s[batch.sender] or (batch.aboard and steady_s > leaves_s):
            return None
        departs_s = max(leaves_s, steady_s, batch.steady_s)
        return departs_s, departs_s + trip_s

    def seat(self, trip: Trip, mode: ModeTimes, base: int, batch: Batch | None) -> None:
        """Give the patient a place in *batch*, or in a vehicle that begins to collect; full, it leaves."""
        now, row = self.fleet.clock.now_s, trip.need.patient.row
        sender, kind = trip.need.unit.region, trip.need.unit.kind
        if batch is None:
            batch = self._begin(mode, base, sender, trip.to.region)
            self.fleet.note(now, Event.SENT, row, base, -1, mode.number)
        if self.fleet.needs_team(kind):
            if not batch.room:
                batch.room = mode.patients_per_team
                batch.teams.append(kind)
                self.fleet.note(now, Event.SENT, row, sender, kind, -1)
                self.fleet.take_team(sender, kind)
            batch.room -= 1
        is_full = batch.fills_with(kind)
        batch.take(trip)
        self.fleet.note(now, Event.SEATED, row, base, kind, batch.number)
        if is_full:
            self._send_off(batch)

    def _begin(self, mode: ModeTimes, base: int, sender: int, receiver: int) -> Batch:
        out_s = mode.way_s[base][sender] if base != sender else 0
        ready_s = self.fleet.clock.now_s + mode.activation_s + out_s
        batch = Batch(self._begun, mode, base, sender, receiver, ready_s)
        self._begun += 1
        self.collecting.append(batch)
        self.fleet.parked[mode.number][base] -= 1
        return batch

    def leave_at_review(self) -> None:
        """Send off every vehicle that collects: a review has come."""
        for batch in self.collecting.copy():
            self._send_off(batch)

    def _send_off(self, batch: Batch) -> None:
        """Take no more patients; load and go.

        A vehicle for which nobody is left goes home from the sender, and its teams are back at once.
        """
        self.collecting.remove(batch)
        batch.collecting = False
        fleet, now, mode, sender = self.fleet, self.fleet.clock.now_s, batch.mode, batch.sender
        if not batch.aboard:
            home_s = mode.way_s[sender][batch.base] if batch.base != sender else 0
            fleet.vehicle_back(max(now, batch.ready_s) + home_s, batch.row, mode, batch.base)
            fleet.teams_back(now, batch.row, sender, batch.teams)
            return
        patients, way_s = len(batch.aboard), mode.way_s[sender][batch.receiver]
        ready_s = max(batch.leaves_s(now, patients), batch.steady_s)
        departs_s = fleet.airspace.opens_s(mode.number, sender, batch.receiver, ready_s)
        admitted_s = departs_s + way_s + batch.delay_s + mode.unload_s[patients]
        back_s = mode.way_s[batch.receiver][batch.base] if batch.base != batch.receiver else 0
        fleet.vehicle_back(admitted_s + mode.turn_s + back_s, batch.row, mode, batch.base)
        fleet.teams_back(admitted_s + fleet.team_rest_s + way_s, batch.row, sender, batch.teams)
        fleet.go(batch, batch.row, departs_s, admitted_s)
