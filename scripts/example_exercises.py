"""Make the two exercises of docs/exercise.md again: ``python scripts/example_exercises.py``.

The commands are those that stand on the page, but for ``--results``, which wants a study of its own.
What a reader looks at first is kept in docs/exercises; the other files are for a room, not for a repository.
"""

import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = (
    "facit-inspelslista.csv",
    "facit-inspelslista.xlsx",
    "facit-spelledning.pdf",
    "spelare-ingangslage.pdf",
    "spelare-inspelskort.pdf",
)
FOLDERS = {"one-day-staff": (*KEPT, "facit-motspelsparm.pdf"), "three-days-joint": KEPT}


def commands() -> dict[str, list[str]]:
    """Return the words of each exercise's command on the page, in the page's order."""
    page = (ROOT / "docs" / "exercise.md").read_text("utf-8")
    found = re.findall(r"^nspl (injects .*) --out exercise$", page, re.MULTILINE)
    said = [shlex.split(re.sub(r" --results \S+", "", line)) for line in found]
    return dict(zip(FOLDERS, said, strict=True))


def main() -> None:
    """Write what is kept of both exercises."""
    for name, words in commands().items():
        folder = ROOT / "docs" / "exercises" / name
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as out:
            program = [sys.executable, "-m", "nspl_sim", "--lang", "sv"]
            subprocess.run([*program, *words, "--out", out], cwd=ROOT, check=True)
            for file in FOLDERS[name]:
                shutil.copyfile(Path(out) / file, folder / file)


if __name__ == "__main__":
    main()
