"""Today's order: the own care region first, then everyone else, always by distance."""

from dataclasses import dataclass

from nspl_sim.policies.parameters import Kinds, Reserve
from nspl_sim.policies.receivers import fixed_orders
from nspl_sim.policies.rules import Geography, Situation, StandingOrder, register
from nspl_sim.policies.wording import kept_free, listed_kinds
from nspl_sim.vocabulary.text import Text, text


@register("support", "today")
@dataclass(frozen=True)
class Today:
    """Own care region by distance, then the others by distance; it looks at no picture."""

    reserve: Reserve = 1
    """Beds that each receiver keeps free."""
    kinds: Kinds = ("icu",)

    def orders(self, situation: Situation) -> tuple[StandingOrder, ...]:
        """Return the same order at every review."""
        return self.orders_in(situation.geography)

    def orders_in(self, geography: Geography) -> tuple[StandingOrder, ...]:
        """Return the orders; they follow from *geography* alone."""
        return fixed_orders(geography, self.kinds, self.reserve, own_area="care_region")

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "Standing order for {kinds} as in today's order: a region asks its own care region first, "
            "the nearest first, then the other regions, the nearest first. {kept_free}",
            kinds=listed_kinds(self.kinds),
            kept_free=kept_free(self.reserve),
        )
