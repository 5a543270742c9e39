"""Nobody is asked: a floor that has never existed."""

from dataclasses import dataclass

from nspl_sim.policies.rules import Situation, StandingOrder, register
from nspl_sim.vocabulary.text import Text, text


@register("support", "alone")
@dataclass(frozen=True)
class Alone:
    """Every region lives by its own beds."""

    def orders(self, situation: Situation) -> tuple[StandingOrder, ...]:
        """Return no standing order at all."""
        return ()

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text("There is no standing order: no region asks another for a bed.")
