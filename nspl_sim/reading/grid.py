"""What CSV files and workbooks have in common: rows of cells, how many, and how a cell is named."""

from typing import Any

Raw = tuple[int, tuple[Any, ...]]
"""A row's number from 1, and the values of its cells."""

MOST_ROWS = 200_000
MOST_COLUMNS = 256
MOST_CELLS = 3_000_000
HEADING_WITHIN = 10
"""The heading is one of so many rows uppermost."""


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
