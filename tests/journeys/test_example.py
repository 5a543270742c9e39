"""The example that comes along: its results open, say what they said, and come out the same again."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from nspl_sim import MODEL_VERSION
from nspl_sim.experiment.saved import Saved, opened
from nspl_sim.experiment.study import load_study
from nspl_sim.paper.kept_journals import made_again
from tests.journeys.commands import nspl

ROOT = Path(__file__).resolve().parents[2]
STUDY = ROOT / "scenarios" / "studies" / "example.yaml"
RESULTS = ROOT / "results" / "example"
MADE_BY = "nspl run scenarios/studies/example.yaml --out results/example"


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> Saved:
    monkeypatch.chdir(ROOT)
    return opened(RESULTS)


def test_it_is_complete_and_of_the_study_as_it_stands(saved: Saved) -> None:
    design = load_study(STUDY).design
    assert saved.is_complete and not saved.is_stale, f"remove {RESULTS} and make it again: {MADE_BY}"
    assert [p.fingerprint for p in saved.design.points] == [p.fingerprint for p in design.points]
    assert saved.replications == tuple(range(design.replications or 0))
    assert saved.manifest["versions"]["model"] == str(MODEL_VERSION)
    assert " ".join(saved.manifest["command"]) == MADE_BY


def test_its_files_are_those_that_were_written(saved: Saved) -> None:
    for name, digest in saved.manifest["written"].items():
        assert sha256((RESULTS / name).read_bytes()).hexdigest() == digest, name
    for point in saved.design.points:
        assert saved.store.there(point) == set(saved.replications)


def test_compare_prints_what_its_answer_says() -> None:
    compared = nspl("compare", RESULTS, "--quiet")
    assert compared.exit_code == 0
    marking, *answer = (RESULTS / "answer.txt").read_text(encoding="utf-8").strip().splitlines()
    assert answer.pop() == marking
    lines = lambda text: [line for line in text if line.strip()]  # noqa: E731
    assert lines(compared.stdout.splitlines()) == lines(answer)


def test_a_replication_made_again_is_the_same(saved: Saved) -> None:
    _, fingerprint = made_again(saved.design.points[2], 7)
    assert fingerprint == saved.batch().fingerprints(2)[7]


def test_it_tells_nothing_of_who_made_it() -> None:
    manifest = (RESULTS / "manifest.json").read_text(encoding="utf-8")
    assert set(json.loads(manifest)["machine"]) == {"system", "processor", "cores"}
    assert not re.search(r'"(/|\\\\|[A-Za-z]:\\|~)', manifest), "a path that leads out of the project"
    assert not list(RESULTS.rglob(".part-*"))


@pytest.mark.slow
def test_all_of_it_made_again_is_the_same_to_the_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert nspl("run", STUDY, "--out", tmp_path / "again", "--quiet").exit_code == 0
    for name in ("measures.parquet", "measures.csv", "table.csv", "answer.txt", "answer.json"):
        assert (tmp_path / "again" / name).read_bytes() == (RESULTS / name).read_bytes(), name


def test_the_example_is_what_new_writes(tmp_path: Path) -> None:
    assert nspl("new", tmp_path / "example.yaml", "--study").exit_code == 0
    written = (tmp_path / "example.yaml").read_bytes()
    assert written == (ROOT / "scenarios" / "studies" / "example.yaml").read_bytes()
    assert nspl("new", tmp_path / "vår studie.yaml", "--study").exit_code == 0
    assert 'name: "var-studie" #' in (tmp_path / "vår studie.yaml").read_text("utf-8")
    assert nspl("validate", tmp_path / "vår studie.yaml").exit_code == 0
