"""A region orders a surge step in time: when the load expected at its opening calls for it."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.ahead import beds_ahead, expected, foreseeable, people
from nspl_sim.policies.beds import kind_numbers
from nspl_sim.policies.parameters import Kinds, Load
from nspl_sim.policies.rules import Floats, Ints, Situation, register
from nspl_sim.policies.wording import listed_kinds, percent
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import Text, text


@register("surge", "anticipatory")
@dataclass(frozen=True)
class Anticipatory:
    """One step up or down at a review, by the higher of a region's load now and at the step's lead time.

    The load ahead is reckoned from what the region knows (see :mod:`nspl_sim.policies.ahead`). Beds of
    steps that are ordered but not yet open count as beds.
    """

    open_at: Load = 1.0
    close_at: Load = 0.75
    """The last step closes when the load of the remaining beds would be below this, now and ahead."""
    kinds: Kinds = ("icu",)

    def __post_init__(self) -> None:
        """Refuse a pair that would open again what it has just closed."""
        if self.close_at > self.open_at:
            rule = text(
                "may not be above open_at ({close_at} is above {open_at})",
                close_at=self.close_at,
                open_at=self.open_at,
            )
            raise wrong("thresholds", rule, "close_at")

    def steps(self, situation: Situation) -> Ints:
        """Return the steps wanted open: those open or ordered, one more, or one fewer."""
        g = situation.geography
        wanted = np.zeros((len(g.regions), len(g.kinds)), dtype=np.int64)
        for kind in kind_numbers(g, self.kinds):
            wanted[:, kind] = self._steps(situation, kind)
        return wanted

    def _steps(self, situation: Situation, kind: int) -> Ints:
        g = situation.geography
        regions = range(len(g.regions))
        steps = [g.surge_beds.get((r, kind), ()) for r in regions]
        lead_h = [g.surge_lead_h.get((r, kind), (0.0,) * len(steps[r])) for r in regions]
        most = np.array([len(beds) for beds in steps])
        now = np.clip(situation.steps_open[:, kind], 0, most)
        next_h = np.array([(*lead_h[r], 0.0)[n] for r, n in enumerate(now)])
        last_h = np.array([(0.0, *lead_h[r])[n] for r, n in enumerate(now)])
        last_beds = np.array([(0, *steps[r])[n] for r, n in enumerate(now)])
        beds = beds_ahead(situation, kind)
        opens = (now < most) & (self._load(situation, kind, next_h, beds) >= self.open_at)
        closes = (now > 0) & (self._load(situation, kind, last_h, beds - last_beds) < self.close_at)
        change = np.where(opens, 1, np.where(closes, -1, 0))
        return now + np.where(foreseeable(situation, kind), change, 0)

    @staticmethod
    def _load(situation: Situation, kind: int, hours: Floats, beds: Floats) -> Floats:
        """Return the higher of the load now and *hours* ahead, on *beds*; 0 where there is nobody."""
        wanted = np.maximum(people(situation, kind), expected(situation, kind, hours))
        endless = np.where(wanted > 0, np.inf, 0.0)
        return np.asarray(np.divide(wanted, beds, out=endless, where=beds > 0))

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "A region orders its next surge step for {kinds} when the load, those waiting included, now or "
            "as expected when the step could be open reaches {open_at} % of the beds it has and has "
            "ordered, and closes the last step when the load of the remaining beds would be below "
            "{close_at} %, now and as expected. It reckons from its patients now and the needs of the "
            "last day.",
            kinds=listed_kinds(self.kinds),
            open_at=percent(self.open_at),
            close_at=percent(self.close_at),
        )
