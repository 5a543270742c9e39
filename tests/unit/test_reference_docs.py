"""The reference pages are what the code says today, and leave nothing out."""

import os
import re
import subprocess
import sys
from pathlib import Path

from nspl_sim.measures.registry import registered as measures
from nspl_sim.policies.catalogue import registered as rules
from nspl_sim.policies.rules import FAMILIES
from nspl_sim.vocabulary.care import Event

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference"


def page(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def test_the_pages_are_what_the_code_says() -> None:
    """When this fails: ``python scripts/reference_docs.py``, and commit what it writes."""
    script = [sys.executable, str(ROOT / "scripts" / "reference_docs.py"), "--check"]
    ended = subprocess.run(
        script, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "."}
    )
    assert ended.returncode == 0, (
        f"{ended.stderr}\nRun python scripts/reference_docs.py and commit docs/reference."
    )


def test_every_rule_measure_and_event_is_there() -> None:
    for family in FAMILIES:
        for name in rules(family):
            assert f"### {name} ({family})" in page("plan.md")
    told = set(re.findall(r"`(\w+)`\*{0,2} \|", page("measures.md")))
    assert {one.name for one in measures().values()} <= told
    for event in Event:
        assert f"| {event.value} | `{event.name.lower()}` |" in page("journal.md")


def test_every_link_inside_a_page_leads_somewhere() -> None:
    for path in FOLDER.glob("*.md"):
        words = path.read_text(encoding="utf-8")
        heads = re.findall(r"^#+ (.+)$", words, re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}
        assert set(re.findall(r"\]\(#([^)]+)\)", words)) <= anchors, path.name
        assert len(set(heads)) == len(heads), path.name


def test_every_key_and_parameter_says_what_it_means() -> None:
    """A string under the field; what a key means everywhere stands in ``reading/described.py``."""
    silent = [
        f"{name}: {line.split('|')[1].strip()}"
        for name in ("scenario.md", "plan.md", "study.md")
        for line in page(name).splitlines()
        if re.match(r"\| `\w+` \|.*\| – \|$", line)
    ]
    assert not silent
