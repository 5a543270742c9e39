"""Transport: which vehicle can take whom where and by when, and the trip with its way back."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.journal import Recorder
from nspl_sim.policies.rules import Directive
from nspl_sim.scenario.distances import by_air_km, by_road_km
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.beds import Beds
from nspl_sim.system.capacity import Capacity
from nspl_sim.system.clock import Clock, Moment
from nspl_sim.system.unit import Need, Unit
from nspl_sim.vocabulary.care import Answer, Event
from nspl_sim.vocabulary.clock import Rank, minutes

Table = list[list[int]]
FAR = 2**61
"""Seconds of a way that cannot be gone."""


@dataclass(frozen=True)
class ModeTimes:
    """Whole seconds of one mode, made in NumPy before the run; tables by (from, to)."""

    number: int
    by_air: bool
    kinds: frozenset[int]
    way_s: Table
    activation_s: int
    load_s: int
    unload_s: int
    turn_s: int


def mode_times(scenario: Scenario) -> list[ModeTimes]:
    """Return the times of every mode, in alphabetical order of their names."""
    kinds = scenario.kinds
    km = {"road": by_road_km(scenario), "air": by_air_km(scenario)}
    handover = scenario.transport.handover_minutes
    found = []
    for number, name in enumerate(sorted(scenario.transport.modes)):
        mode = scenario.transport.modes[name]
        far = ~(km[mode.medium] <= mode.range_km)
        way = np.rint(np.where(far, 0, km[mode.medium]) / mode.speed_kmh * 3600).astype(np.int64)
        found.append(
            ModeTimes(
                number,
                mode.medium == "air",
                frozenset(i for i, kind in enumerate(kinds) if mode.kinds is None or kind in mode.kinds),
                np.where(far, FAR, way).tolist(),
                minutes(mode.activation_minutes),
                minutes(mode.load_minutes),
                minutes(mode.unload_minutes + handover),
                minutes(mode.turn_minutes),
            )
        )
    return found


@dataclass(frozen=True)
class Vehicle:
    """A vehicle that could take a patient, and when it would be where."""

    admitted_s: int
    mode: int
    base: int
    departs_s: int
    back_s: int
    team_back_s: int


class Trip:
    """A patient's way to a bed elsewhere."""

    __slots__ = ("departed", "ended", "fleet", "mode", "need", "over", "to")

    def __init__(self, fleet: "Fleet", need: Need, to: Unit, mode: int) -> None:
        self.fleet = fleet
        self.need = need
        self.to = to
        self.mode = mode
        self.ended = Moment(fleet.clock)
        self.departed = False
        self.over = False

    def depart(self) -> None:
        """Leave; the bed left behind is filled."""
        if not self.over:
            self.departed = True
            need = self.need
            self.fleet.note(
                self.fleet.clock.now_s,
                Event.DEPARTED,
                need.patient.row,
                need.unit.region,
                need.unit.kind,
                self.mode,
            )
            self.fleet.beds.vacate(need)

    def arrive(self) -> None:
        """Be admitted, also if the receiver has lost beds meanwhile."""
        if not self.over:
            self.over = True
            self.to.inbound -= 1
            self.to.occupied += 1
            self.need.bed = self.to
            self.fleet.note(
                self.fleet.clock.now_s,
                Event.ADMITTED,
                self.need.patient.row,
                self.to.region,
                self.to.kind,
                self.need.stage.number,
            )
            self.ended.happen()

    def death(self) -> None:
        """Die before departure or on the way; the bed is free at once, the vehicle drives its round."""
        self.over = True
        now, need = self.fleet.clock.now_s, self.need
        if self.departed:
            self.fleet.note(
                now, Event.DIED_ON_THE_WAY, need.patient.row, need.unit.region, need.unit.kind, self.mode
            )
        else:
            self.fleet.note(
                now, Event.DIED_WAITING, need.patient.row, need.unit.region, need.unit.kind, Answer.YES
            )
        self.to.inbound -= 1
        self.ended.happen()
        self.fleet.beds.fill(self.to)


class Fleet:
    """Vehicles and teams by base; busy from the yes until each is back."""

    def __init__(
        self, clock: Clock, record: Recorder, scenario: Scenario, beds: Beds, capacity: Capacity
    ) -> None:
        self.clock = clock
        self.note = record.note
        self.beds = beds
        self.capacity = capacity
        self.modes = mode_times(scenario)
        names = sorted(scenario.transport.modes)
        regions = [scenario.regions[key] for key in scenario.region_keys]
        self.parked = [[region.vehicles.get(name, 0) for region in regions] for name in names]
        """Vehicles at base, by mode and region."""
        self.bases = [[i for i, n in enumerate(parked) if n > 0] for parked in self.parked]
        self.teams = [region.icu_teams for region in regions]
        """At base, by region; below 0 while teams that are out are lost."""
        self.instant = scenario.transport.instant
        self.team_kinds = {i for i, k in enumerate(scenario.kinds) if k in scenario.transport.team_kinds}
        self.team_rest_s = minutes(scenario.transport.team_rest_minutes)

    def reaches(self, need: Need, receiver: int, directive: Directive) -> bool:
        """Return whether *receiver* lies within the order's longest time by any mode."""
        if self.instant:
            return True
        sender, kind, delay_s = need.unit.region, need.unit.kind, need.patient.delay_s
        return any(
            kind in mode.kinds
            and mode.way_s[sender][receiver] + delay_s + mode.unload_s <= directive.max_s[sender]
            for mode in self.modes
        )

    def available(self, need: Need, receiver: int, directive: Directive) -> tuple[Answer, Vehicle | None]:
        """Return whether a team and a vehicle are to be had now, and the vehicle that is there first."""
        if self.instant:
            return Answer.YES, None
        if need.unit.kind in self.team_kinds and self.teams[need.unit.region] <= 0:
            return Answer.NO_TEAM, None
        vehicle = self._first_there(need, receiver, directive)
        return (Answer.YES if vehicle else Answer.NO_VEHICLE), vehicle

    def _first_there(self, need: Need, receiver: int, directive: Directive) -> Vehicle | None:
        """Return the parked vehicle with the earliest admission, then by mode, then by base."""
        sender, patient, now = need.unit.region, need.patient, self.clock.now_s
        steady_s = patient.arrival_s + patient.min_stabilise_s
        best = None
        for mode in self.modes:
            way_s = mode.way_s[sender][receiver]
            trip_s = way_s + patient.delay_s + mode.unload_s
            if need.unit.kind not in mode.kinds or trip_s > directive.max_s[sender]:
                continue
            for base in self.bases[mode.number] if mode.by_air else (sender,):
                out_s = mode.way_s[base][sender] if base != sender else 0
                back_s = mode.way_s[receiver][base] if base != receiver else 0
                lent = base == sender or directive.helps[base]
                if not (self.parked[mode.number][base] and lent and out_s < FAR and back_s < FAR):
                    continue
                departs_s = max(now + mode.activation_s + out_s + mode.load_s, steady_s)
                admitted_s = departs_s + trip_s
                if best is None or admitted_s < best.admitted_s:
                    best = Vehicle(
                        admitted_s,
                        mode.number,
                        base,
                        departs_s,
                        admitted_s + mode.turn_s + back_s,
                        admitted_s + self.team_rest_s + way_s,
                    )
        return best

    def book(self, need: Need, to: Unit, vehicle: Vehicle | None) -> None:
        """Book bed, team and vehicle in one; the patient leaves the line, and the trip is planned."""
        now, patient, sender = self.clock.now_s, need.patient, need.unit.region
        need.unit.quit(need)
        to.inbound += 1
        self.note(now, Event.PLACED, patient.row, to.region, to.kind, sender)
        trip = need.trip = Trip(self, need, to, vehicle.mode if vehicle else -1)
        if vehicle:
            self._send(need, vehicle)
            departs_s, admitted_s = vehicle.departs_s, vehicle.admitted_s
        else:
            departs_s = admitted_s = max(now, patient.arrival_s + patient.min_stabilise_s)
        if admitted_s == now:
            trip.depart()
            trip.arrive()
        else:
            self.clock.call_at(departs_s, Rank.TRIP_ARRIVES, patient.row, trip.depart)
            self.clock.call_at(admitted_s, Rank.TRIP_ARRIVES, patient.row, trip.arrive)
        need.settled.happen()

    def _send(self, need: Need, vehicle: Vehicle) -> None:
        """Take vehicle and team, and plan that each is back at its own base."""
        row, kind, sender = need.patient.row, need.unit.kind, need.unit.region
        self.parked[vehicle.mode][vehicle.base] -= 1

        def vehicle_back() -> None:
            self.parked[vehicle.mode][vehicle.base] += 1
            self.note(self.clock.now_s, Event.RETURNED, row, vehicle.base, -1, vehicle.mode)

        self.clock.call_at(vehicle.back_s, Rank.VEHICLE_BACK, 2 * row, vehicle_back)
        if kind not in self.team_kinds:
            return
        self.teams[sender] -= 1
        self.capacity.team_left(sender, kind)

        def team_back() -> None:
            self.teams[sender] += 1
            self.note(self.clock.now_s, Event.RETURNED, row, sender, kind, -1)
            self.capacity.team_back(sender, kind)

        self.clock.call_at(vehicle.team_back_s, Rank.VEHICLE_BACK, 2 * row + 1, team_back)
