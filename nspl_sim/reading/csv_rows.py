"""The rows of a CSV file, as Excel and others write it, decoded and parted line by line."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from nspl_sim.reading.grid import HEADING_WITHIN, LAST_ROW, Raw
from nspl_sim.reading.place import Place
from nspl_sim.reading.raw import refused
from nspl_sim.reading.showing import slug
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import Text, text

MOST_OF_A_ROW = 100_000
"""Characters of one row, line breaks inside its cells counted too."""
_DELIMITERS = ";,\t"


def delimiter_of(content: bytes, file: str, needed: str) -> str:
    """Return the delimiter with which a heading has the column *needed*; ``;`` when none does."""
    for delimiter in _DELIMITERS:
        try:
            upper = list(islice(csv_rows(content, file, delimiter), HEADING_WITHIN))
        except InputRefused:
            continue
        if any(needed == slug(value) for _, row in upper for value in row):
            return delimiter
    return _DELIMITERS[0]


def csv_rows(content: bytes, file: str, delimiter: str) -> Iterator[Raw]:
    """Yield every row of the UTF-8 text *content* with its number, columns separated by *delimiter*."""
    lines = _Lines(content, file)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for number in range(1, LAST_ROW + 1):
        try:
            row = next(reader, None)
        except csv.Error:
            raise lines.refusal(text("breaks the rules of CSV: a quotation mark is not closed")) from None
        if row is None:
            return
        lines.row_is_done()
        yield number, tuple(row)
    raise refused(file, text("has over {most} rows", most=LAST_ROW))


_TOO_LONG = text("is a row of over {most} characters; is a quotation mark not closed?", most=MOST_OF_A_ROW)


class _Lines:
    """The lines of a file for the CSV reader; a row that does not end is refused before it is held."""

    def __init__(self, content: bytes, file: str) -> None:
        self._text = io.TextIOWrapper(io.BytesIO(content), "utf-8", newline="")
        self._file = file
        self._row = 1
        self._length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MOST_OF_A_ROW + 1)
        self._length += len(line)
        if self._length > MOST_OF_A_ROW:
            raise self.refusal(_TOO_LONG)
        if not line:
            raise StopIteration
        return line

    def row_is_done(self) -> None:
        """Begin to count anew."""
        self._row += 1
        self._length = 0

    def refusal(self, rule: Text) -> InputRefused:
        """Return the refusal of the row that is being read."""
        return InputRefused([Place(self._file, cell=f"A{self._row}").problem(rule)])
