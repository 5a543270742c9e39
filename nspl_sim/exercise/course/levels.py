"""Levels at any second: a step function looked up by unit and time."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nspl_sim.measures.steps import Steps
from nspl_sim.vocabulary.patients import Ints


@dataclass(frozen=True, eq=False)
class Levels:
    """*steps* between two seconds, for many look-ups."""

    steps: Steps
    from_s: int
    to_s: int

    @cached_property
    def _spans(self) -> tuple[Ints, Ints, int]:
        spans, scale = self.steps.spans(self.from_s, self.to_s + 1), self.to_s - self.from_s + 2
        return spans.unit * scale + spans.from_s - self.from_s, spans.level, scale

    def at(self, unit: int, time_s: Ints) -> Ints:
        """Return the levels of *unit* at *time_s*, which lie in the time; the shape is theirs."""
        begins, level, scale = self._spans
        wanted = unit * scale + np.asarray(time_s) - self.from_s
        return np.asarray(level[np.searchsorted(begins, wanted, side="right") - 1])
