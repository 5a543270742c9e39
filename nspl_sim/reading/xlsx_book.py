"""What a workbook says of itself: its sheets of cells, its shared texts, which number formats are dates."""

import posixpath
import re
from dataclasses import dataclass, field

from nspl_sim.reading.xlsx_parts import Damaged, Parts

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Number formats that every workbook has and that show a date or a time."""
_NOT_SHOWN = re.compile(r'"[^"]*"|\[(?!(?:h+|m+|s+)\])[^\]]*\]|\\.|_.', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dmhys]", re.IGNORECASE)


@dataclass
class Book:
    """What must be known before the cells of a sheet can be read."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    """The name and the part of every sheet that has cells; chart sheets have none."""
    texts: list[str] = field(default_factory=list)
    """The texts that cells name by number."""
    dates: frozenset[int] = frozenset()
    """The styles, by number, in which a number is a date or a time."""
    since_1904: bool = False
    """Whether days are counted from 1904."""


def book_in(parts: Parts) -> Book:
    """Return what the workbook in *parts* says of itself; raise ``Damaged`` when there is none."""
    main = _leading(parts, "").get("officeDocument") or ["xl/workbook.xml"]
    if main[0] not in parts.names:
        raise Damaged
    found = Book()
    named: list[tuple[str, str]] = []

    def begin(tag: str, attributes: dict[str, str]) -> bool:
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            named.append((attributes["name"], link))
        elif tag == "workbookPr":
            found.since_1904 = attributes.get("date1904") in ("1", "true")
        return False

    parts.read(main[0], begin, _nothing)
    links = _leading(parts, main[0])
    for sheet, link in named:
        found.sheets += [(sheet, part) for part in links.get(f"worksheet {link}", []) if part in parts.names]
    for part in links.get("sharedStrings", []):
        found.texts = _texts(parts, part)
    for part in links.get("styles", []):
        found.dates = _date_styles(parts, part)
    return found


def _nothing(tag: str, written: str) -> None:
    """Take no notice."""


def _leading(parts: Parts, source: str) -> dict[str, list[str]]:
    """Return the parts to which *source* leads, by their type, and by type and link."""
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, list[str]] = {}

    def begin(tag: str, attributes: dict[str, str]) -> bool:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes["Type"].rpartition("/")[2]
            there = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
            found.setdefault(kind, []).append(there)
            found[f"{kind} {attributes['Id']}"] = [there]
        return False

    if part in parts.names:
        parts.read(part, begin, _nothing)
    return found


def _texts(parts: Parts, part: str) -> list[str]:
    """Return the shared texts, without the reading aids that Japanese workbooks add."""
    found: list[str] = []
    current: list[str] = []
    aid = False

    def begin(tag: str, attributes: dict[str, str]) -> bool:
        nonlocal aid
        if tag == "si":
            current.clear()
        aid = aid or tag == "rPh"
        return tag == "t" and not aid

    def end(tag: str, written: str) -> None:
        nonlocal aid
        if tag == "t" and not aid:
            current.append(written)
        elif tag == "rPh":
            aid = False
        elif tag == "si":
            found.append("".join(current))

    if part in parts.names:
        parts.read(part, begin, end)
    return found


def _date_styles(parts: Parts, part: str) -> frozenset[int]:
    dated = set(_DATES)
    styles: list[bool] = []
    in_cells = False

    def begin(tag: str, attributes: dict[str, str]) -> bool:
        nonlocal in_cells
        if tag == "numFmt" and shows_date(attributes["formatCode"]):
            dated.add(int(attributes["numFmtId"]))
        elif tag == "cellXfs":
            in_cells = True
        elif tag == "xf" and in_cells:
            styles.append(int(attributes.get("numFmtId", 0)) in dated)
        return False

    def end(tag: str, written: str) -> None:
        nonlocal in_cells
        in_cells = in_cells and tag != "cellXfs"

    if part in parts.names:
        parts.read(part, begin, end)
    return frozenset(number for number, dates in enumerate(styles) if dates)


def shows_date(code: str) -> bool:
    """Return whether the number format *code* shows a date or a time."""
    return bool(_DATE_LETTERS.search(_NOT_SHOWN.sub("", code.split(";")[0])))
