"""The page of exercise control: the telephone list before the cards, and cells that can stand alone."""

import re
from datetime import datetime
from functools import cache
from pathlib import Path

from nspl_sim.exercise.play.beginning import begun
from nspl_sim.exercise.play.desk import Desk
from nspl_sim.exercise.play.drawing import drawn, table
from nspl_sim.exercise.play.fan import Futures
from nspl_sim.exercise.play.orders import take
from nspl_sim.exercise.play.page import answers, page
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
    return Setup(world, load_plan("today").plan, 0, roles, clock, "staff", Language("sv"), "simpy")


def opened(folder: Path, *lines: str) -> Session:
    playing = begun(setup(), folder / "log.jsonl", {"scenario": "x", "plan": "today"})[0]
    desk = Desk(playing, lambda words: None, lambda ends: [])
    for line in lines:
        take(desk, line)
    return playing


def test_the_telephone_list_stands_before_the_cards_and_each_cell_says_what_it_is(tmp_path: Path) -> None:
    playing = opened(tmp_path, "+60")
    shown = page(playing, None).decode()
    assert shown.index('id="answers"') < shown.index('id="due"') < shown.index('id="decisions"')
    listed = shown[shown.index('id="answers"') : shown.index('id="due"')]
    head = answers(playing).head
    assert re.findall(r'data-label="([^"]*)"', listed)[: len(head) - 1] == list(head[1:])


def test_only_what_is_in_force_stands_as_decided_and_the_clock_says_its_day(tmp_path: Path) -> None:
    playing = opened(tmp_path, "+60", "beslut b håller-fria 7", "+5", "beslut b håller-fria 2")
    shown = page(playing, None).decode()
    decided = shown[shown.index('id="decisions"') : shown.index('id="next"')]
    assert "håller 2 vårdplatser" in decided and "håller 7" not in decided and "b, sedan D+1" in decided
    assert "dag 1, måndag 8 mars 09:05 i rummet" in shown


def test_a_panel_is_a_drawing_of_its_own_and_none_is_left_out_in_silence(tmp_path: Path) -> None:
    playing = opened(tmp_path)
    found = Futures(setup(), 1).fan(playing)
    assert found is not None and found.left_out == 0
    drawings = drawn(found, playing.course)
    assert drawings.count("<svg ") == len(found.panels) == drawings.count("aria-label=")
    few = type(found)(found.times_s, found.now, found.branches, found.panels[:2], 3)
    assert "som inte visas: 3" in table(few, playing.course).caption
