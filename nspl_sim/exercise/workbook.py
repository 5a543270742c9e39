"""The controllers' list as a workbook: filters, a frozen heading, a list of statuses, roles, a read-me."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from nspl_sim.exercise.inject import COLUMNS, STATUSES
from nspl_sim.exercise.material import Material
from nspl_sim.exercise.overview import aims, load, read_me, roles
from nspl_sim.exercise.pages import Table
from nspl_sim.paper.excel import SAFE
from nspl_sim.vocabulary.text import text

_WIDE = {
    "script": 60,
    "expected_action": 36,
    "evaluator_note": 36,
    "evidence": 36,
    "answer": 36,
    "source": 30,
}
_MIDDLE = ("event", "sender", "to", "subject", "objective", "wall_clock", "contingency", "note")
_LONGEST_HEADER = 240
_A3 = 8
_WHOLE = re.compile(r"0|[1-9]\d{0,8}")


def workbook(material: Material, changes: Table | None = None) -> bytes:
    """Return the workbook: the same bytes for the same list; with *changes* since an edited list, if any."""
    import xlsxwriter

    say, made = material.language.say, BytesIO()
    with xlsxwriter.Workbook(made, SAFE) as book:
        book.set_properties({"created": material.clock.startex.replace(tzinfo=None)})
        _list(book, material)
        sheets = [
            (text("Roles"), roles(material)),
            (text("Aims and injects"), aims(material)),
            (text("Load"), load(material)),
            (text("Read me"), read_me(material)),
        ]
        sheets += [(text("Changes"), changes)] if changes else []
        for name, table in sheets:
            _plain(book, say(name), table, material.sign)
    return made.getvalue()


def _list(book: Any, material: Material) -> None:
    say = material.language.say
    sheet = book.add_worksheet(say(text("Injects")))
    heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
    for column, (name, title) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, _width(name))
        sheet.write_string(0, column, say(title), heading)
    for row, inject in enumerate(material.injects, start=1):
        for column, (name, value) in enumerate(inject.row().items()):
            if name == "wall_clock":
                sheet.write_datetime(row, column, datetime.fromisoformat(value).replace(tzinfo=None), moment)
            else:
                sheet.write_string(row, column, value, wrapped)
        sheet.set_row(row, _height(inject.row()))
    sheet.set_row(0, 30)
    _printed(sheet, material.sign, wide=2)
    last = max(len(material.injects), 1)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    statuses = {"validate": "list", "source": [say(one) for one in STATUSES]}
    sheet.data_validation(1, list(COLUMNS).index("status"), last, list(COLUMNS).index("status"), statuses)


def _height(row: Mapping[str, str]) -> float:
    """Return the height of a row in points: so that the longest cell can be read."""
    lines = max(math.ceil(len(value) * 1.15 / _width(name)) for name, value in row.items())
    return min(15.0 * max(lines, 1), 400.0)


def _width(name: str) -> int:
    return _WIDE.get(name, 22 if name in _MIDDLE else 13)


def _plain(book: Any, name: str, table: Table, sign: str) -> None:
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
    _printed(sheet, sign)


def _row(sheet: Any, row: int, cells: Sequence[str], form: Any, numbers: Sequence[bool]) -> None:
    for column, cell in enumerate(cells):
        if numbers[column] and _WHOLE.fullmatch(cell):
            sheet.write_number(row, column, int(cell), form)
        else:
            sheet.write_string(row, column, cell, form)


def _printed(sheet: Any, sign: str, wide: int = 1) -> None:
    """Let the sheet print with the marking on each page, so many pages *wide*."""
    for put in (sheet.set_header, sheet.set_footer):
        put("&C" + sign.replace("&", "&&")[:_LONGEST_HEADER])
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(wide, 0)
    sheet.repeat_rows(0)
