"""Gather every sentence in the code, join it with the Swedish, and compile the catalogue.

Run it after any change of wording: ``python scripts/catalogues.py``. The Swedish is written in
``nspl_sim/paper/locale/parts/*.po``, one file a room; ``messages.po`` and ``messages.mo`` are made
from them and are never edited. ``--check`` writes nothing and ends with 1 when something is amiss.
"""

import argparse
import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from babel.messages import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "nspl_sim"
LOCALE = CODE / "paper" / "locale"
PARTS = LOCALE / "parts"
MADE = LOCALE / "sv" / "LC_MESSAGES"

TEMPLATE_AT = {"text": 0, "Text": 0, "_": 0, "PydanticCustomError": 1}
"""Calls that hold a sentence, and which of their arguments it is."""

GIVEN = ("click.po", "world.po")
"""Parts whose sentences no code of ours holds: another package's, and titles in the shipped world."""

Key = str | tuple[str, ...]


@dataclass
class Made:
    """The joined Swedish, and what is amiss with it."""

    swedish: dict[Key, str | tuple[str, ...]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def templates(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield every sentence in *tree* with its line."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        place = TEMPLATE_AT.get(name)
        if place is None or len(node.args) <= place:
            continue
        for found in _literals(node.args[place]):
            yield found, node.lineno


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the sentences that an argument may stand for: a literal, or one of two by a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def in_the_code() -> dict[str, str]:
    """Return every sentence in the package and where it first stands."""
    found: dict[str, str] = {}
    for path in sorted(CODE.rglob("*.py")):
        for template, line in templates(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(template, f"{path.relative_to(ROOT).as_posix()}:{line}")
    return found


def places(template: str) -> set[str]:
    """Return the names of the ``{places}`` of *template*."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def has_words(template: str) -> bool:
    """Return whether there is anything to translate besides the places."""
    return any(c.isalpha() for words, *_ in Formatter().parse(template) for c in words)


def made() -> Made:
    """Return the Swedish of all parts, with what is missing, doubled or differs in its places."""
    result, wanted = Made(), in_the_code()
    for path in sorted(PARTS.glob("*.po")):
        with path.open("rb") as stream:
            part = read_po(stream, locale="sv", abort_invalid=True)
        for message in part:
            if not message.id or message.fuzzy:
                continue
            _enter(result, path, _frozen(message.id), _frozen(message.string), wanted)
    for template, where in wanted.items():
        if template not in result.swedish and has_words(template):
            result.wrong.append(f"{where}: no Swedish for {template!r}")
    return result


def _enter(
    result: Made, path: Path, key: Key, swedish: str | tuple[str, ...], wanted: dict[str, str]
) -> None:
    if not all(swedish if isinstance(swedish, tuple) else (swedish,)):
        return
    first = key[0] if isinstance(key, tuple) else key
    if path.name not in GIVEN and key not in wanted:
        result.unused.append(f"{path.name}: no code says {key!r} any more")
        return
    if result.swedish.setdefault(key, swedish) != swedish:
        result.wrong.append(f"{path.name}: {key!r} has another Swedish in another part")
    for said in swedish if isinstance(swedish, tuple) else (swedish,):
        allowed = places(first) | (places(key[1]) if isinstance(key, tuple) else set())
        if "%(" not in first and not (places(said) == places(first) or isinstance(key, tuple)):
            result.wrong.append(f"{path.name}: the places of {key!r} and {said!r} differ")
        if not places(said) <= allowed:
            result.wrong.append(f"{path.name}: {said!r} has a place that {key!r} lacks")


def compiled() -> dict[Key, str | tuple[str, ...]]:
    """Return what ``messages.mo`` holds now."""
    with (MADE / "messages.mo").open("rb") as stream:
        return {_frozen(m.id): _frozen(m.string) for m in read_mo(stream) if m.id}


def _frozen(words: str | list[str] | tuple[str, ...]) -> str | tuple[str, ...]:
    return words if isinstance(words, str) else tuple(words)


def write(result: Made) -> None:
    """Write ``messages.po`` and ``messages.mo``."""
    catalogue = Catalog(
        locale="sv", project="nspl_sim", fuzzy=False, header_comment="# Made by scripts/catalogues.py."
    )
    catalogue.mime_headers = [
        ("Language", "sv"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
    ]
    for key in sorted(result.swedish, key=str):
        catalogue.add(key, result.swedish[key])
    MADE.mkdir(parents=True, exist_ok=True)
    with (MADE / "messages.po").open("wb") as stream:
        write_po(stream, catalogue, width=100, sort_output=True)
    with (MADE / "messages.mo").open("wb") as stream:
        write_mo(stream, catalogue)


def main() -> int:
    """Make the catalogues, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; end with 1 when something is amiss"
    )
    result, check = made(), parser.parse_args().check
    for line in result.wrong + result.unused:
        print(line, file=sys.stderr)
    if check:
        return int(bool(result.wrong) or compiled() != result.swedish)
    write(result)
    print(f"{len(result.swedish)} sentences, {len(result.wrong)} wrong")
    return int(bool(result.wrong))


if __name__ == "__main__":
    sys.exit(main())
