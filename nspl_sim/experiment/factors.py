"""Factors of a study: any number in a scenario or a plan, by its path, with the values it is to take.

``scenario.regions.skane.units.icu.beds`` is one number, ``scenario.regions.*.units.icu.beds`` that of
every region, ``plan.review_every_h`` that of every plan which has it, ``plans.coordinated.…`` that of one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self, get_origin

from pydantic import BaseModel, Field, model_validator

from nspl_sim.reading.numbers import Line, Real
from nspl_sim.reading.part import Bilingual, Part
from nspl_sim.reading.place import Loc
from nspl_sim.reading.refusal import wrong
from nspl_sim.reading.shape import Wish
from nspl_sim.reading.showing import dotted, nearest
from nspl_sim.scenario.base import one_of
from nspl_sim.vocabulary.text import Text, text

MOST_VALUES = 100

MOST_NAMED = 12
"""Members that are listed where a path leads nowhere."""

Values = Annotated[list[Real], Field(min_length=1, max_length=MOST_VALUES)]


class Factor(Part):
    """One factor: the path, and the numbers to put there or to multiply by."""

    path: Line
    """Where the number stands: ``scenario.regions.skane.units.icu.beds``."""
    values: Values | None = None
    """To be put there, one after the other."""
    multiply: Values | None = None
    """A whole number stays one: the product is rounded, half to even."""
    title: Bilingual | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = one_of(self, "values", "multiply")
        levels = getattr(self, given)
        if len(set(levels)) < len(levels):
            raise wrong("twice", text("holds a value twice"), given)
        return self

    @property
    def levels(self) -> list[float]:
        """Return the numbers, in the order of the file."""
        return list(self.values or self.multiply or ())

    def in_scenario(self) -> str | None:
        """Return the path within the scenario, None where it leads elsewhere."""
        top, _, rest = self.path.partition(".")
        return rest if top == "scenario" and rest else None

    def in_plan(self, name: str) -> str | None:
        """Return the path within the plan *name*, None where it leads elsewhere."""
        top, _, rest = self.path.partition(".")
        if top == "plans":
            named, _, rest = rest.partition(".")
            return rest if named == name and rest else None
        return rest if top == "plan" and rest else None


class NoSuchNumber(Exception):
    """The path leads to no number; says why and what may have been meant."""

    def __init__(self, rule: Text, suggestion: str | None = None) -> None:
        super().__init__(str(rule))
        self.rule = rule
        self.suggestion = suggestion


@dataclass(frozen=True)
class Leads:
    """Where a path leads in a scenario or a plan."""

    to: tuple[Loc, ...]
    """The numbers."""
    left: tuple[str, ...]
    """Members that a ``*`` stands for and that have no number there."""


def leads(content: dict[str, Any], path: str) -> Leads:
    """Return where *path* leads in *content*; raise :class:`NoSuchNumber` where that is no number."""
    way = path.split(".")
    if "" in way:
        raise NoSuchNumber(text("has a point too many: a name is missing before or after it"))
    left: list[str] = []
    return Leads(tuple(_places(content, way, (), left)), tuple(left))


def astray(content: Any, model: type[BaseModel], path: str) -> NoSuchNumber | None:
    """Return why *path* leads nowhere in *content*, which *model* refuses; None where that is not certain.

    Keys that a file may leave out are known from the model, names that it makes up from itself.
    """
    wish, walked = Wish.of(model), list[str]()
    for step in path.split("."):
        made_up = get_origin(wish.type) is dict
        if step == "*" or len(wish.members) > 1 or not (wish.model or made_up):
            return None
        members = dict.fromkeys(map(str, content if isinstance(content, dict) else ()))
        if made_up and not members:
            return None
        names = members if made_up else dict.fromkeys(wish.names)
        if step not in names:
            return NoSuchNumber(_no_such(step, names, tuple(walked)), nearest(step, names))
        content = content.get(step) if isinstance(content, dict) else None
        wish = wish.under(step)
        walked.append(step)
    return None


def put(content: dict[str, Any], places: Iterable[Loc], factor: Factor, level: float) -> None:
    """Put *level* at *places* in *content*, or multiply by it."""
    for *way, key in places:
        holder: Any = content
        for step in way:
            holder = holder[step]
        holder[key] = _number(holder[key], level) if factor.multiply else _as_written(level)


def _places(node: Any, way: list[str], walked: Loc, left: list[str]) -> Iterator[Loc]:
    """Yield the place of every number that *way* leads to; what a ``*`` passes by goes to *left*."""
    step, *rest = way
    members: Mapping[Any, Any] = (
        {str(k): k for k in node}
        if isinstance(node, dict)
        else {str(i): i for i in range(len(node))}
        if isinstance(node, list)
        else {}
    )
    if step == "*":
        found: list[Loc] = []
        passed: list[str] = []
        for key in members.values():
            there = _quietly(node, key, rest, (*walked, key), passed)
            found += there
            if not there:
                passed.append(dotted((*walked, key)))
        if not found:
            raise NoSuchNumber(text("leads to no number: nothing under {path} fits", path=_said(walked)))
        left += passed
        yield from found
    elif step not in members:
        raise NoSuchNumber(_no_such(step, members, walked), nearest(step, members))
    else:
        yield from _from(node, members[step], rest, (*walked, members[step]), left)


def _no_such(step: str, members: Mapping[Any, Any], walked: Loc) -> Text:
    listed = ", ".join(list(members)[:MOST_NAMED]) or "-"
    if not walked:
        return text('leads nowhere: there is no "{step}"; there are {members}', step=step, members=listed)
    return text(
        'leads nowhere: there is no "{step}" in {path}, which holds {members}',
        step=step,
        path=_said(walked),
        members=listed,
    )


def _from(node: Any, key: Any, rest: list[str], walked: Loc, left: list[str]) -> Iterator[Loc]:
    if rest:
        yield from _places(node[key], rest, walked, left)
    elif isinstance(node[key], bool) or not isinstance(node[key], int | float):
        raise NoSuchNumber(text("does not lead to a number, but to {path}", path=_said(walked)))
    else:
        yield walked


def _quietly(node: Any, key: Any, rest: list[str], walked: Loc, left: list[str]) -> list[Loc]:
    """Return the places beyond *key*; none where a member lacks what the others have."""
    try:
        return list(_from(node, key, rest, walked, left))
    except NoSuchNumber:
        return []


def _said(walked: Loc) -> str:
    return dotted(walked) or "*"


def _number(before: float, by: float) -> float:
    return round(before * by) if isinstance(before, int) else before * by


def _as_written(level: float) -> float:
    return int(level) if float(level).is_integer() else level
