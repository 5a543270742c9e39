"""One table as an Excel sheet: texts stay texts, days are days, and the marking is on every page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text

MOST_ROWS = 1_048_575
_LONGEST_HEADER, _LONGEST_NAME = 240, 31
_FIRST_YEAR = 1900
_NOT_IN_A_NAME = "[]:*?/\\'"
SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
    "constant_memory": False,
    "in_memory": True,
}


def write_sheet(
    path: Path, columns: Mapping[str, Sequence[Any]], marking: str = "", name: str | None = None
) -> None:
    """Write *columns* as the one sheet, called *name*, of the workbook *path*.

    Raises ``NsplError`` where there are more rows than a sheet holds.
    """
    import xlsxwriter

    rows = max((len(v) for v in columns.values()), default=0)
    if rows > MOST_ROWS:
        raise NsplError(text("{rows} rows do not fit in an Excel sheet; write .csv or .parquet", rows=rows))
    made = BytesIO()  # so that a full disk meets one plain write, and not a half-closed archive
    with xlsxwriter.Workbook(made, SAFE) as book:
        _fill(book, columns, rows, marking, name)
    path.write_bytes(made.getvalue())


def _fill(book: Any, columns: Mapping[str, Sequence[Any]], rows: int, marking: str, name: str | None) -> None:
    sheet = book.add_worksheet(_allowed(name))
    bold = book.add_format({"bold": True})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.freeze_panes(1, 0)
    if marking:
        for put in (sheet.set_header, sheet.set_footer):
            put("&C" + marking.replace("&", "&&")[:_LONGEST_HEADER])
    for number, (heading, values) in enumerate(columns.items()):
        sheet.write_string(0, number, heading, bold)
        plain = values.tolist() if hasattr(values, "tolist") else values
        for row, value in enumerate(plain, start=1):
            if isinstance(value, datetime):
                _write_moment(sheet, row, number, value, moment)
            elif value is not None and value == value:
                sheet.write(row, number, value)
    if columns and rows:
        sheet.autofilter(0, 0, rows, len(columns) - 1)
        sheet.autofit()


def _write_moment(sheet: Any, row: int, column: int, value: datetime, form: Any) -> None:
    """Write a day and time; Excel has none before 1900."""
    if value.year < _FIRST_YEAR:
        sheet.write_string(row, column, f"{value:%Y-%m-%d %H:%M}")
    else:
        sheet.write_datetime(row, column, value, form)


def _allowed(name: str | None) -> str | None:
    """Return *name* without what Excel does not take in the name of a sheet."""
    plain = "".join(" " if sign in _NOT_IN_A_NAME else sign for sign in name or "")
    return plain.strip()[:_LONGEST_NAME] or None
