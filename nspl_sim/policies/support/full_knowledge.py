"""The optimised rule with what nobody has: the true state, and who will need a bed in the hours to come."""

from dataclasses import dataclass

from nspl_sim.policies.rules import register
from nspl_sim.policies.support.optimised import Optimised
from nspl_sim.policies.wording import kept_free, listed_kinds, percent, plain
from nspl_sim.vocabulary.text import Text, text


@register("support", "full-knowledge", sees="future")
@dataclass(frozen=True)
class FullKnowledge(Optimised):
    """As optimised, with the figures of the instant and the coming census in place of report and forecast.

    The coming census is that of the very same patients when every region is alone, from a first run. It is
    a yardstick for what better figures could buy, and not a bound: the rule plans no further than
    ``horizon_h``, and another rule may do better with less.
    """

    def sentence(self) -> Text:
        """Return what it is measured by; nobody could write it into a plan."""
        return text(
            "A yardstick and no plan, and not a bound: the office knows for {kinds} how it is in every "
            "region at the very moment and who will need a bed in the next {hours} h, and reckons at each "
            "review which patients are to be helped where, over the fewest kilometres in all. No receiver is "
            "filled beyond {load} % of its beds, and all of them together take at most {patients} patients "
            "between two reviews. {kept_free}",
            kinds=listed_kinds(self.kinds),
            hours=plain(self.horizon_h),
            load=percent(self.most_load),
            patients=self.most_transfers,
            kept_free=kept_free(self.reserve),
        )
