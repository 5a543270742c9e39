"""What people changed in a row: each row carries a mark of what the program wrote in it.

The mark stands last in the column *Source*: four signs a cell. So a text that a person has written is
told apart from one that another course words otherwise, however often the list goes to and fro. Two signs
more tell whether anybody wrote where the program does.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from nspl_sim.exercise.listing.inject import STATUSES, Inject
from nspl_sim.paper.language import in_all
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
    "note",
)
"""Columns whose cells stay as a person changed them."""
PROGRAMS = ("event", "type", "attachment", "region", "evidence", "answer", "open_channel", "marking")
"""Columns that the program fills, whatever people write there; one sign for all of them."""
_JOURNAL = ("played_at", "outcome")
"""Columns that only people fill."""

_SIGNS = 4
_MARK = re.compile(rf"; #((?:[0-9a-f]{{{_SIGNS}}})+)$")


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
    mark += _short(_joined(one.row())) + _short(one.scenario_time)
    return one.changed(source=f"{one.source}; #{mark}")


def retimed(one: Inject) -> Inject:
    """Return *one* with the mark of another time of the scenario, which follows from where it was moved."""
    mark = _MARK.search(one.source)
    if mark is None or len(mark[1]) < _SIGNS * (len(MARKED) + 2):
        return one
    return one.changed(source=one.source[:-_SIGNS] + _short(one.scenario_time))


def is_untouched(one: Inject) -> bool:
    """Return whether the words of *one* are those of the program."""
    mark = _MARK.search(one.source)
    place = _SIGNS * MARKED.index("script")
    return mark is not None and mark[1][place : place + _SIGNS] == _short(one.script)


def is_overwritten(row: Row) -> bool:
    """Return whether a person wrote in a column that the program fills."""
    return all(name in row for name in PROGRAMS) and _differs(row, len(MARKED), _joined(row))


def is_timed(row: Row) -> bool:
    """Return whether a person wrote another time of the scenario."""
    return "scenario_time" in row and _differs(row, len(MARKED) + 1, row["scenario_time"])


def _differs(row: Row, place: int, cell: str) -> bool:
    signs = _signs(row)
    return len(signs) > place and signs[place] != _short(cell)


def _joined(row: Mapping[str, str]) -> str:
    return "\n".join(row[name] for name in PROGRAMS)


def _signs(row: Row) -> list[str]:
    """Return the signs of a row's mark, four letters each."""
    mark = _MARK.search(row.get("source", "").strip())
    return [mark[1][i : i + _SIGNS] for i in range(0, len(mark[1]), _SIGNS)] if mark else []


def has_mark(row: Row) -> bool:
    """Return whether the program wrote *row* once."""
    return _MARK.search(row.get("source", "").strip()) is not None


def same_course(row: Row, one: Inject) -> bool:
    """Return whether *row* was written of the course that *one* is of."""
    return _unsigned(row.get("source", "")) == _unsigned(one.source)


def _unsigned(source: str) -> str:
    return _MARK.sub("", source.strip())


def by_hand(row: Row, one: Inject, zone: str) -> dict[str, str]:
    """Return the cells of *row* that a person changed; without a mark those that are otherwise in *one*."""
    return _changed(row, zone, {name: _short(getattr(one, name)) for name in MARKED})


def work(row: Row, zone: str) -> frozenset[str]:
    """Return the columns of *row* that hold people's work; of a row of their own its number."""
    if not has_mark(row):
        return frozenset({"inject_id"})
    found = {name for name in _JOURNAL if row.get(name, "").strip()}
    if row.get("status", "").strip().casefold() not in {"", *in_all(STATUSES[0])}:
        found.add("status")
    return frozenset(found.union(_changed(row, zone, {})))


def _changed(row: Row, zone: str, unmarked: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that are not what the mark says, or *unmarked* where it says nothing."""
    written = {**unmarked, **dict(zip(MARKED, _signs(row), strict=False))}
    found = {}
    for name in MARKED:
        if name not in row or name not in written:
            continue
        cell = (aware(row[name], zone) or row[name]) if name == "wall_clock" else row[name]
        if _short(cell) != written[name]:
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
