"""What CSV files and workbooks have in common: rows of cells, how many, and how a cell is named."""

from dataclasses import dataclass
from typing import Any

Raw = tuple[int, tuple[Any, ...]]
"""A row's number from 1, and the values of its cells."""

MOST_ROWS = 100_000
"""Rows that hold anything, beneath the heading."""
MOST_COLUMNS = 256
MOST_CELLS = 800_000
"""Cells that hold anything in those rows; a cell between two such is counted too."""
LAST_ROW = 1_048_576
"""Where a spreadsheet ends, empty rows counted too."""
HEADING_WITHIN = 10
"""The heading is one of so many rows uppermost."""


@dataclass(frozen=True)
class Uncalculated:
    """Stands in a cell for the value of a formula that no program has calculated."""

    formula: str

    def __str__(self) -> str:
        """Return the formula as a spreadsheet shows it."""
        return f"={self.formula}"


def letters(column: int) -> str:
    """Return the letters of *column*, counted from 0: A, B, ... Z, AA."""
    found = ""
    column += 1
    while column:
        column, last = divmod(column - 1, 26)
        found = chr(ord("A") + last) + found
    return found


def blank(value: Any) -> bool:
    """Return whether nothing can be seen in a cell."""
    return value is None or (isinstance(value, str) and not value.strip())
