"""An exercise gone on with says which decisions are in force, and a mistake can be taken back after it."""

from pathlib import Path

from tests.journeys.commands import tiny
from tests.journeys.test_play import ended, played


def test_after_a_restart_the_decisions_in_force_are_listed_and_can_be_taken_back(tmp_path: Path) -> None:
    tiny(tmp_path)
    first = played(tmp_path, "nästa", "beslut a håller-fria 1; planerat 50 %", "beslut a håller-fria 2")
    assert first.exit_code == 0 and "(" in first.stdout, first.output
    again = played(tmp_path, "ångra", "beslut")
    listed = [line for line in again.stdout.splitlines() if ", sedan D+0" in line]
    assert "håller 2" in listed[0] and "håller 1" not in listed[0], again.output
    assert "håller 1" in listed[-1] and "50 procent" in listed[-1]
    assert "Ångrat: beslutet från" in again.stdout
    assert ended(played(tmp_path, more=("--json",)))["decisions"] == 2
