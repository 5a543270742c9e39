"""An edited list comes back: what people wrote stays, and what a new course would change is shown.

Rows are known by their number. Rows that people added stay as they are; rows that the new course no
longer gives stay too, as dropped, at the end.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from nspl_sim.exercise.inject import COLUMNS, LEADERS, STATUSES, Inject
from nspl_sim.exercise.material import Material
from nspl_sim.exercise.pages import Table
from nspl_sim.exercise.triggers import codes
from nspl_sim.paper.language import LANGUAGES, Language
from nspl_sim.paper.tables import inert
from nspl_sim.reading.place import Place
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

Row = Mapping[str, str]
"""Cells of a row by column."""


@dataclass(frozen=True)
class Change:
    """What is otherwise than in the edited list."""

    inject_id: str
    what: Text
    before: str
    now: str


def edited_rows(path: Path) -> dict[str, Row]:
    """Return the rows of an edited list by number; raise ``InputRefused`` with every problem.

    The file is the workbook or the CSV file that was written here, in either language.
    """
    grid = _workbook(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    named = {Language(code).say(title): name for code in LANGUAGES for name, title in COLUMNS.items()}
    if not grid:
        raise InputRefused([_problem(path, 1, text("is empty"))])
    heads = [named.get(cell.strip()) for cell in grid[0]]
    if "inject_id" not in heads:
        rule = text("has no column called {name}", name=COLUMNS["inject_id"])
        raise InputRefused([_problem(path, 1, rule)])
    found: dict[str, Row] = {}
    wrong = []
    for line, cells in enumerate(grid[1:], start=2):
        row = {name: cell for name, cell in zip(heads, cells, strict=False) if name}
        number = row["inject_id"].strip()
        if not number and any(row.values()):
            wrong.append(_problem(path, line, text("has no number")))
        elif number in found:
            wrong.append(_problem(path, line, text("has the same number as another row: {n}", n=number)))
        elif number:
            found[number] = row
    if wrong:
        raise InputRefused(wrong)
    return found


def _problem(path: Path, line: int, rule: Text) -> Problem:
    return Place(path.name, line).problem(rule)


def _csv(path: Path) -> list[list[str]]:
    """Return the cells, without the apostrophe that keeps a text from being a formula."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise InputRefused(
            [_problem(path, 1, text("is not UTF-8 text; save it as UTF-8 (in Excel: CSV UTF-8)"))]
        ) from reason
    rows = csv.reader(io.StringIO(content), delimiter=";")
    return [
        [cell[1:] if cell[:1] == "'" and inert(cell[1:]) == cell else cell for cell in row] for row in rows
    ]


def _workbook(path: Path) -> list[list[str]]:
    """Return the cells of the first sheet as texts."""
    from zipfile import BadZipFile

    import openpyxl

    try:
        sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]
    except (BadZipFile, KeyError, ValueError, IndexError) as reason:
        raise InputRefused([_problem(path, 1, text("is no workbook that can be read"))]) from reason
    return [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return "" if value is None else str(value)


def merged(material: Material, rows: Mapping[str, Row]) -> tuple[Material, tuple[Change, ...]]:
    """Return *material* with what people wrote in *rows*, and what is otherwise in the new list."""
    zone = material.scenario.time_zone
    fresh = {i.inject_id for i in material.injects}
    kept = [_with_own_words(one, rows.get(one.inject_id, {})) for one in material.injects]
    changes = list(_changes(material, rows, zone))
    for number, row in rows.items():
        if number not in fresh:
            is_ours = number.partition("-")[0] in codes()
            status = material.say(STATUSES[-1]) if is_ours else row.get("status", "")
            kept.append(_from_row(row, material, zone, status))
    planned = replace(material.planned, injects=tuple(kept))
    return replace(material, planned=planned), tuple(changes)


def _with_own_words(one: Inject, row: Row) -> Inject:
    """Return *one* with the cells that people fill; of a contingency inject too."""
    return one.changed(**{name: row[name] for name in LEADERS if name in row})


def _from_row(row: Row, material: Material, zone: str, status: str) -> Inject:
    """Return a row that this course does not give, as it stands."""
    cells = {name: row.get(name, "") for name in COLUMNS} | {"status": status}
    cells["wall_clock"] = _aware(cells["wall_clock"], zone) or material.clock.startex.isoformat(
        timespec="minutes"
    )
    player = next((key for key, one in material.players.items() if one.name == cells["to"]), "")
    gone = status == material.say(STATUSES[-1])
    return Inject(**cells, player="" if gone else player)  # type: ignore[arg-type]


def _changes(material: Material, rows: Mapping[str, Row], zone: str) -> Iterable[Change]:
    """Yield what was added, moved or is gone, in the order of the new list and then of the old."""
    fresh = {i.inject_id: i for i in material.injects}
    for number, one in fresh.items():
        if number not in rows:
            yield Change(number, text("added"), "", one.wall_clock)
            continue
        before = _aware(rows[number].get("wall_clock", ""), zone)
        if before and before != one.wall_clock:
            yield Change(number, text("moved"), before, one.wall_clock)
        if rows[number].get("script", one.script) != one.script:
            yield Change(number, text("other words"), rows[number]["script"], one.script)
    for number, row in rows.items():
        if number not in fresh and number.partition("-")[0] in codes():
            yield Change(number, text("gone"), _aware(row.get("wall_clock", ""), zone), "")


def _aware(written: str, zone: str) -> str:
    """Return a time in the room as the list writes it; nothing where it is none."""
    try:
        when = datetime.fromisoformat(written)
    except ValueError:
        return ""
    when = when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone))
    return when.isoformat(timespec="minutes")


def as_table(changes: Iterable[Change], material: Material) -> Table:
    """Return the changes for a sheet."""
    head = [text("No."), text("Change"), text("Before"), text("Now")]
    rows = [[c.inject_id, material.say(c.what), c.before, c.now] for c in changes]
    return Table([material.say(h) for h in head], rows)
