"""The guides: every file that is shown is accepted, every question can be put, every command is one."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from nspl_sim.cli.main import main
from nspl_sim.paper.prices import load_prices
from tests.journeys.commands import nspl
from tests.unit.test_exercise_papers import papers

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
SWEDISH = (ROOT / "docs" / "pa-svenska.md").read_text(encoding="utf-8")
QUESTIONS = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```yaml\n(.*?)```", GUIDE + QUESTIONS + re.sub(r"(?m)^   ", "", SWEDISH), re.DOTALL)
PARTS_OF_PLANS = {"support", "asking", "mandate"}
PATIENTS = "arrival_h,region,class,stage_1,stage_1_h\n5,skane,mil_t1,icu,30\n"


def whole(shown: str) -> str:
    """Return *shown* as a whole file: parts of a scenario extend a shipped one."""
    keys = set(YAML(typ="safe").load(shown))
    if "format" in keys:
        return shown
    if keys & PARTS_OF_PLANS:
        return f"format: 1\nname: shown\nelective: never-pause\nsurge: never\n{shown}"
    return f"format: 1\nname: shown\nextends: national-surge\n{shown}"


@pytest.mark.parametrize("number", range(len(SHOWN)))
def test_every_file_that_is_shown_is_accepted(number: int, tmp_path: Path) -> None:
    keys = set(YAML(typ="safe").load(SHOWN[number]))
    if keys == {"stay"}:
        return
    (tmp_path / "patients.csv").write_text(PATIENTS, encoding="utf-8")
    path = tmp_path / "shown.yaml"
    path.write_text(whole(SHOWN[number]), encoding="utf-8")
    if "currency" in keys:
        assert load_prices(path)
        return
    told = nspl("validate", path)
    assert told.exit_code == 0, told.stderr


def test_plans_made_in_a_study_are_accepted(tmp_path: Path) -> None:
    [shown] = re.findall(r"```text\n(plans:.*?)```", GUIDE, re.DOTALL)
    path = tmp_path / "study.yaml"
    path.write_text(f"format: 1\nname: study\nscenario: national-surge\n{shown}", encoding="utf-8")
    told = nspl("validate", path)
    assert told.exit_code == 0, told.stderr


@pytest.mark.parametrize("query", re.findall(r'^nspl sql "(.*)" results/', QUESTIONS, re.MULTILINE))
def test_every_question_can_be_put(query: str) -> None:
    answered = nspl("sql", query, ROOT / "results" / "example")
    assert answered.exit_code == 0, answered.stderr


def test_the_swedish_page_names_commands_and_files_that_there_are() -> None:
    """Every command, shipped name, option and file of an exercise that the page tells a reader of exists."""
    commands = re.findall(r"nspl ([a-z]+)((?: [^`\n]*)?)", SWEDISH)
    assert len(commands) > 15
    for name, words in commands:
        known = main.commands[name]
        options = {option for one in known.params for option in one.opts}
        assert set(re.findall(r"--[a-z]+", words)) <= options | {"--help"}, (name, words)
    named = set(re.findall(r"`((?:facit|spelare)-[a-z]+)(?:`|\.)", SWEDISH))
    made = {name.split(".")[0] for name in papers()[1]} | {"facit-spel", "facit-efter"}
    assert named <= made
    links = re.findall(r"\]\(([^)#]+)\)", SWEDISH)
    assert links and all((ROOT / "docs" / link).exists() for link in links)
