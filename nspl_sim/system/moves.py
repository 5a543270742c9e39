"""Moves of in-patients: who lies in a bed is taken to one in another region, and the stay goes on.

A move is booked as a request is: bed, then team, then vehicle, all at that instant. The old bed is
kept until departure. The clock of the stay goes on during the trip; the class's extra stay is added
once in a stage. A stay that would be over before the arrival is over at the arrival. Nobody dies of
it: lying in a bed stops death while waiting.
"""

from bisect import insort
from collections.abc import Callable, Iterator
from functools import partial

from nspl_sim.policies.rules import Directive, StandingOrder
from nspl_sim.system.beds import Beds
from nspl_sim.system.clock import Clock, Moment
from nspl_sim.system.requests import Requests
from nspl_sim.system.transport import Fleet
from nspl_sim.system.unit import Need, Unit
from nspl_sim.vocabulary.care import Answer


class Moves:
    """Chooses in-patients, books their moves, and lets them lie where they arrive."""

    def __init__(
        self, clock: Clock, beds: Beds, fleet: Fleet, requests: Requests, in_force: Callable[[], Directive]
    ) -> None:
        self.clock = clock
        self.units = beds.units
        self.fleet = fleet
        self.requests = requests
        self.in_force = in_force

    # -- what a directive wants ---------------------------------------------------------------

    def at_review(self) -> None:
        """Carry out the moves of the directive in force, then its return transfers."""
        directive = self.in_force()
        for sender, kind, receiver, count in directive.moves:
            order = directive.order_of(kind) or self._bare(kind, 0)
            here = self.units[sender][kind].lying.values()
            never_moved = (n for n in here if n.patient.row not in self.fleet.moved)
            self._book(never_moved, receiver, order, count)
        for home, kind, reserve in directive.returns:
            free = self.units[home][kind].free - reserve
            if free > 0:
                elsewhere = (row[kind] for region, row in enumerate(self.units) if region != home)
                lying = (n for unit in elsewhere for n in unit.lying.values())
                residents = (n for n in lying if n.patient.region == home)
                self._book(residents, home, self._bare(kind, reserve), free)

    def _book(self, candidates: Iterator[Need], to: int, order: StandingOrder, count: int) -> None:
        """Move up to *count*; who is too far is passed over, any other no ends it."""
        for lying in self._in_order(candidates):
            if count <= 0:
                return
            answer = self.move(lying, to, order)
            if answer is Answer.YES:
                count -= 1
            elif answer is not Answer.TOO_FAR:
                return

    def _in_order(self, candidates: Iterator[Need]) -> list[Need]:
        """Return those who are stable and not on the move: least urgent, longest in bed, then by number."""
        now = self.clock.now_s
        able = [
            n for n in candidates if not n.move and n.patient.arrival_s + n.patient.min_stabilise_s <= now
        ]
        return sorted(able, key=lambda n: (-n.urgency, n.since_s, n.patient.row))

    def _bare(self, kind: int, reserve: int) -> StandingOrder:
        """Return an order in which everybody keeps *reserve*, without quota."""
        regions = len(self.units)
        return StandingOrder(kind, ((),) * regions, (reserve,) * regions, (-1,) * regions)

    # -- one patient --------------------------------------------------------------------------

    def move(self, lying: Need, to: int, order: StandingOrder) -> Answer:
        """Book a move of *lying* to region *to* now; return what stood in its way, or yes.

        *order* says what the receiver keeps and its quota, which a yes spends.
        """
        bed = self._bed_of(lying)
        move = Need(lying.patient, lying.stage, bed, bed, self.clock.now_s, self.clock.past)
        answer, vehicle = self.requests.weigh(move, self.in_force(), order, to)
        if answer is Answer.YES:
            lying.move = move
            self.fleet.book(move, self.units[to][bed.kind], vehicle)
            self._booked(lying, move)
        return answer

    def evacuate(self, place: tuple[int, int], count: int) -> int:
        """Let *count* in-patients of the unit at *place* need a bed elsewhere; return how many do.

        They walk the standing order of the kind, again at each retry, and keep their bed meanwhile;
        without such an order, or without a yes, the stay ends where they lie. Least urgent first,
        then longest in bed, then by number. Who boards, or is on the move already, is passed over.
        """
        unit = self.units[place[0]][place[1]]
        able = [lying for lying in unit.lying.values() if not lying.move]
        chosen = sorted(able, key=lambda n: (-n.urgency, n.since_s, n.patient.row))[:count]
        for lying in chosen:
            move = Need(lying.patient, lying.stage, unit, unit, self.clock.now_s, Moment(self.clock))
            lying.move = move
            insort(unit.leaving, move)
            move.settled.then(partial(self._booked, lying, move))
            self.requests.walk(move)
        return len(chosen)

    def _bed_of(self, lying: Need) -> Unit:
        assert lying.bed is not None
        return lying.bed

    def _booked(self, lying: Need, move: Need) -> None:
        """Let the stay last the extra time, and end the lying here; it begins again at the arrival."""
        del self._bed_of(lying).lying[lying.patient.row]
        if not lying.extended:
            lying.extended = True
            lying.ends_s += lying.patient.extra_stay_if_moved_s
        assert move.trip is not None
        if move.trip.over:
            self._arrived(lying, move)
        else:
            move.trip.ended.then(partial(self._arrived, lying, move))

    def _arrived(self, lying: Need, move: Need) -> None:
        assert move.bed is not None
        lying.bed, lying.move, lying.since_s = move.bed, None, self.clock.now_s
        lying.bed.lying[lying.patient.row] = lying
