"""Who is ready for discharge waits for municipal care as on any day."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.rules import Floats, Situation, register
from nspl_sim.vocabulary.text import Text, text


@register("discharge", "none")
@dataclass(frozen=True)
class NoDischarge:
    """No wait for municipal care is cut."""

    def shares(self, situation: Situation) -> Floats:
        """Return 0 everywhere."""
        return np.zeros(len(situation.geography.regions))

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text("Nobody goes home from a ward before municipal care is there.")
