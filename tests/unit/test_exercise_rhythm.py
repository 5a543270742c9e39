"""Breaks in the roles, hours as columns, and what a leader is told that the list lacks."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from nspl_sim.exercise.listing import hours, lacks
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers import axis
from nspl_sim.exercise.papers.evaluation import control
from nspl_sim.exercise.papers.overview import by_aim, load
from nspl_sim.exercise.play.room import Typed, second
from nspl_sim.exercise.setting.load import load_roles
from nspl_sim.exercise.setting.roles import Player
from nspl_sim.exercise.triggers import codes
from nspl_sim.vocabulary.errors import InputRefused
from tests.exercises import made, troubled

ROLES = """\
format: 1
controllers: [{name: B}]
breaks: ["11:45-12:30"]
"""


@cache
def day(days: int = 1, breaks: tuple[str, ...] = ("11:45-12:30",)) -> Material:
    roles = made(troubled()).roles
    known = roles.model_copy(update={"breaks": list(breaks)})
    return made(troubled(), roles=known, tempo=2.0, days=days, breaks=breaks)


def test_a_break_may_be_written_in_swedish(tmp_path: Path) -> None:
    path = tmp_path / "roles.yaml"
    path.write_text(ROLES.replace("11:45-12:30", "11.45 – 12.30"), encoding="utf-8")
    assert load_roles(path, troubled(), codes()).breaks == ["11:45-12:30"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('["12:30-11:45"]', "must end after it begins, the same day"),
        ('["11:45"]', "must be a time in the room, in quotation marks"),
        ('["11:45-25:00"]', "must be a time in the room, in quotation marks"),
        ('["11:45-12:30", "12:15-13:00"]', "11:45-12:30 and 12:15-13:00 overlap; write one break"),
    ],
)
def test_a_break_that_cannot_be_is_refused(tmp_path: Path, written: str, told: str) -> None:
    path = tmp_path / "roles.yaml"
    path.write_text(ROLES.replace('["11:45-12:30"]', written), encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        load_roles(path, troubled(), codes())
    assert told in str(refused.value)


def test_a_contingency_inject_waits_for_played_minutes() -> None:
    clock = day().clock
    morning = clock.morning(0)
    assert clock.played_from(morning.replace(hour=11, minute=30), 30) == morning.replace(hour=12, minute=45)
    assert clock.played_from(morning.replace(hour=11, minute=15), 30) == morning.replace(hour=12, minute=30)
    assert clock.played_from(morning.replace(hour=11, minute=10), 30) == morning.replace(hour=11, minute=40)
    assert clock.played_from(morning.replace(hour=12, minute=30), 30) == morning.replace(hour=13)


def test_one_may_step_to_a_break_and_is_at_its_end() -> None:
    clock = day().clock
    stands = clock.scenario(clock.morning(0).replace(hour=12, minute=30))
    for hour, minute in ((11, 45), (12, 0), (12, 30)):
        assert second(clock, Typed(None, hour, minute), 0) == stands
    assert clock.wall(stands) == clock.morning(0).replace(hour=12, minute=30)


def test_every_played_hour_is_a_column_and_its_date_is_said_once() -> None:
    one = day()
    assert load(one).head[1:] == [f"{h:02}:00" for h in range(8, 16)]
    [date] = hours.days(one)
    assert by_aim(one, date).head[1:] == load(one, date).head[1:] == load(one).head[1:]
    three = day(days=3)
    first = hours.days(three)[0]
    assert load(three).head[1] == "03-08 08:00" and load(three, first).head[1] == "08:00"
    assert set(load(three, first).head[1:]) >= {f"{h:02}:00" for h in range(8, 16)}
    listed = [page for page in control(one).pages if page.heading.startswith("Inspel i tidsordning")]
    assert {page.heading for page in listed} == {"Inspel i tidsordning, måndag 8 mars 2027"}
    cells = [row[1] for page in listed for row in page.tables[0].rows]
    assert len(cells) == len(one.told) and all(re.fullmatch(r"\d\d:\d\d", cell) for cell in cells)


def test_hours_without_injects_are_told_and_breaks_are_none() -> None:
    one = day(breaks=("11:00-12:00",))
    real = [i for i in one.told if i.code not in ("DYGN", "RAPPORT", "GENOMG") and not i.reserve_of]
    few = replace(one, planned=replace(one.planned, injects=tuple(real[:1])))
    there = real[0].wall_clock[11:13]
    assert lacks.empty_hours(few) == [f"{h:02}:00" for h in range(8, 16) if h != 11 and f"{h:02}" != there]


def test_players_and_functions_with_nothing_but_reports_are_told() -> None:
    heads = {"elective": "Verksamhetschef", "staffing": "Bemanningschef", "care": "Koordinator"}
    players = {
        "a": Player(name="A", region="a", functions=heads),
        "d": Player(name="D", region="d"),
    }
    changes = {"players": players, "without": ["ELEKT", "OPPNAT", "PERSONAL"]}
    roles = made(troubled()).roles.model_copy(update=changes)
    material = made(troubled(), "alone", roles=roles)
    assert lacks.nothing_to_do(material) == ["Verksamhetschef (A)", "Bemanningschef (A)", "D"]


def test_a_controller_with_too_much_is_told() -> None:
    one = made(troubled())
    few = one.roles.limits.model_copy(update={"most_per_controller": 1})
    roles = one.roles.model_copy(update={"limits": few})
    busy = replace(one, planner=replace(one.planner, roles=roles))
    marked = [cell for row in load(busy).rows for cell in row[1:] if cell.endswith("!")]
    assert len(lacks.overloaded(busy)) == len(marked) > 0
    assert any("Mer än 1 inspel" in busy.say(words) for words in lacks.told(busy))


def test_the_axis_ends_when_the_day_does() -> None:
    three = day(days=3)
    for number, page in enumerate(axis.pages(three)):
        words = re.findall(r">([^<>]+)</text>", page.drawing)
        assert words[0:18:2][-1] == "16:00" or "16:00" in words
        clock = three.clock
        ends = clock.said(clock.from_s + number * clock.round_s + clock.played_s)
        assert ends in words and words.count("08:00") == 1
        assert "12:00" in words and page.drawing.count("<rect") == 1
