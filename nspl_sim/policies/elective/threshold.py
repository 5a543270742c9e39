"""A region pauses planned care when its own beds are full, and resumes when there is air again."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.beds import has_beds, kind_numbers, pressure, reported
from nspl_sim.policies.parameters import Key, Load, Priorities, Share
from nspl_sim.policies.pausing import held, in_force, listed_priorities, shares_of
from nspl_sim.policies.rules import Floats, Situation, register
from nspl_sim.policies.wording import kind_name, percent
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import Text, text


@register("elective", "threshold")
@dataclass(frozen=True)
class Threshold:
    """Pause at one load and resume below a lower one; between the two, what was in force stays.

    A region pauses for its own beds only: one that has none of the kind never does, and one
    whose figures are unknown stays as it is.
    """

    kind: Key = "icu"
    """The unit kind whose load decides."""
    pause_at: Load = 1.0
    """Pause when the load reaches this."""
    resume_at: Load = 0.85
    """Resume when the load falls below this."""
    paused_priorities: Priorities = (3,)
    share_when_paused: Share = 0.0
    """Of those priorities that still goes ahead."""

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
            load, known = pressure(situation, kind), reported(situation, kind)
            pauses = held(load >= self.pause_at, load >= self.resume_at, paused, known)
            pauses &= has_beds(situation.geography, kind)
        return shares_of(pauses, self.paused_priorities, self.share_when_paused)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        values = {
            "priorities": listed_priorities(self.paused_priorities),
            "kind": kind_name(self.kind),
            "pause_at": percent(self.pause_at),
            "resume_at": percent(self.resume_at),
        }
        if self.share_when_paused == 0:
            return text(
                "A region pauses planned care of priority {priorities} when the load of {kind}, those "
                "waiting included, reaches {pause_at} % of its staffed beds, and resumes it when the load "
                "falls below {resume_at} %.",
                **values,
            )
        return text(
            "A region cuts planned care of priority {priorities} to {share} % when the load of {kind}, those "
            "waiting included, reaches {pause_at} % of its staffed beds, and resumes it when the load falls "
            "below {resume_at} %.",
            share=percent(self.share_when_paused),
            **values,
        )
