"""Tables as files: CSV as Swedish Excel reads it, XLSX, Parquet. A text never becomes a formula.

A column is a name and its values, all of one kind: numbers (a NumPy array or a list), texts, or days
with a time of day (civil, without a zone).
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nspl_sim.experiment.duck import connected, write_parquet
from nspl_sim.experiment.whole import replace_whole, write_whole
from nspl_sim.paper import numbers
from nspl_sim.paper.excel import write_sheet
from nspl_sim.paper.language import Language
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import Text, text

SUFFIXES = (".csv", ".xlsx", ".parquet")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

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


def write_table(
    path: Path, columns: Columns, language: Language, marking: str = "", title: Text | None = None
) -> None:
    """Write *columns* to *path* in the form that its name ends in.

    A *marking* stands in a last column, on every row, since rows are sorted, cut out and joined to
    others; on paper, at the head and the foot of an Excel sheet too. *title* is the name of the sheet.
    """
    if marking:
        columns = marked(columns, language, marking)
    match target(path):
        case ".csv":
            write_whole(path, csv_bytes(columns, language.code))
        case ".xlsx":
            name = language.say(title) if title else None
            replace_whole(path, lambda temporary: write_sheet(temporary, columns, marking, name))
        case _:
            replace_whole(path, lambda temporary: _parquet(temporary, columns))


def marked(columns: Columns, language: Language, marking: str) -> Columns:
    """Return *columns* with the *marking* on every row."""
    rows = max((len(values) for values in columns.values()), default=0)
    return {**columns, language.say(text("Marking")): [marking] * rows}


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
    return (_cell(value, language) for value in plain)


def _cell(value: Any, language: str) -> Any:
    match value:
        case float():
            return numbers.in_cell(value, language)
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case _:
            return inert(value)


def _parquet(path: Path, columns: Columns) -> None:
    import numpy as np

    table = {name: np.asarray(values) for name, values in columns.items()}
    for name, values in table.items():
        if values.dtype == object and len(values) and isinstance(values[0], datetime):
            table[name] = values.astype("datetime64[s]")
    with connected() as base:
        write_parquet(base, table, path)
