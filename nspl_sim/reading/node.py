"""A value that remembers where it stands, and ways down a tree of such values."""

from collections.abc import Callable
from typing import Any, NamedTuple

from nspl_sim.reading.place import Loc, Place
from nspl_sim.reading.showing import dotted


class Node(NamedTuple):
    """A value and where it stands; inside a mapping or a list are nodes again."""

    value: Any
    place: Place
    key: Place | None = None
    """Where its key stands."""
    written: str | None = None
    """A scalar as it stands in the file."""
    inside: "Callable[[Loc], Node] | None" = None
    """Given where the value is plain data all through: returns a part of it, and where that stands."""
    heading: str | None = None
    """The heading of the column, where it stands in a table."""

    @property
    def shown_at(self) -> Place:
        """Return where to point: at a scalar itself, at the key of a mapping, a list or nothing at all."""
        by_key = isinstance(self.value, dict | list) or self.written == ""
        return self.key if self.key and by_key else self.place


def planted(value: Any, place: Place) -> Node:
    """Return *value*, which no file holds, as a tree; all of it stands at *place*."""
    if isinstance(value, dict):
        return Node({k: planted(v, place) for k, v in value.items()}, place)
    if isinstance(value, list):
        return Node([planted(v, place) for v in value], place)
    return Node(value, place)


def plain(node: Node) -> Any:
    """Return the data of *node* without its places."""
    if node.inside is not None:
        return node.value
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def find(root: Node, loc: Loc) -> Node | None:
    """Return the node at *loc*, None where nothing stands."""
    node, left = deepest(root, loc)
    return None if left else node


def deepest(root: Node, loc: Loc) -> tuple[Node, Loc]:
    """Return the last node on the way to *loc*, and the rest of the way, which is not there."""
    node = root
    for depth, step in enumerate(loc):
        if node.inside is not None:
            return node.inside(loc[depth:]), ()
        child = _child(node, step)
        if child is None:
            return node, loc[depth:]
        node = child
    return node, ()


def _child(node: Node, step: int | str) -> Node | None:
    if isinstance(node.value, dict):
        found: Node | None = node.value.get(step)
        return found
    if isinstance(node.value, list) and isinstance(step, int) and 0 <= step < len(node.value):
        item: Node = node.value[step]
        return item
    return None


def place_of(root: Node, loc: Loc, key: bool = False) -> Place:
    """Return where *loc* stands, or its key; what is missing is pointed at where it belongs."""
    node, rest = deepest(root, loc)
    if key and not rest and node.key:
        return node.key
    return node.shown_at


def path_of(root: Node, loc: Loc) -> str:
    """Return how the path *loc* is told: ``regions.a.population``, but in a table by the heading alone."""
    return deepest(root, loc)[0].heading or dotted(loc)
