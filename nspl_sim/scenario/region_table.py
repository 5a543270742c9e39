"""A table with a row for each region and a column for each figure, as a layer of a scenario.

The stated rules: the column ``region`` says which (see :mod:`nspl_sim.scenario.aliases`);
``<kind>_beds``, ``vehicles_<mode>``, ``icu_teams`` and ``population`` are figures; an empty cell keeps
what the scenario has; ``name``, ``note`` and columns that end in ``_default`` are not read.
"""

from collections.abc import Iterator

from nspl_sim.reading.node import Node, find, plain
from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import dotted, nearest, slug
from nspl_sim.reading.table import Cell, Row, Table
from nspl_sim.scenario.aliases import RegionNames, kind_meant
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import text

_NOT_READ = ("region", "name", "note")


def region_layer(table: Table, whole: Node, own: Node) -> tuple[Node, list[Problem]]:
    """Return the figures of *table* as a tree to be laid over *whole*, and what is wrong with its rows.

    *own* may not say the same. What is wrong with a figure shows when it has been laid over.
    """
    regions = find(whole, ("regions",))
    names = RegionNames(plain(regions) if regions and isinstance(regions.value, dict) else {})
    columns = figure_columns(whole)
    found: list[Problem] = list(_headings(table, columns))
    layer: dict[str, Node] = {}
    seen: dict[str, Cell] = {}
    for _, row in _rows(table, found):
        problem, key = _region(row, names, seen)
        if problem:
            found.append(problem)
            continue
        figures = {columns[head]: cell for head, cell in row.items() if head in columns}
        found += _contradictions(own, key, figures)
        layer[key] = _planted(figures, row["region"])
    top = table.heads["region"].place
    return Node({"regions": Node(layer, top)}, top), found


def _rows(table: Table, found: list[Problem]) -> Iterator[tuple[int, Row]]:
    """Yield the rows of *table* down to the first that cannot be read, which goes to *found*."""
    try:
        yield from table.rows
    except InputRefused as refusal:
        found += refusal.problems


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
            yield cell.place.problem(rule, head, suggestion=nearest(head, columns))


def _region(row: Row, names: RegionNames, seen: dict[str, Cell]) -> tuple[Problem | None, str]:
    """Return the key of the region that *row* is about, or what is wrong."""
    cell = row.get("region")
    if cell is None:
        first = next(iter(row.values()))
        return first.place.problem(text("is in a row that names no region"), got=first.written), ""
    key = names.key(cell.value)
    if key is None:
        suggestion = names.nearest(cell.value)
        return cell.place.problem(text("names no region"), "region", cell.written, suggestion), ""
    if key in seen:
        rule = text("names the region of {cell} again", cell=seen[key].place.cell)
        return cell.place.problem(rule, "region", cell.written), ""
    seen[key] = cell
    return None, key


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
