"""Requests: a need in line walks the standing order, receiver by receiver, until a bed is booked."""

from collections.abc import Callable
from functools import cache, partial

from nspl_sim.journal import Recorder
from nspl_sim.policies.rules import Directive, StandingOrder
from nspl_sim.system.beds import Beds
from nspl_sim.system.clock import Clock
from nspl_sim.system.office import JointOffice
from nspl_sim.system.transport import Fleet, Vehicle
from nspl_sim.system.unit import NO_LACK, Need
from nspl_sim.vocabulary.care import NEVER, Answer, Event, NoBed
from nspl_sim.vocabulary.clock import Rank
from nspl_sim.vocabulary.disruptions import WHOLE

_LEAVES = {
    number: Event.REFUSED if value is NoBed.LEAVE else Event.DIED_WAITING
    for number, value in enumerate(NoBed)
    if value is not NoBed.WAIT
}
"""What those do who do not wait on when every attempt was in vain."""


@cache
def longer(ask_s: int, thousandths: int) -> int:
    """Return *ask_s* and so many thousandths of it, rounded half up; worked out once for each pair."""
    return ask_s + (ask_s * thousandths + WHOLE // 2) // WHOLE


class Walk:
    """One way down the standing order that was in force when it began."""

    __slots__ = ("directive", "lack", "next", "order", "receivers")

    def __init__(self, directive: Directive, order: StandingOrder, sender: int) -> None:
        self.directive = directive
        self.order = order
        self.receivers = order.receivers[sender]
        self.next = 0
        self.lack = NO_LACK
        """The one that came furthest so far: an ``Answer``."""


class Requests:
    """Asks, answers and books. Reserve and quota count as they stand at the answer."""

    def __init__(
        self,
        clock: Clock,
        record: Recorder,
        beds: Beds,
        fleet: Fleet,
        in_force: Callable[[], Directive],
        referrals: Directive,
        within: Directive,
        ways_out: Directive,
        office: JointOffice,
        today: Directive,
        no_bed: tuple[int | None, ...],
    ) -> None:
        self.clock = clock
        self.note = record.note
        self.beds = beds
        self.fleet = fleet
        self.in_force = in_force
        self.referrals = referrals
        self.within = within
        """Of hospitals among those of their own region; without orders where no region is split."""
        self.ways_out = ways_out
        """Of in-patients to be evacuated whose kind of unit the directive in force has no order for."""
        self.office = office
        self.today = today
        """Whose order those walk whom the joint office does not take on."""
        self.no_bed = no_bed
        """By kind of unit: what stands before the patient's own ``no_bed``; None: nothing."""
        self._yeses: dict[tuple[int, int], int] = {}
        """By (receiver, kind), since the last review."""
        self.slower = [0] * len(beds.units)
        """By region: thousandths that an answer takes longer, by an outage there."""
        self._tick_s = NEVER
        beds.ask_others = self.walk

    # -- the walk ---------------------------------------------------------------------------

    def walk(self, need: Need) -> None:
        """Start down the order in force from the top; what the region lacks is referred by its own order.

        Where beds are pooled there is nobody to ask: no bed is free anywhere.
        """
        if self.beds.pooled:
            self._in_vain(need)
            return
        if self._is_placed_within(need):
            return
        if not need.unit.referred:
            need.alone = not self.office.takes_on(need, self.in_force().office)
        directive = self._terms(need)
        order = directive.order_of(need.unit.kind)
        walk = Walk(directive, order, need.unit.region) if order else None
        if walk and self.within.orders:
            asked = self._housemates(need)
            walk.receivers = tuple(r for r in walk.receivers if r not in asked)
        if walk is None or not walk.receivers:
            self._in_vain(need)
            return
        need.walk = walk
        self._ask_next(need, walk)

    def _housemates(self, need: Need) -> tuple[int, ...]:
        """Return the other hospitals of the own region with such beds."""
        order = self.within.order_of(need.unit.kind)
        return order.receivers[need.unit.region] if order else ()

    def _is_placed_within(self, need: Need) -> bool:
        """Ask the other hospitals of the own region, at once; return whether one was booked."""
        sender, kind = need.unit.region, need.unit.kind
        order = self.within.order_of(kind)
        for receiver in order.receivers[sender] if order else ():
            assert order is not None
            self.note(self.clock.now_s, Event.REQUESTED, need.patient.row, receiver, kind, sender)
            answer, vehicle = self._answer(need, self.within, order, receiver), None
            if answer is Answer.YES:
                answer, vehicle = self.fleet.available(need, receiver, self.within)
            self.note(self.clock.now_s, Event.ANSWERED, need.patient.row, receiver, kind, answer)
            if answer is Answer.YES:
                self.fleet.book(need, self.beds.units[receiver][kind], vehicle)
                return True
            need.lack = max(need.lack, answer)
        return False

    def _terms(self, need: Need) -> Directive:
        """Return on whose terms *need* is asked about: the directive in force, or another order's own."""
        terms = self._standing(need)
        if need.unit.referred or not need.is_move or not any(terms.helps):
            return terms
        order, sender = terms.order_of(need.unit.kind), need.unit.region
        is_silent = order is None or (order.of_people and not order.receivers[sender])
        return self.ways_out if is_silent else terms

    def _standing(self, need: Need) -> Directive:
        """Return the terms of *need* but for the ways out: of referrals, of today's order, or in force."""
        if need.unit.referred:
            return self.referrals
        return self.today if need.alone else self.in_force()

    def _ask_next(self, need: Need, walk: Walk) -> None:
        """Ask the next receivers; they answer together, at once where asking takes no time."""
        now, sender = self.clock.now_s, need.unit.region
        while need.walk is walk:
            asked = walk.receivers[walk.next : walk.next + walk.directive.parallel[sender]]
            if not asked:
                self._in_vain(need)
                return
            walk.next += len(asked)
            for receiver in asked:
                self.note(now, Event.REQUESTED, need.patient.row, receiver, need.unit.kind, sender)
            wait_s = max(self._answer_s(walk, sender, receiver) for receiver in asked)
            if wait_s:
                answered = partial(self._answered, need, walk, asked)
                self.clock.call_at(now + wait_s, Rank.ANSWER, need.patient.row, answered)
                return
            self._hear(need, walk, asked)

    def _answer_s(self, walk: Walk, sender: int, receiver: int) -> int:
        """Return how long *receiver* takes to answer; by telephone alone it takes longer at either end."""
        return longer(walk.directive.ask_s[receiver], max(self.slower[sender], self.slower[receiver]))

    def _answered(self, need: Need, walk: Walk, asked: tuple[int, ...]) -> None:
        """Take the answers, unless a local bed or death came first; then ask on."""
        if need.walk is walk:
            self._hear(need, walk, asked)
            self._ask_next(need, walk)

    def _hear(self, need: Need, walk: Walk, asked: tuple[int, ...]) -> None:
        """Go through the answers in order; the first that can be booked wins, the rest are withdrawn."""
        for receiver in asked:
            order = self._kept(need) or walk.order
            answer, vehicle = self.weigh(need, walk.directive, order, receiver)
            self.note(self.clock.now_s, Event.ANSWERED, need.patient.row, receiver, need.unit.kind, answer)
            if answer is Answer.YES:
                need.walk = None
                self.fleet.book(need, self.beds.units[receiver][need.unit.kind], vehicle)
                return
            walk.lack = need.lack = max(walk.lack, answer)

    def _kept(self, need: Need) -> StandingOrder | None:
        """Return what receivers keep from *need* now; on a way out, what people have decided, if anything."""
        kind = need.unit.kind
        return self._standing(need).order_of(kind) or self._terms(need).order_of(kind)

    def weigh(
        self, need: Need, directive: Directive, order: StandingOrder, receiver: int
    ) -> tuple[Answer, Vehicle | None]:
        """Return what comes of asking *receiver* now, and the vehicle if all can be booked.

        *directive* says how far a way may be, *order* what is kept and the quota; a yes spends quota.
        """
        answer = self._answer(need, directive, order, receiver)
        if answer is not Answer.YES:
            return answer, None
        key = (receiver, need.unit.kind)
        self._yeses[key] = self._yeses.get(key, 0) + 1
        return self.fleet.available(need, receiver, directive)

    def _answer(self, need: Need, directive: Directive, order: StandingOrder, receiver: int) -> Answer:
        """Return what *receiver* says, before anyone looks for a team and a vehicle."""
        unit = self.beds.units[receiver][need.unit.kind]
        limit = order.quota[receiver]
        if not self.fleet.reaches(need, receiver, directive):
            return Answer.TOO_FAR
        if unit.free <= max(order.reserve[receiver], unit.keep_free[need.urgency]):
            return Answer.NO_BED
        if limit >= 0 and self._yeses.get((receiver, unit.kind), 0) >= limit:
            return Answer.NO_QUOTA
        return Answer.YES

    def _in_vain(self, need: Need) -> None:
        """Wait on, or leave, or die, now that all were asked; who lies in a bed keeps it and waits on."""
        need.walk = None
        of_kind = self.no_bed[need.unit.kind]
        outcome = _LEAVES.get(need.patient.no_bed if of_kind is None else of_kind)
        if outcome is not None and need.kept is None:
            self.beds.give_up(need, outcome)

    # -- the clock of the office ------------------------------------------------------------

    def new_quotas(self) -> None:
        """Forget the yeses: a review has come."""
        self._yeses.clear()

    def set_retry(self) -> None:
        """Plan the next retry: the next whole multiple of some sender's ``retry_s``."""
        now = self.clock.now_s
        lasting = self.referrals.retry_s + self.within.retry_s + self.ways_out.retry_s
        intervals = dict.fromkeys(self.in_force().retry_s + lasting + self._alone().retry_s)
        ticks = [(now // every + 1) * every for every in intervals if every]
        tick_s = min(ticks, default=NEVER)
        if tick_s == self._tick_s:
            return
        self._tick_s = tick_s
        if tick_s < NEVER:
            self.clock.call_at(tick_s, Rank.RETRY, 0, lambda: self._retry(tick_s))

    def _retry(self, tick_s: int) -> None:
        """Start every need in line without a walk anew, unit by unit, in line order."""
        if tick_s != self._tick_s:
            return
        kinds = {order.kind for order in self.in_force().orders + self._alone().orders}
        kinds |= {order.kind for order in self.within.orders}
        for units in self.beds.units:
            for unit in units:
                asks = unit.referred or unit.kind in kinds
                if (unit.line and asks) or unit.leaving:
                    for need in unit.line * asks + unit.leaving:
                        if need.in_line and need.walk is None and self._is_due(need, tick_s):
                            self.walk(need)
        self.set_retry()

    def _is_due(self, need: Need, tick_s: int) -> bool:
        """Return whether *need* is asked about anew at *tick_s*, by some order that it walks."""
        every = [self._terms(need).retry_s[need.unit.region]]
        every += [self.within.retry_s[need.unit.region]] if self._housemates(need) else []
        return any(one and tick_s % one == 0 for one in every)

    def _alone(self) -> Directive:
        """Return on whose terms regions ask past the joint office: as all do, where it takes on everybody."""
        return self.today if self.in_force().office else self.in_force()
