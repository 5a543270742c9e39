"""By need: the most urgent first, then who has waited longest; nobody is turned away for being less ill."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.rules import Ints, Situation, register
from nspl_sim.vocabulary.text import Text, text


@register("triage", "by-need")
@dataclass(frozen=True)
class ByNeed:
    """The order of every line, under every plan; no limit is set."""

    def limits(self, situation: Situation) -> Ints:
        """Return 0 everywhere: no limit."""
        g = situation.geography
        return np.zeros((len(g.regions), len(g.kinds)), dtype=np.int64)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text("Beds go by need: the most urgent first, then the one who has waited longest.")
