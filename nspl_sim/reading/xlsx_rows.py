"""The rows of the sheets of an XLSX workbook; read with openpyxl, guarded against what would not end."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from nspl_sim.reading.grid import HEADING_WITHIN, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Raw, letters
from nspl_sim.reading.place import Place
from nspl_sim.reading.raw import refused
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import text

MOST_UNPACKED = 60_000_000
MOST_MEMBERS = 1000
LAST_ROW = 1_048_576
_FORMULA = re.compile(rb"<(\w+:)?f[ />]")


def xlsx_sheets(content: bytes, file: str) -> Iterator[tuple[str, Iterator[Raw]]]:
    """Yield the name and the rows of every sheet of the workbook."""
    with_formulas = _checked(content, file)
    try:
        values = _opened(content, data_only=True)
        formulas = _opened(content, data_only=False) if with_formulas else None
        for sheet in values.worksheets:
            shadow = formulas[sheet.title] if formulas else None
            yield sheet.title, iter(_rows(sheet, shadow, file))
    except InputRefused:
        raise
    except Exception:  # a damaged workbook makes openpyxl raise almost anything; it is one refusal
        raise refused(file, text("cannot be read as an XLSX workbook; save it anew")) from None


def _checked(content: bytes, file: str) -> bool:
    """Refuse what is no workbook or would unpack to far too much; return whether it holds formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_UNPACKED:
                most = MOST_UNPACKED // 10**6
                raise refused(file, text("unpacks to over {size} MB; save it as CSV", size=most))
            sheets = [m for m in members if m.filename.startswith("xl/worksheets/")]
            return any(_FORMULA.search(packed.read(m)) for m in sheets)
    except InputRefused:
        raise
    except Exception:  # zipfile and zlib, too, raise almost anything on damaged bytes
        raise refused(file, text("is not an XLSX workbook, or has a password")) from None


def _opened(content: bytes, data_only: bool) -> Any:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _rows(sheet: Any, shadow: Any, file: str) -> list[Raw]:
    """Return the rows of *sheet* that hold anything."""
    found: list[Raw] = []
    beneath = _values(shadow) if shadow is not None else iter(())
    cells = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, row in enumerate(_values(sheet), 1):
            _check_formulas(row, next(beneath, ()), number, sheet.title, file)
            if any(value is not None for value in row):
                found.append((number, row))
                cells += len(row)
            _check_size(file, max(len(found) - MOST_ROWS, number - LAST_ROW), len(row), cells)
    return found


def _check_size(file: str, rows_over: int, columns: int, cells: int) -> None:
    if rows_over > HEADING_WITHIN:
        raise refused(file, text("has over {most} rows", most=MOST_ROWS))
    if columns > MOST_COLUMNS:
        raise refused(file, text("has over {most} columns", most=MOST_COLUMNS))
    if cells > MOST_CELLS:
        raise refused(file, text("has over {most} cells", most=MOST_CELLS))


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # the file's own word for its size may be wrong
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
    return rows


def _check_formulas(
    row: tuple[Any, ...], uncalculated: tuple[Any, ...], number: int, sheet: str, file: str
) -> None:
    """Refuse a formula whose value no program has left in the file: it would read as empty."""
    for column, (value, formula) in enumerate(zip(row, uncalculated, strict=False)):
        if value is None and formula is not None:
            place = Place(file, cell=f"{sheet}!{letters(column)}{number}")
            rule = text("is a formula without a value; open the file in a spreadsheet program and save it")
            raise InputRefused([place.problem(rule)])
