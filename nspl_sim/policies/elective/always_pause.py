"""Planned care is paused from the first day, whatever the load."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.parameters import Priorities, Share
from nspl_sim.policies.pausing import listed_priorities, shares_of
from nspl_sim.policies.rules import Floats, Situation, register
from nspl_sim.policies.wording import percent
from nspl_sim.vocabulary.text import Text, text


@register("elective", "always-pause")
@dataclass(frozen=True)
class AlwaysPause:
    """A standing cut in every region: the other end of the scale from never-pause."""

    paused_priorities: Priorities = (3,)
    share_when_paused: Share = 0.0

    def shares(self, situation: Situation) -> Floats:
        """Return the same share everywhere at every review."""
        everywhere = np.ones(len(situation.geography.regions), dtype=bool)
        return shares_of(everywhere, self.paused_priorities, self.share_when_paused)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        priorities = listed_priorities(self.paused_priorities)
        if self.share_when_paused == 0:
            return text("Planned care of priority {priorities} is paused everywhere.", priorities=priorities)
        return text(
            "Planned care of priority {priorities} is cut to {share} % everywhere.",
            priorities=priorities,
            share=percent(self.share_when_paused),
        )
