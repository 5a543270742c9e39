"""The controllers' list as a workbook: filters, a frozen heading, a list of statuses, roles, a read-me."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from nspl_sim.exercise.listing.inject import COLUMNS, STATUSES, Inject
from nspl_sim.exercise.listing.material import KEY, Material
from nspl_sim.exercise.papers.overview import aims, load, read_me, roles
from nspl_sim.exercise.printing.pages import Table
from nspl_sim.paper.excel import SAFE
from nspl_sim.vocabulary.text import text

_WIDE = {
    "inject_id": 20,
    "status": 10,
    "wall_clock": 17,
    "sender": 26,
    "script": 60,
    "expected_action": 36,
    "evaluator_note": 36,
    "evidence": 36,
    "answer": 36,
    "source": 30,
}
_MIDDLE = ("event", "to", "subject", "objective", "contingency", "note")
_MOST_SIGNS = 255
"""Of a header, which Excel does not read if it is longer."""
_A3, _A4 = 8, 9
_WHOLE = re.compile(r"0|[1-9]\d{0,8}")
_ON_PAPER = {
    "inject_id": 20,
    "wall_clock": 12,
    "scenario_time": 11,
    "sender": 16,
    "to": 20,
    "delivery": 11,
    "subject": 20,
    "script": 46,
    "expected_action": 28,
    "controller": 16,
    "played_at": 9,
}
"""Columns that have room on A4 with letters that can be read, and how wide each is; the last is to fill."""


def workbook(
    material: Material, changes: Table | None = None, only: tuple[str, Sequence[Inject]] | None = None
) -> bytes:
    """Return the workbook: the same bytes for the same list; with *changes* since an edited list, if any.

    *only* names a local exercise leader and the injects that are theirs: these alone are listed.
    """
    import xlsxwriter

    say, made = material.language.say, BytesIO()
    injects = material.injects if only is None else only[1]
    with xlsxwriter.Workbook(made, SAFE) as book:
        book.set_properties({"created": material.clock.startex.replace(tzinfo=None)})
        _list(book, material, injects)
        sheets = [
            (text("Roles"), roles(material)),
            (text("Aims and injects"), aims(material)),
            (text("Load"), load(material)),
            (text("Read me"), _read_me(material, None if only is None else only[0])),
        ]
        sheets += [(text("Changes"), changes)] if changes else []
        _on_paper(book, material, [one for one in injects if one in material.told])
        for name, table in sheets:
            _plain(book, say(name), table, material)
    return made.getvalue()


def _read_me(material: Material, leader: str | None) -> Table:
    """Return the read-me, with how this workbook is printed, and whose list it holds."""
    say, table = material.language.say, read_me(material)
    printing = text(
        "The sheet To print is A4 on its side, and only to be read; the sheet Injects is A3 with all "
        "columns. Work in the sheet Injects: only that is read back."
    )
    rows = [[say(text("This workbook")), say(printing)]]
    if leader is not None:
        own = text("{name}'s injects; roles, aims and load are those of the whole exercise.", name=leader)
        rows.append([say(text("What is listed")), say(own)])
    return Table(table.head, [*rows, *table.rows])


def _list(book: Any, material: Material, injects: Sequence[Inject]) -> None:
    say = material.language.say
    sheet = book.add_worksheet(say(text("Injects")))
    heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"})
    for column, (name, title) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, _width(name))
        sheet.write_string(0, column, say(title), heading)
    for row, inject in enumerate(injects, start=1):
        for column, (name, value) in enumerate(inject.row().items()):
            if name == "wall_clock":
                sheet.write_datetime(row, column, datetime.fromisoformat(value).replace(tzinfo=None), moment)
            else:
                sheet.write_string(row, column, value, wrapped)
        sheet.set_row(row, _height(inject.row()))
    sheet.set_row(0, 30)
    _printed(sheet, material, wide=2)
    last = max(len(injects), 1)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    statuses = {"validate": "list", "source": [say(one) for one in STATUSES]}
    sheet.data_validation(1, list(COLUMNS).index("status"), last, list(COLUMNS).index("status"), statuses)


def _on_paper(book: Any, material: Material, injects: Sequence[Inject]) -> None:
    """Add the list as it is printed: in order of time, what is needed in the room, nothing to edit."""
    say = material.language.say
    sheet = book.add_worksheet(say(text("To print")))
    heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "bottom": 4})
    for column, (name, width) in enumerate(_ON_PAPER.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, say(COLUMNS[name]), heading)
    for row, inject in enumerate((one for one in material.by_time if one in injects), start=1):
        cells = {name: getattr(inject, name) for name in _ON_PAPER}
        cells["wall_clock"] = f"{inject.wall:%m-%d %H:%M}"
        for column, cell in enumerate(cells.values()):
            sheet.write_string(row, column, cell, wrapped)
        lines = max(math.ceil(len(cell) * 1.15 / _ON_PAPER[name]) for name, cell in cells.items())
        sheet.set_row(row, min(15.0 * max(lines, 1), 400.0))
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 1)
    sheet.protect()
    _printed(sheet, material, paper=_A4)


def _height(row: Mapping[str, str]) -> float:
    """Return the height of a row in points: so that the longest cell can be read."""
    lines = max(math.ceil(len(value) * 1.15 / _width(name)) for name, value in row.items())
    return min(15.0 * max(lines, 1), 400.0)


def _width(name: str) -> int:
    return _WIDE.get(name, 22 if name in _MIDDLE else 13)


def _plain(book: Any, name: str, table: Table, material: Material) -> None:
    sheet = book.add_worksheet(name)
    heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, cell in enumerate(table.head):
        sheet.write_string(0, column, cell, heading)
        longest = max([len(row[column]) for row in table.rows] + [len(cell)], default=8)
        sheet.set_column(column, column, min(max(longest, 8), 70) + 2)
    for row, cells in enumerate(table.rows, start=1):
        _row(sheet, row, cells, wrapped, table.numbers)
    sheet.freeze_panes(1, 1)
    _printed(sheet, material, paper=_A4)


def _row(sheet: Any, row: int, cells: Sequence[str], form: Any, numbers: Sequence[bool]) -> None:
    for column, cell in enumerate(cells):
        if numbers[column] and _WHOLE.fullmatch(cell):
            sheet.write_number(row, column, int(cell), form)
        else:
            sheet.write_string(row, column, cell, form)


def _printed(sheet: Any, material: Material, wide: int = 1, paper: int = _A3) -> None:
    """Let the sheet print with the marking, and that it is the key, on each page; so many pages *wide*."""
    key = material.say(KEY).replace("&", "&&")
    room = _MOST_SIGNS - len(key) - len("&C\n&P/&N")
    sign = material.sign[: room // 2].replace("&", "&&") if "&" in material.sign else material.sign[:room]
    sheet.set_header(f"&C{sign}\n{key}")
    sheet.set_footer(f"&C{sign}\n&P/&N")
    sheet.set_margins(left=0.4, right=0.4, top=0.9, bottom=0.8)
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(wide, 0)
    sheet.repeat_rows(0)
