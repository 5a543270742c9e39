"""A table with a row for each patient, as the patients of a stream.

Columns: ``arrival_h``, ``region`` and ``class``; where they are known ``urgency`` and, for each stage
in turn, ``stage_1`` (the kind of unit), ``stage_1_h`` (how long) and ``stage_1_dies_h`` (how long a
wait for it is survived). ``note`` is not read. What is not given is drawn from the class. There is at
least one row.
"""

import gc
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from pydantic import ValidationError

from nspl_sim.reading.grid import Raw
from nspl_sim.reading.node import Node
from nspl_sim.reading.place import Loc, Place
from nspl_sim.reading.problems import problems
from nspl_sim.reading.raw import refused
from nspl_sim.reading.showing import dotted, escaped, nearest
from nspl_sim.reading.table import Row, Table
from nspl_sim.scenario.aliases import RegionNames
from nspl_sim.scenario.patient_rows import PlainRows
from nspl_sim.scenario.streams import GivenPatient
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import text

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


def patients(table: Table, names: RegionNames, named: Node, wrong: list[Problem]) -> Node:
    """Return the sound patients of *table* as a list whose places are known; the others go to *wrong*.

    *named* is where the table was named. Of a patient with mistakes what is sound is kept too, so that
    it can be told at once what is wrong with that. Raises ``InputRefused`` where no patient is left.
    """
    _check_headings(table)
    rows = PlainRows(_columns_of(table), table.sheet.meaning, names)
    found: list[GivenPatient] = []
    numbers = array("L")
    with _nothing_to_collect(), table.telling_all():
        for raw in table.raws:
            try:
                patient = rows.patient(raw)
            except ValidationError as error:
                table.wrong.add(partial(_told, error, table, raw, names))
                left = None if table.wrong.full else _left(rows.content(raw), error, names)
                if left is None:
                    continue
                patient = left
            found.append(patient)
            numbers.append(raw[0])
    if not found and not table.wrong:
        raise refused(table.file, text("has no rows beneath its heading"))
    if not found:
        raise InputRefused(table.wrong.problems)
    wrong += table.wrong.problems

    def inside(loc: Loc) -> Node:
        head = _HEADS.get(loc[1:])
        place = table.place(numbers[int(loc[0])], head if head in table.columns else "arrival_h")
        value = _part(found[int(loc[0])], loc[1:])
        return Node(value, place, written=_written(value), heading=head)

    return Node(found, named.place, named.key, inside=inside)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Spare the search for garbage while hundreds of thousands of objects are made that are none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _columns_of(table: Table) -> dict[Loc, int]:
    """Return where the column of each part of a patient is."""
    return {COLUMNS[head]: column for head, column in table.columns.items() if head in COLUMNS}


def _part(patient: Any, loc: Loc) -> Any:
    """Return what *patient* holds at *loc*; None where nothing is."""
    for step in loc:
        if isinstance(patient, list):
            patient = patient[step] if isinstance(step, int) and step < len(patient) else None
        else:
            patient = getattr(patient, "class_" if step == "class" else str(step), None)
    return patient


def _written(value: Any) -> str | None:
    """Return *value* as it may stand in the table."""
    if isinstance(value, str):
        return escaped(value)
    return f"{value:.15g}" if isinstance(value, int | float) else None


def _left(content: dict[str, Any], error: ValidationError, names: RegionNames) -> GivenPatient | None:
    """Return the patient of a row with stand-ins for what *error* refuses, to look further at the rest.

    None where there is nothing to stand in: without a class, or without a region at all.
    """
    stand_ins = {"arrival_h": 0.0, "region": next(iter(names.keys), None), "stay_h": 0.0}
    for details in error.errors(include_url=False, include_context=False):
        match details["loc"]:
            case ("stages", int(number), str(name)) if name != "kind" and content["stages"]:
                content["stages"][number][name] = stand_ins.get(name)
            case (str(name), *_):
                content[name] = stand_ins.get(name)
    try:
        return GivenPatient.model_validate(content)
    except ValidationError:
        return None


def _check_headings(table: Table) -> None:
    missing = [name for name in _NEEDED if name not in table.heads]
    known = [*missing, *(name for name in COLUMNS if name not in missing)]
    wrong = [
        cell.place.problem(text("is no column that belongs here"), head, suggestion=nearest(head, known))
        for head, cell in table.heads.items()
        if head not in COLUMNS and head != "note"
    ]
    wrong += [table.first.place.problem(text("is missing among the headings"), name) for name in missing]
    if wrong:
        raise InputRefused(wrong)


def _told(error: ValidationError, table: Table, raw: Raw, names: RegionNames) -> list[Problem]:
    """Return the problems of one row, each at its cell and under its heading."""
    row = table.row(raw)
    first = next(iter(row.values())).place
    heads = {dotted(loc): head for head, loc in COLUMNS.items()}
    found = []
    for problem in problems(error, _tree(row, first), GivenPatient):
        path = heads.get(problem.path, problem.path)
        cell = row.get(path)
        if cell is not None and cell.told:
            continue
        if path == "region" and cell is not None:
            suggestion = names.nearest(cell.value)
            problem = replace(problem, rule=text("names no region"), suggestion=suggestion)
        elif cell is None and path in table.columns:
            problem = replace(problem, cell=table.place(raw[0], path).cell)
        found.append(replace(problem, path=path))
    return found


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
