"""A day ends before the next begins, ENDEX says so, and hours are typed as people say them."""

from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from nspl_sim.exercise.papers import axis
from nspl_sim.exercise.play.beginning import begun
from nspl_sim.exercise.play.desk import Desk
from nspl_sim.exercise.play.orders import take
from nspl_sim.exercise.play.session import Session, Setup
from nspl_sim.exercise.setting.clock import ExerciseClock, Night
from nspl_sim.exercise.setting.load import load_roles
from nspl_sim.exercise.triggers import codes
from nspl_sim.paper.language import Language
from nspl_sim.policies.plan import load_plan
from tests.exercises import troubled


@cache
def setup(night: Night = "stands", days: int = 2, breaks: tuple[str, ...] = ()) -> Setup:
    world = troubled()
    startex, begins = datetime(2027, 3, 8, 8), datetime(2027, 1, 5, 8)
    clock = ExerciseClock.of(world, startex, begins, 8.0, 8, days, night, breaks)
    roles = load_roles(None, world, codes())
    return Setup(world, load_plan("today").plan, 0, roles, clock, "staff", Language("sv"), "simpy")


def opened(folder: Path, of: Setup) -> tuple[Session, Desk, list[str]]:
    playing = begun(of, folder / "log.jsonl", {"scenario": "x", "plan": "today"})[0]
    said: list[str] = []
    return playing, Desk(playing, said.append, lambda ends: []), said


@pytest.mark.parametrize("night", ["stands", "runs"])
@pytest.mark.parametrize("way", ["+600", "till 16:00", "till D+4 20:00", "till dag 2 09:00"])
def test_a_step_over_the_end_of_a_day_stops_there_first(tmp_path: Path, night: Night, way: str) -> None:
    playing, desk, said = opened(tmp_path, setup(night))
    planned = {one.inject_id for one in playing.injects}
    take(desk, "+60")
    said.clear()
    assert take(desk, way)
    assert playing.room == datetime(2027, 3, 8, 16, tzinfo=playing.room.tzinfo) and playing.is_day_over
    assert playing.now_s == playing.clock.ends_s(0) and playing.day == 0
    assert "dag 1, måndag 8 mars 16:00 i rummet" in said[0]
    assert any(line == "Dag 1 slut, 16:00." for line in said)
    assert any(line.startswith("Nästa: dag 2, tisdag 9 mars 08:00; då är det D+") for line in said)
    [left] = [line for line in said if line.startswith("Inte märkta: ")]
    assert all(one.inject_id in left for one in playing.due)
    assert all(one.wall <= playing.room for one in playing.due)
    again = begun(playing.setup, tmp_path / "log.jsonl", {})[0]
    assert again.state == playing.state and again.room == playing.room
    said.clear()
    assert take(desk, "nästa")
    assert "dag 2, tisdag 9 mars 08:00" in said[0] and playing.now_s == playing.clock.begins_s(1)
    assert all(one.time_s > playing.now_s for one in playing.coming)
    assert planned == {one.inject_id for one in playing.injects}


def test_what_is_of_the_morning_is_not_told_in_the_evening_and_is_told_once(tmp_path: Path) -> None:
    playing, desk, _ = opened(tmp_path, setup())
    boundary = playing.clock.ends_s(0)
    morning = {one.inject_id for one in playing.injects if one.time_s == boundary and not one.reserve_of}
    take(desk, "till 16.00")
    assert not morning & set(playing.state.due) and morning <= {one.inject_id for one in playing.coming}
    take(desk, "+15")
    assert morning <= set(playing.state.due) and morning <= playing.fresh
    due = [row["inject_id"] for line in playing.log.lines if line["do"] == "step" for row in line["due"]]
    assert len(due) == len(set(due))


def test_from_an_evening_an_hour_is_the_next_day_s(tmp_path: Path) -> None:
    playing, desk, _ = opened(tmp_path, setup())
    take(desk, "till 16:00")
    assert take(desk, "till 9.15")
    assert (playing.day, f"{playing.room:%H:%M}") == (1, "09:15")


@pytest.mark.parametrize(
    "written",
    ["9.15", "09:15", "kl 09:15", "kl. 9.15", "klockan 9.15", "915", "0915", "dag 1 09:15", "D+1 18:00"],
)
def test_hours_are_typed_in_many_ways(tmp_path: Path, written: str) -> None:
    playing, desk, said = opened(tmp_path, setup())
    assert take(desk, f"till {written}"), said
    assert f"{playing.room:%H:%M}" == "09:15"


@pytest.mark.parametrize("written", ["07:00", "16:30", "dag 3 09:00", "D+9 08:00"])
def test_what_is_not_played_says_what_is(tmp_path: Path, written: str) -> None:
    _, desk, said = opened(tmp_path, setup())
    assert not take(desk, f"till {written}")
    assert said[-1].startswith(f"{written} spelas inte: i rummet spelas dag 1 till 2, 08:00 till 16:00")


def test_endex_says_that_it_is_over_and_what_to_do(tmp_path: Path) -> None:
    playing, desk, said = opened(tmp_path, setup(days=1))
    while not playing.is_over:
        said.clear()
        assert take(desk, "nästa")
    assert "16:00 i rummet" in said[0] and "dag" not in said[0]
    assert any(line.startswith("ENDEX, 16:00: övningen är slut.") for line in said)
    assert any(line.endswith(f"nspl debrief {tmp_path}") for line in said)
    assert not take(desk, "nästa") and "ENDEX har varit" in said[-1]


def test_moved_injects_say_their_day(tmp_path: Path) -> None:
    _, desk, said = opened(tmp_path, setup())
    take(desk, "till 10:00")
    take(desk, "beslut a,b,c planerat 0; utökningssteg 2")
    take(desk, "nytt")
    moved = [line for line in said if "→" in line]
    assert moved and all("dag 1" in line or "dag 2" in line for line in moved)


def test_the_time_axis_ends_with_the_evening() -> None:
    [first, _] = axis.pages(setup().material(()))
    assert ">16:00<" in first.drawing and first.drawing.count(">08:00<") == 1


@pytest.mark.parametrize("written", ["nasta", "NÄSTA", "next"])
def test_commands_need_no_accents(tmp_path: Path, written: str) -> None:
    _, desk, _ = opened(tmp_path, setup())
    assert take(desk, written)


def test_what_the_program_prints_of_a_mark_is_a_command(tmp_path: Path) -> None:
    playing, desk, _ = opened(tmp_path, setup())
    take(desk, "nästa")
    first, second = [one.inject_id for one in playing.due if not one.reserve_of][:2]
    assert take(desk, f"utspelat {first} ringt") and take(desk, f"utgar {second}")
    assert [playing.state.marks[n].status for n in (first, second)] == ["played", "dropped"]


def test_a_break_is_said_and_the_day_still_ends_in_the_evening(tmp_path: Path) -> None:
    playing, desk, said = opened(tmp_path, setup(breaks=("11:45-12:30",)))
    assert take(desk, "till 12:00")
    assert "12:30 i rummet" in said[0] and said[1] == "Rast 11:45 till 12:30."
    assert not take(desk, "till 12:00") and said[-1] == "klockan är redan så mycket"
    assert take(desk, "+300") and f"{playing.room:%H:%M}" == "16:00" and playing.is_day_over
    assert take(desk, "+5") and (playing.day, f"{playing.room:%H:%M}") == (1, "08:00")
