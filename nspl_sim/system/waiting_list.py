"""Planned care: who goes ahead, who is put off, and who is let through from the list."""

from bisect import insort

from nspl_sim.journal import Recorder
from nspl_sim.system.beds import Beds
from nspl_sim.system.clock import Clock, Moment
from nspl_sim.system.unit import Unit
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.patients import Patient

Entry = tuple[int, int, int, Patient, Moment]


class WaitingList:
    """One list a region, by (priority, due, patient). New arrivals do not wait behind it."""

    def __init__(self, clock: Clock, record: Recorder, beds: Beds, allowance: list[list[int]]) -> None:
        self.clock = clock
        self.note = record.note
        self.beds = beds
        self.shares: tuple[tuple[float, float, float], ...] = ()
        """In force: by region, by priority 1 to 3."""
        self.at_most = [1.0] * len(beds.units)
        """By region: the share that can go ahead at all; less than 1 in an outage."""
        self.waiting: list[list[Entry]] = [[] for _ in beds.units]
        self._allowance = allowance
        """By region: how many may have been released in all, release by release."""
        self._used = [0] * len(beds.units)

    def goes_ahead(self, patient: Patient) -> bool:
        """Return whether planned care goes ahead now: let through by the share, and a bed is free."""
        share = self.shares[patient.region][patient.priority - 1]
        return patient.u_elective < min(share, self.at_most[patient.region]) and self._has_bed(patient)

    def _first_unit(self, patient: Patient) -> Unit | None:
        return self.beds.units[patient.region][patient.stages[0].kind] if patient.stages else None

    def _has_bed(self, patient: Patient) -> bool:
        """Return whether the first stage's bed is free beyond what is kept, and nobody waits for it.

        Where that unit wants it, so is the bed of the stage after it.
        """
        for stage in patient.stages:
            unit = self.beds.units[patient.region][stage.kind]
            ahead = bool(unit.line) and unit.line[0].urgency <= patient.urgency
            if ahead or not unit.open_to(patient.urgency):
                return False
            if not unit.needs_next:
                return True
        return True

    def put_off(self, patient: Patient) -> Moment:
        """Postpone *patient*; return the moment of release."""
        released = Moment(self.clock)
        self._note(Event.POSTPONED, patient)
        entry = (patient.priority, patient.due_s, patient.row, patient, released)
        insort(self.waiting[patient.region], entry, key=lambda e: e[:3])
        return released

    def release(self, region: int, number: int) -> None:
        """Let through whom the region's allowance and beds take, most pressing first; pass others over."""
        left = self._allowance[region][number] - self._used[region]
        staying: list[Entry] = []
        queue = self.waiting[region]
        for place, entry in enumerate(queue):
            if left <= 0:
                staying += queue[place:]
                break
            priority, _, _, patient, released = entry
            if min(self.shares[region][priority - 1], self.at_most[region]) >= 1 and self._has_bed(patient):
                left -= 1
                self._used[region] += 1
                self._note(Event.RELEASED, patient)
                released.happen()
            else:
                staying.append(entry)
        self.waiting[region] = staying

    def _note(self, event: Event, patient: Patient) -> None:
        unit = self._first_unit(patient)
        kind = unit.kind if unit else -1
        self.note(self.clock.now_s, event, patient.row, patient.region, kind, patient.priority)
