"""A region with full wards sends some of those who are ready home before municipal care is there."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.beds import has_beds, kind_numbers, pressure, reported
from nspl_sim.policies.parameters import Key, Load, Share
from nspl_sim.policies.rules import Floats, Situation, register
from nspl_sim.policies.wording import kind_name, percent
from nspl_sim.vocabulary.text import Text, text


@register("discharge", "at-occupancy")
@dataclass(frozen=True)
class DischargeAtOccupancy:
    """A share of the waits whose days are drawn is cut while a region's own load is high.

    Municipal places, which come one by one, are nothing that a region can cut.
    """

    kind: Key = "ward"
    """The unit kind whose load decides."""
    above: Load = 1.0
    """Load from which waits are cut."""
    share: Share = 0.5
    """Of those who are ready for discharge: they leave at once; assumed."""

    def shares(self, situation: Situation) -> Floats:
        """Return the share that is cut where the load is high."""
        cut = np.zeros(len(situation.geography.regions))
        for kind in kind_numbers(situation.geography, (self.kind,)):
            high = (pressure(situation, kind) >= self.above) & reported(situation, kind)
            cut[high & has_beds(situation.geography, kind)] = self.share
        return cut

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "While the load of {kind} is at least {above} % of its staffed beds, a region cuts the wait for "
            "municipal care for {share} % of those who are ready for discharge.",
            kind=kind_name(self.kind),
            above=percent(self.above),
            share=percent(self.share),
        )
