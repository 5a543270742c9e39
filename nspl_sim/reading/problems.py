"""From what pydantic reports to problems that say where, which rule, what was got and what was meant."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from nspl_sim.reading.node import Node, find, place_of
from nspl_sim.reading.place import Loc
from nspl_sim.reading.shape import Spot, Wish, walk
from nspl_sim.reading.showing import MOST_SOUGHT, dotted, escaped, nearest, short, slug
from nspl_sim.reading.wanted import key_wanted, wanted
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

M = TypeVar("M", bound=BaseModel)

_NO_MORE: Mapping[type[BaseModel], Iterable[str]] = {}

MOST = 100
"""Of a file with more mistakes than this, only so many are looked into, and the others counted."""

_BOUNDS = {
    "greater_than": "gt",
    "greater_than_equal": "ge",
    "less_than": "lt",
    "less_than_equal": "le",
    "too_large": "le",
}
_TAGS = ("union_tag_invalid", "union_tag_not_found")


def checked(model: type[M], data: Any, root: Node) -> M:
    """Return *data* as *model*; raise ``InputRefused`` with every problem, placed by *root*."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InputRefused(problems(error, root, model)) from None


def problems(
    error: ValidationError,
    root: Node,
    model: type[BaseModel],
    more: Mapping[type[BaseModel], Iterable[str]] = _NO_MORE,
) -> list[Problem]:
    """Return every problem that *error* reports, each place once, in the order of the model.

    *more* names keys that a file may have beside those of a model, to be suggested too.
    """
    found: dict[tuple[Loc, bool], Problem] = {}
    details_of_all = error.errors(include_url=False)
    for details in details_of_all[:MOST]:
        spot = _spot(details, model)
        earlier = found.get((spot.loc, spot.of_key))
        if earlier is None:
            found[spot.loc, spot.of_key] = _problem(details, spot, root, more)
    told = list(found.values())
    if len(details_of_all) > MOST:
        told[-1] = replace(told[-1], more=len(details_of_all) - MOST)
    return told


def _spot(details: ErrorDetails, model: type[BaseModel]) -> Spot:
    """Return where the error is: at the value at fault, also where its parent found the fault."""
    spot = walk(model, details["loc"])
    at = tuple((details.get("ctx") or {}).get("at", ()))
    if details["type"] in _TAGS and spot.wish.discriminator:
        tags = tuple(spot.wish.tags())
        return Spot((*spot.loc, spot.wish.discriminator), Wish.one_of(tags), spot.wish)
    for step in at:
        spot = Spot((*spot.loc, step), spot.wish.under(step), spot.wish)
    return spot


def _problem(
    details: ErrorDetails, spot: Spot, root: Node, more: Mapping[type[BaseModel], Iterable[str]]
) -> Problem:
    node = find(root, spot.loc)
    place = place_of(root, spot.loc, key=spot.of_key)
    suggestion = _key_meant(spot, root) if spot.of_key else _suggestion(details, spot, node)
    if details["type"] == "extra_forbidden":
        place = place_of(root, spot.loc, key=True)
        known = (*spot.part_of.names, *(more.get(spot.part_of.model, ()) if spot.part_of.model else ()))
        suggestion = nearest(spot.loc[-1], known)
    return place.problem(_rule(details, spot, node), dotted(spot.loc), _got(spot, node), suggestion)


def _got(spot: Spot, node: Node | None) -> str | None:
    """Return the offending value as it stands in the file."""
    if spot.of_key:
        return escaped(str(spot.loc[-1]))
    if node is None:
        return None
    return escaped(node.written) if node.written is not None else short(_unplaced(node.value))


def _unplaced(value: Any) -> Any:
    """Return as much of the data in *value* as can be shown."""
    if isinstance(value, Node):
        return _unplaced(value.value)
    if isinstance(value, dict):
        return {k: _unplaced(v) for k, v in list(value.items())[:9]}
    return [_unplaced(v) for v in value[:9]] if isinstance(value, list) else value


def _rule(details: ErrorDetails, spot: Spot, node: Node | None) -> Text:
    """Return the rule that is broken, as a sentence that reads on after the path."""
    context: dict[str, Any] = details.get("ctx") or {}
    if "rule" in context:
        return context["rule"]  # type: ignore[no-any-return]
    if spot.of_key:
        return text("is no such key: it {wish}", wish=key_wanted(spot.part_of) or text("must be text"))
    wish = wanted(spot.wish, frozenset({_BOUNDS.get(details["type"], "")}))
    if details["type"] == "extra_forbidden":
        return text("is not a key that belongs here")
    if node is None:
        return text("is missing; it {wish}", wish=wish) if wish else text("is missing")
    return _sized(details["type"], context) or _typed(details, context, wish, node)


def _sized(kind: str, context: dict[str, Any]) -> Text | None:
    """Return the rule on how long a list, a mapping or a text may be."""
    match kind:
        case "too_long":
            return text("may hold at most {most} entries", most=context["max_length"])
        case "too_short":
            return text("must hold at least {least} entries", least=context["min_length"])
        case "string_too_long":
            return text("may be at most {most} characters long", most=context["max_length"])
        case _:
            return None


def _typed(details: ErrorDetails, context: dict[str, Any], wish: Text | None, node: Node) -> Text:
    """Return what kind of value is wanted, and why this one is not."""
    if details["type"] == "invalid_key":
        return text("is a number where a name belongs; after a comma inside braces? write a decimal point")
    known = details["type"] in _OF_THE_TYPE or "reason" in context or details["type"] in _BOUNDS
    if wish is None or not known:
        return _as_raised(details["msg"], context)
    reason: Text | None = context.get("reason")
    if details["type"] == "string_type" and isinstance(node.value, bool | int | float):
        reason = text("put it in quotes")
    return text("{wish}: {reason}", wish=wish, reason=reason) if reason else wish


_OF_THE_TYPE = (
    *_TAGS,
    "string_type",
    "string_pattern_mismatch",
    "literal_error",
    "bool_type",
    "dict_type",
    "list_type",
    "model_type",
    "model_attributes_type",
    "int_type",
    "float_type",
    "finite_number",
    "datetime_type",
)


def _as_raised(said: str, context: dict[str, Any]) -> Text:
    """Return the sentence of an error raised without :mod:`nspl_sim.reading.refusal`, as a template.

    pydantic has put the values in; they are taken out again, so that it can be translated.
    """
    template = said.replace("{", "{{").replace("}", "}}")
    for name, value in sorted(context.items(), key=lambda item: -len(str(item[1]))):
        template = template.replace(str(value), f"{{{name}}}") if str(value) else template
    rebuilt = Text(template, context)
    try:
        return rebuilt if str(rebuilt) == said else Text("{said}", {"said": said})
    except (KeyError, ValueError, IndexError):
        return Text("{said}", {"said": said})


def _key_meant(spot: Spot, root: Node) -> str | None:
    """Return the key that is there and most like a refused one; its slug only where no other key is."""
    written, parent = spot.loc[-1], find(root, spot.loc[:-1])
    if not isinstance(written, str):
        return None
    others = parent.value if parent and isinstance(parent.value, dict) else {}
    there = [
        key
        for key in islice(others, MOST_SOUGHT)
        if isinstance(key, str) and key != written and slug(key) == key.replace("-", "_")
    ]
    return nearest(written, there) if there else slug(written[:64]) or None


def _suggestion(details: ErrorDetails, spot: Spot, node: Node | None) -> str | None:
    context: dict[str, Any] = details.get("ctx") or {}
    if context.get("suggestion"):
        return str(context["suggestion"])
    if "rule" in context:
        return None
    written = spot.loc[-1] if spot.loc and node is None else node and node.value
    if spot.wish.words and node is not None:
        return nearest(written, (w for w in spot.wish.words if isinstance(w, str)))
    if details["type"] == "string_pattern_mismatch" and isinstance(written, str):
        return slug(written[:64]) or None
    return None
