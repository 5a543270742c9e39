"""Reads a scenario file: ``load_scenario("winter.yaml")``. All that is wrong comes in one refusal.

Layers (:mod:`nspl_sim.scenario.layers`) make one tree of the file and what it extends; the model
(:mod:`nspl_sim.scenario.model`) checks each value; the checks (:mod:`nspl_sim.scenario.checks`) look
at the whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from nspl_sim.reading.node import Node, plain
from nspl_sim.reading.place import Loc
from nspl_sim.reading.problems import problems
from nspl_sim.reading.showing import dotted
from nspl_sim.scenario.checks import check
from nspl_sim.scenario.checks.case import Case
from nspl_sim.scenario.dump import dump_scenario
from nspl_sim.scenario.layers import Layers
from nspl_sim.scenario.meant import meant
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.shipped import library_file, shipped, shipped_text, worlds
from nspl_sim.scenario.streams import TableStream
from nspl_sim.vocabulary.errors import InputRefused, Problem

__all__ = [
    "Loaded",
    "dump_scenario",
    "load_scenario",
    "load_shipped",
    "shipped",
    "shipped_text",
    "worlds",
]


@dataclass(frozen=True)
class Loaded:
    """A scenario that may be run, what should be told about it, and the files that it came from."""

    scenario: Scenario
    warnings: tuple[Problem, ...]
    files: tuple[tuple[str, str], ...]
    """Name and SHA-256 of every file read, the scenario itself first."""
    extends: str | None = None
    """What the scenario extends, as its file says it."""
    root: Node | None = field(default=None, repr=False, compare=False)
    """The whole scenario as it is written, what it extends included."""
    base: Node | None = field(default=None, repr=False, compare=False)
    """What the scenario extends, as it is written (see :mod:`nspl_sim.scenario.changes`)."""


def load_scenario(path: Path | str) -> Loaded:
    """Return the scenario of the file at *path*, or raise ``InputRefused`` with every problem."""
    layers = Layers()
    root = layers.read(Path(path))
    scenario, warnings = checked_scenario(root, layers.wrong, layers.removed, frozenset(layers.unread))
    extends, base = layers.base or (None, None)
    return Loaded(scenario, warnings, tuple(layers.files), extends, root, base)


def load_shipped(name: str) -> Loaded:
    """Return the scenario of the library called *name*; ``KeyError`` when there is none."""
    return load_scenario(library_file(name))


def checked_scenario(
    root: Node,
    earlier: Iterable[Problem] = (),
    removed: Mapping[Loc, Node] | None = None,
    unread: frozenset[str] = frozenset(),
) -> tuple[Scenario, tuple[Problem, ...]]:
    """Return the scenario that *root* holds and what to warn of; raise with everything that is wrong.

    *earlier* is what was found wrong when the files were read; *removed* is what a file took
    away from what it extends; *unread* are the top-level keys of which not all could be read, so
    that nothing is told of what may be missing there.
    """
    content = plain(root)
    found: list[Problem] = []
    try:
        scenario: Scenario | None = Scenario.model_validate(content)
        unsound: frozenset[str] = frozenset()
    except ValidationError as error:
        found = [meant(problem, root) for problem in problems(error, root, Scenario, _NAMED_FILES)]
        found = _where_taken(found, removed or {})
        scenario, unsound = _salvaged(content, error)
    if scenario is not None:
        found += check(Case(scenario, root, unsound | unread, removed or {}))
    found += earlier
    if scenario is None or not all(problem.warning for problem in found):
        raise InputRefused(_in_order(problem for problem in found if not problem.warning))
    return scenario, tuple(_in_order(found))


def _where_taken(found: list[Problem], removed: Mapping[Loc, Node]) -> list[Problem]:
    """Return *found*; what is missing because a file took it away is told at the null that did it."""
    nulls = {dotted(loc): node.place for loc, node in removed.items()}
    return [
        replace(p, file=at.file, line=at.line, column=at.column, got="null")
        if (at := nulls.get(p.path)) is not None
        else p
        for p in found
    ]


def _in_order(found: Iterable[Problem]) -> list[Problem]:
    """Return problems as somebody meets them who reads the files from above."""
    return sorted(found, key=lambda p: (p.file, p.line or 0, p.column or 0, _row(p.cell), p.cell or ""))


def _row(cell: str | None) -> int:
    """Return the number that a cell's name ends in."""
    return int("0" + (cell or "")[len((cell or "").rstrip("0123456789")) :])


_NAMED_FILES: dict[type[BaseModel], tuple[str, ...]] = {
    Scenario: ("extends", "region_table"),
    TableStream: ("file",),
}
"""Keys that the layers take before the model sees the rest."""

_STAND_IN = {"format": 1, "name": "x", "start": "2000-01-01", "horizon_days": 3650, "streams": {}}
"""For parts without which nothing can be checked; whoever needs the real ones is not asked."""

_MEMBERS = ("regions", "classes", "streams", "disruptions")


def _salvaged(content: dict[Any, Any], error: ValidationError) -> tuple[Scenario | None, frozenset[str]]:
    """Return what is left without the members and keys that *error* refuses, if that is a scenario.

    So a typo in one stream does not hide that another lies outside the run.
    """
    unsound: set[str] = set()
    for details in error.errors(include_url=False, include_context=False):
        loc = details["loc"]
        unsound.add(str(loc[0]) if loc else "")
        _cut(content, loc)
    try:
        return Scenario.model_validate({**_STAND_IN, **content}), frozenset(unsound)
    except ValidationError:
        return None, frozenset(unsound)


def _cut(content: dict[Any, Any], loc: Loc) -> None:
    """Take out of *content* the member or key that *loc* leads into."""
    if len(loc) > 1 and loc[0] in _MEMBERS and isinstance(content.get(loc[0]), dict):
        content[loc[0]].pop(loc[1], None)
    elif loc:
        content.pop(loc[0], None)
