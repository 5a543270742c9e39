"""Transport: which vehicle and team can take whom where and by when, and bookings."""

from collections.abc import Iterator
from dataclasses import dataclass

from nspl_sim.journal import Recorder
from nspl_sim.policies.rules import Directive
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.batch import Batch
from nspl_sim.system.batches import Batches
from nspl_sim.system.beds import Beds
from nspl_sim.system.capacity import Capacity
from nspl_sim.system.clock import Clock
from nspl_sim.system.garage import Garage
from nspl_sim.system.timetable import FAR, NO_PLACE, ModeTimes
from nspl_sim.system.trip import Trip
from nspl_sim.system.unit import Need, Unit
from nspl_sim.vocabulary.care import Answer, Event
from nspl_sim.vocabulary.closures import Closures


@dataclass(frozen=True)
class Vehicle:
    """A vehicle that could take a patient, and when it would be where as far as anyone can know.

    One that collects is taken to leave at the next review, unless this patient fills it.
    """

    admitted_s: int
    mode: int
    base: int
    departs_s: int
    batch: Batch | None = None
    """The one that it has begun to collect."""
    fetches: bool = False
    """Whether it is the receiver's own and comes with the receiver's team."""


class Fleet(Garage):
    """Which vehicle and team can take whom; they are busy from the yes until each is back."""

    def __init__(
        self,
        clock: Clock,
        record: Recorder,
        scenario: Scenario,
        beds: Beds,
        capacity: Capacity,
        closures: Closures,
    ) -> None:
        super().__init__(clock, record, scenario, beds, capacity, closures)
        self.instant = scenario.transport.instant
        self.moved: set[int] = set()
        """The numbers of patients who have had a trip, or have one booked."""
        self.batches = Batches(self)

    # -- what is to be had ------------------------------------------------------------------

    def reaches(self, need: Need, receiver: int, directive: Directive) -> bool:
        """Return whether *receiver* lies within the order's longest time by any mode."""
        if self.instant:
            return True
        sender, kind, delay_s = need.unit.region, need.unit.kind, need.patient.delay_s
        return any(
            mode.place[kind] != NO_PLACE
            and mode.way_s[sender][receiver] + delay_s + mode.unload_s[1] <= directive.max_s[sender]
            for mode in self.modes
        )

    def available(self, need: Need, receiver: int, directive: Directive) -> tuple[Answer, Vehicle | None]:
        """Return whether a team and a vehicle are to be had now, and the vehicle that is there first.

        The earliest admission wins, then mode, then base. What is closed now is not to be had.
        """
        if self.instant:
            return Answer.YES, None
        sender = need.unit.region
        has_team = not self.needs_team(need.unit.kind) or self.teams[sender] > 0
        first, grounded = None, False
        if has_team or self.batches.collecting:
            own = (v for m in self.modes for v in self._of_mode(m, need, receiver, directive, has_team))
            first, grounded = self._first_there(own, sender, receiver)
        if first is None and directive.fetches and directive.fetches[receiver]:
            theirs = self._fetching(need, receiver, directive)
            first, closed = self._first_there(theirs, sender, receiver)
            grounded |= closed
        if first is not None:
            return Answer.YES, first
        if not has_team:
            return Answer.NO_TEAM, None
        return (Answer.GROUNDED if grounded else Answer.NO_VEHICLE), None

    def _first_there(
        self, vehicles: Iterator[Vehicle], sender: int, receiver: int
    ) -> tuple[Vehicle | None, bool]:
        """Return the vehicle with the earliest admission, and whether one was grounded."""
        first, grounded = None, False
        for vehicle in vehicles:
            if not self._is_open(vehicle, sender, receiver):
                grounded = True
            elif first is None or vehicle.admitted_s < first.admitted_s:
                first = vehicle
        return first, grounded

    def _fetching(self, need: Need, receiver: int, directive: Directive) -> Iterator[Vehicle]:
        """Yield the receiver's own vehicles that could fetch *need* with the receiver's own team."""
        sender, kind, patient, now = need.unit.region, need.unit.kind, need.patient, self.clock.now_s
        if self.needs_team(kind) and self.teams[receiver] <= 0:
            return
        for mode in self.modes:
            out_s, way_s = mode.way_s[receiver][sender], mode.way_s[sender][receiver]
            trip_s = way_s + patient.delay_s + mode.unload_s[1]
            parked = self.parked[mode.number][receiver]
            if mode.collects or mode.place[kind] == NO_PLACE or trip_s > directive.max_s[sender]:
                continue
            if out_s >= FAR or parked <= self.airspace.lacking(mode.number, receiver, now):
                continue
            steady_s = patient.arrival_s + patient.min_stabilise_s
            departs_s = max(now + mode.activation_s + out_s + mode.load_s[1], steady_s)
            yield Vehicle(departs_s + trip_s, mode.number, receiver, departs_s, fetches=True)

    def _is_open(self, vehicle: Vehicle, sender: int, receiver: int) -> bool:
        """Return whether the mode is open now at base, sender and receiver and between them."""
        now, opens_s = self.clock.now_s, self.airspace.opens_s
        return (
            opens_s(vehicle.mode, sender, receiver, now) == now
            and opens_s(vehicle.mode, vehicle.base, sender, now) == now
        )

    def _of_mode(
        self, mode: ModeTimes, need: Need, receiver: int, directive: Directive, has_team: bool
    ) -> Iterator[Vehicle]:
        """Yield the vehicles of *mode* that could take *need*: one that collects, else those parked."""
        sender, kind, patient, now = need.unit.region, need.unit.kind, need.patient, self.clock.now_s
        way_s, max_s = mode.way_s[sender][receiver], directive.max_s[sender]
        trip_s = way_s + patient.delay_s + mode.unload_s[1]
        if mode.place[kind] == NO_PLACE or trip_s > max_s:
            return
        if mode.collects and (joined := self.batches.joined(mode, need, receiver, directive)):
            batch, departs_s, admitted_s = joined
            yield Vehicle(admitted_s, mode.number, batch.base, departs_s, batch)
            return
        if not has_team:
            return
        leaves_s = now
        if mode.collects and mode.places[mode.place[kind]] > 1:
            leaves_s = self.batches.next_review_s()
        steady_s = patient.arrival_s + patient.min_stabilise_s
        for base in self.bases[mode.number] if mode.roams else (sender,):
            parked = self.parked[mode.number][base]
            out_s = mode.way_s[base][sender] if base != sender else 0
            back_s = mode.way_s[receiver][base] if base != receiver else 0
            lent = base == sender or directive.helps[base]
            if not (parked > 0 and lent and out_s < FAR and back_s < FAR):
                continue
            if parked <= self.airspace.lacking(mode.number, base, now):
                continue
            departs_s = max(max(leaves_s, now + mode.activation_s + out_s) + mode.load_s[1], steady_s)
            yield Vehicle(departs_s + trip_s, mode.number, base, departs_s)

    # -- booking ----------------------------------------------------------------------------

    def book(self, need: Need, to: Unit, vehicle: Vehicle | None) -> None:
        """Book bed, team and vehicle in one; the patient leaves the line, and the trip is planned."""
        now, patient, sender = self.clock.now_s, need.patient, need.unit.region
        if need.in_line:
            need.unit.quit(need)
        to.inbound += 1
        to.taken += to.region != patient.region
        self.moved.add(patient.row)
        self.note(now, Event.PLACED, patient.row, to.region, to.kind, sender)
        if need.is_move:
            self.note(now, Event.MOVED, patient.row, sender, to.kind, to.region)
        trip = need.trip = Trip(self, need, to, vehicle.mode if vehicle else -1)
        if vehicle is None:
            departs_s = max(now, trip.steady_s)
            self.go(trip, patient.row, departs_s, departs_s)
        elif (mode := self.modes[vehicle.mode]).collects:
            self.batches.seat(trip, mode, vehicle.base, vehicle.batch)
        else:
            self._send(trip, vehicle)
        need.settled.happen()

    def _send(self, trip: Trip, vehicle: Vehicle) -> None:
        """Take vehicle and team, let the patient go, and plan that each is back at its own base."""
        mode, sender, receiver = self.modes[vehicle.mode], trip.need.unit.region, trip.to.region
        row, kind = trip.need.patient.row, trip.need.unit.kind
        departs_s = self.airspace.opens_s(mode.number, sender, receiver, vehicle.departs_s)
        admitted_s = departs_s + vehicle.admitted_s - vehicle.departs_s
        self.parked[mode.number][vehicle.base] -= 1
        self.vehicle_back(
            admitted_s + mode.turn_s + mode.way_s[receiver][vehicle.base], row, mode, vehicle.base
        )
        if vehicle.fetches:
            self.note(self.clock.now_s, Event.FETCHED, row, receiver, kind, sender)
        if self.needs_team(kind):
            home = receiver if vehicle.fetches else sender
            way_home_s = mode.way_s[receiver][home] if home != receiver else 0
            self.take_team(home, kind)
            self.teams_back(admitted_s + self.team_rest_s + way_home_s, row, home, [kind])
        self.go(trip, row, departs_s, admitted_s)
