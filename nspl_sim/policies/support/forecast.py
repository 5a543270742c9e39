"""Those first who are expected to have room, not only those who have it now."""

from dataclasses import dataclass

from nspl_sim.policies.ahead import load_ahead
from nspl_sim.policies.beds import kind_numbers
from nspl_sim.policies.parameters import Band, Hours, Kinds, Reserve
from nspl_sim.policies.receivers import in_steps, room_first, standing_order, walks
from nspl_sim.policies.rules import Situation, StandingOrder, register
from nspl_sim.policies.wording import kept_free, listed_kinds, percent, plain
from nspl_sim.vocabulary.text import Text, text


@register("support", "forecast")
@dataclass(frozen=True)
class Forecast:
    """As least-loaded, with the load expected some hours after the report in place of the reported one.

    The office reckons from the reported census, the needs of the day before the report and the mean stay
    (see :mod:`nspl_sim.policies.ahead`); it knows nothing of the future. A receiver says yes by the beds
    it has free then, so those that report none to give still come after those that do.
    """

    reserve: Reserve = 1
    """Beds that each receiver keeps free."""
    horizon_h: Hours = 12.0
    """So far ahead of the report is reckoned."""
    band: Band = 0.1
    """Loads are compared in steps of this size."""
    kinds: Kinds = ("icu",)

    def orders(self, situation: Situation) -> tuple[StandingOrder, ...]:
        """Return the order that the expected loads give."""
        g = situation.geography
        found = []
        for kind in kind_numbers(g, self.kinds):
            steps = in_steps(load_ahead(situation, kind, self.horizon_h), self.band)
            room = situation.free(kind) > self.reserve
            group = room_first(situation, kind, steps, room)
            found.append(standing_order(g, kind, walks(g, kind, group), self.reserve))
        return tuple(found)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "Standing order for {kinds}, drawn up anew at each review from the reported situation: first "
            "the regions that report more free beds than they keep, then the full ones, last those without "
            "a report. First come those whose load is expected to be least {hours} h after the report, "
            "reckoned from their patients and the needs of the last day, in steps of {band} percentage "
            "points; within a step the nearest. {kept_free}",
            kinds=listed_kinds(self.kinds),
            hours=plain(self.horizon_h),
            band=percent(self.band),
            kept_free=kept_free(self.reserve),
        )
