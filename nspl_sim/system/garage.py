"""The garage: vehicles and teams by base, where each is, and when it is back."""

from collections.abc import Sequence
from typing import Protocol

from nspl_sim.journal import Recorder
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.beds import Beds
from nspl_sim.system.capacity import Capacity
from nspl_sim.system.clock import Clock
from nspl_sim.system.closures import Airspace
from nspl_sim.system.timetable import ModeTimes, mode_times
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import Rank, minutes
from nspl_sim.vocabulary.closures import Closures


class Traveller(Protocol):
    """One patient on the way, or those who go together."""

    def depart(self) -> None:
        """Leave."""
        ...

    def arrive(self) -> None:
        """Be there."""
        ...


class Garage:
    """Vehicles and teams at their bases; who takes them is not its business."""

    def __init__(
        self,
        clock: Clock,
        record: Recorder,
        scenario: Scenario,
        beds: Beds,
        capacity: Capacity,
        closures: Closures,
    ) -> None:
        self.clock = clock
        self.note = record.note
        self.beds = beds
        self.capacity = capacity
        self.modes = mode_times(scenario)
        self.airspace = Airspace(closures)
        names = sorted(scenario.transport.modes)
        regions = [scenario.regions[key] for key in scenario.region_keys]
        self.parked = [[region.vehicles.get(name, 0) for region in regions] for name in names]
        """Vehicles at base, by mode and region; those out of service among them."""
        self.bases = [[i for i, n in enumerate(parked) if n > 0] for parked in self.parked]
        self.teams = [region.icu_teams for region in regions]
        """At base, by region; below 0 while teams that are out are lost."""
        self.team_kinds = {i for i, k in enumerate(scenario.kinds) if k in scenario.transport.team_kinds}
        self.team_rest_s = minutes(scenario.transport.team_rest_minutes)

    def needs_team(self, kind: int) -> bool:
        """Return whether a patient of *kind* travels with a team."""
        return kind in self.team_kinds

    def go(self, who: Traveller, row: int, departs_s: int, admitted_s: int) -> None:
        """Plan departure and arrival; a trip without any time is made within this call."""
        if admitted_s == self.clock.now_s:
            who.depart()
            who.arrive()
        else:
            self.clock.call_at(departs_s, Rank.TRIP_ARRIVES, row, who.depart)
            self.clock.call_at(admitted_s, Rank.TRIP_ARRIVES, row, who.arrive)

    def take_team(self, home: int, kind: int) -> None:
        """Let a team leave its unit."""
        self.teams[home] -= 1
        self.capacity.team_left(home, kind)

    def vehicle_back(self, time_s: int, row: int, mode: ModeTimes, base: int) -> None:
        """Plan that a vehicle is back at its base."""

        def back() -> None:
            self.parked[mode.number][base] += 1
            self.note(self.clock.now_s, Event.RETURNED, row, base, -1, mode.number)

        self.clock.call_at(time_s, Rank.VEHICLE_BACK, 2 * row, back)

    def teams_back(self, time_s: int, row: int, sender: int, kinds: Sequence[int]) -> None:
        """Plan that teams, of the unit *kinds* one by one, are back at the sender."""
        if not kinds:
            return

        def back() -> None:
            for kind in kinds:
                self.teams[sender] += 1
                self.note(self.clock.now_s, Event.RETURNED, row, sender, kind, -1)
                self.capacity.team_back(sender, kind)

        self.clock.call_at(time_s, Rank.VEHICLE_BACK, 2 * row + 1, back)
