"""No command connects to, or listens on, a network address; pipes between own workers are fine.

An audit hook in ``sitecustomize`` is in force in every process that a command starts, workers too.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.journeys.commands import tiny

ROOT = Path(__file__).resolve().parents[2]

HOOK = """
import socket, sys

def forbid(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        raise SystemExit(f"network: {event} {arguments}")
    if event in ("socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg"):
        if arguments[0].family in (socket.AF_INET, socket.AF_INET6):
            raise SystemExit(f"network: {event} {arguments}")

sys.addaudithook(forbid)
"""

COMMANDS = """
import sys
from nspl_sim.cli.main import main

commands = [
    ["--help"],
    ["doctor"],
    ["new", "mine.yaml", "--from", "national-surge", "--table", "capacity.xlsx"],
    ["new", "plan.yaml", "--plan"],
    ["validate", "mine.yaml", "plan.yaml", "tiny.yaml"],
    ["schema"],
    ["schema", "plan"],
    ["plan", "coordinated"],
    ["sample", "tiny.yaml", "--out", "p.csv"],
    ["sample", "tiny.yaml", "--out", "p.xlsx"],
    ["sample", "tiny.yaml", "--out", "p.parquet"],
    ["simulate", "tiny.yaml", "--journal", "j.parquet", "--trace"],
    ["run", "tiny.yaml", "--replications", "4", "--workers", "2", "--out", "results/tiny"],
    ["compare", "results/tiny"],
    ["report", "results/tiny"],
    ["results"],
    ["sql", "select * from points", "results/tiny"],
    ["journal", "results/tiny", "--out", "journal.csv"],
    ["schema", "study"],
    ["completion"],
    ["calibrate", "tiny.yaml"],
    ["verify", "tiny.yaml"],
    ["courses", "results/tiny"],
    ["injects", "tiny.yaml", "--plan", "today", "--startex", "2027-03-08T08:00", "--out", "exercise"],
    ["play", "tiny.yaml", "--startex", "2027-03-08T08:00", "--fan", "1", "--out", "exercise"],
    ["debrief", "exercise", "--plans", "today"],
    ["backtest", "admitted.csv", "--observed", "seen.csv", "--class", "ill", "--scenario", "tiny.yaml"],
]
if __name__ == "__main__":
    from nspl_sim.cli import demo
    demo.SCENARIO = "tiny.yaml"
    commands.append(["demo", "--replications", "2", "--workers", "1"])
    missing = set(main.commands) - {words[0] for words in commands}
    assert not missing, missing
    for words in commands:
        try:
            main(words)
        except SystemExit as end:
            if end.code:
                sys.exit(f"{words}: {end.code}")
"""


def _start(folder: Path, code: str) -> "subprocess.CompletedProcess[str]":
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    (folder / "commands.py").write_text(code, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
    words = [sys.executable, "commands.py"]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_no_command_touches_the_network(tmp_path: Path) -> None:
    tiny(tmp_path)
    days = range(2, 12)
    for name, column in (("admitted", "admissions"), ("seen", "census")):
        rows = "".join(f"2027-01-{day:02};a;{day % 4}\n" for day in days)
        (tmp_path / f"{name}.csv").write_text(f"date;region;{column}\n{rows}", encoding="utf-8")
    done = _start(tmp_path, COMMANDS)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "network:" not in done.stderr


def test_the_hook_would_see_it(tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    assert "network:" in _start(tmp_path, code).stderr
    code = "import socket; socket.socket().bind(('127.0.0.1', 0))"
    assert "network: socket.bind" in _start(tmp_path, code).stderr
