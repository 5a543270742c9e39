"""The receivers that somebody wrote down, region by region."""

from dataclasses import dataclass, field

from nspl_sim.policies.beds import has_beds, kind_numbers
from nspl_sim.policies.parameters import Key, Kinds, Receivers, Reserve
from nspl_sim.policies.receivers import standing_order
from nspl_sim.policies.rules import Geography, Situation, StandingOrder, register
from nspl_sim.policies.wording import kept_free, listed_kinds
from nspl_sim.vocabulary.text import Text, text


@register("support", "as-listed")
@dataclass(frozen=True)
class AsListed:
    """Each region asks those listed for it, in that order, and nobody else; it looks at no picture."""

    receivers: dict[Key, Receivers] = field(default_factory=dict)
    """By sending region; a region that is not given asks nobody."""
    reserve: Reserve = 1
    """Beds that each receiver keeps free."""
    kinds: Kinds = ("icu",)

    def orders(self, situation: Situation) -> tuple[StandingOrder, ...]:
        """Return the same order at every review."""
        g = situation.geography
        return tuple(
            standing_order(g, kind, self._walks(g, kind), self.reserve)
            for kind in kind_numbers(g, self.kinds)
        )

    def _walks(self, geography: Geography, kind: int) -> tuple[tuple[int, ...], ...]:
        possible = has_beds(geography, kind)
        number = {key: r for r, key in enumerate(geography.regions) if possible[r]}
        listed = [self.receivers.get(sender, ()) for sender in geography.regions]
        return tuple(
            tuple(number[key] for key in dict.fromkeys(keys) if key in number and key != sender)
            for sender, keys in zip(geography.regions, listed, strict=True)
        )

    def regions_named(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Return every region that the parameters name, and where in them."""
        senders = tuple((("receivers", sender), sender) for sender in self.receivers)
        asked = tuple(
            (("receivers", sender, place), key)
            for sender, keys in self.receivers.items()
            for place, key in enumerate(keys)
        )
        return senders + asked

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "Standing order for {kinds}: each region asks the regions listed for it, in that order, and "
            "nobody else. {kept_free}",
            kinds=listed_kinds(self.kinds),
            kept_free=kept_free(self.reserve),
        )
