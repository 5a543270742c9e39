"""The nation as one unit of each kind: a bound on what moving patients can buy, and no plan."""

from dataclasses import dataclass

from nspl_sim.policies.rules import register
from nspl_sim.policies.support.alone import Alone
from nspl_sim.vocabulary.text import Text, text


@register("support", "pooled")
@dataclass(frozen=True)
class Pooled(Alone):
    """Nobody asks, since all beds of a kind are one unit: anybody lies in any of them at once.

    No way, no team, no reserve and no answer to wait for; a bed that is freed goes to the first of all
    lines. Opening beds and pausing planned care stay each region's own, and planned care still needs a bed
    at home. So it bounds what an order of support can do with the same beds.
    """

    def sentence(self) -> Text:
        """Return what it is measured by; nobody could write it into a plan."""
        return text(
            "A yardstick and no plan: all beds of a kind in the nation are one unit. Whoever needs a bed "
            "gets any that is free, at once, without asking, transport or team; else the first in line gets "
            "the next that is freed anywhere."
        )
