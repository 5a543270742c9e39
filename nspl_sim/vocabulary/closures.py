"""When modes of transport are closed, and how many vehicles are out of service: drawn before the run.

Demand makes the table and the system reads it, as with patients; it is the same for every plan.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

ALL = -1
"""Of vehicles: the mode is closed there."""
ANYWHERE = -1
"""For the other region: the mode is closed at the one, whatever the way leads to."""


@dataclass(frozen=True, eq=False)
class Closures:
    """One row for each time from_s <= t < to_s; integer columns of one length, sorted by them in order.

    With ``vehicles`` :data:`ALL` the mode is closed at ``region``, or on the way between ``region`` and
    a greater ``other``. Else so many of its vehicles based in ``region`` are out of service. Spans of
    equal (mode, region, other, vehicles) neither meet nor overlap.
    """

    mode: Ints
    """In alphabetical order of the names of modes."""
    region: Ints
    other: Ints
    vehicles: Ints
    from_s: Ints
    to_s: Ints

    @classmethod
    def of(cls, rows: list[tuple[int, int, int, int, int, int]]) -> "Closures":
        """Return the table of *rows*, sorted; what meets or overlaps becomes one row."""
        whole: list[tuple[int, int, int, int, int, int]] = []
        for row in sorted(rows):
            if whole and row[:4] == whole[-1][:4] and row[4] <= whole[-1][5]:
                whole[-1] = (*row[:4], whole[-1][4], max(whole[-1][5], row[5]))
            else:
                whole.append(row)
        table = np.array(whole, dtype=np.int64).reshape(-1, len(fields(cls)))
        return cls(*(np.ascontiguousarray(column) for column in table.T))

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.mode)

    def rows(self) -> list[tuple[int, ...]]:
        """Return every row as a tuple in the order of the columns."""
        return list(zip(*(getattr(self, f.name).tolist() for f in fields(self)), strict=True))


NO_CLOSURES = Closures.of([])
