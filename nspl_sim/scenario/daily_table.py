"""Tables of a user's own figures by day or by region: admissions, patients in beds, what should lie there.

Each row is one part of a file as any other: an unknown column, region or class, a figure that is none and a
row that says the same again are refused with their cell. What columns there may be follows from the model of
a row; ``note`` is not read.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from nspl_sim.reading.node import Node
from nspl_sim.reading.numbers import Key, Moment, NonNegative, Real, Whole
from nspl_sim.reading.part import Part
from nspl_sim.reading.place import Place
from nspl_sim.reading.problems import problems
from nspl_sim.reading.raw import refused
from nspl_sim.reading.showing import nearest
from nspl_sim.reading.table import Row, Table, read_table
from nspl_sim.scenario.aliases import RegionNames, kind_meant
from nspl_sim.scenario.base import one_of
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import text

_NOT_READ = ("note", "name")


class Dated(Part):
    """A row of a day: by its date, or by its number (0 is the first)."""

    date: Moment | None = None
    day: Annotated[Real, Field(ge=0, le=36_500)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        one_of(self, "date", "day")
        return self


class Admissions(Dated):
    """How many were admitted in a region on a day."""

    region: Key
    admissions: Whole
    """Patients admitted that day; when in the day is not known."""
    class_: Annotated[Key | None, Field(alias="class")] = None
    """A class of the scenario; else the one that the command names."""


class Observed(Dated):
    """How many lay in beds on a day, in a region or, without one, in all."""

    region: Key | None = None
    census: NonNegative
    """Patients in beds."""


class Target(Part):
    """How many should lie on average in a kind of unit in a region."""

    region: Key
    kind: Key
    census: NonNegative
    """Patients in beds, time-weighted mean."""


R = TypeVar("R", bound=Part)


def read_rows(path: Path, model: type[R], scenario: Scenario) -> list[tuple[Place, R]]:
    """Return the rows of the table at *path*, each with its place; raise with everything that is wrong."""
    fields = {f.alias or name: f for name, f in model.model_fields.items()}
    required = [head for head, f in fields.items() if f.is_required()]
    table = read_table(path, required[0])
    _check_headings(table, fields, required)
    names = RegionNames({k: r.model_dump(mode="json") for k, r in scenario.regions.items()})
    found: list[tuple[Place, R]] = []
    wrong: list[Problem] = []
    for _, row in table.rows:
        sound = {head: cell for head, cell in row.items() if head in fields and not cell.told}
        if not sound:
            continue
        first = next(iter(sound.values())).place
        strange = list(_strangers(sound, names, scenario))
        try:
            found.append((first, model.model_validate(_content(sound, names, scenario))))
        except ValidationError as error:
            told = [_at_cell(p, sound, table.file) for p in problems(error, _tree(sound, first), model)]
            wrong += [p for p in told if p.path not in {s.path for s in strange}]
        wrong += strange
    wrong += [*table.wrong.problems, *_twice(found)]
    if wrong:
        raise InputRefused(wrong)
    if not found:
        raise refused(table.file, text("has no rows beneath its heading"))
    return found


def _check_headings(table: Table, fields: Iterable[str], required: list[str]) -> None:
    known = list(fields)
    wrong = [
        cell.place.problem(text("is no column that belongs here"), head, suggestion=nearest(head, known))
        for head, cell in table.heads.items()
        if head not in (*known, *_NOT_READ)
    ]
    missing = [head for head in required if head not in table.heads]
    if "date" in known and not {"date", "day"} & {*table.heads}:
        missing.append("date")
    wrong += [table.first.place.problem(text("is missing among the headings"), head) for head in missing]
    if wrong:
        raise InputRefused(wrong)


def _content(row: Row, names: RegionNames, scenario: Scenario) -> dict[str, Any]:
    content = {head: cell.value for head, cell in row.items()}
    if "region" in content:
        content["region"] = names.key(content["region"]) or "unknown"
    if "kind" in content and isinstance(content["kind"], str):
        content["kind"] = kind_meant(content["kind"], scenario.kinds) or content["kind"]
    return content


def _strangers(row: Row, names: RegionNames, scenario: Scenario) -> Iterable[Problem]:
    """Yield what names no region, no class or no kind of unit of the scenario."""
    if (cell := row.get("region")) and names.key(cell.value) is None:
        yield cell.place.problem(text("names no region"), "region", cell.written, names.nearest(cell.value))
    if (cell := row.get("class")) and cell.value not in scenario.classes:
        meant = nearest(cell.value, scenario.classes)
        yield cell.place.problem(text("is no class of the scenario"), "class", cell.written, meant)
    if (cell := row.get("kind")) and not isinstance(cell.value, str):
        return
    if cell and cell.value not in scenario.kinds and not kind_meant(cell.value, scenario.kinds):
        meant = nearest(cell.value, scenario.kinds)
        yield cell.place.problem(text("is no unit kind of the scenario"), "kind", cell.written, meant)


def _tree(row: Row, first: Place) -> Node:
    leaves: dict[int | str, Node] = {h: Node(c.value, c.place, written=c.written) for h, c in row.items()}
    return Node(leaves, first)


def _at_cell(problem: Problem, row: Row, file: str) -> Problem:
    cell = row.get(problem.path)
    return problem if cell is None else replace(problem, file=file, cell=cell.place.cell, got=cell.written)


def _twice(found: list[tuple[Place, R]]) -> Iterable[Problem]:
    """Yield each row that says something of the same day, region and class again."""
    seen: dict[tuple[Any, ...], Place] = {}
    for place, row in found:
        keys = ("date", "day", "region", "kind", "class_")
        key = tuple(getattr(row, name, None) for name in keys)
        if key in seen:
            rule = text("says the same as the row of {cell} again", cell=seen[key].cell)
            yield place.problem(rule)
        seen.setdefault(key, place)


def begin_of(rows: Iterable[Dated], fallback: datetime) -> datetime:
    """Return the earliest date in *rows*; *fallback* where their days are numbered."""
    return min((row.date for row in rows if row.date is not None), default=fallback)


def day_of(row: Dated, begin: datetime) -> float:
    """Return the number of the day of *row* when *begin* is day 0."""
    if row.date is not None:
        return (row.date - begin).total_seconds() / 86400
    return row.day if row.day is not None else 0.0
