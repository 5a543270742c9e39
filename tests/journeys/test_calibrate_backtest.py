"""From a user's own tables to an answer: ``nspl calibrate`` and ``nspl backtest``."""

import json
from pathlib import Path

import pytest

from tests.journeys.commands import nspl, tiny

ADMITTED = "date;region;admissions\n" + "".join(f"2027-01-{d:02};a;{d % 4}\n" for d in range(1, 25))
SEEN = "date;census\n" + "".join(f"2027-01-{d:02};{1 + d % 3}\n" for d in range(4, 25))


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path, Path]:
    (tmp_path / "in.csv").write_text(ADMITTED, encoding="utf-8")
    (tmp_path / "seen.csv").write_text(SEEN, encoding="utf-8")
    return tiny(tmp_path), tmp_path / "in.csv", tmp_path / "seen.csv"


def test_backtest_prints_scores_and_writes_its_files(tables: tuple[Path, Path, Path], tmp_path: Path) -> None:
    world, admitted, seen = tables
    words = ["backtest", admitted, "--observed", seen, "--class", "ill", "--scenario", world]
    out = tmp_path / "test"
    done = nspl(*words, "--replications", "5", "--out", out)
    assert done.exit_code == 0, done.output
    assert "Alla regioner" in done.output and "95-procentsbandet" in done.output
    names = {"scores.csv", "series.csv", "backtest.png", "backtest.svg", "backtest.txt"}
    assert {path.name for path in out.iterdir()} == names
    head, *rows = (out / "series.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 21 and "Observerat" in head
    again = nspl(*words, "--replications", "5", "--out", out, "--json")
    assert json.loads(again.stdout)["scores"][0]["Observerade dagar"] == 21


def test_backtest_refuses_what_cannot_be(tables: tuple[Path, Path, Path], tmp_path: Path) -> None:
    world, admitted, seen = tables
    words = ["--lang", "en", "backtest", admitted, "--observed", seen, "--scenario", world, "--class"]
    assert 'did you mean "ill"' in nspl(*words, "il").output
    assert nspl(*words, "il").exit_code == 2
    assert "icu, ward only" in nspl(*words, "ill", "--kind", "burn").output
    assert "go together" in nspl(*words, "ill", "--stay-low", "2").output
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine", encoding="utf-8")
    assert nspl(*words, "ill", "--out", tmp_path / "full").exit_code == 2
    admitted.write_text(ADMITTED.replace(";a;", ";d;", 1), encoding="utf-8")
    refused = nspl(*words, "ill")
    assert refused.exit_code == 3 and "in.csv:B2" in refused.output and "names no region" in refused.output
    admitted.write_text("date;region;admissions\n2027-01-01;a;0\n", encoding="utf-8")
    assert nspl(*words, "ill").exit_code == 3


def test_calibrate_a_world_of_ones_own(tables: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """9 a day x 60 % x 30 h = 6.75 patients in region a, of whom there should be 13.5: factor 2."""
    world, *_ = tables
    targets = tmp_path / "targets.csv"
    targets.write_text("region;kind;census\na;iva;13,5\n", encoding="utf-8")
    words = ["calibrate", world, "--targets", targets, "--replications", "1"]
    done = nspl(*words, "--out", tmp_path / "c.csv", "--json", "--lang", "en")
    assert done.exit_code == 0, done.output
    row = next(r for r in json.loads(done.stdout)["regions"] if r["Region"] == "a")
    assert row["Expected patients"] == pytest.approx(6.75)
    assert row["Factor that fits"] == pytest.approx(2)
    assert row["Expected occupancy"] == pytest.approx(2.25)
    assert 0 < row["Simulated occupancy"] <= 1.5
    assert (tmp_path / "c.csv").read_text(encoding="utf-8-sig").count("\n") == 7
    targets.write_text("region;kind;census\na;ivaa;13,5\n", encoding="utf-8")
    assert nspl(*words).exit_code == 3


def test_calibrate_the_shipped_state_in_swedish() -> None:
    done = nspl("calibrate", "--replications", "0")
    assert done.exit_code == 0
    assert (
        "Före kalibrering" in done.output and "publicerad" in done.output and "Västra Götaland" in done.output
    )
