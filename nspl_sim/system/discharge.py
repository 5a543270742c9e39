"""Discharge-ready: who must wait for municipal care keeps the last bed until it is there.

Places are a flow and not beds: the home region's municipalities take one patient at a time, first
ready first, nobody before the floor and nobody while they are closed. So when somebody is received is
certain the moment they are ready, and is worked out then.
"""

from collections.abc import Callable

from nspl_sim.journal import Recorder
from nspl_sim.policies.rules import Directive
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.ready import mean_waits_s
from nspl_sim.system.clock import Clock
from nspl_sim.system.unit import Unit
from nspl_sim.vocabulary.care import NEVER, Event
from nspl_sim.vocabulary.clock import days
from nspl_sim.vocabulary.patients import Patient


class Reception:
    """What one region's municipalities receive, and when next."""

    __slots__ = ("closed", "floor_s", "gap_s", "next_s")

    def __init__(
        self, floor_s: int, gap_s: int | None, closed: list[tuple[int, int]], next_s: int = -NEVER
    ) -> None:
        self.floor_s = floor_s
        self.gap_s = gap_s
        """Between two who are received; None: nobody is."""
        self.closed = closed
        self.next_s = next_s
        """From here on there is a place."""

    def place_s(self, ready_s: int) -> int:
        """Take the next place for who is ready at *ready_s*; return when it is there."""
        if self.gap_s is None:
            return NEVER
        found_s = self.opens_s(max(ready_s + self.floor_s, self.next_s))
        self.next_s = found_s + self.gap_s
        return found_s

    def opens_s(self, time_s: int) -> int:
        """Return *time_s*, or when reception opens again where it is closed then."""
        for from_s, to_s in self.closed:
            if from_s <= time_s < to_s:
                time_s = to_s
        return time_s


class Discharge:
    """Who is ready waits for a place, or for the days that were drawn."""

    def __init__(
        self,
        clock: Clock,
        record: Recorder,
        scenario: Scenario,
        first_s: int,
        in_force: Callable[[], Directive],
    ) -> None:
        self.clock = clock
        self.note = record.note
        self.receptions = receptions(scenario, first_s)
        self.in_force = in_force

    def received_s(self, patient: Patient, bed: Unit) -> int:
        """Return when the municipality receives *patient*, who is ready now in *bed*."""
        now = self.clock.now_s
        self.note(now, Event.READY, patient.row, bed.region, bed.kind, -1)
        reception = self.receptions[patient.region]
        if patient.municipal_wait_s == NEVER:
            return reception.place_s(now)
        cut = self.in_force().discharge_share
        if cut and patient.u_discharge < cut[bed.region]:
            return now
        return reception.opens_s(now + patient.municipal_wait_s)


def receptions(scenario: Scenario, first_s: int) -> list[Reception]:
    """Return each region's reception, as it is when warm-up begins.

    A run that starts in equilibrium has patients who are ready already (demand: municipal); until they
    are gone, the places are theirs.
    """
    waits = mean_waits_s(scenario) if scenario.starts == "equilibrium" else {}
    found = []
    for key in scenario.region_keys:
        own = scenario.regions[key].municipal
        if own is None:
            found.append(Reception(0, 0, []))
            continue
        closed = sorted((days(c.from_day), days(c.to_day)) for c in own.closed)
        next_s = first_s + round(waits[key]) if key in waits else -NEVER
        found.append(Reception(own.floor_s, own.gap_s, closed, next_s))
    return found
