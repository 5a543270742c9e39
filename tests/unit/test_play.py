"""A played exercise: the log is all there is, what came due stays as told, the fan begins where we are."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.exercise.play.beginning import OtherExercise, begun
from nspl_sim.exercise.play.desk import Desk
from nspl_sim.exercise.play.drawing import drawn, table
from nspl_sim.exercise.play.fan import Fan, Futures, spliced
from nspl_sim.exercise.play.following import AFTER
from nspl_sim.exercise.play.log import Log
from nspl_sim.exercise.play.orders import ORDERS, take
from nspl_sim.exercise.play.page import page
from nspl_sim.exercise.play.session import Session, Setup
from nspl_sim.exercise.play.telling import told
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.exercise.setting.load import load_roles
from nspl_sim.exercise.triggers import codes
from nspl_sim.experiment.parting import parting
from nspl_sim.paper.language import Language
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.errors import InputRefused
from tests.exercises import troubled


@cache
def world() -> Scenario:
    return troubled()


def setup(
    language: str = "en", replication: int = 0, tempo: float = 8.0, scenario: Scenario | None = None
) -> Setup:
    here = scenario or world()
    begins = datetime(2027, 1, 5, 8)
    clock = ExerciseClock.of(here, datetime(2027, 3, 8, 8), begins, tempo, 8, 2, "stands")
    roles = load_roles(None, here, codes())
    plan = load_plan("today").plan
    return Setup(here, plan, replication, roles, clock, "staff", Language(language), "simpy")


@cache
def usual() -> Setup:
    return setup()


def session(folder: Path, of: Setup | None = None) -> Session:
    return begun(of or usual(), folder / "log.jsonl", {"scenario": "x", "plan": "today"})[0]


def desk(of: Session) -> tuple[Desk, list[str]]:
    said: list[str] = []
    return Desk(of, said.append, lambda ends: []), said


def lines(of: Session) -> list[dict[str, object]]:
    return [json.loads(line) for line in of.log.path.read_text(encoding="utf-8").splitlines()]


def test_every_inject_comes_due_once_at_its_time(tmp_path: Path) -> None:
    playing = session(tmp_path)
    planned = {i.inject_id for i in usual().material(()).injects}
    while playing.now_s < playing.clock.to_s:
        assert all(i.wall > playing.room for i in playing.next)
        playing.step(playing.later(37))
    assert {i.inject_id for i in playing.injects} == planned == set(playing.state.due)
    due = [row["inject_id"] for line in lines(playing) if line["do"] == "step" for row in line["due"]]  # type: ignore[attr-defined,index]
    assert sorted(due) == sorted(planned)


def test_a_decision_changes_what_comes_and_nothing_that_has_been_told(tmp_path: Path) -> None:
    playing = session(tmp_path)
    playing.step(playing.later(100))
    told_already, before = playing.state.due.copy(), playing.coming
    at, said = desk(playing)
    assert take(at, "decide a,b planned 0%; steps 2")
    assert playing.state.due == told_already
    assert [i.inject_id for i in playing.coming] != [i.inject_id for i in before]
    assert all(i.time_s > playing.now_s for i in playing.coming)
    journal, unbranched = playing.course.line.course.journal, usual().material(()).line.course.journal
    now = playing.now_s
    assert parting(journal.only(journal.time_s < now), unbranched.only(unbranched.time_s < now)) is None
    assert journal.fingerprint() != unbranched.fingerprint()
    assert any("added" in line or "gone" in line for line in said)


def test_marks_are_kept_and_what_is_settled_is_not_due(tmp_path: Path) -> None:
    playing = session(tmp_path)
    at, _ = desk(playing)
    while not any(i.reserve_of for i in playing.due):
        playing.step(playing.later(30))
    [reserve, *_] = [i for i in playing.due if i.reserve_of]
    take(at, f"played {reserve.reserve_of} the staff was called")
    assert not {reserve.inject_id, reserve.reserve_of} & {i.inject_id for i in playing.due}
    take(at, f"note {reserve.reserve_of.lower()} late")
    one = next(i for i in playing.material.injects if i.inject_id == reserve.reserve_of)
    assert (one.status, one.outcome, one.note) == ("played", "the staff was called", "late")
    assert one.played_at == playing.room.isoformat(timespec="minutes")


def test_the_same_log_goes_on_to_the_same_exercise(tmp_path: Path) -> None:
    playing = session(tmp_path)
    at, _ = desk(playing)
    for line in ("+60", "decide a planned 0%", "+45", "decide b receives no", "log something", "+20"):
        take(at, line)
    take(at, f"played {playing.due[0].inject_id}")
    again, goes_on = begun(usual(), tmp_path / "log.jsonl", {})
    assert goes_on and not again.log.was_cut
    assert again.state == playing.state and again.injects == playing.injects
    assert page(again, None) == page(playing, None)


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_half_written_line_is_left_out_and_nothing_else_is_lost(tmp_path: Path, cut: int) -> None:
    playing = session(tmp_path)
    playing.step(playing.later(30))
    kept = len(playing.log.lines)
    playing.remark("å" * 30)
    path = playing.log.path
    path.write_bytes(path.read_bytes()[:-cut])
    log = Log.read(path)
    assert log.was_cut == (cut > 1) and len(log.lines) == kept + (cut == 1)
    again = session(tmp_path)
    again.remark("whole")
    found = lines(again)
    assert [line["n"] for line in found] == list(range(len(found)))
    assert found[-1]["words"] == "whole" and again.now_s == playing.now_s


@pytest.mark.parametrize(("number", "content"), [(1, b"{\n"), (1, b"[]\n"), (2, None)])
def test_what_is_no_log_is_refused_and_left_alone(tmp_path: Path, number: int, content: bytes | None) -> None:
    path = tmp_path / "log.jsonl"
    if content is None:
        whole = session(tmp_path).log.path.read_bytes().split(b"\n")
        content = b"\n".join([whole[0], b'{"n": 7, "do": "step"}', *whole[1:]])
    path.write_bytes(content + b"{}\n")
    with pytest.raises(InputRefused) as caught:
        session(tmp_path)
    assert caught.value.problems[0].line == number and path.read_bytes() == content + b"{}\n"


def test_another_exercise_is_not_played_on(tmp_path: Path) -> None:
    session(tmp_path)
    for other, what in (
        (setup(replication=1), "replication"),
        (setup(tempo=4), "tempo"),
        (setup("sv"), "language"),
    ):
        with pytest.raises(OtherExercise) as caught:
            session(tmp_path, other)
        assert what in str(caught.value)


def test_to_go_back_undoes_what_was_since(tmp_path: Path) -> None:
    playing = session(tmp_path)
    playing.step(playing.later(60))
    at, said = desk(playing)
    was_s, before = playing.now_s, [i.inject_id for i in playing.injects]
    journal = playing.course.line.course.journal.fingerprint()
    for line in ("+60", "decide a planned 0%; receives no", "+30", "back 09:00", "back 09:00 yes"):
        take(at, line)
    assert any("This falls away" in line for line in said) and any("back 09:00 yes" in line for line in said)
    assert playing.now_s == was_s and playing.state.decisions == []
    assert playing.course.line.course.journal.fingerprint() == journal
    assert [i.inject_id for i in playing.injects] == before
    assert begun(usual(), tmp_path / "log.jsonl", {})[0].state == playing.state


# ------------------------------------------------------------ the fan


def fan(of: Session, branches: int = 3) -> Fan:
    found = Futures(of.setup, branches).fan(of)
    assert found is not None
    return found


def test_every_branch_of_the_fan_is_this_course_up_to_now(tmp_path: Path) -> None:
    playing = session(tmp_path)
    playing.step(playing.later(120))
    take(desk(playing)[0], "decide a,b,c planned 0%")
    found = fan(playing)
    assert len(found.times_s) - 1 - found.now == 48 and found.branches == 3
    for panel in found.panels:
        assert set(panel.others[:, 0].tolist()) == {int(panel.own[found.now])}
    nation = found.panels[0]
    assert (nation.low <= nation.middle).all() and (nation.middle <= nation.high).all()
    assert (nation.low < nation.high).any()
    assert sum(p.own[found.now] for p in found.panels[1:]) == nation.own[found.now]


def test_a_branch_has_our_patients_who_are_hurt_already_and_others_after_them() -> None:
    own, other, now_s = sample(world(), 0), sample(world(), 1), 3 * DAY + 12 * HOUR
    both = spliced(own, other, now_s)
    came = own.arrival_s <= now_s
    rows = int(came.sum())
    assert np.array_equal(both.arrival_s[:rows], own.arrival_s[came]) and (np.diff(both.arrival_s) >= 0).all()
    hurt = (own.onset_s <= now_s) & (own.arrival_s > now_s)
    assert hurt.any() and (both.onset_s[rows:] <= now_s).sum() == hurt.sum()
    assert spliced(own, own, now_s).fingerprint() == own.fingerprint()
    plan = load_plan("today").plan
    mine, theirs = simulate(world(), plan, own), simulate(world(), plan, both)
    until_s = int(both.arrival_s[rows])
    assert (
        parting(mine.only(mine.time_s <= now_s), theirs.only(theirs.time_s <= now_s)) is None
        and until_s > now_s
    )


def test_the_fan_is_told_in_numbers_too(tmp_path: Path) -> None:
    playing = session(tmp_path)
    found = fan(playing)
    told_so = table(found, playing.course)
    assert told_so.rows[0][0] == "The nation" and len(told_so.head) == 3 + 4
    assert drawn(found, playing.course).count("<g ") == len(found.panels)
    assert Futures(playing.setup, 0).fan(playing) is None


# ------------------------------------------------------------ what is typed, and the page


def test_what_cannot_be_done_is_told_and_changes_nothing(tmp_path: Path) -> None:
    playing = session(tmp_path)
    at, said = desk(playing)
    take(at, "+30")
    there = len(playing.log.lines)
    wrong = {
        "nexxt": 'did you mean "next"?',
        "played": "say the number",
        "played XX-1": "there is no inject XX-1",
        "step 0": "say how many minutes",
        "to 07:00": "not played",
        "to 08:10": "that time has been",
        "to soon": "write a time",
        "back 09:00": "has not been yet",
        "decide": "No decision is in force",
        "decide a": "write REGION WORD VALUE",
        "undo": "nothing to take back",
        "undo a": "only the latest is taken back",
        "to 08:30": "it is that time already",
        "decide a steps 9": "is more than a has: 2 steps",
        "decide a planned noll": "noll is no share",
        "decide a receives kanske": "neither yes nor no",
        "decide zz steps 1": "zz is not a region of the scenario",
        "decisions /no/file": "there is no such file",
        "note": "say the number of an inject",
        "log": "written down",
        "papers odt": "odt is none of html, pdf, docx",
        "": "",
    }
    for line, expected in wrong.items():
        said.clear()
        assert not take(at, line)
        assert expected in " ".join(said), (line, said)
    assert len(playing.log.lines) == there


def test_decisions_come_from_a_file_too_and_not_too_late(tmp_path: Path) -> None:
    playing = session(tmp_path)
    at, said = desk(playing)
    take(at, "+60")
    path = tmp_path / "beslut.yaml"
    entry = "{{at: {at}, regions: [a], what: {{surge_steps: 1}}}}"
    path.write_text(f"format: 1\ndecisions: [{entry.format(at='D+1 20:00')}]", encoding="utf-8")
    assert take(at, f"decisions {path}") and len(playing.state.decisions) == 1
    path.write_text(f"format: 1\ndecisions: [{entry.format(at='D+1 08:00')}]", encoding="utf-8")
    assert not take(at, f"decisions {path}") and "comes too late" in said[-1]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_command_is_explained_and_its_words_work_in_both_languages(
    tmp_path: Path, language: str
) -> None:
    playing = session(tmp_path, setup(language))
    at, said = desk(playing)
    for word in ("help", "hjälp", "words", "ord", "beds", "platser", "now", "nu", "coming", "kommer"):
        said.clear()
        assert not take(at, word) and said and not any("{" in line for line in said)
    assert len({str(order.word) for order in ORDERS}) == len(ORDERS) == 21
    take(at, "nästa")
    take(at, f"show {playing.due[0].inject_id}")
    assert playing.due[0].script in said[-2] or any(playing.due[0].script in line for line in said)


def test_words_with_a_space_bare_per_cent_and_another_word_for_note(tmp_path: Path) -> None:
    playing = session(tmp_path)
    at, _ = desk(playing)
    for line in (
        "next",
        "decide a tar emot nej",
        "decide a planned 50",
        f"notera {playing.due[0].inject_id} late",
    ):
        assert take(at, line)
    [no, half] = playing.state.decisions
    assert no.what.receives is False and set((half.what.planned or {}).values()) == {0.5}
    assert playing.state.marks[playing.due[0].inject_id].note == "late"


def test_a_note_stays_when_the_clock_goes_back_and_the_act_falls_away(tmp_path: Path) -> None:
    playing = session(tmp_path)
    at, said = desk(playing)
    take(at, "next")
    late = next(i for i in playing.due if i.time_s > playing.clock.from_s and not i.reserve_of)
    take(at, f"note {late.inject_id} quiet")
    take(at, f"outcome {late.inject_id} called")
    was_s = playing.now_s
    assert not take(at, "back 08:00") and playing.now_s == was_s
    assert any(late.inject_id in line and "called" in line for line in said)
    assert take(at, "back 08:00 ja") and playing.now_s < was_s
    mark = playing.state.marks[late.inject_id]
    assert (mark.note, mark.outcome, mark.status) == ("quiet", "", "")


def test_what_is_new_is_told_with_its_text_and_what_is_older_is_counted(tmp_path: Path) -> None:
    playing = session(tmp_path)
    at, said = desk(playing)
    take(at, "+60")
    before = len(playing.due)
    said.clear()
    take(at, "next")
    fresh = [one for one in playing.due if one.inject_id in playing.fresh]
    assert fresh and len(fresh) < len(playing.due)
    assert all(any(one.script in line for line in said) for one in fresh)
    assert sum(one.inject_id in line for line in said for one in fresh) == len(fresh)
    assert any(f"Older and not marked: {before} (" in line for line in said)


def test_a_decided_step_says_when_its_beds_open(tmp_path: Path) -> None:
    playing = session(tmp_path)
    at, said = desk(playing)
    take(at, "decide a planned 0%; steps 2")
    journal = playing.course.line.course.journal
    rows = journal.where(Event.OPENED)
    rows = rows[(journal.region[rows] == 0) & (journal.time_s[rows] >= playing.now_s)]
    assert len(rows)
    for row in rows.tolist()[:1]:
        when = playing.clock.said(int(journal.time_s[row]))
        assert any("step" in line and f"opens {when}" in line for line in said)


def test_what_is_decided_is_not_asked_and_a_quiet_time_brings_a_question(tmp_path: Path) -> None:
    playing = session(tmp_path)
    at, _ = desk(playing)
    was = {(i.code, i.region) for i in playing.coming}
    take(at, "decide a,b,c planned 0%")
    now = {(i.code, i.region) for i in playing.coming}
    assert any(code == "ELEKT" for code, _ in was) and not any(code == "ELEKT" for code, _ in now)
    asked = [i for i in playing.coming if i.code == "FOLJ"]
    walls = [i.wall for i in playing.coming if not i.reserve_of]
    for one in asked:
        assert "no planned care goes ahead" in one.script.casefold()
        before = max(wall for wall in [*walls, playing.room] if wall < one.wall)
        assert one.wall - before == AFTER
    assert all(i.code != "FOLJ" for i in usual().material(()).injects)


HOSTILE = "<script>alert(1)</script>&\"'{x}{{7*7}}"


def test_hostile_words_are_only_words(tmp_path: Path) -> None:
    content = world().model_dump(mode="json", by_alias=True, exclude_none=True)
    content["regions"]["a"]["name"] = {"sv": f"Region {HOSTILE}"}
    content["marking"] = f"<b>{HOSTILE}"
    playing = session(tmp_path, setup(scenario=Scenario.model_validate(content)))
    at, _ = desk(playing)
    for line in (
        "next",
        f"log {HOSTILE}",
        f"outcome {playing.coming[0].inject_id} {HOSTILE}",
        "decide a receives no",
    ):
        take(at, line)
    shown = page(playing, fan(playing, 1)).decode()
    assert "<script" not in shown and "<b>" not in shown.replace("<b>D+", "").replace("<li><b>", "")
    assert "&lt;script&gt;" in shown and "49" not in shown.split("{{7*7}}")[0][-5:]
    assert (
        'http-equiv="refresh"' in shown
        and "src=" not in shown
        and "://" not in shown.replace("http://www.w3.org/2000/svg", "")
    )


def test_the_log_is_told_line_by_line(tmp_path: Path) -> None:
    playing = session(tmp_path)
    at, _ = desk(playing)
    for line in ("+60", "decide a planned 0%", "log hello", "back 08:30 yes"):
        take(at, line)
    assert all(told(line, playing.course) for line in playing.log.lines)


def test_the_beginning_of_a_number_is_enough_where_it_is_one_injects(tmp_path: Path) -> None:
    playing = session(tmp_path)
    at, _ = desk(playing)
    one = next(i for i in playing.coming if i.reserve is not None and i.code == "MASS")
    assert at.inject(one.inject_id.lower()).inject_id == one.inject_id
    assert at.inject(one.inject_id[:-1]).inject_id == one.inject_id
    assert at.inject(f"{one.inject_id}-r").reserve_of == one.inject_id
