"""Where two journals part: the first row that differs, with the ten before it."""

import numpy as np

from nspl_sim.journal import COLUMNS, Journal

BEFORE = 10


def parting(one: Journal, other: Journal) -> str | None:
    """Return the first row in which *one* and *other* differ, in plain lines; None: they are equal."""
    rows = min(len(one), len(other))
    columns = [getattr(one, c)[:rows] != getattr(other, c)[:rows] for c in COLUMNS]
    differs = np.flatnonzero(np.any(columns, axis=0))
    if not len(differs) and len(one) == len(other):
        return None
    first = int(differs[0]) if len(differs) else rows
    lines = [f"row {first} differs; the columns are {', '.join(COLUMNS)}"]
    lines += [f"  {_row(one, row)}" for row in range(max(0, first - BEFORE), first)]
    return "\n".join([*lines, f"- {_row(one, first)}", f"+ {_row(other, first)}"])


def _row(journal: Journal, row: int) -> str:
    if row >= len(journal):
        return "(the journal has ended)"
    return " ".join(str(int(getattr(journal, column)[row])) for column in COLUMNS)
