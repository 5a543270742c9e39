"""The rows of a CSV file, as Excel and others write it."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from nspl_sim.reading.grid import HEADING_WITHIN, Raw
from nspl_sim.reading.place import Place
from nspl_sim.reading.showing import slug
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import text

_DELIMITERS = ";,\t"


def delimiter_of(written: str, needed: str) -> str:
    """Return the delimiter with which a heading has the column *needed*; ``;`` when none does."""
    for delimiter in _DELIMITERS:
        try:
            upper = list(
                islice(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter), HEADING_WITHIN)
            )
        except csv.Error:
            continue
        if any(needed == slug(value) for row in upper for value in row):
            return delimiter
    return _DELIMITERS[0]


def csv_rows(written: str, file: str, delimiter: str) -> Iterator[Raw]:
    """Yield every row of the CSV text with its number, columns separated by *delimiter*."""
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error:
            rule = text("breaks the rules of CSV: a quotation mark is not closed, or a cell is far too long")
            raise InputRefused([Place(file, cell=f"A{number}").problem(rule)]) from None
        if row is None:
            return
        yield number, tuple(row)
