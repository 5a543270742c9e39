"""A CSV file or an XLSX workbook as rows of named cells, each of which knows where it stands.

The stated rules: the heading is the first of the ten uppermost rows that holds the column asked for,
in the first sheet that has such a row; headings are compared without case, accents and punctuation;
every value stands under a heading; empty cells are not there; at most 20 MB, 200 000 rows and 256
columns. Numbers in text follow :mod:`nspl_sim.reading.numbers`; in a CSV file whose columns are
separated by ``;`` a comma between digits is the decimal sign. Of formulas the value is read that
the spreadsheet program left in the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from nspl_sim.reading.csv_rows import csv_rows, delimiter_of
from nspl_sim.reading.grid import HEADING_WITHIN, MOST_ROWS, Raw, blank, letters
from nspl_sim.reading.place import Place
from nspl_sim.reading.raw import bytes_of, decoded, refused
from nspl_sim.reading.showing import escaped, slug
from nspl_sim.reading.xlsx_rows import xlsx_sheets
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import text

MOST_BYTES = 20_000_000
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+", re.ASCII)


@dataclass(frozen=True)
class Sheet:
    """The raw rows of one sheet, or of a CSV file, which has no name for it."""

    file: str
    name: str
    rows: Iterator[Raw]
    decimal_comma: bool = False

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell as a spreadsheet names it: ``B7``; columns count from 0."""
        cell = f"{letters(column)}{row}"
        return Place(self.file, cell=f"{self.name}!{cell}" if self.name else cell)


class Cell(NamedTuple):
    """A value under a heading; where it stands and how it looks there is found when it is asked for."""

    raw: Any
    row: int
    column: int
    sheet: Sheet

    @property
    def value(self) -> Any:
        """Return the value; ``7,5`` is a number where the comma is the decimal sign."""
        if not isinstance(self.raw, str):
            return self.raw
        written = self.raw.strip(" ")
        if self.sheet.decimal_comma and _DECIMAL_COMMA.fullmatch(written):
            return written.replace(",", ".")
        return written

    @property
    def written(self) -> str:
        """Return what stands in the cell, short and visible."""
        return escaped(str(self.raw).strip(" "))

    @property
    def place(self) -> Place:
        """Return where the cell is."""
        return self.sheet.place(self.row, self.column)


Row = dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """The heading of a table, and its rows by number, to be gone through once."""

    file: str
    heads: Row
    columns: dict[str, int]
    rows: Iterator[tuple[int, Row]]
    sheet: Sheet

    def place(self, row: int, head: str) -> Place:
        """Return where the cell of column *head* stands in *row*."""
        return self.sheet.place(row, self.columns[head])


def read_table(path: Path, needed: str) -> Table:
    """Return the table in the file at *path* that has a column *needed*, or raise ``InputRefused``."""
    return table_of(bytes_of(path, MOST_BYTES), path.name, needed)


def table_of(content: bytes, file: str, needed: str) -> Table:
    """Return the table in *content*, read as the ending of the name *file* says."""
    seen: list[str] = []
    for sheet in _sheets(content, file, needed):
        upper = list(islice(sheet.rows, HEADING_WITHIN))
        for number, row in enumerate(upper):
            heads = [slug(value) if isinstance(value, str) else "" for value in row[1]]
            seen += filter(None, heads)
            if needed in heads:
                return _table(sheet, row, chain(upper[number + 1 :], sheet.rows))
    rule = text("has no column {needed} in its first {most} rows", needed=needed, most=HEADING_WITHIN)
    raise InputRefused([Place(file).problem(rule, got=escaped(", ".join(seen[:9])) or None)])


def _sheets(content: bytes, file: str, needed: str) -> Iterator[Sheet]:
    """Yield the sheets that the file has."""
    if file.lower().endswith(".csv"):
        written = decoded(content, file)
        delimiter = delimiter_of(written, needed)
        yield Sheet(file, "", csv_rows(written, file, delimiter), delimiter == ";")
    elif file.lower().endswith(".xlsx"):
        for name, rows in xlsx_sheets(content, file):
            yield Sheet(file, name, rows)
    else:
        raise refused(file, text("must be a .csv or .xlsx file"))


def _table(sheet: Sheet, heading: Raw, rest: Iterator[Raw]) -> Table:
    number, values = heading
    heads: Row = {}
    columns: dict[str, int] = {}
    for column, value in enumerate(values):
        if blank(value):
            continue
        cell = Cell(value, number, column, sheet)
        if (head := slug(str(value))) in heads:
            rule = text("is a heading twice; first in {cell}", cell=heads[head].place.cell)
            raise InputRefused([cell.place.problem(rule, head)])
        heads[head], columns[head] = cell, column
    return Table(sheet.file, heads, columns, _rows(sheet, columns, rest), sheet)


def _rows(sheet: Sheet, columns: dict[str, int], rest: Iterator[Raw]) -> Iterator[tuple[int, Row]]:
    named = {column: head for head, column in columns.items()}
    count = 0
    for number, values in rest:
        row: Row = {}
        for column, value in enumerate(values):
            if blank(value):
                continue
            cell = Cell(value, number, column, sheet)
            if column not in named:
                rule = text("has a value without a heading")
                raise InputRefused([cell.place.problem(rule, got=cell.written)])
            row[named[column]] = cell
        if row:
            count += 1
            if count > MOST_ROWS:
                raise refused(sheet.file, text("has over {most} rows", most=MOST_ROWS))
            yield number, row
