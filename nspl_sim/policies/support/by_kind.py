"""One rule for intensive care, another for the wards: a support rule for each unit kind."""

from dataclasses import dataclass, field, fields, replace
from typing import Annotated

from nspl_sim.policies.choosing import RuleOf
from nspl_sim.policies.parameters import Key
from nspl_sim.policies.rules import Situation, StandingOrder, SupportRule, register
from nspl_sim.vocabulary.text import Text, text

WHOLE = ("by-kind", "full-knowledge", "pooled")
"""Rules that are of a whole plan and not of one kind."""


@register("support", "by-kind")
@dataclass(frozen=True)
class ByKind:
    """Each unit kind has its own rule, which speaks of that kind and of no other."""

    rules: dict[Key, Annotated[SupportRule, RuleOf("support", but=WHOLE)]] = field(default_factory=dict)
    """By unit kind: the rule, with its parameters; a kind that is not given is asked about nowhere."""

    def __post_init__(self) -> None:
        """Let each rule speak of its own kind."""
        own = {kind: _speaking_of(kind, rule) for kind, rule in self.rules.items()}
        object.__setattr__(self, "rules", own)

    def orders(self, situation: Situation) -> tuple[StandingOrder, ...]:
        """Return the orders of all rules, by kind."""
        found = [order for rule in self.rules.values() for order in rule.orders(situation)]
        return tuple(sorted(found, key=lambda order: order.kind))

    def kinds_named(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Return every unit kind that the parameters name, and where in them."""
        return tuple((("rules", kind), kind) for kind in self.rules)

    def regions_named(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Return every region that the parameters name, and where in them."""
        return tuple(
            (("rules", kind, *loc), key)
            for kind, rule in self.rules.items()
            for loc, key in getattr(rule, "regions_named", tuple)()
        )

    def sentence(self) -> Text:
        """Return the clauses that would stand in the plan, one after the other."""
        said = [rule.sentence() for rule in self.rules.values()]
        if not said:
            return text("There is no standing order: no region asks another for a bed.")
        whole = said[0]
        for one in said[1:]:
            whole = text("{first} {then}", first=whole, then=one)
        return whole


def _speaking_of(kind: str, rule: SupportRule) -> SupportRule:
    has_kinds = any(f.name == "kinds" for f in fields(rule))  # type: ignore[arg-type]
    return replace(rule, kinds=(kind,)) if has_kinds else rule  # type: ignore[type-var]
