"""A region opens its next surge step when its beds are full, and closes it when they are not."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.beds import kind_numbers, reported
from nspl_sim.policies.parameters import Kinds, Load
from nspl_sim.policies.rules import Ints, Situation, register
from nspl_sim.policies.wording import listed_kinds, percent
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import Text, text


@register("surge", "at-occupancy")
@dataclass(frozen=True)
class AtOccupancy:
    """One step up or down at a review, by a region's own load.

    Beds of steps that are ordered but not yet open count as beds, so that one surge is not
    answered once more at every review until the first step has opened.
    """

    open_at: Load = 1.0
    """The next step opens when the load reaches this."""
    close_at: Load = 0.75
    """The last step closes when the load of the remaining beds would be below this."""
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
            people = (situation.occupied + situation.inbound + situation.waiting)[:, kind].tolist()
            there = (situation.staffed + np.maximum(situation.beds_coming, 0))[:, kind].tolist()
            steps, known = situation.steps_open[:, kind].tolist(), reported(situation, kind).tolist()
            for region in range(len(g.regions)):
                beds = g.surge_beds.get((region, kind), ())
                under_way = min(max(steps[region], 0), len(beds))
                if known[region] and beds:
                    under_way = self._next(people[region], there[region], beds, under_way)
                wanted[region, kind] = under_way
        return wanted

    def _next(self, people: int, there: int, beds: tuple[int, ...], steps: int) -> int:
        if steps < len(beds) and _load(people, there) >= self.open_at:
            return steps + 1
        if steps > 0 and _load(people, there - beds[steps - 1]) < self.close_at:
            return steps - 1
        return steps

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "A region opens its next surge step for {kinds} when the load, those waiting included, reaches "
            "{open_at} % of the beds it has and has ordered, and closes the last step when the load of the "
            "remaining beds would be below {close_at} %.",
            kinds=listed_kinds(self.kinds),
            open_at=percent(self.open_at),
            close_at=percent(self.close_at),
        )


def _load(people: int, beds: int) -> float:
    if people <= 0:
        return 0.0
    return people / beds if beds > 0 else float("inf")
