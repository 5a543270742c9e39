"""Builds a :class:`~nspl_sim.reading.node.Node` from events, in the order in which a file holds them."""

import re
from dataclasses import dataclass, field
from typing import Any

from nspl_sim.reading.node import Node
from nspl_sim.reading.numbers import as_number
from nspl_sim.reading.place import Loc, Place
from nspl_sim.reading.showing import dotted, escaped
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

MOST_LEVELS = 60
MOST_PROBLEMS = 100

_WORDS = dict.fromkeys(("", "~", "null", "Null", "NULL"), None) | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a character that an escape such as ``\\ud83d`` stands for."""


def meaning(written: str) -> Any:
    """Return what an unquoted word stands for: null, a truth value, a finite number, or else its text."""
    if written in _WORDS:
        return _WORDS[written]
    found = as_number(written)
    return written if found is None or found in (float("inf"), float("-inf")) else found


@dataclass
class _Open:
    """A mapping or list that is not yet closed."""

    value: Any
    place: Place
    key: Place | None
    pending: tuple[int | str, Place] | None = None
    """The key whose value comes next."""
    seen: dict[str, Place] = field(default_factory=dict)


class Builder:
    """Takes events and keeps what is wrong; :meth:`done` hands out the tree or raises all of it."""

    def __init__(self, file: str, most_values: int) -> None:
        """Take the events of *file*, which may hold *most_values* keys and values in all."""
        self.file = file
        self._most_values = most_values
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._root: Node | None = None
        self.begun = False
        self._count = 0

    def begin(self, value: Any, place: Place) -> None:
        """Begin a mapping (``{}``) or a list (``[]``)."""
        if len(self._open) >= MOST_LEVELS:
            self.stop(place, text("is nested deeper than {levels} levels", levels=MOST_LEVELS))
        top = self._open[-1] if self._open else None
        if top and isinstance(top.value, dict) and not top.pending:
            self.stop(place, text("a key must be text or a whole number"))
        self._counted(place)
        self._open.append(_Open(value, place, top.pending[1] if top and top.pending else None))

    def end(self) -> None:
        """End the mapping or list that was begun last."""
        closed = self._open.pop()
        self._add(Node(closed.value, closed.place, closed.key))

    def leaf(self, value: Any, written: str, place: Place) -> None:
        """Take a scalar: a key where one is due, otherwise a value."""
        self._counted(place)
        if isinstance(value, str) and _SURROGATE.search(value):
            value = value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
            if _SURROGATE.search(value):
                self.note(place, text("holds half a character (a lone surrogate)"), written)
                value = escaped(value)
        top = self._open[-1] if self._open else None
        if top and isinstance(top.value, dict) and not top.pending:
            top.pending = (self._key(top, value, written, place), place)
        else:
            self._add(Node(value, place, top.pending[1] if top and top.pending else None, written))

    def _counted(self, place: Place) -> None:
        self._count += 1
        if self._count > self._most_values:
            most = self._most_values
            rule = text("holds over {count} values; large tables belong in CSV files", count=most)
            self.stop(place, rule)

    def _key(self, top: _Open, value: Any, written: str, place: Place) -> int | str:
        if isinstance(value, bool) or not isinstance(value, str | int):
            self.note(place, text("a key must be text or a whole number"), written)
            value = written
        first = top.seen.setdefault(str(value), place)
        if first is not place:
            self.note(place, text("is given twice; first on line {line}", line=first.line), loc=(value,))
        return value  # type: ignore[no-any-return]

    def _add(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        top = self._open[-1]
        if isinstance(top.value, list):
            top.value.append(node)
        elif top.pending:
            top.value[top.pending[0]] = node
            top.pending = None

    def note(self, place: Place, rule: Text, written: str | None = None, loc: Loc = ()) -> None:
        """Keep a problem and go on, unless there are very many."""
        got = None if written is None else escaped(written)
        self.problems.append(place.problem(rule, dotted(self._loc() + loc), got))
        if len(self.problems) >= MOST_PROBLEMS:
            raise InputRefused(self.problems)

    def stop(self, place: Place, rule: Text) -> None:
        """Keep a problem that nothing after it can be read for, and raise."""
        self.problems.append(place.problem(rule, dotted(self._loc()[:4])))
        raise InputRefused(self.problems)

    def _loc(self) -> Loc:
        steps = [
            len(o.value) if isinstance(o.value, list) else o.pending and o.pending[0] for o in self._open
        ]
        return tuple(step for step in steps if step is not None)

    def done(self) -> Node:
        """Return the tree, which must be a mapping."""
        root = self._root or Node(None, Place(self.file))
        if not self.problems and not isinstance(root.value, dict):
            rule = text("is empty") if root.value is None else text("must be a mapping of keys and values")
            self.problems.append(Place(self.file).problem(rule))
        if self.problems:
            raise InputRefused(self.problems)
        return root
