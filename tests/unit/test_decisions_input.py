"""A file of decisions: every mistake told at once with its place, and times written in three ways."""

from pathlib import Path

import pytest

from nspl_sim.exercise.play.decisions import read_decisions, stated
from nspl_sim.reading.telling import say
from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE
from nspl_sim.vocabulary.errors import InputRefused
from tests.worlds import abc, scenario

WORLD = scenario(abc())


def refused(*lines: str, folder: Path) -> list[str]:
    path = folder / "beslut.yaml"
    path.write_text("format: 1\ndecisions:\n" + "".join(f"  - {line}\n" for line in lines), encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        read_decisions(path, WORLD)
    return [say(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("at", "expected_s"),
    [
        ("38.5", 38 * HOUR + 30 * MINUTE),
        ("D+1 14:30", DAY + 14 * HOUR + 30 * MINUTE),
        ("D1 14:30", DAY + 14 * HOUR + 30 * MINUTE),
        ("2027-01-05T14:30", DAY + 14 * HOUR + 30 * MINUTE),
        ("2027-01-05", DAY),
    ],
)
def test_a_time_is_hours_or_a_time_of_the_scenario(at: str, expected_s: int) -> None:
    [decision], warnings = stated([{"at": at, "regions": ["a"], "what": {"surge_steps": 1}}], WORLD, "x")
    assert decision.time_s == expected_s and warnings == []


def test_every_mistake_is_told_at_once_with_the_nearest_valid_name(tmp_path: Path) -> None:
    told = refused(
        "{at: 9, regions: [a, bb], what: {asks_first: [cc, b, b]}}",
        "{at: 999, regions: [a], what: {surge_steps: 3}}",
        "{at: 9, regions: [a], what: {kind: icy, keeps_free: 1}}",
        "{at: 9, regions: [a], what: {moves: {to: a, patients: 1}}}",
        "{at: 9, regions: [a], what: {lends: {to: b, beds: 5}}}",
        folder=tmp_path,
    )
    assert [line.split(" ", 1)[1] for line in told] == [
        "decisions.0.regions.1 is not a region of the scenario (got bb); did you mean b?",
        "decisions.0.what.asks_first.0 is not a region of the scenario (got cc); did you mean c?",
        "decisions.0.what.asks_first.2 stands there twice (got b)",
        "decisions.1.at is not within the scenario: it must be from day 0 to day 14",
        "decisions.1.what.surge_steps is more than a has: 2 steps (got 3)",
        "decisions.2.what.kind is not a kind of unit in the scenario (got icy); did you mean icu?",
        "decisions.3.what.moves.to is the region that decides, and cannot be the other one too (got a)",
        "decisions.4.what.lends.beds is more than a has: 4 beds (got 5)",
    ]


def test_what_cannot_be_read_hides_no_other_mistake(tmp_path: Path) -> None:
    told = refused(
        "{at: soon, regions: [a, bb], what: {surge_step: 1}}",
        "{at: 999, regions: [a], what: {surge_steps: 1}}",
        "{at: 9, regions: cc, what: {moves: {to: b, patients: 1}}}",
        folder=tmp_path,
    )
    told = [line.split(" ", 1)[1] for line in told]
    assert [line.split(" ", 1)[0] for line in told] == [
        "decisions.0.at",
        "decisions.0.regions.1",
        "decisions.0.what.surge_step",
        "decisions.1.at",
        "decisions.2.regions",
    ]
    assert told[1] == "decisions.0.regions.1 is not a region of the scenario (got bb); did you mean b?"


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("{}", "must say something besides the kind of unit"),
        ("{kind: ward}", "must say something besides the kind of unit"),
        ("{asks_first: [b], asks_only: [c]}", "does not go with asks_first"),
        ("{lifts: [surge_steps], surge_steps: 1}", "is decided and lifted at once"),
        ("{lifts: [surge]}", "did you mean surge_steps?"),
        ("{planned: {4: 0}}", "planned"),
        ("{planned: {3: 50}}", "must be a number from 0 to 1"),
        ("{pause: 1}", "is not a key that belongs here"),
        ("{turns_away_from: 1}", "must be a whole number from 2 to 5"),
    ],
)
def test_what_no_decision_is(what: str, told: str, tmp_path: Path) -> None:
    [line] = refused(f"{{at: 9, regions: [a], what: {what}}}", folder=tmp_path)
    assert told in line


@pytest.mark.parametrize("at", ["måndag", "D+1 25:00", "2027-13-01", "true", "1e9", "[]"])
def test_what_no_time_is(at: str, tmp_path: Path) -> None:
    [line] = refused(f"{{at: {at}, regions: [a], what: {{surge_steps: 1}}}}", folder=tmp_path)
    assert "decisions.0.at" in line


def test_who_has_no_beds_is_asked_in_vain() -> None:
    world = abc()
    world["regions"]["b"]["units"] = {"ward": {"beds": 40}}
    entry = {"at": 9, "regions": ["a"], "what": {"asks_first": ["b"]}}
    _, [warning] = stated([entry], scenario(world), "x")
    assert warning.warning and "asked in vain" in say(warning)
