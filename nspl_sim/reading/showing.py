"""How something that somebody wrote is shown back to them: short, on one line, with nothing invisible."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from nspl_sim.reading.place import Loc

LONGEST = 60
MOST_SOUGHT = 2000
"""Among so many names the nearest is sought; who has more is not helped by one that is like theirs."""


_PACKAGE = Path(__file__).resolve().parents[1]


def shown(path: Path) -> str:
    """Return *path* as it was given, on one line; a file that comes with the package has only its name."""
    written = path.name if path.is_absolute() and path.is_relative_to(_PACKAGE) else str(path)
    return visible(written)


def visible(written: str) -> str:
    """Return *written* with what cannot be printed as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in written)


def escaped(written: str, longest: int = LONGEST) -> str:
    """Return *written* cut at *longest* characters, what cannot be printed as an escape."""
    seen = visible(written[:longest])
    return seen if len(seen) <= longest and len(written) <= longest else seen[: longest - 1] + "…"


def dotted(loc: Loc) -> str:
    """Return the path as people write it: ``regions.uppsala.units.icu.beds``."""
    return ".".join(escaped(str(part), 64) for part in loc)


def short(value: Any) -> str:
    """Return *value* in the manner of the file that it came from, cut short."""
    return escaped(_flow(value))


def _flow(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value[:LONGEST]}"'
        case dict():
            return "{" + _joined(f"{k}: {_flow(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + _joined(_flow(v) for v in value) + "]"
        case int() if value.bit_length() > 200:
            return hex(value)[:LONGEST]
        case _:
            return str(value)


def _joined(parts: Iterable[str]) -> str:
    """Join *parts* only as far as they can be seen."""
    seen: list[str] = []
    room = LONGEST
    for part in parts:
        seen.append(part)
        room -= len(part) + 2
        if room < 0:
            break
    return ", ".join(seen)


def nearest(word: Any, names: Iterable[str]) -> str | None:
    """Return the one of *names* that *word* is most like, if any of the first 2000 is like it."""
    if not isinstance(word, str):
        return None
    by_slug = {slug(name): name for name in islice(names, MOST_SOUGHT)}
    found = difflib.get_close_matches(slug(word[:64]), by_slug, n=1, cutoff=0.6)
    return by_slug[found[0]] if found and by_slug[found[0]] != word else None


@lru_cache(maxsize=10_000)
def slug(words: str) -> str:
    """Return *words* as a key: ``Västra Götaland`` as ``vastra_gotaland``."""
    bare = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")
