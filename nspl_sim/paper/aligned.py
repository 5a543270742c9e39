"""Columns as aligned text, and as data for machines."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from nspl_sim.paper import numbers
from nspl_sim.paper.language import Language

GAP = "  "


def aligned(columns: Mapping[str, Sequence[Any]], language: Language) -> list[str]:
    """Return *columns* as lines: a heading, and a line a row; numbers to the right."""
    grid = [[head, *_written(values, language)] for head, values in columns.items()]
    is_number = [all(isinstance(v, float | int) for v in values) for values in columns.values()]
    width = [max(len(word) for word in column) for column in grid]
    lines = []
    for row in zip(*grid, strict=True):
        words = [
            word.rjust(w) if right else word.ljust(w)
            for word, w, right in zip(row, width, is_number, strict=True)
        ]
        lines.append(GAP.join(words).rstrip())
    return lines


def _written(values: Sequence[Any], language: Language) -> list[str]:
    """Return the cells of a column, all numbers of it with as many decimals."""
    known = [abs(v) for v in values if isinstance(v, float) and math.isfinite(v)]
    whole = all(v == int(v) for v in known)
    digits = 0 if whole else 2 if max(known) < 10 else 1
    return [numbers.decimal(v, digits, language.code) if isinstance(v, float) else str(v) for v in values]


def as_data(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return *columns* as rows for machines; what has no value is null."""
    rows = zip(*columns.values(), strict=True)
    return [{head: _finite(v) for head, v in zip(columns, row, strict=True)} for row in rows]


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
