"""Stays in beds: who lies where while a stay is under way, and until when."""

from collections.abc import Generator

from nspl_sim.system.clock import Clock, Moment
from nspl_sim.system.discharge import Discharge
from nspl_sim.system.unit import Need
from nspl_sim.vocabulary.clock import Rank
from nspl_sim.vocabulary.patients import Patient, Stage


class InPatients:
    """The stays of the nation; each unit knows who lies in it (``lying``)."""

    def __init__(self, clock: Clock, discharge: Discharge) -> None:
        self.clock = clock
        self.discharge = discharge

    def stay(self, patient: Patient, stage: Stage, need: Need) -> Generator[Moment, None, None]:
        """Lie in the bed until the stay is over; a capacity transfer can have made it longer.

        Who is being moved to another region when it would be over is admitted there first.
        """
        assert need.bed is not None
        need.move, need.since_s = None, self.clock.now_s
        elsewhere = need.trip is not None and need.bed.owner != need.unit.owner
        need.extended = elsewhere and not need.unit.referred
        need.ends_s = need.since_s + stage.stay_s + (patient.extra_stay_if_moved_s if need.extended else 0)
        return self._lie(need)

    def municipal_care(self, patient: Patient, need: Need) -> Generator[Moment, None, None]:
        """Keep the last bed, ready for discharge, until the municipality receives *patient*."""
        assert need.bed is not None
        need.ends_s = self.discharge.received_s(patient, need.bed)
        need.extended = True  # a move makes no stay longer that is over
        return self._lie(need)

    def _lie(self, need: Need) -> Generator[Moment, None, None]:
        """Lie in the bed of *need*, or in those that moves lead to, until that is over."""
        assert need.bed is not None
        need.bed.lying[need.patient.row] = need
        yield self.clock.at(self._over_s(need), Rank.STAY_ENDS, need.patient.row)
        if need.move or need.ends_s > self.clock.now_s:
            while rest := self._rest(need):
                yield rest
        del need.bed.lying[need.patient.row]

    def _over_s(self, need: Need) -> int:
        """Return when the lying is over: with the stay, or when the patient leaves for the home country."""
        leaves_s = need.patient.leaves_s
        if leaves_s >= need.ends_s or need.stage.number < len(need.patient.stages) - 1:
            return need.ends_s
        return min(need.ends_s, max(leaves_s, need.since_s))

    def _rest(self, need: Need) -> Moment | None:
        """Return what the end of a stay still waits for; None: it is over."""
        move = need.move
        if move and move.trip:
            return move.trip.ended
        if (over_s := self._over_s(need)) > self.clock.now_s:
            return self.clock.at(over_s, Rank.STAY_ENDS, need.patient.row)
        if move:  # to be evacuated, and nobody had a bed yet
            need.move, move.walk = None, None
            move.unit.quit(move)
            need.move = None
        return None
