"""The own care region first, as today, but by load and not by distance."""

from dataclasses import dataclass

from nspl_sim.policies.beds import kind_numbers
from nspl_sim.policies.parameters import Band, Kinds, Reserve
from nspl_sim.policies.receivers import in_steps, outside, room_first, standing_order, walks
from nspl_sim.policies.rules import Situation, StandingOrder, register
from nspl_sim.policies.wording import kept_free, listed_kinds, percent
from nspl_sim.vocabulary.text import Text, text


@register("support", "care-region-first")
@dataclass(frozen=True)
class CareRegionFirst:
    """Own care region before the others, the least loaded first in both; then the full, then the unknown.

    Today's order looks at no picture: it phones the nearest of the own care region though it be full.
    Here those that report more free beds than they keep come before all that report none to give.
    """

    reserve: Reserve = 1
    """Beds that each receiver keeps free."""
    band: Band = 0.1
    """Loads are compared in steps of this size."""
    kinds: Kinds = ("icu",)

    def orders(self, situation: Situation) -> tuple[StandingOrder, ...]:
        """Return the order that the reported loads give."""
        g = situation.geography
        found = []
        for kind in kind_numbers(g, self.kinds):
            steps = in_steps(situation.load(kind), self.band)
            room = situation.free(kind) > self.reserve
            group = room_first(situation, kind, steps, room, outside(g.care_region))
            found.append(standing_order(g, kind, walks(g, kind, group), self.reserve))
        return tuple(found)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "Standing order for {kinds}, drawn up anew at each review from the reported situation: a region "
            "first asks those of its own care region that report more free beds than they keep, then such "
            "regions elsewhere, then the full ones, last those without a report. The least loaded come "
            "first, in steps of {band} percentage points; within a step the nearest. {kept_free}",
            kinds=listed_kinds(self.kinds),
            band=percent(self.band),
            kept_free=kept_free(self.reserve),
        )
