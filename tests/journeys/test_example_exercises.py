"""The exercises in docs/exercises are what the commands of docs/exercise.md give."""

from pathlib import Path

import pytest

from scripts.example_exercises import FOLDERS, ROOT, commands
from tests.journeys.commands import nspl


@pytest.mark.parametrize("name", ["one-day-staff", pytest.param("three-days-joint", marks=pytest.mark.slow)])
def test_the_list_is_what_the_page_says(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    made = nspl(*commands()[name], "--out", tmp_path)
    assert made.exit_code == 0, made.output
    kept = ROOT / "docs" / "exercises" / name
    assert sorted(path.name for path in kept.iterdir()) == sorted(FOLDERS[name])
    for file in FOLDERS[name]:
        if file.endswith(".csv"):
            assert (tmp_path / file).read_bytes() == (kept / file).read_bytes()
