"""A region pauses planned care before its beds are full: by the load it expects a day ahead."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.ahead import foreseeable, load_ahead
from nspl_sim.policies.beds import has_beds, kind_numbers
from nspl_sim.policies.parameters import Hours, Key, Load, Priorities, Share
from nspl_sim.policies.pausing import held, in_force, listed_priorities, shares_of
from nspl_sim.policies.rules import Floats, Situation, register
from nspl_sim.policies.wording import kind_name, percent, plain
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import Text, text


@register("elective", "forecast")
@dataclass(frozen=True)
class Forecast:
    """As threshold, with the load expected some hours ahead in place of the present one.

    A region reckons from its own census now, its needs of the last day and the mean stay (see
    :mod:`nspl_sim.policies.ahead`); it knows nothing of the future.
    """

    kind: Key = "icu"
    """The unit kind whose expected load decides."""
    horizon_h: Hours = 24.0
    """So far ahead is reckoned."""
    pause_at: Load = 1.0
    resume_at: Load = 0.85
    paused_priorities: Priorities = (3,)
    share_when_paused: Share = 0.0

    def __post_init__(self) -> None:
        """Refuse a threshold that would open and close at once."""
        if self.resume_at >= self.pause_at:
            rule = text(
                "must be below pause_at ({resume_at} is not below {pause_at})",
                resume_at=self.resume_at,
                pause_at=self.pause_at,
            )
            raise wrong("thresholds", rule, "resume_at")

    def shares(self, situation: Situation) -> Floats:
        """Return the share that goes ahead; the share in force is the rule's only memory."""
        paused = in_force(situation, self.paused_priorities)
        pauses = np.zeros(len(paused), dtype=bool)
        for kind in kind_numbers(situation.geography, (self.kind,)):
            load, known = load_ahead(situation, kind, self.horizon_h), foreseeable(situation, kind)
            pauses = held(load >= self.pause_at, load >= self.resume_at, paused, known)
            pauses &= has_beds(situation.geography, kind)
        return shares_of(pauses, self.paused_priorities, self.share_when_paused)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "A region cuts planned care of priority {priorities} to {share} % when the load of {kind} that "
            "it expects in {hours} h, from its patients now and the needs of the last day, reaches "
            "{pause_at} % of its beds, and resumes it when the expected load falls below {resume_at} %.",
            priorities=listed_priorities(self.paused_priorities),
            share=percent(self.share_when_paused),
            kind=kind_name(self.kind),
            hours=plain(self.horizon_h),
            pause_at=percent(self.pause_at),
            resume_at=percent(self.resume_at),
        )
