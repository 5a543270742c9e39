"""A table with a row for each region and a column for each figure, as a layer of a scenario.

The stated rules: the column ``region`` says which (see :mod:`nspl_sim.scenario.aliases`);
``<kind>_beds``, ``vehicles_<mode>``, ``icu_teams`` and ``population`` are figures; an empty cell keeps
what the scenario has; ``name``, ``note`` and columns that end in ``_default`` are not read. There is at
least one row, and there are at most 5000.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from nspl_sim.reading.node import Node, find, plain
from nspl_sim.reading.place import Loc
from nspl_sim.reading.raw import refused
from nspl_sim.reading.showing import dotted, nearest, slug
from nspl_sim.reading.table import Cell, Row, Table
from nspl_sim.scenario.aliases import RegionNames, kind_meant
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import text

MOST_ROWS = 5000
_NOT_READ = ("region", "name", "note")


def region_layer(table: Table, whole: Node, own: Node) -> tuple[Node, list[Problem]]:
    """Return the figures of *table* as a tree to be laid over *whole*, and what is wrong with its rows.

    *own* may not say the same. What is wrong with a figure shows when it has been laid over. Where
    *whole* has no regions, that is what is wrong, and nothing is said of the table.
    """
    regions = find(whole, ("regions",))
    names = RegionNames(plain(regions) if regions and isinstance(regions.value, dict) else {})
    if regions is None or not names.keys:
        return Node({}, whole.place, whole.key), []
    columns = figure_columns(whole)
    found = list(_headings(table, columns))
    layer: dict[str, Node] = {}
    if "region" in table.heads:
        found += _rows(table, _Reading(names, columns, own), layer)
    laid = Node(layer, regions.place, regions.key)
    return Node({"regions": laid}, whole.place, whole.key), found


class _Reading(NamedTuple):
    """What the rows are read by."""

    names: RegionNames
    columns: dict[str, Loc]
    own: Node


def _rows(table: Table, reading: _Reading, layer: dict[str, Node]) -> list[Problem]:
    """Put the figures of every region into *layer*; return what is wrong."""
    wrong = table.wrong
    seen: dict[str, Cell] = {}
    count = 0
    try:
        for count, (_, row) in enumerate(table.rows, 1):
            if count > MOST_ROWS:
                raise refused(table.file, text("has over {most} rows, one for each region", most=MOST_ROWS))
            cell = row.get("region")
            if cell is not None and cell.told:
                continue
            key = reading.names.key(cell.value) if cell else None
            if cell is None or key is None or key in seen:
                wrong.add(partial(_region, row, reading.names, key, seen))
                continue
            seen[key] = cell
            figures = {reading.columns[h]: c for h, c in row.items() if h in reading.columns and not c.told}
            for problem in _contradictions(reading.own, key, figures):
                wrong.add(partial(list, [problem]))
            layer[key] = _planted(figures, cell)
    except InputRefused as refusal:
        return [*refusal.problems, *wrong.problems]
    if not count:
        return list(refused(table.file, text("has no rows beneath its heading")).problems)
    return wrong.problems


def in_a_region(written: str, whole: Node) -> str | None:
    """Return where in a region the figure stands that somebody wrote under the key *written*."""
    named = slug(written)
    kinds = sorted(_kinds(whole))
    kind = kind_meant(named, kinds) or next((kind for kind in kinds if slug(kind) == named), None)
    if kind:
        return f"units.{kind}"
    if named in map(slug, modes := _keys(find(whole, ("transport", "modes")))):
        return next(f"vehicles.{mode}" for mode in modes if slug(mode) == named)
    loc = figure_columns(whole).get(named)
    return dotted(loc) if loc else None


def figure_columns(whole: Node) -> dict[str, Loc]:
    """Return the headings that a table may have, and what under a region each stands for."""
    columns: dict[str, Loc] = {"icu_teams": ("icu_teams",), "population": ("population",)}
    for kind in sorted(_kinds(whole)):
        columns[slug(f"{kind}_beds")] = ("units", kind, "beds")
    for mode in sorted(_keys(find(whole, ("transport", "modes")))):
        columns[slug(f"vehicles_{mode}")] = ("vehicles", mode)
    return columns


def _kinds(whole: Node) -> set[str]:
    """Return the kinds of unit that a region has or a stage needs."""
    found: set[str] = set()
    for region in _keys(find(whole, ("regions",))):
        found |= _keys(find(whole, ("regions", region, "units")))
    for one in _keys(find(whole, ("classes",))):
        pathways = find(whole, ("classes", one, "pathways"))
        for pathway in pathways.value if pathways and isinstance(pathways.value, list) else []:
            stages = find(pathway, ("stages",))
            for stage in stages.value if stages and isinstance(stages.value, list) else []:
                kind = find(stage, ("kind",))
                found |= {kind.value} if kind and isinstance(kind.value, str) else set()
    return found


def _keys(node: Node | None) -> set[str]:
    keys = node.value if node and isinstance(node.value, dict) else ()
    return {key for key in keys if isinstance(key, str)}


def _headings(table: Table, columns: dict[str, Loc]) -> Iterator[Problem]:
    for head, cell in table.heads.items():
        if head not in columns and head not in _NOT_READ and not head.endswith("_default"):
            rule = text("is no column that belongs here")
            missing = () if "region" in table.heads else ("region",)
            yield cell.place.problem(rule, head, suggestion=nearest(head, [*missing, *columns]))


def _region(row: Row, names: RegionNames, key: str | None, seen: dict[str, Cell]) -> list[Problem]:
    """Return what is wrong with what *row* says of its region, which has no *key* or is *seen* already."""
    cell = row.get("region")
    if cell is None:
        first = next(iter(row.values()), None)
        rule = text("is in a row that names no region")
        return [first.place.problem(rule, got=first.written)] if first else []
    if key is None:
        suggestion = names.nearest(cell.value)
        return [cell.place.problem(text("names no region"), "region", cell.written, suggestion)]
    rule = text("names the region of {cell} again", cell=seen[key].place.cell)
    return [cell.place.problem(rule, "region", cell.written)]


def _contradictions(own: Node, key: str, figures: dict[Loc, Cell]) -> Iterator[Problem]:
    for loc, cell in figures.items():
        path: Loc = ("regions", key, *loc)
        given = find(own, path)
        if given is not None:
            rule = text("is given in {place} too; take one of them away", place=_said(given))
            yield cell.place.problem(rule, dotted(path), cell.written)


def _said(node: Node) -> str:
    return ":".join(str(p) for p in (node.place.file, node.place.line) if p is not None)


def _planted(figures: dict[Loc, Cell], named: Cell) -> Node:
    """Return the figures of one region as a tree."""
    top: dict[int | str, Node] = {}
    for loc, cell in figures.items():
        inner = top
        for step in loc[:-1]:
            inner = inner.setdefault(step, Node({}, named.place)).value
        inner[loc[-1]] = Node(cell.value, cell.place, written=cell.written)
    return Node(top, named.place)
