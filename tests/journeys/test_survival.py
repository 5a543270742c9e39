"""A study outlives whatever stops it: the same command goes on and ends with the very same bytes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.commands import nspl, tiny

ROOT = Path(__file__).resolve().parents[2]
START = [sys.executable, "-m", "nspl_sim"]
SAME = ("measures.parquet", "measures.csv", "table.csv", "answer.txt")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals")


def command(folder: Path, out: Path, replications: int = 24) -> list[str]:
    world = tiny(folder) if not (folder / "tiny.yaml").exists() else folder / "tiny.yaml"
    words = ["run", str(world), "--replications", str(replications), "--workers", "2", "--out", str(out)]
    return [*START, *words, "--quiet"]


def parts(out: Path) -> int:
    return len(list(out.glob("points/*/r*")))


def interrupted(words: list[str], out: Path, sign: signal.Signals, after: int) -> subprocess.Popen[str]:
    """Start a run and send it *sign* when it has made *after* parts more."""
    target = parts(out) + after
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    until = time.monotonic() + 60
    while child.poll() is None and parts(out) < target and time.monotonic() < until:
        time.sleep(0.002)
    child.send_signal(sign)
    return child


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A folder with the results of a run that nothing stopped."""
    out = tmp_path / "whole"
    subprocess.run(command(tmp_path, out), check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return out


def same(one: Path, other: Path) -> None:
    for name in SAME:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


@pytest.mark.parametrize("kills", [2, pytest.param(10, marks=pytest.mark.slow)])
def test_killed_again_and_again(tmp_path: Path, whole: Path, kills: int) -> None:
    out = tmp_path / "killed"
    for turn in range(kills):
        child = interrupted(command(tmp_path, out), out, signal.SIGKILL, turn % 3)
        child.communicate(timeout=60)
        assert not (out / "answer.txt").exists() or child.returncode == 0
    subprocess.run(command(tmp_path, out), check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    same(out, whole)
    assert not list(out.glob("points/*/.part-*"))


def test_a_killed_worker_costs_nothing(tmp_path: Path, whole: Path) -> None:
    out = tmp_path / "worker"
    child = interrupted(command(tmp_path, out), out, signal.SIGCONT, 1)
    workers = subprocess.run(
        ["pgrep", "-P", str(child.pid), "-f", "spawn_main"], capture_output=True, text=True, check=False
    ).stdout.split()
    assert workers, "no worker to kill"
    os.kill(int(workers[0]), signal.SIGKILL)
    said = child.communicate(timeout=120)[1]
    assert child.returncode == 0, said
    same(out, whole)


def test_the_workers_of_a_killed_run_end_too(tmp_path: Path) -> None:
    out = tmp_path / "orphans"
    child = interrupted(command(tmp_path, out, 2000), out, signal.SIGCONT, 1)
    found = subprocess.run(["pgrep", "-P", str(child.pid)], capture_output=True, text=True, check=False)
    children = [int(pid) for pid in found.stdout.split()]
    assert children
    child.kill()
    child.communicate(timeout=60)
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}/cmdline").exists() and _is_alive(pid) for pid in children):
        assert time.monotonic() < until, "a worker goes on"
        time.sleep(0.1)


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except OSError:
        return False


def test_a_second_run_in_the_folder_is_told_to_wait(tmp_path: Path) -> None:
    out = tmp_path / "shared"
    first = interrupted(command(tmp_path, out, 2000), out, signal.SIGCONT, 1)
    try:
        second = subprocess.run(command(tmp_path, out), capture_output=True, text=True, cwd=ROOT)
        assert second.returncode == 1
        [line] = second.stderr.strip().splitlines()
        assert "en annan körning arbetar i" in line and str(out) in line
    finally:
        first.kill()
        first.communicate()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of some hundred kilobytes, where the machine lets one be made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not shutil.which("mount") or os.geteuid():
        pytest.skip("only the administrator makes a disk")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this machine makes no disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_keeps_what_was_made(tmp_path: Path, disk: Path) -> None:
    out = disk / "out"
    child = subprocess.run(command(tmp_path, out, 400), capture_output=True, text=True, cwd=ROOT)
    assert child.returncode == 4
    [line] = child.stderr.strip().splitlines()
    assert "disken är full" in line and str(out) in line
    assert not (out / "answer.txt").exists()
    assert not list(out.glob("points/*/.part-*"))
    elsewhere = tmp_path / "moved"
    shutil.copytree(out, elsewhere)
    there = parts(elsewhere)
    assert there > 0
    finished = subprocess.run(command(tmp_path, elsewhere, 4), capture_output=True, text=True, cwd=ROOT)
    assert finished.returncode == 0 and parts(elsewhere) >= there


@pytest.mark.parametrize(
    "words", [("new", "--table", "{disk}/x.xlsx"), ("sample", "{world}", "--out", "{disk}/x.xlsx")]
)
def test_a_workbook_on_a_full_disk_is_told_in_one_line(
    tmp_path: Path, disk: Path, words: tuple[str, ...]
) -> None:
    (disk / "fill").write_bytes(b"x" * 400 * 1024)
    world = tiny(tmp_path)
    child = subprocess.run(
        [*START, *(word.format(disk=disk, world=world) for word in words)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    [line] = child.stderr.strip().splitlines()
    assert child.returncode == 1 and "disken är full" in line and "x.xlsx" in line
    assert [p.name for p in disk.iterdir()] == ["fill"]


def test_a_folder_that_can_only_be_read_is_told_at_once(tmp_path: Path, disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    child = subprocess.run(command(tmp_path, disk / "out"), capture_output=True, text=True, cwd=ROOT)
    assert child.returncode in (1, 2)
    assert "disken kan bara läsas" in child.stderr and "Traceback" not in child.stderr


def test_an_incomplete_study_says_so_wherever_it_is_looked_at(tmp_path: Path) -> None:
    out = tmp_path / "results" / "half"
    child = interrupted(command(tmp_path, out, 2000), out, signal.SIGKILL, 4)
    child.communicate(timeout=60)
    compared = nspl("compare", out)
    assert compared.exit_code == 4 and "OFULLSTÄNDIGT" in compared.stdout
    [listed] = json.loads(nspl("results", tmp_path / "results", "--json").stdout)
    assert listed["state"] == "incomplete" and 0 < listed["replications"] < 2000
    removed = nspl("results", tmp_path / "results", "--remove", "half", "--yes")
    assert removed.exit_code == 0 and not out.exists()


def test_a_study_that_lacks_only_its_summary_says_so(tmp_path: Path) -> None:
    out = tmp_path / "results" / "made"
    assert nspl("run", tiny(tmp_path), "--replications", "3", "--out", out).exit_code == 0
    said = json.loads((out / "manifest.json").read_text("utf-8")) | {"state": "incomplete"}
    (out / "manifest.json").write_text(json.dumps(said), "utf-8")
    assert "sammanfattning saknas  3 " in nspl("results", tmp_path / "results").stdout
    [listed] = json.loads(nspl("results", tmp_path / "results", "--json").stdout)
    assert listed["state"] == "incomplete" and listed["lacks_summary"]
    assert "alla 3 körningar finns, men sammanfattningen saknas" in nspl("report", out).stderr
