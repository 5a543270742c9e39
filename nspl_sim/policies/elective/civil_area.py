"""All regions of a civil area pause planned care together when the area as a whole runs short of beds."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.beds import kind_numbers
from nspl_sim.policies.free_share import free_share
from nspl_sim.policies.parameters import Key, Priorities, Share
from nspl_sim.policies.pausing import held, in_force, listed_priorities, shares_of
from nspl_sim.policies.rules import Floats, Geography, Ints, Situation, register
from nspl_sim.policies.wording import kind_name, percent
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import Text, text


@register("elective", "civil-area", sees="reported")
@dataclass(frozen=True)
class CivilArea:
    """Pause while the civil area's free share is under a limit; the office's rule, on what is reported.

    A region without a civil area is one by itself. An area of which nothing is known stays as it is.
    """

    kind: Key = "icu"
    """The unit kind whose free share decides."""
    free_under: Share = 0.1
    """Under 10 % free is the lowest band of Socialstyrelsen's national picture, 2020-2021."""
    resume_at: Share = 0.2
    """Over 20 % free is its highest."""
    paused_priorities: Priorities = (3,)
    share_when_paused: Share = 0.0

    def __post_init__(self) -> None:
        """Refuse a rule that would resume before it pauses."""
        if self.resume_at < self.free_under:
            rule = text(
                "may not be below free_under ({resume_at} is below {free_under})",
                resume_at=self.resume_at,
                free_under=self.free_under,
            )
            raise wrong("thresholds", rule, "resume_at")

    def shares(self, situation: Situation) -> Floats:
        """Return the same share throughout each civil area."""
        paused = in_force(situation, self.paused_priorities)
        pauses = np.zeros(len(paused), dtype=bool)
        for kind in kind_numbers(situation.geography, (self.kind,)):
            share, known = free_share(situation, kind, areas(situation.geography))
            pauses = held(share < self.free_under, share < self.resume_at, paused, known)
        return shares_of(pauses, self.paused_priorities, self.share_when_paused)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "All regions of a civil area cut planned care of priority {priorities} to {share} % when fewer "
            "than {free_under} % of the area's staffed beds in {kind} are reported free, and resume it at "
            "{resume_at} %.",
            priorities=listed_priorities(self.paused_priorities),
            share=percent(self.share_when_paused),
            kind=kind_name(self.kind),
            free_under=percent(self.free_under),
            resume_at=percent(self.resume_at),
        )


def areas(geography: Geography) -> Ints:
    """Return a number from 0 for each region, the same within a civil area."""
    named = zip(geography.civil_area, geography.regions, strict=True)
    names = [(area, "") if area else ("", key) for area, key in named]
    number = {name: n for n, name in enumerate(sorted(set(names)))}
    return np.array([number[name] for name in names], dtype=np.int64)
