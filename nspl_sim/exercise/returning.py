"""An edited list comes back: what people wrote stays, and what a new course would change is shown.

Rows are known by their number. A cell that a person changed wins over the course, a time as well as a
text; rows that people added stay; rows that the new course no longer gives stay too, as dropped, at the end.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Literal

from nspl_sim.exercise.filled import Reader
from nspl_sim.exercise.hand import Row as Row
from nspl_sim.exercise.hand import aware, by_hand
from nspl_sim.exercise.inject import COLUMNS, NOTED, STATUSES, Inject
from nspl_sim.exercise.material import Material
from nspl_sim.exercise.pages import Table
from nspl_sim.exercise.triggers import codes
from nspl_sim.paper.language import LANGUAGES, Language
from nspl_sim.paper.tables import inert
from nspl_sim.reading.place import Place
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

_OURS = re.compile(r"([A-Z]+)-[A-Z0-9-]+-\d\d+(-R)?")
_MOST_NAMED = 8


@dataclass(frozen=True)
class Change:
    """What is otherwise than in the edited list."""

    inject_id: str
    kind: Literal["added", "moved", "reworded", "gone", "kept", "timeless"]
    before: str
    now: str
    column: str = ""
    """Of what the leader changed."""

    @property
    def what(self) -> Text:
        """Return what is otherwise, in words."""
        if self.kind != "kept":
            return _KINDS[self.kind]
        if self.column == "wall_clock":
            return text("moved by the leader; the figures of its text are those of the time before")
        if self.column == "script":
            return text("the leader's words; its figures are now the leader's")
        return text("changed by the leader: {column}", column=COLUMNS[self.column])


_KINDS = {
    "added": text("added"),
    "moved": text("moved"),
    "reworded": text("other words"),
    "gone": text("gone"),
    "timeless": text("without a time: put at STARTEX"),
}


def edited_rows(path: Path) -> dict[str, Row]:
    """Return the rows of an edited list by number; raise ``InputRefused`` with every problem.

    The file is the workbook or the CSV file that was written here, in either language.
    """
    sheet, grid = _workbook(path) if path.suffix.lower() == ".xlsx" else ("", _csv(path))
    named = {Language(code).say(title): name for code in LANGUAGES for name, title in COLUMNS.items()}
    if not grid:
        raise InputRefused([_problem(path, 1, text("is empty"))])
    heads = [named.get(cell.strip()) for cell in grid[0]]
    if "inject_id" not in heads:
        rule = text("has no column called {name}", name=COLUMNS["inject_id"])
        raise InputRefused([_problem(path, 1, rule)])
    found: dict[str, Row] = {}
    wrong = []
    for line, cells in enumerate(grid[1:], start=2):
        cells = [*cells, *[""] * (len(heads) - len(cells))]
        there = [(column, name) for column, name in enumerate(heads) if name]
        places = {name: _place(path, sheet, line, column) for column, name in there}
        row = Row({name: cells[column] for column, name in there}, places)
        number = row["inject_id"].strip()
        if not number and any(row.values()):
            wrong.append(_problem(path, line, text("has no number")))
        elif number in found:
            wrong.append(_problem(path, line, text("has the same number as another row: {n}", n=number)))
        elif number:
            found[number] = row
    if wrong:
        raise InputRefused(wrong)
    return found


def _problem(path: Path, line: int, rule: Text) -> Problem:
    return Place(path.name, line).problem(rule)


def _place(path: Path, sheet: str, line: int, column: int) -> Place:
    """Return where a cell stands: ``list.xlsx:Inspel!J14``, of CSV the line."""
    from openpyxl.utils import get_column_letter

    return Place(path.name, line, cell=f"{sheet}!{get_column_letter(column + 1)}{line}" if sheet else None)


def _csv(path: Path) -> list[list[str]]:
    """Return the cells, without the apostrophe that keeps a text from being a formula."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise InputRefused(
            [_problem(path, 1, text("is not UTF-8 text; save it as UTF-8 (in Excel: CSV UTF-8)"))]
        ) from reason
    rows = csv.reader(io.StringIO(content), delimiter=";")
    return [
        [cell[1:] if cell[:1] == "'" and inert(cell[1:]) == cell else cell for cell in row] for row in rows
    ]


def _workbook(path: Path) -> tuple[str, list[list[str]]]:
    """Return the name of the first sheet, and its cells as texts."""
    from zipfile import BadZipFile

    import openpyxl

    try:
        sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]
    except (BadZipFile, KeyError, ValueError, IndexError) as reason:
        raise InputRefused([_problem(path, 1, text("is no workbook that can be read"))]) from reason
    return sheet.title, [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _cell(value: object) -> str:
    if isinstance(value, datetime | time):
        return value.isoformat(timespec="minutes")
    return "" if value is None else str(value)


def merged(material: Material, rows: Mapping[str, Row]) -> tuple[Material, tuple[Change, ...]]:
    """Return *material* with what people wrote in *rows*, and what is otherwise in the new list.

    Raises ``InputRefused`` where a status, a receiver or a time cannot be meant.
    """
    joining = _Joining(material, rows)
    kept, gone = joining.of_the_course(), joining.own()
    if joining.reader.wrong:
        raise InputRefused(joining.reader.wrong)
    ordered = sorted(kept, key=lambda one: (one[0].wall, not one[0].code, one[0].time_s))
    injects = tuple(one for group in ordered for one in group) + tuple(gone)
    return replace(material, planned=replace(material.planned, injects=injects)), tuple(joining.changes)


class _Joining:
    """The course's rows and the edited ones, on their way into one list."""

    def __init__(self, material: Material, rows: Mapping[str, Row]) -> None:
        self.material = material
        self.rows = rows
        self.reader = Reader(material)
        self.changes: list[Change] = []
        self.dropped = material.say(STATUSES[-1])
        self.groups: list[list[Inject]] = []

    def of_the_course(self) -> list[list[Inject]]:
        """Return the course's rows as people left them, each with its contingency inject."""
        before: dict[str, Inject] = {}
        for one in self.material.injects:
            before[one.inject_id] = one
            row = self.rows.get(one.inject_id)
            if row is None:
                self.changes.append(Change(one.inject_id, "added", "", one.wall_clock))
            made = one if row is None else self._with_own_words(one, row)
            if not one.reserve_of:
                self.groups.append([made])
                continue
            parent = self.groups[-1][0]
            self.groups[-1].append(self._after(made, one, parent, before[parent.inject_id]))
        return self.groups

    def _with_own_words(self, one: Inject, row: Row) -> Inject:
        """Return *one* with the cells that people filled or changed; of a contingency inject too."""
        zone = self.material.scenario.time_zone
        noted = {name: row[name] for name in NOTED if name in row}
        if "status" in row:
            noted["status"] = self.reader.status(row)
        hand = by_hand(row, one, zone)
        made = one.changed(**noted, **{name: cell for name, cell in hand.items() if name != "wall_clock"})
        if "to" in hand:
            to, player = self.reader.receiver(row, one.region)
            made = made.changed(to=to, player=player)
        if hand.get("wall_clock", "").strip() and made.status != self.dropped:
            when = self.reader.moment(row, one.wall)
            made = self._at(made, when) if when else made
        elif "wall_clock" in row and "wall_clock" not in hand:
            before = aware(row["wall_clock"], zone)
            if before != one.wall_clock:
                self.changes.append(Change(one.inject_id, "moved", before, one.wall_clock))
        for name in hand:
            was, now = getattr(one, name), getattr(made, name)
            if was != now and name not in ("objective", "controller", "to"):
                self.changes.append(Change(one.inject_id, "kept", was, now, name))
        if "script" not in hand and row.get("script", one.script) != one.script:
            self.changes.append(Change(one.inject_id, "reworded", row["script"], one.script))
        return made

    def _after(self, made: Inject, one: Inject, parent: Inject, was: Inject) -> Inject:
        """Return a contingency inject that follows its *parent*: later with it, and dropped with it."""
        clock = self.material.clock
        stays = made.wall_clock != one.wall_clock or one.wall.date() != was.wall.date()
        if parent.wall_clock != was.wall_clock and not stays:
            due = parent.wall.astimezone(UTC) + (one.wall - was.wall)
            last = clock.evening(clock.day_of(parent.time_s))
            when = min(due, last).astimezone(clock.startex.tzinfo).isoformat(timespec="minutes")
            made = self._at(made, when).changed(scenario_time=parent.scenario_time, time_s=parent.time_s)
        played = self.material.say(STATUSES[-2])
        if parent.status == self.dropped and made.status != played:
            made = made.changed(status=self.dropped)
        return made

    def _at(self, one: Inject, wall_clock: str) -> Inject:
        """Return *one* at another time in the room, with the scenario's time that goes with it."""
        clock, wall = self.material.clock, datetime.fromisoformat(wall_clock)
        time_s = clock.scenario(wall)
        return one.changed(
            wall_clock=wall_clock,
            offset=clock.offset(wall),
            not_before=wall.strftime("%Y-%m-%d %H:%M"),
            scenario_time=clock.said(time_s),
            time_s=time_s,
            move=self.material.planner.move(time_s),
        )

    def own(self) -> list[Inject]:
        """Add the rows that people added; return those that this course does not give, as dropped."""
        fresh, gone = {i.inject_id for i in self.material.injects}, []
        for number, row in self.rows.items():
            if number in fresh:
                continue
            ours = _OURS.fullmatch(number)
            if ours and ours[1] in codes():
                zone, start = self.material.scenario.time_zone, self.material.clock.startex
                was = aware(row.get("wall_clock", ""), zone)
                cells = {name: row.get(name, "") for name in COLUMNS} | {"status": self.dropped}
                cells["wall_clock"] = was or start.isoformat(timespec="minutes")
                gone.append(Inject(**cells))  # type: ignore[arg-type]
                self.changes.append(Change(number, "gone", was, ""))
            else:
                self.groups.append([self._from_row(row)])
        return gone

    def _from_row(self, row: Row) -> Inject:
        """Return a row that a person added: at its time, with the receiver who is named."""
        material, number = self.material, row["inject_id"].strip()
        start = material.clock.startex
        when = self.reader.moment(row, start) if row.get("wall_clock", "").strip() else ""
        if not row.get("wall_clock", "").strip():
            self.changes.append(Change(number, "timeless", "", start.isoformat(timespec="minutes")))
        to, player = self.reader.receiver(row)
        cells = {name: row.get(name, "") for name in COLUMNS}
        cells |= {"inject_id": number, "status": self.reader.status(row), "to": to}
        cells["wall_clock"] = start.isoformat(timespec="minutes")
        cells["marking"] = cells["marking"] or material.sign
        if player:
            cells["controller"] = (
                cells["controller"] or material.planner.controller_of(material.players[player]).name
            )
            cells["region"] = cells["region"] or material.players[player].region or ""
        own = Inject(**cells, player=player)  # type: ignore[arg-type]
        return self._at(own, when or cells["wall_clock"])


def told(changes: Iterable[Change]) -> list[Text]:
    """Return in a few sentences what is otherwise, what the leader changed first."""
    by_kind: dict[str, list[str]] = {}
    for one in changes:
        numbers = by_kind.setdefault(one.kind, [])
        if one.inject_id not in numbers:
            numbers.append(one.inject_id)
    said = {
        "kept": text("Kept as you changed them, and their figures are now yours: {count} ({which})."),
        "timeless": text("Rows of yours without a time, put at STARTEX: {count} ({which})."),
        "moved": text("Moved, because the course is another: {count} ({which})."),
        "reworded": text("In other words, because the course is another: {count} ({which})."),
        "added": text("New in this course: {count} ({which})."),
        "gone": text("No longer in this course, kept as dropped: {count} ({which})."),
    }
    return [
        Text(words.template, {"count": len(by_kind[kind]), "which": _some(by_kind[kind])})
        for kind, words in said.items()
        if kind in by_kind
    ]


def _some(numbers: list[str]) -> str:
    return ", ".join([*numbers[:_MOST_NAMED], *["…"][: len(numbers) > _MOST_NAMED]])


def as_table(changes: Iterable[Change], material: Material) -> Table:
    """Return the changes for a sheet."""
    head = [text("No."), text("Change"), text("Before"), text("Now")]
    rows = [[c.inject_id, material.say(c.what), c.before, c.now] for c in changes]
    return Table([material.say(h) for h in head], rows)
