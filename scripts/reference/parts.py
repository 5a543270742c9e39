"""The parts of a file, from its pydantic models: every key with its values, unit, default and meaning."""

import inspect
from collections.abc import Iterator, Set
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from nspl_sim.policies.choosing import RuleOf
from nspl_sim.reading.described import described
from nspl_sim.reading.shape import Wish
from nspl_sim.reading.wanted import wanted
from reference.markdown import anchor, paragraphs, table

UNITS = {
    "_per_day": "a day",
    "per_day": "a day",
    "per_year": "a year",
    "_per_h": "for each hour",
    "_hours": "hours",
    "_h": "hours",
    "_days": "days",
    "_day": "day of the run",
    "_minutes": "minutes",
    "_km": "km",
    "_kmh": "km/h",
    "_s": "seconds",
}
"""What the end of a key says of its unit; of several ends the first counts."""

CHOOSERS = ("kind", "family", "shape")
"""Keys whose one word says which of several parts is meant."""

MOST_LINKS = 4
"""Of a choice between more parts only the words that choose are named."""

Paths = dict[type[BaseModel], str]


def unit(key: str) -> str:
    """Return the unit that *key* ends in, or nothing."""
    return next((word for end, word in UNITS.items() if key.endswith(end) and key != end.strip("_")), "")


def parts(model: type[BaseModel]) -> Paths:
    """Return every part that a file of *model* may have, in order, and the path where it first stands."""
    found: Paths = {}
    _gather(model, "", found)
    return found


def _gather(part: type[BaseModel], path: str, found: Paths) -> None:
    found[part] = path
    for name, field in part.model_fields.items():
        for inner, at in _inside(Wish.of(part).under(name), _joined(path, field.alias or name)):
            if inner not in found:
                _gather(inner, at, found)


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _inside(wish: Wish, path: str) -> Iterator[tuple[type[BaseModel], str]]:
    """Yield the models that *wish* leads to at once, with their paths."""
    for member in wish.members:
        if member.model:
            yield member.model, path
        elif get_origin(member.type) is dict:
            yield from _inside(member.under("x"), f"{path}.NAME")
        elif get_origin(member.type) in (list, tuple):
            yield from _inside(member.under(0), f"{path}[]")


def heading(model: type[BaseModel], path: str) -> str:
    """Return the heading of a part: what chooses it, or where it stands; and its name in the code."""
    fields = model.model_fields
    words = [(name, Wish.of(fields[name].annotation).words) for name in CHOOSERS if name in fields]
    chosen = next((f"{name}: {word[0]}" for name, word in words if len(word) == 1), None)
    return f"{chosen or path or 'The file'} ({model.__name__})"


def sections(paths: Paths, wanted: Set[type[BaseModel] | None], level: str = "##") -> list[str]:
    """Return a section for each part of *paths* that is *wanted*."""
    lines: list[str] = []
    for model, path in paths.items():
        if model not in wanted:
            continue
        lines += [f"{level} {heading(model, path)}", "", *paragraphs(inspect.getdoc(model))]
        meanings = described(model)
        rows = [
            (f"`{field.alias or name}`", value(model, name, paths), default(field), meanings.get(name, ""))
            for name, field in model.model_fields.items()
        ]
        lines += table(("key", "value", "default", "meaning"), rows)
    return lines


def value(model: type[BaseModel], name: str, paths: Paths) -> str:
    """Return what may stand under the key *name*, with its unit."""
    wish = Wish.of(model).under(name)
    family = next((mark.family for mark in wish.metadata if isinstance(mark, RuleOf)), None)
    if family:
        return f"a [rule of the family {family}]({anchor(f'Rules: {family}')})"
    return _with_unit(_said(wish, paths), name)


def _with_unit(said: str, name: str) -> str:
    end = unit(name)
    return f"{said}; {end}" if end and "number" in said else said


def of_type(annotation: Any, name: str) -> str:
    """Return what a parameter *name* of the type *annotation* may be."""
    return _with_unit(_said(Wish.of(annotation), {}), name)


def _said(wish: Wish, paths: Paths) -> str:
    links = [_link(m.model, paths) for m in wish.members if m.model]
    if wish.discriminator and len(links) > MOST_LINKS:
        return f"{wish.discriminator}: {', '.join(f'`{tag}`' for tag in wish.tags())}"
    if links:
        return " or ".join([*links, *(_plain(m) for m in wish.members if not m.model)])
    if len(wish.members) > 1:
        return " or ".join(_said(m, paths) for m in wish.members)
    if get_origin(wish.type) is dict:
        by = "name" if _is_key(wish) else _plain(Wish.of(get_args(wish.type)[0]))
        return f"by {by}: {_said(wish.under('x'), paths)}"
    if get_origin(wish.type) in (list, tuple):
        return f"list of {_said(wish.under(0), paths)}"
    return _plain(wish)


def _is_key(wish: Wish) -> bool:
    return get_args(wish.type)[0] is str or Wish.of(get_args(wish.type)[0]).type is str


def _link(model: type[BaseModel], paths: Paths) -> str:
    return f"[{model.__name__}]({anchor(heading(model, paths[model]))})" if model in paths else model.__name__


def _plain(wish: Wish) -> str:
    if get_origin(wish.type) is Literal:
        return " or ".join(f"`{word}`" for word in get_args(wish.type))
    said = wanted(wish)
    return str(said).removeprefix("must be ") if said else "anything"


def default(field: FieldInfo) -> str:
    """Return what goes for a key that is not given."""
    if field.is_required():
        return "required"
    given = field.get_default(call_default_factory=True)
    return shown(given)


def shown(given: Any) -> str:
    """Return a default as it would be written in a file."""
    if given is None or given is PydanticUndefined:
        return "–"
    if isinstance(given, BaseModel):
        return "its own defaults"
    if hasattr(given, "family") and hasattr(given, "name"):
        return f"`{given.name}`"
    if isinstance(given, bool):
        return f"`{str(given).lower()}`"
    if isinstance(given, float):
        return f"`{given:.10g}`"
    if given in ((), [], {}):
        return "none"
    if isinstance(given, tuple | list) and len(given) > 3 and len(set(given)) == 1:
        return f"`{given[0]:g}` each"
    if isinstance(given, tuple | list):
        return f"`[{', '.join(f'{one:g}' if isinstance(one, float) else str(one) for one in given)}]`"
    return f"`{given}`"
