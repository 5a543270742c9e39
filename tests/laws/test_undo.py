"""What is taken back has never been: the course, the list and the state are those without it."""

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
from tests.exercises import troubled


@cache
def setup() -> Setup:
    world = troubled()
    clock = ExerciseClock.of(world, datetime(2027, 3, 8, 8), datetime(2027, 1, 5, 8), 8.0, 8, 2, "stands")
    roles = load_roles(None, world, codes())
    return Setup(world, load_plan("today").plan, 0, roles, clock, "staff", Language("en"), "simpy")


def played(folder: Path, *lines: str) -> tuple[Session, list[str]]:
    folder.mkdir(exist_ok=True)
    playing = begun(setup(), folder / "log.jsonl", {"scenario": "x", "plan": "today"})[0]
    said: list[str] = []
    desk = Desk(playing, said.append, lambda ends: [])
    for line in lines:
        take(desk, line)
    return playing, said


def same(one: Session, other: Session) -> bool:
    journals = (of.course.line.course.journal.fingerprint() for of in (one, other))
    return len(set(journals)) == 1 and one.state == other.state and one.injects == other.injects


BOTH = "decide a,b planned 0; steps 2"


@pytest.mark.parametrize(
    ("with_it", "without"),
    [
        (("+60", BOTH, "undo"), ("+60",)),
        (("+60", "decide c receives no", "+20", BOTH, "undo"), ("+60", "decide c receives no", "+20")),
        (("+60", BOTH, "decide c receives no", "undo", "undo"), ("+60",)),
        (("+60", BOTH, "decide a planned 0", "undo"), ("+60", BOTH)),
        (("+60", BOTH, "+60", "back 09:00 yes", "undo"), ("+60", "+60", "back 09:00 yes")),
    ],
)
def test_the_course_is_as_if_it_had_never_been_decided(
    tmp_path: Path, with_it: tuple[str, ...], without: tuple[str, ...]
) -> None:
    one, _ = played(tmp_path / "one", *with_it)
    other, _ = played(tmp_path / "other", *without)
    assert same(one, other)
    again, _ = played(tmp_path / "one")
    assert same(again, other) and len(again.log.lines) == len(one.log.lines)


def test_one_line_is_taken_back_whole_and_told(tmp_path: Path) -> None:
    playing, said = played(tmp_path, "+30", BOTH)
    assert len(playing.state.decisions) == 2
    _, said = played(tmp_path, "undo")
    told = [line for line in said if line.startswith("Taken back: the decision from")]
    assert len(told) == 2 and "no planned care goes ahead" in told[0]
    acts = [line["do"] for line in played(tmp_path)[0].log.lines]
    assert acts.count("decide") == 2 and acts[-2:] == ["undo", "planned"]


def test_a_mark_is_taken_back_and_an_inject_brought_forward_comes_when_it_would(tmp_path: Path) -> None:
    playing, _ = played(tmp_path / "x", "+30")
    late = playing.next[-1].inject_id
    one, said = played(tmp_path / "one", "+30", f"played {late} early", "undo")
    other, _ = played(tmp_path / "other", "+30")
    assert same(one, other) and f"what was marked of {late}" in said[-1]
    one, _ = played(tmp_path / "two", "+30", f"note {playing.due[0].inject_id} x", BOTH, "undo", "undo")
    assert same(one, other)


def test_what_came_due_meanwhile_stays_as_it_was_told(tmp_path: Path) -> None:
    playing, _ = played(tmp_path, "+30", "decide a,b,c planned 0", "+90")
    due = dict(playing.state.due)
    playing, _ = played(tmp_path, "undo")
    assert playing.state.due == due and not playing.state.decisions
    unbranched = setup().material(()).line.course.journal.fingerprint()
    assert playing.course.line.course.journal.fingerprint() == unbranched


def test_a_crash_between_what_is_taken_back_and_the_new_plan_loses_nothing(tmp_path: Path) -> None:
    playing, _ = played(tmp_path, "+30", BOTH, "undo")
    path = playing.log.path
    path.write_bytes(b"".join(line + b"\n" for line in path.read_bytes().split(b"\n")[:-2]))
    other, _ = played(tmp_path / "other", "+30")
    assert same(played(tmp_path)[0], other)
