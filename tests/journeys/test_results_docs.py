"""docs/results.md and docs/scenario.md say what is so: columns, queries, keys of a study."""

import re
from pathlib import Path

import pytest

from nspl_sim.experiment.saved import opened
from nspl_sim.experiment.study import Study, load_study
from nspl_sim.experiment.views import VIEWS, asked
from tests.journeys.commands import nspl

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "results" / "example"
TOLD = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
STUDIES = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8").split("## Studies")[1].split("\n## ")[0]
QUERIES = re.findall(r"```sql\n(.*?)```", TOLD, re.DOTALL)


def first_column(table: str) -> list[str]:
    """Return the names in backticks in the first column of the first table in *table*."""
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_every_view_is_told_with_its_columns() -> None:
    sections = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##)", TOLD, re.DOTALL | re.MULTILINE))
    assert tuple(sections) == VIEWS
    saved = opened(RESULTS)
    for view in VIEWS:
        names, *_ = asked(saved.store, saved.design, f"select * from {view} limit 1")
        assert first_column(sections[view]) == names, view


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_every_query_has_an_answer(number: int) -> None:
    answered = nspl("sql", QUERIES[number], RESULTS)
    assert answered.exit_code == 0, answered.stderr
    assert len(answered.stdout.splitlines()) > 1


def test_every_file_of_the_folder_is_told() -> None:
    for path in RESULTS.iterdir():
        assert f"{path.name}" in TOLD or path.suffix in TOLD, path.name


def test_every_key_of_a_study_is_told() -> None:
    told = {name.split(".")[0] for name in first_column(STUDIES)}
    assert told == set(Study.model_fields)


def test_the_study_that_is_told_is_one(tmp_path: Path) -> None:
    [content] = re.findall(r"```yaml\n(.*?)```", STUDIES, re.DOTALL)
    (tmp_path / "study.yaml").write_text(content, encoding="utf-8")
    design = load_study(tmp_path / "study.yaml").design
    assert len(design.points) == 8 and "makes eight" in STUDIES


def test_no_file_is_written_into_a_folder_of_results() -> None:
    for words in (
        ("sql", "select 1", RESULTS, "--out", RESULTS / "table.csv"),
        ("journal", RESULTS, "--out", RESULTS / "measures.parquet"),
        ("sample", "ordinary-week", "--out", RESULTS / "points" / "x.csv"),
    ):
        refused = nspl(*words)
        assert refused.exit_code == 2 and "mapp med resultat" in refused.stderr, refused.output
