"""Lays one scenario file over another.

The stated rules: mappings are merged key by key; scalars and lists replace; null removes the key.
What only makes sense as a whole replaces as a whole: the shares of a stream (``regions``,
``classes``), a mapping that says its ``family``, ``shape`` or ``rule``, a mode of transport or a
stream that names its ``archetype``, and a stream or disruption of another ``kind``.
"""

from typing import Any

from nspl_sim.reading.node import Node, find
from nspl_sim.reading.place import Loc

_WHOLE_SHARES = ("regions", "classes")
_SAYS_WHAT_IT_IS = ("family", "shape", "rule")
_OF_A_KIND = ("streams", "disruptions")


def merge(base: Node, over: Node, loc: Loc = ()) -> Node:
    """Return *over* laid over *base*; both keep the places where they stand."""
    if not (_is_mapping(base) and _is_mapping(over)) or _replaces(base, over, loc):
        return over
    both: dict[Any, Node] = dict(base.value)
    keys = {str(key): key for key in both}
    for written, node in over.value.items():
        key = keys.get(str(written), written)  # in JSON, 1 is "1"
        if key not in both:
            both[key] = node
        elif node.value is None:
            del both[key]
        else:
            both[key] = merge(both[key], node, (*loc, key))
    return over._replace(value=both)


def _is_mapping(node: Node) -> bool:
    return isinstance(node.value, dict) and node.inside is None


def _replaces(base: Node, over: Node, loc: Loc) -> bool:
    if len(loc) == 3 and loc[0] == "streams" and loc[2] in _WHOLE_SHARES:
        return True
    if any(name in over.value for name in _SAYS_WHAT_IT_IS):
        return True
    if loc[:-1] in (("transport", "modes"), ("streams",)) and "archetype" in over.value:
        return True
    return len(loc) == 2 and loc[0] in _OF_A_KIND and _kind(over) not in (None, _kind(base))


def _kind(member: Node) -> Any:
    node = find(member, ("kind",))
    return node.value if node else None
