"""No surge step is opened."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.rules import Ints, Situation, register
from nspl_sim.vocabulary.text import Text, text


@register("surge", "never")
@dataclass(frozen=True)
class Never:
    """The beds of an ordinary day are all there are."""

    def steps(self, situation: Situation) -> Ints:
        """Return 0 everywhere."""
        g = situation.geography
        return np.zeros((len(g.regions), len(g.kinds)), dtype=np.int64)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text("No surge step is opened.")
