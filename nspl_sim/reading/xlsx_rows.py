"""The rows of the sheets of an XLSX workbook, as far as somebody reads them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

from nspl_sim.reading.grid import LAST_ROW, MOST_COLUMNS, Raw, Uncalculated
from nspl_sim.reading.numbers import as_number
from nspl_sim.reading.raw import refused
from nspl_sim.reading.xlsx_book import Book, book_in
from nspl_sim.reading.xlsx_parts import Parts
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import Text, text

_NO_BOOK = text("is not an XLSX workbook, or has a password")
_DAMAGED = text("cannot be read as an XLSX workbook; save it anew")
_MOST_COLUMN_LETTERS = 3


def xlsx_sheets(content: bytes, file: str) -> Iterator[tuple[str, Iterator[Raw]]]:
    """Yield the name and the rows of every sheet; a sheet is read as its rows are asked for."""
    try:
        parts = Parts(content, file)
    except InputRefused:
        raise
    except Exception:  # zipfile raises almost anything on damaged bytes; it is one refusal
        raise refused(file, _NO_BOOK) from None
    book = _guarded(file, lambda: book_in(parts))
    if not book.sheets:
        raise refused(file, text("has no sheet with cells"))
    for name, part in book.sheets:
        yield name, _Sheet(parts, part, book, file).rows()


def _guarded(file: str, step: Any) -> Any:
    """Return what *step* gives; a damaged workbook makes it raise almost anything, which is one refusal."""
    try:
        return step()
    except InputRefused:
        raise
    except Exception:
        raise refused(file, _DAMAGED) from None


class _Sheet:
    """Takes the elements of one sheet and makes rows of them."""

    def __init__(self, parts: Parts, part: str, book: Book, file: str) -> None:
        self._book = book
        self._file = file
        self._pieces = parts.pieces(part, self._begin, self._end)
        self._ready: list[Raw] = []
        self._row: list[Any] = []
        self._number = self._next_column = 0
        self._columns: dict[str, int] = {}
        self._cell: dict[str, str] = {}
        self._value: str | None = None
        self._formula: str | None = None

    def rows(self) -> Iterator[Raw]:
        """Yield the rows that hold anything."""
        while _guarded(self._file, lambda: next(self._pieces, self)) is not self:
            yield from self._ready
            self._ready.clear()
        yield from self._ready

    def _refuse(self, rule: Text) -> None:
        raise refused(self._file, rule)

    def _begin(self, tag: str, attributes: dict[str, str]) -> bool:
        if tag == "c":
            self._cell = attributes
            self._value = self._formula = None
        elif tag == "row":
            number = int(attributes.get("r", self._number + 1))
            if number > LAST_ROW:
                self._refuse(text("has over {most} rows", most=LAST_ROW))
            if number <= self._number:
                raise ValueError(number)
            self._number, self._next_column, self._row = number, 0, []
        return tag in ("v", "t", "f")

    def _end(self, tag: str, written: str) -> None:
        if tag == "v":
            self._value = written
        elif tag == "t":
            self._value = (self._value or "") + written
        elif tag == "f":
            self._formula = written
        elif tag == "c":
            self._take()
        elif tag == "row" and self._row:
            self._ready.append((self._number, tuple(self._row)))
            self._row = []

    def _take(self) -> None:
        """Put the cell that has just ended into its row."""
        reference = self._cell.get("r")
        column = self._next_column if reference is None else self._column(reference.rstrip("0123456789"))
        self._next_column = column + 1
        value = self._meaning()
        if value is None:
            return
        if column >= MOST_COLUMNS:
            self._refuse(text("has over {most} columns", most=MOST_COLUMNS))
        if column < len(self._row):
            rule = text("holds the cell {cell} twice, or cells out of order; save it anew", cell=reference)
            self._refuse(rule)
        self._row += [None] * (column - len(self._row))
        self._row.append(value)

    def _column(self, letters: str) -> int:
        """Return the number of the column that *letters* name, from 0."""
        found = self._columns.get(letters)
        if found is None:
            if not 0 < len(letters) <= _MOST_COLUMN_LETTERS:
                raise ValueError(letters)
            found = 0
            for letter in letters:
                found = found * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
            found -= 1
            self._columns[letters] = found
        return found

    def _meaning(self) -> Any:
        """Return what stands in the cell: text, number, truth value or date; None when nothing does."""
        written, kind = self._value, self._cell.get("t", "n")
        if self._formula is not None and (written is None or (not written and kind != "str")):
            return Uncalculated(self._formula)
        if written is None or not (written or kind == "s"):
            return None
        match kind:
            case "s":
                return self._book.texts[int(written)]
            case "b":
                return written == "1"
            case "n":
                return self._number_meant(written)
            case _:
                return written

    def _number_meant(self, written: str) -> Any:
        """Return a number or a date; the text of what is neither, for others to say why."""
        found = as_number(written)
        if found is not None and not isfinite(found):
            return written
        if found is None or int(self._cell.get("s", 0)) not in self._book.dates:
            return written if found is None else found
        try:
            begin = datetime(1904, 1, 1) if self._book.since_1904 else datetime(1899, 12, 30)
            return begin + timedelta(days=found)
        except (OverflowError, ValueError):
            return "########"  # as spreadsheet programs show it
