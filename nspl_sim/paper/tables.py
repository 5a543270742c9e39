"""Tables as files: CSV as Swedish Excel reads it, XLSX, Parquet. A text never becomes a formula.

A column is a name and its values, all of one kind: numbers (a NumPy array or a list) or texts.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nspl_sim.experiment.duck import connected, write_parquet
from nspl_sim.experiment.whole import replace_whole, write_whole
from nspl_sim.paper import numbers
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text

SUFFIXES = (".csv", ".xlsx", ".parquet")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_XLSX_ROWS = 1_048_575

Columns = Mapping[str, Sequence[Any]]


def target(path: Path) -> str:
    """Return the form that the name of *path* ends in; refuse another, and a folder that is not there."""
    if not path.parent.is_dir():
        raise NsplError(text("{folder}: there is no such folder", folder=path.parent))
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise NsplError(
            text("{file}: the name must end in one of {endings}", file=path, endings=", ".join(SUFFIXES))
        )
    return suffix


def write_table(path: Path, columns: Columns, language: str, marking: str = "") -> None:
    """Write *columns* to *path* in the form that its name ends in."""
    match target(path):
        case ".csv":
            write_whole(path, csv_bytes(columns, language))
        case ".xlsx":
            replace_whole(path, lambda temporary: _xlsx(temporary, columns, marking))
        case _:
            replace_whole(path, lambda temporary: _parquet(temporary, columns))


def inert(value: Any) -> Any:
    """Return *value*; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def csv_bytes(columns: Columns, language: str) -> bytes:
    """Return *columns* with ``;`` between, decimal comma in Swedish, and a byte order mark for Excel."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([inert(name) for name in columns])
    writer.writerows(zip(*(_cells(values, language) for values in columns.values()), strict=True))
    return stream.getvalue().encode("utf-8-sig")


def _cells(values: Sequence[Any], language: str) -> Iterable[Any]:
    plain = values.tolist() if hasattr(values, "tolist") else values
    return (numbers.in_cell(v, language) if isinstance(v, float) else inert(v) for v in plain)


def _xlsx(path: Path, columns: Columns, marking: str) -> None:
    import xlsxwriter

    rows = max((len(v) for v in columns.values()), default=0)
    if rows > _XLSX_ROWS:
        raise NsplError(text("{rows} rows do not fit in an Excel sheet; write .csv or .parquet", rows=rows))
    safe = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
        "constant_memory": False,
    }
    with xlsxwriter.Workbook(str(path), safe) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        if marking:
            sheet.set_header("&C" + marking.replace("&", "&&")[:240])
        for number, (name, values) in enumerate(columns.items()):
            sheet.write_string(0, number, name, bold)
            plain = values.tolist() if hasattr(values, "tolist") else values
            for row, value in enumerate(plain, start=1):
                if value is not None and value == value:
                    sheet.write(row, number, value)
        if columns and rows:
            sheet.autofilter(0, 0, rows, len(columns) - 1)
            sheet.autofit()


def _parquet(path: Path, columns: Columns) -> None:
    with connected() as base:
        write_parquet(base, columns, path)
