"""A table with a row for each region and kind of unit: who lies there when the run begins.

Columns: ``region``, ``kind`` and ``count``; where it is known ``class``. ``note`` is not read. There is at
least one row.
"""

from collections.abc import Iterator
from functools import partial

from nspl_sim.reading.node import Node
from nspl_sim.reading.raw import refused
from nspl_sim.reading.showing import nearest
from nspl_sim.reading.table import Row, Table
from nspl_sim.scenario.aliases import RegionNames
from nspl_sim.scenario.present import COLUMNS
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import text

_NEEDED = ("region", "kind", "count")


def present_entries(table: Table, names: RegionNames, named: Node, wrong: list[Problem]) -> Node:
    """Return the rows of *table* as a list of entries that know their places; what is amiss goes to *wrong*.

    *named* is where the table was named. Raises ``InputRefused`` where headings are amiss or no row is left.
    """
    _check_headings(table)
    found: list[Node] = []
    with table.telling_all():
        for _, row in table.rows:
            cell = row.get("region")
            key = names.key(cell.value) if cell else None
            if key is None:
                table.wrong.add(partial(_lost, row, names))
            else:
                found.append(_entry(row, key))
    if not found and not table.wrong:
        raise refused(table.file, text("has no rows beneath its heading"))
    wrong += table.wrong.problems
    return Node(found, named.place, named.key)


def _entry(row: Row, region: str) -> Node:
    """Return one row; its region by its key, whatever it was called."""
    values = {
        head: Node(region if head == "region" else cell.value, cell.place, written=cell.written)
        for head, cell in row.items()
        if head in COLUMNS and not cell.told
    }
    return Node(values, next(iter(row.values())).place)


def _lost(row: Row, names: RegionNames) -> list[Problem]:
    cell = row.get("region")
    if cell is None:
        first = next(iter(row.values()))
        return [first.place.problem(text("is in a row that names no region"), got=first.written)]
    if cell.told:
        return []
    suggestion = names.nearest(cell.value)
    return [cell.place.problem(text("names no region"), "region", cell.written, suggestion)]


def _check_headings(table: Table) -> None:
    if wrong := list(_headings(table)):
        raise InputRefused(wrong)


def _headings(table: Table) -> Iterator[Problem]:
    missing = [name for name in _NEEDED if name not in table.heads]
    known = [*missing, *(name for name in COLUMNS if name not in missing)]
    for head, cell in table.heads.items():
        if head not in COLUMNS and head != "note":
            rule = text("is no column that belongs here")
            yield cell.place.problem(rule, head, suggestion=nearest(head, known))
    for name in missing:
        yield table.first.place.problem(text("is missing among the headings"), name)
