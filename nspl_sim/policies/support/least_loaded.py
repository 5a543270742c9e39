"""Those with room first, the least loaded before the more loaded, the near before the far."""

from dataclasses import dataclass

from nspl_sim.policies.beds import kind_numbers
from nspl_sim.policies.parameters import Band, Kinds, Reserve
from nspl_sim.policies.receivers import in_steps, room_first, standing_order, walks
from nspl_sim.policies.rules import Situation, StandingOrder, register
from nspl_sim.policies.wording import kept_free, listed_kinds, percent
from nspl_sim.vocabulary.text import Text, text


@register("support", "least-loaded")
@dataclass(frozen=True)
class LeastLoaded:
    """Receivers by the reported picture.

    First those that report more free beds than they keep, since only they can say yes; then those
    that report none to give; last those without a picture, by distance. Inside the first two, load
    is compared in steps of ``band`` and then distance decides: a few per cent are not worth a flight.
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
            group = room_first(situation, kind, steps, room)
            found.append(standing_order(g, kind, walks(g, kind, group), self.reserve))
        return tuple(found)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "Standing order for {kinds}, drawn up anew at each review from the reported situation: first "
            "the regions that report more free beds than they keep, then the full ones, last those without "
            "a report. The least loaded come first, in steps of {band} percentage points; within a step "
            "the nearest. {kept_free}",
            kinds=listed_kinds(self.kinds),
            band=percent(self.band),
            kept_free=kept_free(self.reserve),
        )
