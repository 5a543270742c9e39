"""What a scenario changes in the world or scenario that it extends, value by value."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from nspl_sim.reading.node import plain
from nspl_sim.reading.numbers import as_number
from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import dotted
from nspl_sim.scenario.load import Loaded

MOST = 20

_NOT_TOLD = ("format", "name", "title", "description")
"""What every scenario says of itself."""


class Change(NamedTuple):
    """One value that differs; None before is a new one, None after is one that was taken away."""

    path: str
    before: Any
    after: Any


def changes(loaded: Loaded, most: int | None = MOST) -> list[Change]:
    """Return the first *most* (None: all) values in which *loaded* differs from what it extends.

    What is added or taken away as a whole, such as a stream, is one change. Without a scenario that
    is extended there are none.
    """
    if loaded.base is None or loaded.root is None:
        return []
    before, after = plain(loaded.base), plain(loaded.root)
    for name in _NOT_TOLD:
        before.pop(name, None)
        after.pop(name, None)
    return list(_differing(before, after, ()))[:most]


def _differing(before: Any, after: Any, loc: Loc) -> Iterator[Change]:
    if isinstance(before, dict) and isinstance(after, dict):
        was, now = ({str(key): value for key, value in part.items()} for part in (before, after))
        for key in {**was, **now}:
            yield from _differing(was.get(key), now.get(key), (*loc, key))
    elif (old := _meant(before)) != (new := _meant(after)):
        yield Change(dotted(loc), old, new)


def _meant(value: Any) -> Any:
    """Return *value* as it is compared: a number in a cell of text is that number."""
    found = as_number(value.strip()) if isinstance(value, str) else None
    return value if found is None else found
