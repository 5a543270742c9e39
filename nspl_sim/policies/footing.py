"""On which footing each region stands at a moment: under the plan, or outside it under today's order.

Who does not receive walks today's order in full; who does not give stands last in the orders of the
others, by distance, and answers with the reserve and the delay of today. Nobody is ever left at zero.
Its neighbours below: plan, support.today.
"""

from dataclasses import dataclass, replace

from nspl_sim.policies.asking import Asking
from nspl_sim.policies.beds import has_beds
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.receivers import Walks, nearest_first
from nspl_sim.policies.rules import Geography, StandingOrder
from nspl_sim.policies.support.today import Today

TODAY = Today()
TODAY_ASKING = Asking()


@dataclass(frozen=True)
class Footing:
    """By region: which switches act, and what follows for asking and answering."""

    shares_picture: tuple[bool, ...]
    gives: tuple[bool, ...]
    receives: tuple[bool, ...]
    ask_s: tuple[int, ...]
    parallel: tuple[int, ...]
    max_s: tuple[int, ...]
    retry_s: tuple[int, ...]
    quota: tuple[int, ...]
    fetches: tuple[bool, ...]
    """By receiving region; empty where the plan lets nobody fetch."""
    today: tuple[StandingOrder, ...]
    last: dict[int, Walks]
    """By kind and sender: those who do not give but are asked under today's order, by distance."""

    def laid_over(self, orders: tuple[StandingOrder, ...]) -> tuple[StandingOrder, ...]:
        """Return the *orders* of the plan's rule as they stand for those within and those outside it."""
        today = {order.kind: order for order in self.today}
        laid = [self._laid_over(order, today.pop(order.kind, None)) for order in orders]
        if not all(self.receives):
            laid += [self._of_outsiders(order) for order in today.values()]
        return tuple(sorted(laid, key=lambda order: order.kind))

    def _laid_over(self, order: StandingOrder, today: StandingOrder | None) -> StandingOrder:
        walks, reserve = order.receivers, order.reserve
        if not all(self.gives):
            last = self.last.get(order.kind, ((),) * len(walks))
            walks = tuple(
                tuple(r for r in walk if self.gives[r]) + behind if walk else walk
                for walk, behind in zip(walks, last, strict=True)
            )
            kept = zip(reserve, self.gives, strict=True)
            reserve = tuple(beds if gives else TODAY.reserve for beds, gives in kept)
        if not all(self.receives):
            outside = today.receivers if today else ((),) * len(walks)
            chosen = zip(self.receives, walks, outside, strict=True)
            walks = tuple(walk if receives else theirs for receives, walk, theirs in chosen)
        return StandingOrder(order.kind, walks, reserve, self._limits(order))

    def _limits(self, order: StandingOrder) -> tuple[int, ...]:
        """Return the smaller of the plan's quota and the rule's; the rule's binds only those who give."""
        limits = zip(self.quota, order.quota, self.gives, strict=True)
        return tuple(_smaller(own, said) if gives else own for own, said, gives in limits)

    def _of_outsiders(self, today: StandingOrder) -> StandingOrder:
        """Return today's order of a kind that the plan's rule is silent on, for those outside only."""
        asked = zip(self.receives, today.receivers, strict=True)
        walks = tuple(() if receives else walk for receives, walk in asked)
        return replace(today, receivers=walks, quota=self.quota)


def footing_at(plan: Plan, geography: Geography, time_s: int) -> Footing:
    """Return on which footing each region of *geography* stands at *time_s* under *plan*."""
    switches = [plan.taking_part.of(region) for region in geography.regions]
    inside = [time_s >= s.from_s for s in switches]
    gives = tuple(i and s.gives for i, s in zip(inside, switches, strict=True))
    receives = tuple(i and s.receives for i, s in zip(inside, switches, strict=True))
    here, outside = plan.asking, TODAY_ASKING
    today = TODAY.orders_in(geography)
    return Footing(
        shares_picture=tuple(i and s.shares_picture for i, s in zip(inside, switches, strict=True)),
        gives=gives,
        receives=receives,
        ask_s=tuple(here.ask_s if g else outside.ask_s for g in gives),
        parallel=tuple(here.parallel if r else outside.parallel for r in receives),
        max_s=tuple(here.max_s if r else outside.max_s for r in receives),
        retry_s=tuple(here.retry_s if r else outside.retry_s for r in receives),
        quota=tuple(
            here.quota.get(key, -1) if g else -1 for key, g in zip(geography.regions, gives, strict=True)
        ),
        fetches=gives if here.fetch else (),
        today=today,
        last={order.kind: _not_giving(geography, order.kind, gives) for order in today},
    )


def _smaller(one: int, other: int) -> int:
    """Return the smaller of two limits, of which -1 is none."""
    return min(one, other) if one >= 0 and other >= 0 else max(one, other)


def _not_giving(geography: Geography, kind: int, gives: tuple[bool, ...]) -> Walks:
    asked = (has_beds(geography, kind) & [not g for g in gives]).tolist()
    return tuple(tuple(r for r in near if asked[r]) for near in nearest_first(geography).tolist())
