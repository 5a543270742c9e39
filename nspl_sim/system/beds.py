"""Beds and lines: who gets which bed, and what becomes of the bed left behind."""

from collections import deque
from collections.abc import Callable

from nspl_sim.journal import Recorder
from nspl_sim.system.clock import Clock, Moment
from nspl_sim.system.unit import Need, Unit
from nspl_sim.vocabulary.care import NEVER, Event
from nspl_sim.vocabulary.clock import Rank
from nspl_sim.vocabulary.patients import Patient, Stage

_ASKED, _ADMITTED, _BOARDED = int(Event.ASKED), int(Event.ADMITTED), int(Event.BOARDED)
_DISCHARGED, _LEFT = int(Event.DISCHARGED), int(Event.LEFT)


class Beds:
    """All units of the nation. State changes and journal are written inside the acting call."""

    def __init__(self, clock: Clock, record: Recorder, units: list[list[Unit]]) -> None:
        self.clock = clock
        self.note = record.note
        self.units = units
        """By region, then by kind."""
        self.ask_others: Callable[[Need], None] = lambda need: None
        """What a need in line does besides waiting; the requests put themselves here."""
        self.pooled = False
        """Whether all beds of a kind are one unit (see :mod:`nspl_sim.policies.support.pooled`)."""
        self.near: list[list[int]] = [[] for _ in units]
        """By region: the others, nearest first."""
        self._freed: deque[Unit] = deque()
        self._filling = False

    def seek(self, patient: Patient, stage: Stage, kept: Unit | None) -> Need:
        """Return the need of *patient* for *stage*: met at once, or in line and asking elsewhere."""
        now = self.clock.now_s
        unit = self.units[kept.region if kept else patient.local][stage.kind]
        need = Need(patient, stage, unit, kept, now, self.clock.past)
        self.note(now, _ASKED, patient.row, unit.region, unit.kind, stage.number)
        if kept is not unit:
            unit.asked_s.append(now)
        if kept is None and unit.admits_below <= need.urgency and not patient.is_planned:
            need.unit.join(need)
            self.give_up(need, Event.REFUSED)
            return need
        if kept is unit or unit.next_is(need):  # the next stage in the same unit: the bed is kept
            self._enter(need, unit)
            return need
        if self.pooled and (elsewhere := self._open_elsewhere(need)):
            self._enter(need, elsewhere)
            return need
        need.settled = Moment(self.clock)
        unit.join(need)
        if kept:
            self.note(now, _BOARDED, patient.row, kept.region, kept.kind, stage.number)
        elif stage.dies_waiting_s < NEVER:
            dies_s = now + stage.dies_waiting_s
            self.clock.call_at(dies_s, Rank.DEATH_WAITING, patient.row, lambda: self._dies(need))
        if kept is None and patient.waits_at_most_s < stage.dies_waiting_s:
            limit_s = now + patient.waits_at_most_s
            self.clock.call_at(limit_s, Rank.DEATH_WAITING, patient.row, lambda: self._waits_no_longer(need))
        self.ask_others(need)
        return need

    def _enter(self, need: Need, unit: Unit) -> None:
        """Admit *need* to a free bed of *unit*; the bed left behind is filled at the same instant."""
        unit.occupied += 1
        need.bed = unit
        self.note(self.clock.now_s, _ADMITTED, need.patient.row, unit.region, unit.kind, need.stage.number)
        self.vacate(need)

    def vacate(self, need: Need) -> None:
        """Free the bed that the patient kept, if any."""
        kept, need.kept = need.kept, None
        if kept:
            kept.occupied -= 1
            self.fill(kept)

    def leave(self, patient: Patient, bed: Unit | None) -> None:
        """Let the patient go home, or to the home country from the time on that they may."""
        now = self.clock.now_s
        if bed is None:
            self.note(now, _DISCHARGED, patient.row, patient.local, -1, -1)
            return
        event = _DISCHARGED if now < patient.leaves_s else _LEFT
        self.note(now, event, patient.row, bed.region, bed.kind, -1)
        bed.occupied -= 1
        self.fill(bed)

    def fill(self, unit: Unit) -> None:
        """Give the free beds of *unit* to the head of its line, and so on down the worklist."""
        self._freed.append(unit)
        if self._filling:
            return
        self._filling = True
        while self._freed:
            unit = self._freed.popleft()
            while need := self._next_for(unit):
                need.unit.line.pop(0)
                need.walk = None  # an answer under way falls away
                self._enter(need, unit)
                need.settled.happen()
        self._filling = False

    def _next_for(self, unit: Unit) -> Need | None:
        """Return who gets a free bed of *unit*: the head of its line, or, where beds are pooled, of all."""
        if self.pooled:
            heads = [row[unit.kind].line[0] for row in self.units if row[unit.kind].line]
            need = min(heads, default=None)
        else:
            need = unit.line[0] if unit.line else None
        return need if need and unit.open_to(need.urgency) else None

    def _open_elsewhere(self, need: Need) -> Unit | None:
        """Return the nearest unit with a bed open to *need*; who was before it in any line has one by now."""
        units = (self.units[region][need.unit.kind] for region in self.near[need.unit.region])
        return next((unit for unit in units if unit.open_to(need.urgency)), None)

    def share_out(self) -> None:
        """Where beds are pooled, give every free bed to whoever waits anywhere."""
        for row in self.units if self.pooled else ():
            for unit in row:
                self.fill(unit)

    def _dies(self, need: Need) -> None:
        """End a wait in death, in line or before or on the way; in any bed it has stopped."""
        if need.bed is not None:
            return
        if need.in_line:
            self.give_up(need, Event.DIED_WAITING)
        elif need.trip and not need.trip.over:
            need.trip.death()

    def _waits_no_longer(self, need: Need) -> None:
        """Turn away who is still in line when the longest wait is over; what is booked stands."""
        if need.in_line:
            self.give_up(need, Event.REFUSED)

    def give_up(self, need: Need, ends: Event) -> None:
        """Take a need out of its line for good: death while waiting, or refused."""
        need.unit.quit(need)
        need.walk = None
        self.note(self.clock.now_s, ends, need.patient.row, need.unit.region, need.unit.kind, need.lack)
        need.settled.happen()
        self.vacate(need)
