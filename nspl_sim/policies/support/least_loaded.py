"""Those with room first, the least loaded before the more loaded, the near before the far."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.beds import kind_numbers, reported
from nspl_sim.policies.parameters import Band, Kinds, Reserve
from nspl_sim.policies.receivers import standing_order, walks
from nspl_sim.policies.rules import Ints, Situation, StandingOrder, register
from nspl_sim.policies.wording import kept_free, listed_kinds, percent
from nspl_sim.vocabulary.text import Text, text

_MOST = 10**9
"""Bands are counted no further than this, so that an endless load is a number too."""
_WITH_ROOM, _FULL, _UNKNOWN = 0, _MOST + 1, 2 * (_MOST + 1)


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
        return tuple(
            standing_order(g, kind, walks(g, kind, self._group(situation, kind)), self.reserve)
            for kind in kind_numbers(g, self.kinds)
        )

    def _group(self, situation: Situation, kind: int) -> Ints:
        steps = np.round(situation.load(kind) / self.band, 9)  # 0.3 / 0.1 is a little under 3
        band = np.minimum(np.floor(steps), _MOST).astype(np.int64)
        group = band + np.where(situation.free(kind) > self.reserve, _WITH_ROOM, _FULL)
        return np.where(reported(situation, kind), group, _UNKNOWN)

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
