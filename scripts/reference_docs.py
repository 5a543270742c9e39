"""Write the reference pages again from the code: ``python scripts/reference_docs.py``.

``docs/reference`` lists every key, rule, stream, measure, event and command with what the code says of it,
so it is never behind. ``--check`` writes nothing and ends with 1 when a page is stale.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from reference import measures, outside, plans, scenarios  # noqa: E402

FOLDER = ROOT / "docs" / "reference"
PAGES = {
    "scenario.md": (
        "Every key of a scenario file, streams, times, shipped kinds and modes",
        scenarios.scenario_page,
    ),
    "plan.md": ("Every key of a plan file, and every rule with its parameters", plans.plan_page),
    "study.md": ("Every key of a study file", scenarios.study_page),
    "measures.md": ("Every measure: unit, direction, levels, what it is", measures.measures_page),
    "journal.md": ("Every event of the journal, and its codes", outside.journal_page),
    "commands.md": ("Every command, its options, and the exit statuses", outside.commands_page),
}


def made() -> dict[str, str]:
    """Return every page by file name."""
    found = {name: write() for name, (_, write) in PAGES.items()}
    lines = [
        "# Reference",
        "",
        "Made from the code by `python scripts/reference_docs.py`; run it again after any change of a key, "
        "rule, stream, measure, event or command, and commit what it writes.",
        "",
        *(f"- [{about}]({name})" for name, (about, _) in PAGES.items()),
    ]
    return {"README.md": "\n".join(lines) + "\n", **found}


def stale(pages: dict[str, str]) -> list[str]:
    """Return the names of the files that are not what they should be."""
    here = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in {*pages, *here} if pages.get(name) != here.get(name))


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 when a page is stale")
    check, pages = parser.parse_args().check, made()
    found = stale(pages)
    if check:
        if found:
            print(f"stale: {', '.join(found)}; run: python scripts/reference_docs.py", file=sys.stderr)
        return int(bool(found))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in found:
        if name in pages:
            (FOLDER / name).write_text(pages[name], encoding="utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()
    print(f"{len(pages)} pages, {len(found)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
