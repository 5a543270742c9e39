"""A ladder: a region first pauses what can wait longest, then what can wait less, and never priority 1."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.beds import has_beds, kind_numbers, pressure, reported
from nspl_sim.policies.parameters import Key, Load
from nspl_sim.policies.pausing import held, in_force, shares_of
from nspl_sim.policies.rules import Floats, Situation, register
from nspl_sim.policies.wording import kind_name, percent
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import Text, text


@register("elective", "staged")
@dataclass(frozen=True)
class Staged:
    """Priority 3 pauses at one load, priority 2 at a higher one; each resumes a step below its own.

    A region looks at its own beds only, as they are now. All limits are assumed.
    """

    kind: Key = "icu"
    """The unit kind whose load decides."""
    pause_3_at: Load = 0.9
    """Priority 3 is paused when the load reaches this."""
    pause_2_at: Load = 1.1
    """Priority 2 is paused too when it reaches this."""
    resume_below: Load = 0.15
    """What is paused resumes when the load is this much below where it was paused."""

    def __post_init__(self) -> None:
        """Refuse a ladder that begins with those who can wait less, or that ends where it began."""
        if self.pause_2_at < self.pause_3_at:
            rule = text(
                "may not be below pause_3_at ({pause_2_at} is below {pause_3_at})",
                pause_2_at=self.pause_2_at,
                pause_3_at=self.pause_3_at,
            )
            raise wrong("thresholds", rule, "pause_2_at")
        if not 0 < self.resume_below <= self.pause_3_at:
            rule = text("must be above 0 and not above pause_3_at, {pause_3_at}", pause_3_at=self.pause_3_at)
            raise wrong("thresholds", rule, "resume_below")

    def shares(self, situation: Situation) -> Floats:
        """Return 0 for each priority that is paused; the share in force is the rule's only memory."""
        shares = np.ones((len(situation.geography.regions), 3))
        for kind in kind_numbers(situation.geography, (self.kind,)):
            load, known = pressure(situation, kind), reported(situation, kind)
            for priority, at in ((3, self.pause_3_at), (2, self.pause_2_at)):
                paused = in_force(situation, (priority,))
                resumes_at = round(at - self.resume_below, 9)
                pauses = held(load >= at, load >= resumes_at, paused, known)
                pauses &= has_beds(situation.geography, kind)
                shares = np.minimum(shares, shares_of(pauses, (priority,), 0.0))
        return shares

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "A region pauses planned care step by step by its own load of {kind}, those waiting included: "
            "priority 3 at {pause_3_at} % of its staffed beds, priority 2 at {pause_2_at} %, priority 1 "
            "never. Each step ends when the load is {resume_below} percentage points below where it began.",
            kind=kind_name(self.kind),
            pause_3_at=percent(self.pause_3_at),
            pause_2_at=percent(self.pause_2_at),
            resume_below=percent(self.resume_below),
        )
