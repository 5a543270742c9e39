"""The office, its mandate and the legal state as they are written: refused, warned of, said aloud."""

import json
from pathlib import Path

import pytest

from nspl_sim.policies.plan import check_against, load_plan
from nspl_sim.policies.sentences import clause
from nspl_sim.scenario.load import load_scenario
from nspl_sim.vocabulary.errors import InputRefused, Problem
from tests.worlds import abc

JOINT = """format: 1
name: tried
support: least-loaded
elective: never-pause
surge: never
"""


def written(tmp_path: Path, said: str, base: str = JOINT) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(base + said + "\n", encoding="utf-8")
    return path


def told(problems: tuple[Problem, ...] | list[Problem]) -> list[tuple[str, str | None]]:
    return [(p.path, p.suggestion) for p in problems]


@pytest.mark.parametrize(
    ("said", "path", "meant"),
    [
        ("office: {requests_per_h: -1}", "office.requests_per_h", None),
        ("office: {staffed: {from_hour: 8, to_hour: 8}}", "office.staffed.to_hour", None),
        ("office: {outage: [{from_day: 3, to_day: 2}]}", "office.outage.0.to_day", None),
        ("mandate: comand", "mandate", None),
        ("mandate: {level: advise}", "mandate.level", "advice"),
        ("mandate: {no_refusal_from: higest}", "mandate.no_refusal_from", "highest"),
        ("mandate: {accept_below: -0.5}", "mandate.accept_below", None),
    ],
)
def test_what_is_refused(tmp_path, said, path, meant):
    with pytest.raises(InputRefused) as refused:
        load_plan(written(tmp_path, said))
    assert told(refused.value.problems) == [(path, meant)]


@pytest.mark.parametrize(
    ("said", "paths"),
    [
        ("mandate: picture\noffice: {}\nmoves: {}", ["office", "moves"]),
        ("mandate: {level: command, no_refusal_from: highest}", ["mandate.no_refusal_from"]),
        ("mandate: command\nasking: {ask_minutes: 20}", ["asking.ask_minutes"]),
        ("mandate: {level: agreement, accept_below: 0.8}", ["mandate.accept_below"]),
        ("mandate: advice\noffice: {requests_per_h: 5}\nmoves: {}", []),
    ],
)
def test_what_has_no_effect_is_told(tmp_path, said, paths):
    assert [path for path, _ in told(load_plan(written(tmp_path, said)).warnings)] == paths


def test_todays_order_needs_no_office(tmp_path):
    base = JOINT.replace("least-loaded", "today")
    loaded = load_plan(written(tmp_path, "mandate: advice\noffice: {}", base))
    assert [path for path, _ in told(loaded.warnings)] == ["office", "mandate"]


def test_a_region_that_the_world_lacks(tmp_path):
    loaded = load_plan(written(tmp_path, "mandate: {level: advice, regions: {bb: {accept_below: 0.5}}}"))
    assert told(check_against(loaded, ("a", "b", "c"))) == [("mandate.regions.bb", "b")]


def world(tmp_path: Path, legal_state: object) -> Path:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(abc(legal_state=legal_state)), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "path", "meant"),
    [
        ({"state": "heigtened"}, "legal_state.0.state", "heightened"),
        ({"state": "highest", "regions": ["cc"]}, "legal_state.0.regions.0", "c"),
        ({"state": "highest", "from_day": 14}, "legal_state.0.from_day", None),
    ],
)
def test_a_legal_state_that_leads_nowhere(tmp_path, change, path, meant):
    with pytest.raises(InputRefused) as refused:
        load_scenario(world(tmp_path, [change]))
    assert told(refused.value.problems) == [(path, meant)]


def test_it_is_said_aloud(tmp_path):
    said = """
mandate: {level: advice, no_refusal_from: heightened, regions: {b: {accept_below: 0.5}}}
office: {requests_per_h: 6, staffed: {}, outage: [{from_day: 2, to_day: 3.5}]}"""
    sentences = [str(s) for s in clause(load_plan(written(tmp_path, said)).plan, {"b": "Beta"})]
    for wanted in (
        "The joint office advises: a region accepts a patient by its own rule, while under 85 % of its "
        "staffed beds are taken.",
        "Beta accepts while under 50 % of its staffed beds are taken.",
        "Under heightened or highest alert no region may refuse while it has a bed that is open to the "
        "patient.",
        "The joint office takes on at most 6 requests an hour.",
        "The joint office is staffed from 07:00 to 22:00.",
        "The joint office is out of order from day 2 to day 3.5.",
        "What it cannot take on, a region asks about itself, under today's order.",
    ):
        assert wanted in sentences
    picture = [str(s) for s in clause(load_plan(written(tmp_path, "mandate: picture")).plan)]
    assert picture[0].startswith("The joint office keeps the shared picture"), "and no order is read out"
    command = [str(s) for s in clause(load_plan(written(tmp_path, "mandate: command")).plan)]
    assert not [s for s in command if "The answer" in s or "say no" in s or "says yes" in s]
