"""By need, with a limit in a crisis: the less urgent are not admitted while the load is very high.

Swedish law and the ethics platform (need, human dignity) bound such a rule: the fewest deaths alone is
no lawful aim (sources-clinical, section 11). Off unless a plan names it; it says so in its sentence.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from nspl_sim.policies.beds import has_beds, kind_numbers, pressure, reported
from nspl_sim.policies.parameters import Kinds, Load
from nspl_sim.policies.rules import Ints, Situation, register
from nspl_sim.policies.wording import listed_kinds, percent
from nspl_sim.reading.numbers import Urgency
from nspl_sim.vocabulary.text import Text, text


@register("triage", "crisis-limit")
@dataclass(frozen=True)
class CrisisLimit:
    """Who is less urgent is turned away on asking for a first bed while a region's own load is very high.

    Those who wait already, lie in a bed or come for planned care are not touched.
    """

    above: Load = 2.0
    """Load from which the limit holds, those waiting included; assumed."""
    urgency: Annotated[Urgency, Field(ge=2)] = 4
    """From this urgency on (5 is the least urgent) patients are turned away."""
    kinds: Kinds = ("icu",)

    def limits(self, situation: Situation) -> Ints:
        """Return the urgency where the limit holds, else 0."""
        g = situation.geography
        limits = np.zeros((len(g.regions), len(g.kinds)), dtype=np.int64)
        for kind in kind_numbers(g, self.kinds):
            high = (pressure(situation, kind) >= self.above) & reported(situation, kind)
            limits[high & has_beds(g, kind), kind] = self.urgency
        return limits

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "Beds go by need. While the load of {kinds} is at least {above} % of the staffed beds, patients "
            "of urgency {urgency} and less urgent are not admitted: a limit for a crisis, which must be "
            "decided by those responsible, within the law and the ethical platform.",
            kinds=listed_kinds(self.kinds),
            above=percent(self.above),
            urgency=self.urgency,
        )
