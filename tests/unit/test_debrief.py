"""After the exercise: every column is of the same patients, and differences are what they say."""

import csv
import io
import math
from functools import cache
from pathlib import Path

import pytest

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.answer import Answer
from nspl_sim.exercise.debrief.courses import Branch, branches, until_endex
from nspl_sim.exercise.debrief.file import columns
from nspl_sim.exercise.debrief.measures import FEWER, of_regions, of_the_nation
from nspl_sim.exercise.debrief.parted import parted
from nspl_sim.exercise.debrief.quantities import differences
from nspl_sim.exercise.debrief.reading import NothingPlayed, log_in, played
from nspl_sim.exercise.debrief.report import ONE_COURSE, Debrief, files, page
from nspl_sim.exercise.play.beginning import begun
from nspl_sim.exercise.play.desk import Desk
from nspl_sim.exercise.play.orders import take
from nspl_sim.paper.language import Language
from nspl_sim.policies.decided import Decided
from nspl_sim.policies.decision import Decision, What
from nspl_sim.policies.plan import load_plan
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, HOUR
from tests.unit.test_play import HOSTILE, usual, world

EN = Language("en")
AT_S = 2 * DAY + 3 * HOUR


def decided() -> list[Decision]:
    pause = {"planned": {1: 0, 2: 0, 3: 0}, "surge_steps": 2, "receives": False}
    return [Decision(AT_S, ("a",), What.model_validate(pause))]


@cache
def compared() -> list[Branch]:
    return branches(usual(), decided(), [load_plan(name).plan for name in ("today", "coordinated")])


def test_the_players_stand_beside_their_plan_and_each_other_plan_once() -> None:
    assert [branch.key for branch in compared()] == ["players", "today", "coordinated"]
    patients = {branch.course.demand.fingerprint() for branch in compared()}
    assert patients == {usual().demand.fingerprint()}


def test_without_decisions_nothing_parts_and_nothing_differs() -> None:
    players, plan, *_ = branches(usual(), [], [])
    assert parted(players, plan, Words(world(), EN)) is None
    answer = Answer([players, plan], [], usual().clock, Words(world(), EN))
    assert differences(answer.beside) == []
    apart = columns(answer)[f"The players minus {plan.heading}"]
    assert all(value == 0 for value in apart if not math.isnan(value))


def test_it_parted_at_the_decision_and_not_before() -> None:
    players, plan, other = compared()
    words = Words(world(), EN)
    found = parted(players, plan, words)
    assert found is not None and AT_S <= found.time_s < AT_S + 6 * HOUR
    mine, theirs = (b.course.journal for b in (players, plan))
    before = [
        j.only((j.time_s < found.time_s) & (j.event != Event.DIRECTED)).fingerprint() for j in (mine, theirs)
    ]
    assert before[0] == before[1]
    assert found.first.startswith(words.short(0)) and not any(c.isdigit() for c in found.first)
    another = parted(players, other, words)
    assert another is not None and another.time_s >= usual().clock.from_s


def test_what_is_decided_holds_until_endex_and_is_lifted_then() -> None:
    clock = usual().clock
    late = Decision(clock.to_s + HOUR, ("b",), decided()[0].what)
    held = until_endex([*decided(), late], clock.to_s)
    assert held[0] == decided()[0] and [(d.time_s, d.regions) for d in held[1:]] == [(clock.to_s, ("a",))]
    geo = geography(world())
    assert Decided(held, geo).holds("receives", 0, geo.kinds.index("icu"), clock.to_s - 1) is False
    assert Decided(held, geo).holds("receives", 0, geo.kinds.index("icu"), clock.to_s) is None


def test_without_decisions_the_answer_says_so() -> None:
    answer = Answer(compared(), [], usual().clock, Words(world(), EN))
    assert list(answer.sentences()) == [
        "The players decided nothing before ENDEX: the course is the plan's own."
    ]


def test_differences_are_the_players_minus_the_other() -> None:
    answer = Answer(compared(), decided(), usual().clock, Words(world(), EN))
    table = columns(answer)
    players, today, coordinated = (branch.heading for branch in compared())
    names = table["Name in files"]
    place = names.index("icu_over_capacity_hours")
    mine, theirs = table[players][place], table[today][place]
    assert mine != theirs and table[f"{players} minus {today}"][place] == mine - theirs
    for flat, one, other, apart in zip(
        names, table[players], table[coordinated], table[f"{players} minus {coordinated}"], strict=True
    ):
        untold = math.isnan(apart) or EN.say(FEWER) in (one, other)
        assert math.isnan(apart) if untold else apart == one - other, flat
    shown = {row[0]: row for row in of_the_nation(compared(), usual().clock, EN).rows}
    [dead] = [row for title, row in shown.items() if title.startswith("Deaths (")]
    mine, theirs = (branch.values["deaths_all"] for branch in compared()[:2])
    assert dead[1] == f"{mine:.0f}" and dead[2].startswith(f"{theirs:.0f} (")


def test_regions_are_told_without_deaths() -> None:
    table = of_regions(compared(), ["a", "b"], usual().clock, Words(world(), EN))
    assert table is not None and [row[0] for row in table.rows] == ["a", "b"]
    assert not any("death" in head.lower() or "dead" in head.lower() for head in table.head)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_played_exercise_from_startex_to_the_report(tmp_path: Path, language: str) -> None:
    session, _ = begun(usual(), tmp_path / "key-log.jsonl", {"scenario": "x", "plan": "today"})
    said: list[str] = []
    desk = Desk(session, said.append, lambda ends: [])
    while session.now_s < session.clock.to_s:
        take(desk, "+80")
        for one in session.due[:2]:
            take(desk, f"played {one.inject_id} {HOSTILE}")
        if session.now_s == 2 * DAY:
            take(desk, "decide a,b planned 0%; steps 1")
    setup, state = played(log_in(tmp_path), world(), usual().plan, Language(language), "simpy")
    assert state == session.state
    made = Debrief(setup, state, branches(setup, state.decisions, [load_plan("coordinated").plan]))
    told = files(made)
    name = {"sv": "facit-efter", "en": "key-debrief"}[language]
    assert set(told) == {f"{name}.html", f"{name}.csv"}
    shown = told[f"{name}.html"].decode()
    say = Language(language).say
    assert say(ONE_COURSE).split(":")[0] in shown.replace("&#39;", "'") and "<script" not in shown
    assert "ÖVNING ÖVNING ÖVNING" in shown and "{" not in shown.partition("</style>")[2].replace(
        HOSTILE[28:], ""
    ).replace("{x}{{7*7}}", "")
    rows = list(csv.reader(io.StringIO(told[f"{name}.csv"].decode("utf-8-sig")), delimiter=";"))
    assert {len(row) for row in rows} == {len(rows[0])} and len(rows) > 100
    assert page(made) == page(made)


def test_a_folder_without_an_exercise_and_another_scenario_are_told(tmp_path: Path) -> None:
    with pytest.raises(NothingPlayed, match="no exercise has been played"):
        log_in(tmp_path)
    begun(usual(), tmp_path / "facit-logg.jsonl", {"scenario": "x", "plan": "today"})
    with pytest.raises(NothingPlayed, match="another scenario"):
        played(log_in(tmp_path), world(), load_plan("coordinated").plan, EN, "simpy")
