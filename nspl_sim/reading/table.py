"""A CSV file or an XLSX workbook as rows of named cells, each of which knows where it stands.

The stated rules: the heading is the first of the ten uppermost rows that holds the column asked for,
in the first sheet that has such a row; headings are compared without case, accents and punctuation;
every value stands under a heading; empty cells are not there; at most 20 MB, 100 000 rows, 256
columns and 800 000 cells, of a workbook what :mod:`nspl_sim.reading.xlsx_parts` allows. Numbers in
text follow :mod:`nspl_sim.reading.numbers`; in a CSV file whose columns are separated by ``;`` a comma
between digits is the decimal sign. Of formulas the value is read that the spreadsheet program left in
the file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from nspl_sim.reading.collected import Collected
from nspl_sim.reading.csv_rows import csv_rows, delimiter_of
from nspl_sim.reading.grid import (
    HEADING_WITHIN,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Raw,
    Uncalculated,
    blank,
    letters,
)
from nspl_sim.reading.numbers import with_decimal_comma
from nspl_sim.reading.place import Place
from nspl_sim.reading.raw import bytes_of, decoded, refused
from nspl_sim.reading.showing import escaped, nearest, shown, slug
from nspl_sim.reading.xlsx_rows import xlsx_sheets
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

MOST_BYTES = 20_000_000


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
        return Place(self.file, cell=f"{escaped(self.name)}!{cell}" if self.name else cell)

    def meaning(self, raw: Any) -> Any:
        """Return the value of a cell that holds *raw*; ``7,5`` may be a number (see ``decimal_comma``)."""
        if not isinstance(raw, str):
            return raw
        written = raw.strip(" ")
        return with_decimal_comma(written) if self.decimal_comma else written


class Cell(NamedTuple):
    """A value under a heading; where it stands and how it looks there is found when it is asked for."""

    raw: Any
    row: int
    column: int
    sheet: Sheet

    @property
    def value(self) -> Any:
        """Return the value."""
        return self.sheet.meaning(self.raw)

    @property
    def written(self) -> str:
        """Return what stands in the cell, short and visible."""
        return escaped(str(self.raw).strip(" "))

    @property
    def place(self) -> Place:
        """Return where the cell is."""
        return self.sheet.place(self.row, self.column)

    @property
    def told(self) -> bool:
        """Return whether the table itself has told that nothing can be read here."""
        return isinstance(self.raw, Uncalculated)


Row = dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """The heading of a table, and what stands beneath it, to be gone through once."""

    file: str
    heads: Row
    columns: dict[str, int]
    raws: Iterator[Raw]
    """The rows that hold anything, by number, as they came."""
    sheet: Sheet
    wrong: Collected
    """What is wrong with cells whatever they mean; complete when the rows have been gone through."""

    @property
    def first(self) -> Cell:
        """Return the first heading."""
        return next(iter(self.heads.values()))

    @property
    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield the rows by number, their cells under the names of the headings."""
        for raw in self.raws:
            yield raw[0], self.row(raw)

    def row(self, raw: Raw) -> Row:
        """Return the cells of *raw* that hold anything under the names of their headings."""
        number, values = raw
        return {
            head: Cell(values[column], number, column, self.sheet)
            for head, column in self.columns.items()
            if column < len(values) and not blank(values[column])
        }

    @contextmanager
    def telling_all(self) -> Iterator[None]:
        """Tell what is wrong with the rows so far together with that for which they cannot be read on."""
        try:
            yield
        except InputRefused as refusal:
            raise InputRefused([*refusal.problems, *self.wrong.problems]) from None

    def place(self, row: int, head: str) -> Place:
        """Return where the cell of column *head* stands in *row*."""
        return self.sheet.place(row, self.columns[head])


def read_table(path: Path, needed: str) -> Table:
    """Return the table in the file at *path* that has a column *needed*, or raise ``InputRefused``."""
    return table_of(bytes_of(path, MOST_BYTES), shown(path), needed)


def table_of(content: bytes, file: str, needed: str) -> Table:
    """Return the table in *content*, read as the ending of the name *file* says.

    A heading that is merely like *needed* is taken where none is the same, so that all that is wrong
    with the headings can be told; *needed* is then not among them.
    """
    seen: list[str] = []
    almost: Table | None = None
    for sheet in _sheets(content, file, needed):
        upper = list(islice(sheet.rows, HEADING_WITHIN))
        for number, row in enumerate(upper):
            heads = [slug(value) if isinstance(value, str) else "" for value in row[1][:MOST_COLUMNS]]
            seen += filter(None, heads[: 9 - len(seen)])
            if needed in heads:
                return _table(sheet, row, chain(upper[number + 1 :], sheet.rows))
            if almost is None and nearest(needed, heads):
                almost = _table(sheet, row, iter(()))
    if almost is not None:
        return almost
    rule = text("has no column {needed} in its first {most} rows", needed=needed, most=HEADING_WITHIN)
    raise InputRefused([Place(file).problem(rule, got=escaped(", ".join(seen)) or None)])


def _sheets(content: bytes, file: str, needed: str) -> Iterator[Sheet]:
    """Yield the sheets that the file has."""
    if file.lower().endswith(".csv"):
        decoded(content, file)  # refused with the line where it is no text; read again line by line
        delimiter = delimiter_of(content, file, needed)
        yield Sheet(file, "", csv_rows(content, file, delimiter), delimiter == ";")
    elif file.lower().endswith(".xlsx"):
        for name, rows in xlsx_sheets(content, file):
            yield Sheet(file, name, rows)
    else:
        raise refused(file, text("must be a .csv or .xlsx file"))


def _table(sheet: Sheet, heading: Raw, rest: Iterator[Raw]) -> Table:
    number, values = heading
    heads: Row = {}
    columns: dict[str, int] = {}
    twice: list[Problem] = []
    _check_width(sheet, values)
    for column, value in enumerate(values):
        if blank(value):
            continue
        cell = Cell(value, number, column, sheet)
        if cell.told:
            twice += _wrong(cell, _UNCALCULATED)
        elif (head := slug(str(value))) in heads:
            rule = text("is a heading twice; first in {cell}", cell=heads[head].place.cell)
            twice.append(cell.place.problem(rule, head))
        else:
            heads[head], columns[head] = cell, column
    if twice:
        raise InputRefused(twice)
    wrong = Collected()
    return Table(sheet.file, heads, columns, _checked(sheet, columns, rest, wrong), sheet, wrong)


_UNCALCULATED = text("is a formula without a value; open the file in a spreadsheet program and save it")


def _checked(sheet: Sheet, columns: dict[str, int], rest: Iterator[Raw], wrong: Collected) -> Iterator[Raw]:
    """Yield the rows of *rest* that hold anything; what is wrong with one goes to *wrong*."""
    named = frozenset(columns.values())
    unnamed = frozenset(range(MOST_COLUMNS)) - named
    plain = min(unnamed, default=MOST_COLUMNS)
    rows = cells = 0
    for raw in rest:
        values = raw[1]
        for value in values:
            if not blank(value):
                break
        else:
            continue
        rows, cells = rows + 1, cells + len(values)
        if rows > MOST_ROWS:
            raise refused(sheet.file, text("has over {most} rows", most=MOST_ROWS))
        if cells > MOST_CELLS:
            raise refused(sheet.file, text("has over {most} cells", most=MOST_CELLS))
        _check_width(sheet, values)
        if len(values) > plain or Uncalculated in map(type, values):
            _check_cells([Cell(v, raw[0], c, sheet) for c, v in enumerate(values)], named, wrong)
        yield raw


def _check_width(sheet: Sheet, values: tuple[Any, ...]) -> None:
    if len(values) > MOST_COLUMNS:
        raise refused(sheet.file, text("has over {most} columns", most=MOST_COLUMNS))


def _check_cells(cells: list[Cell], named: frozenset[int], wrong: Collected) -> None:
    """Note the cells that stand under no heading, and formulas without a value."""
    for cell in cells:
        if cell.told:
            wrong.add(partial(_wrong, cell, _UNCALCULATED))
        elif cell.column not in named and not blank(cell.raw):
            wrong.add(partial(_wrong, cell, text("has a value without a heading")))


def _wrong(cell: Cell, rule: Text) -> list[Problem]:
    return [cell.place.problem(rule, got=cell.written)]
