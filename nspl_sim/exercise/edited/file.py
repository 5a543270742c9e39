"""An edited list as a file: the workbook or the CSV file that was written here, in either language."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from nspl_sim.exercise.listing.hand import MARKED, Row, has_mark
from nspl_sim.exercise.listing.inject import COLUMNS, NOTED
from nspl_sim.paper.language import LANGUAGES, Language
from nspl_sim.paper.tables import inert
from nspl_sim.reading.place import Place
from nspl_sim.reading.showing import escaped, nearest
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

OWN = text("OWN")
"""Rows of one's own without a number are numbered from here: ``OWN-1``."""

_FILLED = tuple(dict.fromkeys((*NOTED, *MARKED, "source")))
"""Columns that a list without loses what people wrote."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


class Rows(dict[str, Row]):
    """The rows of an edited list by number, and what is doubtful in the file, as warnings."""

    def __init__(self) -> None:
        super().__init__()
        self.doubts: list[Problem] = []


def edited_rows(path: Path) -> Rows:
    """Return the rows of an edited list; raise ``InputRefused`` with every problem of headings and numbers.

    Rows without a number get one of their own: ``OWN-1``.
    """
    sheet, grid = _workbook(path) if path.suffix.lower() == ".xlsx" else ("", _csv(path))
    if not grid:
        raise InputRefused([_problem(path, 1, text("is empty"))])
    reading = _Reading(path, sheet, grid)
    if reading.wrong:
        raise InputRefused(reading.wrong)
    return reading.rows


class _Reading:
    """A grid of cells on its way into rows."""

    def __init__(self, path: Path, sheet: str, grid: Sequence[Sequence[str]]) -> None:
        self.path, self.sheet, self.grid = path, sheet, grid
        self.rows, self.wrong = Rows(), list[Problem]()
        titles = {code: {Language(code).say(t): name for name, t in COLUMNS.items()} for code in LANGUAGES}
        said = [cell.strip() for cell in grid[0]]
        named = {title: name for known in titles.values() for title, name in known.items()}
        self.heads = [named.get(cell) for cell in said]
        self.code = max(LANGUAGES, key=lambda code: sum(cell in titles[code] for cell in said))
        self.say = Language(self.code).say
        self._headings(said)
        if "inject_id" in self.heads:
            self._lines()

    def _headings(self, said: Sequence[str]) -> None:
        """Refuse a list in which a column that people fill is renamed, nameless or there twice."""
        missing = [self.say(COLUMNS[name]) for name in ("inject_id", *_FILLED) if name not in self.heads]
        strange = []
        for column, (name, cell) in enumerate(zip(self.heads, said, strict=True)):
            place = self._place(1, column)
            if name and name in self.heads[:column]:
                self.wrong.append(place.problem(text("is a heading twice"), got=escaped(cell)))
            elif not name and any(row[column].strip() for row in self.grid[1:] if column < len(row)):
                strange.append((place, cell))
        if "inject_id" not in self.heads and not any(self.heads):
            rule = text("has no column called {name}", name=COLUMNS["inject_id"])
            self.wrong.append(_problem(self.path, 1, rule))
            return
        for place, cell in strange:
            if missing:
                rule = text("is no heading of the list; missing: {names}", names=", ".join(missing))
                meant = nearest(cell, missing)
                self.wrong.append(place.problem(rule, got=escaped(cell) or "–", suggestion=meant))
            else:
                rule = text("is no heading of the list: what stands in its column is not kept")
                self.rows.doubts.append(place.problem(rule, got=escaped(cell) or "–", warning=True))
        if "inject_id" not in self.heads and not strange:
            rule = text("has no column called {name}", name=COLUMNS["inject_id"])
            self.wrong.append(_problem(self.path, 1, rule))

    def _lines(self) -> None:
        """Read the rows; those without a number are numbered when all others are known."""
        nameless = []
        for line, given in enumerate(self.grid[1:], start=2):
            cells = [*given, *[""] * (len(self.heads) - len(given))]
            there = [(column, name) for column, name in enumerate(self.heads) if name]
            places = {name: self._place(line, column) for column, name in there}
            row = Row({name: cells[column] for column, name in there}, places)
            row["inject_id"] = row["inject_id"].strip()
            number = row["inject_id"]
            if number in self.rows:
                rule = text("has the same number as another row: {n}", n=number)
                self.wrong.append(_problem(self.path, line, rule))
            elif number:
                self.rows[number] = row
            elif has_mark(row):
                own = self.say(OWN)
                rule = text(
                    "has no number: put back the one it had, or write one of your own: {n}", n=f"{own}-1"
                )
                self.wrong.append(row.place("inject_id").problem(rule))
            elif any(cell.strip() for cell in row.values()):
                nameless.append(row)
        for row in nameless:
            row["inject_id"] = self._free()
            self.rows[row["inject_id"]] = row

    def _free(self) -> str:
        """Return the first number of one's own that no row has."""
        taken, own, n = {number.casefold() for number in self.rows}, self.say(OWN), 1
        while f"{own}-{n}".casefold() in taken:
            n += 1
        return f"{own}-{n}"

    def _place(self, line: int, column: int) -> Place:
        """Return where a cell stands: ``list.xlsx:Inspel!J14``, of CSV the line."""
        from openpyxl.utils import get_column_letter

        cell = f"{self.sheet}!{get_column_letter(column + 1)}{line}" if self.sheet else None
        return Place(self.path.name, line, cell=cell)


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
    try:
        rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    except csv.Error as reason:
        raise InputRefused([_problem(path, 1, text("is no table that can be read"))]) from reason
    return [
        [_clean(cell[1:] if cell[:1] == "'" and inert(cell[1:]) == cell else cell) for cell in row]
        for row in rows
    ]


def _workbook(path: Path) -> tuple[str, list[list[str]]]:
    """Return the name of the first sheet, and its cells as texts."""
    from zipfile import BadZipFile
    from zlib import error

    import openpyxl

    try:
        sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]
    except (BadZipFile, SyntaxError, TypeError, AttributeError, LookupError, ValueError, error) as reason:
        raise InputRefused([_problem(path, 1, text("is no workbook that can be read"))]) from reason
    return sheet.title, [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _cell(value: object) -> str:
    if isinstance(value, datetime | time):
        return value.isoformat(timespec="minutes")
    return "" if value is None else _clean(str(value))


def _clean(cell: str) -> str:
    """Return *cell* without signs that no page can show."""
    return _CONTROL.sub("", cell.replace("\r\n", "\n").replace("\r", "\n"))
