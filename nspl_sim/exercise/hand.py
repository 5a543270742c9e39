"""What people changed in a row: each row carries a mark of what the program wrote in it.

The mark stands last in the column *Source*: four signs a cell. So a text that a person has written is
told apart from one that another course words otherwise, however often the list goes to and fro.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from nspl_sim.exercise.inject import Inject
from nspl_sim.reading.place import Place

MARKED = (
    "wall_clock",
    "sender",
    "to",
    "delivery",
    "subject",
    "script",
    "objective",
    "expected_action",
    "controller",
    "evaluator_note",
)
"""Columns whose cells stay as a person changed them."""

_SIGNS = 4
_MARK = re.compile(rf"; #([0-9a-f]{{{_SIGNS * len(MARKED)}}})$")


class Row(dict[str, str]):
    """Cells of an edited row by column, and where they stand."""

    def __init__(self, cells: Mapping[str, str], places: Mapping[str, Place]) -> None:
        super().__init__(cells)
        self._places = places

    def place(self, name: str) -> Place:
        """Return where the cell of column *name* stands; that of the number where there is no such column."""
        return self._places.get(name) or self._places["inject_id"]


def signed(one: Inject) -> Inject:
    """Return *one* with the mark of what the program wrote."""
    mark = "".join(_short(getattr(one, name)) for name in MARKED)
    return one.changed(source=f"{one.source}; #{mark}")


def by_hand(row: Row, one: Inject, zone: str) -> dict[str, str]:
    """Return the cells of *row* that a person changed; without a mark those that are otherwise in *one*."""
    mark = _MARK.search(row.get("source", "").strip())
    found = {}
    for place, name in enumerate(MARKED):
        if name not in row:
            continue
        cell = (aware(row[name], zone) or row[name]) if name == "wall_clock" else row[name]
        written = mark[1][_SIGNS * place : _SIGNS * (place + 1)] if mark else _short(getattr(one, name))
        if _short(cell) != written:
            found[name] = row[name]
    return found


def _short(cell: str) -> str:
    return sha256(" ".join(cell.split()).encode()).hexdigest()[:_SIGNS]


def aware(written: str, zone: str) -> str:
    """Return a time in the room as the list writes it; nothing where it is no date with a time."""
    try:
        when = datetime.fromisoformat(written.strip())
    except ValueError:
        return ""
    when = when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone))
    return when.isoformat(timespec="minutes")
