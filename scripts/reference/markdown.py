"""Words of Markdown that all pages share."""

import re
from collections.abc import Iterable, Sequence


def cell(words: object) -> str:
    """Return *words* for a cell of a table; reStructuredText marks of docstrings become Markdown's."""
    said = re.sub(r":\w+:`~?(?:[\w.]*\.)?(\w+)`", r"`\1`", " ".join(str(words).split()))
    return said.replace("``", "`").replace("|", "\\|") or "–"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return a table, with an empty line after it."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return [*lines, *("| " + " | ".join(cell(one) for one in row) + " |" for row in rows), ""]


def anchor(heading: str) -> str:
    """Return what a link to *heading* ends in."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return "#" + kept.replace(" ", "-")


def paragraphs(docstring: str | None) -> list[str]:
    """Return a docstring as paragraphs, with an empty line after each; a list keeps its lines."""
    found: list[str] = []
    for part in re.split(r"\n\s*\n", (docstring or "").strip()):
        found += [cell(part).replace("\\|", "|"), ""] if part else []
    return found


def page(title: str, opening: Sequence[str], body: Sequence[str]) -> str:
    """Return a page: title, what it is, its contents, and the rest."""
    contents = [
        f"{'  ' * (line.index(' ') - 2)}- [{line.lstrip('# ')}]({anchor(line.lstrip('# '))})"
        for line in body
        if re.match(r"#{2,3} ", line)
    ]
    lines = [f"# {title}", "", MADE, "", *opening, "", "## Contents", "", *contents, "", *body]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


MADE = "<!-- Made by scripts/reference_docs.py from the code; never edited by hand. -->"
