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


def test_one_target_is_held_against_its_own_region_only(
    tables: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """6.75 patients in region a, of whom there should be 13.5: half, however many lie elsewhere."""
    world, *_ = tables
    targets = tmp_path / "targets.csv"
    words = ["--lang", "en", "calibrate", world, "--targets", targets, "--replications", "0"]
    targets.write_text("region;kind;census\na;iva;13,5\n", encoding="utf-8")
    said = nspl(*words).output
    assert "1 of 3 regions has a target, a. Its expected load is 50.0%" in said
    assert "under streams.ordinary.icu_factor" in said and "No key holds it" not in said
    targets.write_text("region;kind;census\na;ward;13,5\nb;ward;2,25\n", encoding="utf-8")
    said = nspl(*words).output
    assert "2 of 3 regions have a target. Their expected load is 57.1%" in said
    assert "No key holds it for one region" in said and "the icu_factor to write" not in said


def test_backtest_refuses_observations_of_other_days(tables: tuple[Path, Path, Path]) -> None:
    world, admitted, seen = tables
    seen.write_text(SEEN.replace("2027-", "2026-"), encoding="utf-8")
    words = ["--lang", "en", "backtest", admitted, "--observed", seen, "--scenario", world, "--class", "ill"]
    refused = nspl(*words)
    assert refused.exit_code == 3 and "seen.csv:A2" in refused.output
    assert "from 2026-01-04 to 2026-01-24" in refused.output
    assert "from 2027-01-01 to 2027-01-24" in refused.output


def test_backtest_tells_of_a_region_that_nobody_counted(tables: tuple[Path, Path, Path]) -> None:
    world, admitted, seen = tables
    admitted.write_text(ADMITTED + ADMITTED.partition("\n")[2].replace(";a;", ";b;"), encoding="utf-8")
    words = ["--lang", "en", "backtest", admitted, "--observed", seen, "--scenario", world]
    words += ["--class", "ill", "--replications", "3"]
    whole = nspl(*words)
    assert "warning" not in whole.output and "all regions together (a, b)" in whole.output
    seen.write_text(
        SEEN.replace("census", "census;region").replace("\n2", ";a\n2").replace("region;a", "region").rstrip()
        + ";a\n"
    )
    done = nspl(*words)
    assert done.exit_code == 0 and "warning" in done.stderr and "has no row for b" in done.stderr, done.stderr
    assert "Scored: a. Not scored, since nothing was observed there: b." in done.output


@pytest.mark.parametrize(("census", "way", "try_first"), [(40, "low", "longer"), (0.2, "high", "shorter")])
def test_a_clear_bias_is_told_before_the_band(
    tables: tuple[Path, Path, Path], census: float, way: str, try_first: str
) -> None:
    """Stays of 30 h are 1.25 days, in both stages of the class."""
    world, admitted, seen = tables
    seen.write_text("date;census\n" + "".join(f"2027-01-{d:02};{census}\n" for d in range(4, 25)))
    words = ["--lang", "en", "backtest", admitted, "--observed", seen, "--scenario", world]
    words += ["--class", "ill", "--replications", "3"]
    said = nspl(*words).output
    assert f"too {way} on the whole" in said and f"Try {try_first} stays first" in said
    assert said.count("1.2 days") == 2 and "The band is too narrow" not in said
    said = nspl(*words, "--stay-low", "1", "--stay-high", "1.5").output
    assert "1.0–1.5 days" in said and "1.2 days" in said
