"""Engines as users meet them: chosen by an option, compared on their own scenario, named by the doctor."""

import json
from pathlib import Path

import pytest

from nspl_sim.engine import supports
from nspl_sim.engine.ready import prepare
from tests.journeys.commands import nspl, tiny


@pytest.fixture(scope="module", autouse=True)
def _ready() -> None:
    if prepare(lambda said: None) is not None:
        pytest.skip("no compiled engine here")


def test_simulate_gives_the_same_fingerprint_by_either_engine(tmp_path: Path) -> None:
    world = tiny(tmp_path)
    found = [nspl("simulate", world, "--json", "--engine", engine) for engine in ("simpy", "compiled")]
    assert found[0].exit_code == found[1].exit_code == 0
    assert found[0].stdout == found[1].stdout
    assert "den kompilerade motorn kör det här" in found[1].stderr.lower()
    assert "motorn" not in found[0].stderr


def test_verify_says_that_they_are_the_same(tmp_path: Path) -> None:
    result = nspl("verify", tiny(tmp_path), "--plan", "coordinated")
    assert result.exit_code == 0 and "lika i varje fält" in result.stdout
    data = json.loads(nspl("verify", tiny(tmp_path), "--json").stdout)
    assert data["equal"] and data["rows"] > 0 and data["parting"] is None


def test_what_is_not_compiled_is_refused_by_name_and_run_by_simpy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supports, "_PLAN", supports._PLAN - {"moves"})
    plan = tmp_path / "moves.yaml"
    plan.write_text(
        "format: 1\nname: moves\nsupport: today\nelective: threshold\nsurge: never\nmoves: {}\n",
        encoding="utf-8",
    )
    refused = nspl("verify", tiny(tmp_path), "--plan", plan)
    assert refused.exit_code == 1 and "nyckeln moves" in refused.stderr
    fallen_back = nspl("simulate", tiny(tmp_path), "--plan", plan, "--engine", "auto")
    assert fallen_back.exit_code == 0 and fallen_back.stderr.count("SimPy kör det här") == 1


def test_the_doctor_names_the_engine() -> None:
    assert json.loads(nspl("doctor", "--json").stdout)["engine"] == "compiled"
    assert "kompilerade motorn är klar" in nspl("doctor", "--compile").stdout
