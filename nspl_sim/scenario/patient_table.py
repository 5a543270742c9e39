"""A table with a row for each patient, as the patients of a stream.

Columns: ``arrival_h``, ``region`` and ``class``; where they are known ``urgency`` and, for each stage
in turn, ``stage_1`` (the kind of unit), ``stage_1_h`` (how long) and ``stage_1_dies_h`` (how long a
wait for it is survived). ``note`` is not read. What is not given is drawn from the class.
"""

from array import array
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from nspl_sim.reading.node import Node
from nspl_sim.reading.place import Loc, Place
from nspl_sim.reading.problems import problems
from nspl_sim.reading.showing import dotted, nearest
from nspl_sim.reading.table import Row, Table
from nspl_sim.scenario.aliases import RegionNames
from nspl_sim.scenario.streams import GivenPatient
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import text

MOST_PROBLEMS = 100
MOST_STAGES = 12
_NEEDED = ("arrival_h", "region", "class")


def _columns() -> Iterator[tuple[str, Loc]]:
    for name in (*_NEEDED, "urgency"):
        yield name, (name,)
    for index in range(MOST_STAGES):
        for ending, name in (("", "kind"), ("_h", "stay_h"), ("_dies_h", "dies_waiting_h")):
            yield f"stage_{index + 1}{ending}", ("stages", index, name)


COLUMNS: dict[str, Loc] = dict(_columns())
"""The headings that the table may have, and what of a patient each stands for."""

_HEADS = {loc: head for head, loc in COLUMNS.items()}


def patients(table: Table, names: RegionNames, named: Node) -> Node:
    """Return the patients of *table* as a list whose places are known; *named* is where it was named."""
    _check_headings(table)
    found: list[GivenPatient] = []
    wrong: list[Problem] = []
    numbers = array("L")
    for number, row in table.rows:
        try:
            found.append(GivenPatient.model_validate(_content(row, names)))
            numbers.append(number)
        except ValidationError as error:
            wrong += _told(error, row, names)
        if len(wrong) >= MOST_PROBLEMS:
            break
    if wrong:
        raise InputRefused(wrong)

    def inside(loc: Loc) -> Place:
        head = _HEADS.get(loc[1:], "arrival_h")
        return table.place(numbers[int(loc[0])], head if head in table.columns else "arrival_h")

    return Node(found, named.place, named.key, inside=inside)


def _check_headings(table: Table) -> None:
    wrong = [
        cell.place.problem(text("is no column that belongs here"), head, suggestion=nearest(head, COLUMNS))
        for head, cell in table.heads.items()
        if head not in COLUMNS and head != "note"
    ]
    wrong += [
        table.heads["arrival_h"].place.problem(text("is missing among the headings"), name)
        for name in _NEEDED
        if name not in table.heads
    ]
    if wrong:
        raise InputRefused(wrong)


def _content(row: Row, names: RegionNames) -> dict[str, Any]:
    """Return the patient of *row* as plain data; a stage that is left out leaves an empty one."""
    content: dict[str, Any] = {}
    stages: dict[int, dict[str, Any]] = {}
    for head, cell in row.items():
        match COLUMNS.get(head):
            case ("region",):
                content["region"] = names.key(cell.value)
            case (str(name),):
                content[name] = cell.value
            case (_, int(index), str(name)):
                stages.setdefault(index, {})[name] = cell.value
    if stages:
        content["stages"] = [stages.get(index, {}) for index in range(max(stages) + 1)]
    return content


def _told(error: ValidationError, row: Row, names: RegionNames) -> Iterator[Problem]:
    """Yield the problems of one row, each at its cell and under its heading."""
    first = next(iter(row.values())).place
    heads = {dotted(loc): head for head, loc in COLUMNS.items()}
    for problem in problems(error, _tree(row, first), GivenPatient):
        path = heads.get(problem.path, problem.path)
        if path == "region" and "region" in row:
            suggestion = names.nearest(row["region"].value)
            problem = replace(problem, rule=text("names no region"), suggestion=suggestion)
        yield replace(problem, path=path)


def _tree(row: Row, first: Place) -> Node:
    """Return *row* as a tree of its cells."""
    leaves = {
        COLUMNS[head]: Node(cell.value, cell.place, written=cell.written)
        for head, cell in row.items()
        if head in COLUMNS
    }
    stages: list[Node] = []
    for index in range(max((int(loc[1]) + 1 for loc in leaves if len(loc) == 3), default=0)):
        own = {loc[2]: leaf for loc, leaf in leaves.items() if len(loc) == 3 and loc[1] == index}
        stages.append(Node(own, next(iter(own.values())).place if own else first))
    top: dict[int | str, Node] = {loc[0]: leaf for loc, leaf in leaves.items() if len(loc) == 1}
    return Node(top | {"stages": Node(stages, first)} if stages else top, first)
