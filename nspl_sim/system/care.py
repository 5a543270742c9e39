"""What the journey asks of the care; each answer comes from the file of that idea."""

from nspl_sim.journal import Recorder
from nspl_sim.system.beds import Beds
from nspl_sim.system.clock import Clock
from nspl_sim.system.discharge import Discharge
from nspl_sim.system.inpatients import InPatients
from nspl_sim.system.waiting_list import WaitingList
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.patients import Patient

_ARRIVED = int(Event.ARRIVED)


class Care:
    """The nation's care, as one patient meets it."""

    def __init__(
        self, clock: Clock, record: Recorder, beds: Beds, planned: WaitingList, discharge: Discharge
    ) -> None:
        self.clock = clock
        self.note = record.note
        self.goes_ahead = planned.goes_ahead
        self.waiting_list = planned.put_off
        self.seek = beds.seek
        self.leave = beds.leave
        inpatients = InPatients(clock, discharge)
        self.stay = inpatients.stay
        self.municipal_care = inpatients.municipal_care

    def arrived(self, patient: Patient) -> None:
        """Write down the arrival."""
        self.note(self.clock.now_s, _ARRIVED, patient.row, patient.region, -1, -1)
