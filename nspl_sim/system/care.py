"""What the journey asks of the care; each answer comes from the file of that idea."""

from nspl_sim.journal import Recorder
from nspl_sim.system.beds import Beds
from nspl_sim.system.clock import Clock, Moment
from nspl_sim.system.unit import Need
from nspl_sim.system.waiting_list import WaitingList
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import Rank
from nspl_sim.vocabulary.patients import Patient, Stage

_ARRIVED = int(Event.ARRIVED)


class Care:
    """The nation's care, as one patient meets it."""

    def __init__(self, clock: Clock, record: Recorder, beds: Beds, planned: WaitingList) -> None:
        self.clock = clock
        self.note = record.note
        self.goes_ahead = planned.goes_ahead
        self.waiting_list = planned.put_off
        self.seek = beds.seek
        self.leave = beds.leave

    def arrived(self, patient: Patient) -> None:
        """Write down the arrival."""
        self.note(self.clock.now_s, _ARRIVED, patient.row, patient.region, -1, -1)

    def stay_ends(self, patient: Patient, stage: Stage, need: Need) -> Moment:
        """Return the moment when the stay is over; a capacity transfer can have made it longer."""
        moved = need.trip and not need.unit.referred
        stay_s = stage.stay_s + (patient.extra_stay_if_moved_s if moved else 0)
        return self.clock.at(self.clock.now_s + stay_s, Rank.STAY_ENDS, patient.row)
