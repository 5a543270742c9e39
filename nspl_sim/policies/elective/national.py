"""One decision for the nation: planned care is cut everywhere, also where pressure is low.

Like the regions' joint escalation plan of December 2020, which was activated when less than 20 % of
intensive care was free in the nation: all beds opened, planned care cut also where pressure was low
(SVT; national.csv, national_escalation_icu_free_share). The second stage is assumed, at the 10 % below
which Socialstyrelsen's picture showed its worst band; so is how much is cut.
"""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.beds import kind_numbers
from nspl_sim.policies.free_share import free_share
from nspl_sim.policies.parameters import Key, Share
from nspl_sim.policies.pausing import held
from nspl_sim.policies.rules import Flags, Floats, Situation, register
from nspl_sim.policies.wording import kind_name, percent
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import Text, text


@register("elective", "national", sees="reported")
@dataclass(frozen=True)
class National:
    """Two stages by the nation's free share as reported; priority 1 always goes ahead.

    A stage ends when the free share is ``resume_margin`` above where it began; where nothing at all is
    reported, what is in force stays.
    """

    kind: Key = "icu"
    """The unit kind whose free share decides."""
    stage_1_under: Share = 0.2
    """The first stage begins when the free share falls below this."""
    stage_2_under: Share = 0.1
    """The second stage begins when it falls below this."""
    resume_margin: Share = 0.05
    """A stage ends so far above where it began."""
    stage_1_share_3: Share = 0.5
    """Share of priority 3 that goes ahead in the first stage."""
    stage_2_share_3: Share = 0.0
    """Share of priority 3 that goes ahead in the second stage."""
    stage_2_share_2: Share = 0.5
    """Share of priority 2 that goes ahead in the second stage; in the first all of it does."""

    def __post_init__(self) -> None:
        """Refuse stages that come in the wrong order, or that let more through the worse it is."""
        if self.stage_2_under > self.stage_1_under:
            rule = text(
                "may not be above stage_1_under ({second} is above {first})",
                second=self.stage_2_under,
                first=self.stage_1_under,
            )
            raise wrong("thresholds", rule, "stage_2_under")
        if self.stage_2_share_3 > self.stage_1_share_3:
            rule = text(
                "may not be above stage_1_share_3 ({second} is above {first})",
                second=self.stage_2_share_3,
                first=self.stage_1_share_3,
            )
            raise wrong("thresholds", rule, "stage_2_share_3")

    def shares(self, situation: Situation) -> Floats:
        """Return the same share everywhere; what each region was told last is the rule's only memory."""
        regions = len(situation.geography.regions)
        shares = np.ones((regions, 3))
        for kind in kind_numbers(situation.geography, (self.kind,)):
            first, second = self._in_force(situation)
            first = self._stage(situation, kind, self.stage_1_under, first | second)
            second = first & self._stage(situation, kind, self.stage_2_under, second)
            shares[first, 2] = self.stage_1_share_3
            shares[second, 2] = self.stage_2_share_3
            shares[second, 1] = self.stage_2_share_2
        return shares

    def _stage(self, situation: Situation, kind: int, under: float, paused: Flags) -> Flags:
        nation = np.zeros(len(paused), dtype=np.int64)
        share, known = free_share(situation, kind, nation)
        return held(share < under, share < round(under + self.resume_margin, 9), paused, known)

    def _in_force(self, situation: Situation) -> tuple[Flags, Flags]:
        """Return, by region, whether the first and the second stage are in force."""
        priority_2, priority_3 = situation.elective_share[:, 1], situation.elective_share[:, 2]
        known = priority_3 >= 0
        deeper = (priority_3 <= self.stage_2_share_3) & (self.stage_2_share_3 < self.stage_1_share_3)
        return known & (priority_3 < 1), known & (deeper | (priority_2 < 1))

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "When fewer than {first} % of the nation's staffed beds in {kind} are reported free, every "
            "region, also where pressure is low, cuts planned care of priority 3 to {first_3} %; under "
            "{second} % it cuts priority 3 to {second_3} % and priority 2 to {second_2} %. Priority 1 goes "
            "ahead. A stage ends when the free share is {margin} percentage points above where it began.",
            first=percent(self.stage_1_under),
            first_3=percent(self.stage_1_share_3),
            second=percent(self.stage_2_under),
            second_3=percent(self.stage_2_share_3),
            second_2=percent(self.stage_2_share_2),
            kind=kind_name(self.kind),
            margin=percent(self.resume_margin),
        )
