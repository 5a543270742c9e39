"""docs/scenario.md and docs/questions.md: every file that is shown is accepted, every question can be put."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from nspl_sim.paper.prices import load_prices
from tests.journeys.commands import nspl

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
QUESTIONS = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```yaml\n(.*?)```", GUIDE + QUESTIONS, re.DOTALL)
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
