"""``nspl play`` and ``nspl debrief``: an exercise typed line by line, gone on with, and reported on."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from nspl_sim.cli.main import main
from tests.journeys.commands import nspl, tiny

FIRST = ("--startex", "2027-03-08T08:00", "--from", "2027-01-11T06:00", "--tempo", "4", "--fan", "2")


def played(folder: Path, *lines: str, more: tuple[str, ...] = ()) -> Result:
    world = folder / "tiny.yaml"
    words = ["play", str(world), *FIRST, "--out", str(folder / "ut"), *more]
    return CliRunner().invoke(main, words, input="".join(f"{line}\n" for line in lines))


def ended(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_an_exercise_is_played_and_gone_on_with(tmp_path: Path) -> None:
    tiny(tmp_path)
    first = played(tmp_path, "nästa", "+30", "beslut a håller-fria 1; frågar-först c", "sluta", "+60")
    assert first.exit_code == 0 and "Beslut, från D+0" in first.stdout, first.output
    assert (tmp_path / "ut" / "facit-spel.html").is_file()
    log = tmp_path / "ut" / "facit-logg.jsonl"
    log.write_bytes(log.read_bytes() + b'{"n": 99, "do": "st')
    told = ended(played(tmp_path, "+30", more=("--json",)))
    assert told["decisions"] == 2
    again = played(tmp_path, "papper")
    assert "Övningen fortsätter från sin logg" in again.stderr and "facit-inspelslista.xlsx" in again.stdout
    assert ended(played(tmp_path, more=("--json",))) == told


def test_the_english_of_it(tmp_path: Path) -> None:
    tiny(tmp_path)
    result = played(tmp_path, "next", "decide b receives no", "quit", more=("--lang", "en"))
    assert result.exit_code == 0 and "does not receive the patients of others" in result.stdout
    assert (tmp_path / "ut" / "key-play.html").is_file()


def test_the_time_of_the_scenario_may_be_a_day_and_an_hour(tmp_path: Path) -> None:
    world = tiny(tmp_path)
    words = ("play", world, "--startex", "2027-03-08T08:00", "--tempo", "4", "--fan", "0", "--json")
    told = ended(nspl(*words, "--from", "D+0 06:00", "--out", tmp_path / "ut"))
    assert told["scenario_time"] == "D+0 06:00"
    wrong = nspl(*words, "--from", "soon", "--out", tmp_path / "ut2")
    assert wrong.exit_code == 2 and "D+3 09:20" in wrong.stderr and "%" not in wrong.stderr


def test_results_say_how_unusual_an_inject_is(tmp_path: Path) -> None:
    world = tiny(tmp_path)
    results = tmp_path / "results"
    assert nspl("run", world, "--plans", "today", "--replications", 3, "--out", results).exit_code == 0
    assert played(tmp_path, "till D+0 20:00", "papper", more=("--results", str(results))).exit_code == 0
    told = json.loads((tmp_path / "ut" / "facit-inspelslista.json").read_text("utf-8"))
    ranks = {one["columns"]["rank"] for one in told["injects"] if one["columns"]["region"]}
    assert ranks and ranks <= {f"{n} av 3" for n in (1, 2, 3)}
    other = played(tmp_path, more=("--results", str(results), "--plan", "alone"))
    assert other.exit_code == 2


def test_what_cannot_be_is_told(tmp_path: Path) -> None:
    world = tiny(tmp_path)
    assert played(tmp_path, "nästa").exit_code == 0
    other = nspl("play", world, *FIRST[:-4], "--tempo", "2", "--out", tmp_path / "ut")
    assert other.exit_code == 2 and "loggen för en annan övning: tempot skiljer" in other.stderr
    gone = nspl("play", world, *FIRST, "--out", tmp_path / "x" / "ut")
    assert gone.exit_code == 2


def test_after_the_exercise(tmp_path: Path) -> None:
    world = tiny(tmp_path)
    assert nspl("debrief", tmp_path).exit_code == 2
    result = played(tmp_path, "nästa", "beslut a tar-emot nej", "till D+0 20:00")
    assert result.exit_code == 0, result.output
    folder = tmp_path / "ut"
    told = ended(nspl("debrief", folder, "--plans", "today,alone", "--json"))
    assert told["decisions"] == 1 and set(told["deaths_all"]) == {"players", "today", "alone"}
    assert (folder / "facit-efter.html").is_file() and (folder / "facit-efter.csv").is_file()
    world.rename(tmp_path / "elsewhere.yaml")
    assert nspl("debrief", folder, "--plans", "today").exit_code == 3
    again = nspl("debrief", folder, "--plans", "today", "--scenario", tmp_path / "elsewhere.yaml")
    assert again.exit_code == 0, again.output
    other = nspl("debrief", folder, "--plans", "today", "--scenario", "ordinary-week")
    assert other.exit_code == 2 and "ett annat scenario" in other.stderr


def test_a_killed_session_loses_nothing_and_nobody_else_plays_meanwhile(tmp_path: Path) -> None:
    tiny(tmp_path)
    words = [sys.executable, "-m", "nspl_sim", "play", "tiny.yaml", *FIRST, "--out", "ut"]
    streams: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, cwd=tmp_path, encoding="utf-8", env=_here(), **streams) as running:
        assert running.stdin is not None and running.stdout is not None
        running.stdin.write("+30\nbeslut a tar-emot nej\nlogg Åska\n")
        running.stdin.flush()
        while "Åska" not in running.stdout.readline():
            pass
        other = played(tmp_path, "nästa")
        assert other.exit_code == 1 and "här spelar redan någon" in other.stderr
        running.kill()
    told = ended(played(tmp_path, more=("--json",)))
    assert told["decisions"] == 1 and told["room_time"].startswith("2027-03-08T08:30")
    assert "Åska" in (tmp_path / "ut" / "facit-spel.html").read_text(encoding="utf-8")


def _here() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": "utf-8"}
