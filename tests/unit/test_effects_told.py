"""What a decision comes to is told at once, as the journal has it: staff, moves, those asked in vain."""

import re
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from nspl_sim.exercise.play.beginning import begun
from nspl_sim.exercise.play.desk import Desk
from nspl_sim.exercise.play.orders import take
from nspl_sim.exercise.play.session import Session, Setup
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.exercise.setting.load import load_roles
from nspl_sim.exercise.triggers import codes
from nspl_sim.paper.language import Language
from nspl_sim.policies.plan import load_plan
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, HOUR
from tests.exercises import troubled


@cache
def setup() -> Setup:
    world = troubled()
    clock = ExerciseClock.of(world, datetime(2027, 3, 8, 8), datetime(2027, 1, 5, 8), 8.0, 8, 2, "stands")
    roles = load_roles(None, world, codes())
    return Setup(world, load_plan("today").plan, 0, roles, clock, "staff", Language("en"), "simpy")


def opened(folder: Path) -> tuple[Session, Desk, list[str]]:
    playing = begun(setup(), folder / "log.jsonl", {"scenario": "x", "plan": "today"})[0]
    said: list[str] = []
    return playing, Desk(playing, said.append, lambda ends: []), said


def test_staff_who_are_lent_say_when_they_work_there(tmp_path: Path) -> None:
    playing, desk, said = opened(tmp_path)
    take(desk, "+60")
    said.clear()
    take(desk, "decide d lends b 2")
    there_s = playing.now_s + DAY
    wall = playing.clock.wall(there_s)
    assert wall is not None
    [told] = [line for line in said if "the staff work in b from" in line]
    assert playing.clock.said(there_s) in told and f"{wall:%H:%M} in the room" in told
    assert "2 beds fewer" in told
    take(desk, "+5")
    said.clear()
    take(desk, "decide d lends b 2")
    assert any("so many are lent to b already" in line for line in said)
    take(desk, "+60")
    said.clear()
    take(desk, "decide d lends b 0")
    assert any(f"work at home from {playing.clock.said(playing.now_s + DAY)}" in line for line in said)


@pytest.mark.parametrize("hour", [9, 11, 14])
def test_moves_are_counted_in_the_course_against_the_course_before(tmp_path: Path, hour: int) -> None:
    playing, desk, said = opened(tmp_path)
    take(desk, f"to {hour}:00")
    before = playing.course.line.course.journal
    said.clear()
    take(desk, "decide b moves d 3")
    after, now_s = playing.course.line.course.journal, playing.now_s
    counts = []
    for journal in (before, after):
        rows = journal.where(Event.MOVED)
        here = (journal.time_s[rows] >= now_s) & (journal.time_s[rows] < now_s + DAY)
        here &= (journal.region[rows] == 1) & (journal.detail[rows] == 3)
        here &= journal.unit[rows] == playing.course.line.icu
        counts.append(int(here.sum()))
    if counts[1] > counts[0]:
        expected = f"b: within a day {counts[1]} of at most 3 are moved to d; "
        assert f"{expected}without the decision {counts[0]}." in said
    else:
        assert any(re.match(r"b: nobody can be moved to d: \w+", line) for line in said)


def test_that_nobody_can_come_home_is_told_with_why(tmp_path: Path) -> None:
    _, desk, said = opened(tmp_path)
    take(desk, "+60")
    take(desk, "decide d brings home 0")
    assert any(
        "d: no resident can come home: none of them lies in intensive care elsewhere." in s for s in said
    )


def test_who_is_asked_only_of_those_that_refuse_is_warned(tmp_path: Path) -> None:
    _, desk, said = opened(tmp_path)
    take(desk, "decide c receives no")
    said.clear()
    take(desk, "decide a asks only c")
    assert any(s == "Warning: c have decided not to receive, and a asks nobody else." for s in said)
    said.clear()
    take(desk, "decide a asks first c,d")
    assert any(s == "Warning: asked in vain, have decided not to receive: c." for s in said)


def test_only_what_changes_within_the_hour_is_told_in_full(tmp_path: Path) -> None:
    playing, desk, said = opened(tmp_path)
    take(desk, "+60")
    said.clear()
    take(desk, "decide a,b,c planned 0; steps 2")
    line = next(one for one in reversed(playing.log.lines) if one["do"] == "planned")
    full = [one for one in said if one.startswith("  ")]
    soon = playing.room.replace(hour=playing.room.hour + 1)
    named = {n for one in full for n in re.findall(r"[A-Z]+-[A-Z]+-\d\d(?:-R)?", one)}
    for number in line["added"]:
        assert (number in named) == (datetime.fromisoformat(line["walls"][number]) <= soon)
    assert any(f"added {len(line['added'])}" in one for one in said)
    said.clear()
    assert not take(desk, "new")
    named = {n for one in said for n in re.findall(r"[A-Z]+-[A-Z]+-\d\d(?:-R)?", one)}
    assert set(line["added"]) | set(line["gone"]) <= named


def test_decide_alone_lists_what_is_in_force(tmp_path: Path) -> None:
    playing, desk, said = opened(tmp_path)
    take(desk, "decide b keeps free 3; planned 50 %")
    take(desk, "+30")
    take(desk, "decide b keeps free 2")
    said.clear()
    assert not take(desk, "decide")
    assert [one.split(":", 1)[0] for one in said] == ["  b, since D+1 08", "  b, since D+1 12"]
    assert "50 per cent" in said[0] and "keeps 2 beds" in said[1] and not any("3 beds" in one for one in said)
    assert playing.clock.to_s > HOUR
