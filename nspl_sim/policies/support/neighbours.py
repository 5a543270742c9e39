"""The neighbours first, whatever area they belong to: a border with whom one already works."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.beds import kind_numbers
from nspl_sim.policies.parameters import Kinds, Reserve
from nspl_sim.policies.receivers import standing_order, walks
from nspl_sim.policies.rules import Geography, Ints, Situation, StandingOrder, register
from nspl_sim.policies.wording import kept_free, listed_kinds
from nspl_sim.vocabulary.text import Text, text


@register("support", "neighbours")
@dataclass(frozen=True)
class Neighbours:
    """Bordering regions by distance, then the others by distance; it looks at no picture.

    Who borders on whom is the scenario's to say. A region without neighbours asks by distance.
    """

    reserve: Reserve = 1
    """Beds that each receiver keeps free."""
    kinds: Kinds = ("icu",)

    def orders(self, situation: Situation) -> tuple[StandingOrder, ...]:
        """Return the same order at every review."""
        g = situation.geography
        group = _not_bordering(g)
        return tuple(
            standing_order(g, kind, walks(g, kind, group), self.reserve)
            for kind in kind_numbers(g, self.kinds)
        )

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "Standing order for {kinds}: a region asks the regions on which it borders first, the nearest "
            "first, then the other regions, the nearest first. {kept_free}",
            kinds=listed_kinds(self.kinds),
            kept_free=kept_free(self.reserve),
        )


def _not_bordering(geography: Geography) -> Ints:
    """Return 0 where two regions border on each other, else 1. Shape (regions, regions)."""
    apart = np.ones((len(geography.regions),) * 2, dtype=np.int64)
    for region, others in enumerate(geography.neighbours):
        apart[region, list(others)] = 0
    return apart
