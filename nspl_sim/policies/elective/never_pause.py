"""Planned care goes ahead, whatever happens."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.rules import Floats, Situation, register
from nspl_sim.vocabulary.text import Text, text


@register("elective", "never-pause")
@dataclass(frozen=True)
class NeverPause:
    """All planned care that finds a bed goes ahead."""

    def shares(self, situation: Situation) -> Floats:
        """Return 1 everywhere."""
        return np.ones((len(situation.geography.regions), 3))

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text("Planned care is never paused.")
