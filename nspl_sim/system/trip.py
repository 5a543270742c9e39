"""A trip: one patient's way to a booked bed elsewhere, alone or with others on board."""

from typing import Protocol

from nspl_sim.system.clock import Moment
from nspl_sim.system.garage import Garage
from nspl_sim.system.unit import Need, Unit
from nspl_sim.vocabulary.care import Answer, Event


class Company(Protocol):
    """Those who go together in one vehicle."""

    def lose(self, trip: "Trip") -> None:
        """Be without one who died."""
        ...


class Trip:
    """A patient's way to a bed elsewhere."""

    __slots__ = ("batch", "departed", "ended", "fleet", "mode", "need", "over", "to")

    def __init__(self, fleet: Garage, need: Need, to: Unit, mode: int) -> None:
        self.fleet = fleet
        self.need = need
        self.to = to
        self.mode = mode
        self.ended = Moment(fleet.clock)
        self.batch: Company | None = None
        """Those who go together, if the vehicle takes several."""
        self.departed = False
        self.over = False

    @property
    def steady_s(self) -> int:
        """Return when the patient is stable enough to depart."""
        return self.need.patient.arrival_s + self.need.patient.min_stabilise_s

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
        if self.batch is not None:
            self.batch.lose(self)
        self.to.inbound -= 1
        self.ended.happen()
        self.fleet.beds.fill(self.to)
