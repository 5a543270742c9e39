"""The nearest first, whatever area it belongs to."""

from dataclasses import dataclass

from nspl_sim.policies.parameters import Kinds, Reserve
from nspl_sim.policies.receivers import fixed_orders
from nspl_sim.policies.rules import Situation, StandingOrder, register
from nspl_sim.policies.wording import kept_free, listed_kinds
from nspl_sim.vocabulary.text import Text, text


@register("support", "nearest")
@dataclass(frozen=True)
class Nearest:
    """All regions by distance; it looks at no picture."""

    reserve: Reserve = 1
    """Beds that each receiver keeps free."""
    kinds: Kinds = ("icu",)

    def orders(self, situation: Situation) -> tuple[StandingOrder, ...]:
        """Return the same order at every review."""
        return fixed_orders(situation.geography, self.kinds, self.reserve)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "Standing order for {kinds}: a region asks all other regions, the nearest first. {kept_free}",
            kinds=listed_kinds(self.kinds),
            kept_free=kept_free(self.reserve),
        )
