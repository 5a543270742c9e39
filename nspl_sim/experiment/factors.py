"""Factors of a study: any number in a scenario or a plan, by its path, with the values it is to take.

``scenario.regions.skane.units.icu.beds`` is one number, ``scenario.regions.*.units.icu.beds`` that of
every region, ``plan.review_every_h`` that of every plan which has it, ``plans.coordinated.…`` that of one.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from nspl_sim.reading.numbers import Line, Real
from nspl_sim.reading.part import Bilingual, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.reading.showing import nearest
from nspl_sim.scenario.base import one_of
from nspl_sim.vocabulary.text import Text, text

MOST_VALUES = 100

MOST_NAMED = 12
"""Members that are listed where a path leads nowhere."""

Values = Annotated[list[Real], Field(min_length=1, max_length=MOST_VALUES)]


class Factor(Part):
    """One factor: the path, and the numbers to put there or to multiply by."""

    path: Line
    values: Values | None = None
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


def put(content: dict[str, Any], path: str, factor: Factor, level: float) -> None:
    """Put *level* where *path* leads in *content*, or multiply by it; raise :class:`NoSuchNumber`."""
    places = list(_places(content, path.split("."), ()))
    for holder, key in places:
        holder[key] = _number(holder[key], level) if factor.multiply else _as_written(level)


def _places(node: Any, way: list[str], walked: tuple[str, ...]) -> Iterator[tuple[Any, Any]]:
    """Yield (mapping or list, key) of every number that *way* leads to."""
    step, *rest = way
    members: Mapping[Any, Any] = (
        {str(k): k for k in node}
        if isinstance(node, dict)
        else {str(i): i for i in range(len(node))}
        if isinstance(node, list)
        else {}
    )
    if step == "*":
        found = [
            place
            for key in members.values()
            if not rest or isinstance(node[key], dict | list)
            for place in _quietly(node, key, rest, (*walked, str(key)))
        ]
        if not found:
            raise NoSuchNumber(text("leads to no number: nothing under {path} fits", path=_said(walked)))
        yield from found
    elif step not in members:
        rule = text(
            'leads nowhere: there is no "{step}" in {path}, which holds {members}',
            step=step,
            path=_said(walked),
            members=", ".join(list(members)[:MOST_NAMED]) or "-",
        )
        raise NoSuchNumber(rule, nearest(step, members))
    else:
        yield from _from(node, members[step], rest, (*walked, step))


def _from(node: Any, key: Any, rest: list[str], walked: tuple[str, ...]) -> Iterator[tuple[Any, Any]]:
    if rest:
        yield from _places(node[key], rest, walked)
    elif isinstance(node[key], bool) or not isinstance(node[key], int | float):
        raise NoSuchNumber(text("does not lead to a number, but to {path}", path=_said(walked)))
    else:
        yield node, key


def _quietly(node: Any, key: Any, rest: list[str], walked: tuple[str, ...]) -> list[tuple[Any, Any]]:
    """Return the places beyond *key*; none where a member lacks what the others have."""
    try:
        return list(_from(node, key, rest, walked))
    except NoSuchNumber:
        return []


def _said(walked: tuple[str, ...]) -> str:
    return ".".join(walked) or "."


def _number(before: float, by: float) -> float:
    return round(before * by) if isinstance(before, int) else before * by


def _as_written(level: float) -> float:
    return int(level) if float(level).is_integer() else level
