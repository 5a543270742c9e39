"""Plans that a study makes of others: with changes, with switches, joined by one region after the other.

A change is laid over the plan key by key, as one scenario is laid over another; a rule replaces a rule as a
whole. So one file says what to coordinate first, what it is worth that a region takes part, or what each
mandate buys, and no plan is written twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from nspl_sim.experiment.design import NamedStep
from nspl_sim.policies.plan import LoadedPlan, Plan, read_plan
from nspl_sim.reading.node import Node, find, place_of, plain, planted
from nspl_sim.reading.numbers import Key, Line, Whole
from nspl_sim.reading.part import Bilingual, Part
from nspl_sim.reading.place import Loc
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario.merge import merge
from nspl_sim.vocabulary.text import text

MOST_SWITCHES = 6

_OWN = ("name", "title", "description")
"""What a plan says of itself and of no other."""


@dataclass(frozen=True)
class Made:
    """A plan to be made of another."""

    name: str
    at: tuple[Loc, ...] = ()
    """Where in the study the changes stand."""
    besides: dict[str, Any] = field(default_factory=dict)
    """A change that stands nowhere."""
    where: Loc = ()
    """Where the study asks for it; what is wrong besides the changes is told there."""
    title: Bilingual | None = None


class Variant(Part):
    """A plan with changes."""

    name: Key
    of: Line
    """The plan that is changed: a shipped name, or a file beside the study."""
    change: dict[str, Any]
    """Laid over the plan: mappings key by key, a rule as a whole; ``null`` brings back the default."""
    title: Bilingual | None = None


class Switch(Part):
    """One thing that can be done or left: what it changes in the plan."""

    change: dict[str, Any]
    """What the switch changes, by path."""
    title: Bilingual | None = None


class Switches(Part):
    """Several things that can be done or left: each alone, each last, or in every combination."""

    of: Line
    """The plan without any of them: a shipped name, a file, or a variant of this study."""
    each: Annotated[dict[Key, Switch], Field(min_length=1, max_length=MOST_SWITCHES)]
    """By name, in the order in which changes are laid over each other."""
    combinations: Literal["all", "alone-and-last"] = "alone-and-last"
    """``alone-and-last``: none, each alone, all but each, and all; ``all``: every combination."""

    def made(self, base: Plan) -> Iterator[Made]:
        """Yield the plans to be made of *base*, from one switch to all."""
        for on in self._chosen():
            yield Made(
                named(base.name, on),
                tuple(("switches", "each", name, "change") for name in on),
                where=("switches",),
                title=_joined_title([base.title, *(self.each[name].title for name in on)]),
            )

    def steps(self, of: str) -> list[NamedStep]:
        """Return what each switch adds to the plan *of*: alone, and last."""
        names = list(self.each)
        found: list[NamedStep] = [
            (name, self.each[name].title, named(of, [name]), of, False) for name in names
        ]
        for name in names if len(names) > 1 else ():
            rest = [other for other in names if other != name]
            found.append((name, self.each[name].title, named(of, names), named(of, rest), True))
        return found

    def _chosen(self) -> list[tuple[str, ...]]:
        number = len(self.each)
        sizes = {1, number - 1, number} if self.combinations == "alone-and-last" else set(range(number + 1))
        return [on for size in sorted(sizes - {0}) for on in combinations(self.each, size)]


class Joining(Part):
    """A plan that the regions join one after the other; who has not joined lives under today's order."""

    of: Line
    """The plan that is joined: a shipped name, a file, or a variant of this study."""
    orders: Annotated[dict[Key, list[Key]], Field(min_length=1, max_length=10)]
    """By name: the regions in the order in which they join."""
    after: Annotated[list[Whole], Field(min_length=1, max_length=50)]
    """How many have joined, a plan for each: 0, 3, 21."""

    @model_validator(mode="after")
    def _possible(self) -> Self:
        for name, order in self.orders.items():
            if len(set(order)) < len(order):
                raise wrong("twice", text("names a region twice"), "orders", name)
        if len(set(self.after)) < len(self.after):
            raise wrong("twice", text("holds a value twice"), "after")
        most = min(len(order) for order in self.orders.values())
        for number, count in enumerate(self.after):
            if count > most:
                rule = text("is more than the regions that an order names: {most}", most=most)
                raise wrong("joined", rule, "after", number)
        return self

    def made(self, base: Plan) -> Iterator[Made]:
        """Yield the plans to be made of *base*, order by order; where nobody or all take part, once."""
        seen: set[frozenset[str]] = set()
        for key, order in self.orders.items():
            for count in self.after:
                taking_part = frozenset(order[:count])
                if taking_part not in seen:
                    seen.add(taking_part)
                    yield Made(
                        f"{base.name}-{key}-{count}",
                        besides=_only(order[:count]),
                        where=("joining", "orders", key),
                        title=_counted(base.title, key, count, len(order)),
                    )


def named(of: str, on: Sequence[str]) -> str:
    """Return the name of the plan *of* with the switches *on*: ``today-icu-beds``."""
    return "-".join([of, *on])


def made_plan(base: LoadedPlan, made: Made, root: Node) -> LoadedPlan:
    """Return the plan *made* of *base*; what is wrong with it is told where the study, *root*, says it.

    Raises ``InputRefused`` with every problem.
    """
    place = place_of(root, made.where)
    whole = planted({k: v for k, v in base.plan.written().items() if k not in _OWN}, place)
    changes = [find(root, at) for at in made.at] + [planted(made.besides, place)]
    for change in changes:
        whole = merge(whole, change) if change is not None else whole
    own: dict[str, Any] = {"name": made.name}
    if made.title is not None:
        own["title"] = made.title.model_dump(exclude_none=True)
    whole = whole._replace(value=planted(own, place).value | whole.value)
    return LoadedPlan(read_plan(plain(whole), whole), (), base.files, whole)


def _only(joined: Sequence[str]) -> dict[str, Any]:
    """Return the change that lets *joined* take part, and nobody else."""
    switches = ("shares_picture", "gives", "receives", "follows_pauses")
    regions = {region: dict.fromkeys(switches, True) for region in joined}
    return {"taking_part": {"default": dict.fromkeys(switches, False), "regions": regions}}


def _joined_title(parts: Sequence[Bilingual | None]) -> Bilingual | None:
    """Return the titles with a plus between; None where one is missing."""
    if any(part is None for part in parts):
        return None
    lines = {lang: " + ".join(part.in_language(lang) for part in parts if part) for lang in ("sv", "en")}
    return Bilingual(**lines)


def _counted(title: Bilingual | None, order: str, count: int, of: int) -> Bilingual | None:
    if title is None:
        return None
    lines = {lang: f"{title.in_language(lang)} ({order} {count}/{of})" for lang in ("sv", "en")}
    return Bilingual(**lines)
