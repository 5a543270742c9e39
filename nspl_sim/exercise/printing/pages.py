"""Pages for print: as one HTML file that needs nothing else, the marking at the head and foot of each page.

The same pages as PDF: :mod:`~nspl_sim.exercise.printing.printed`; as Word:
:mod:`~nspl_sim.exercise.printing.word`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from textwrap import wrap

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from nspl_sim.paper.language import Language
from nspl_sim.paper.numbers import MISSING
from nspl_sim.vocabulary.text import text

HERE = "nspl_sim.exercise.printing"
_NUMBER = re.compile(r"\+?[\d\s,.−–]*( !)?|[^\d]*")
"""A number, a dash, a number that is marked; or words in its place."""

_LINE_MM, _ROW_MM, _SIGN_MM, _BETWEEN_MM = 3.2, 1.6, 1.57, 2.0
"""Of a wide table as it is printed: a line, what a row has beside its lines, a sign, between columns."""

STOP = text("A real event: say REAL EVENT, the exercise is stopped.")
"""The phrase that ends an exercise at once; on every card."""


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row says what the row is about."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    widths: Sequence[int] = ()
    """Of the columns, in parts of the whole; not given: as their words want."""

    @property
    def numbers(self) -> list[bool]:
        """Return which columns hold numbers, and stand to the right."""
        columns = ([row[i] for row in self.rows] for i in range(len(self.head)))
        return [
            any(c.isdigit() or c == MISSING for cell in column for c in cell)
            and all(_NUMBER.fullmatch(cell) for cell in column)
            for column in columns
        ]


@dataclass(frozen=True)
class Slip:
    """A small card, several a page, to be cut apart."""

    heading: str
    tag: str
    """Stands in a frame beside the heading: the colour of a triage, in words."""
    colour: str
    """Of the frame: ``#rrggbb``."""
    labels: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """One page; on paper it begins a new sheet."""

    heading: str
    labels: Sequence[tuple[str, str]] = ()
    """What stands above the text: to whom, from whom, when."""
    said: Sequence[str] = ()
    read: str = ""
    """To be read aloud."""
    tables: Sequence[Table] = ()
    lines: Sequence[str] = ()
    """Headings of empty lines to write on."""
    drawing: str = field(default="", repr=False)
    """SVG markup made here."""
    drawn: str = ""
    """What the drawing shows, for those who do not see it."""
    slips: Sequence[Slip] = ()
    landscape: bool = False


@dataclass(frozen=True)
class Document:
    """Pages that go together."""

    title: str
    pages: Sequence[Page]
    sign: str
    """The marking, at the head and foot of each page."""
    version: str
    """For whom it is, beside the marking."""
    language: Language
    is_edited: bool = False
    """Whether people want it as a Word file too, to work on."""

    @property
    def stop(self) -> str:
        """Return the phrase that stands at the foot of each page."""
        return self.language.say(STOP)


def html(document: Document) -> bytes:
    """Return *document* as one file for a browser."""
    return (
        environment(HERE)
        .get_template("pages.html.j2")
        .render(
            language=document.language.code,
            title=document.title,
            pages=document.pages,
            marking=document.sign,
            version=document.version,
            stop=document.stop,
            style=Markup(sheet(HERE, "pages.css")),
        )
        .encode()
    )


def in_parts(rows: Sequence[Sequence[str]], most: int) -> list[Sequence[Sequence[str]]]:
    """Return *rows* in parts of at most *most*, which have room on a page; one part where there are none.

    The parts are as equal as can be: no page has a row or two alone.
    """
    size = -(-len(rows) // max(1, -(-len(rows) // most)))
    return [rows[i : i + size] for i in range(0, len(rows), max(size, 1))] or [rows]


def in_heights(
    rows: Sequence[Sequence[str]], widths: Sequence[int], most_mm: float
) -> list[Sequence[Sequence[str]]]:
    """Return *rows* in parts that are at most so high, by columns of *widths* in mm; one if none.

    They are of about the same height: no page has a row or two alone.
    """
    signs = [max(1, int((wide - _BETWEEN_MM) / _SIGN_MM)) for wide in widths]
    lines = [max(1, *(len(wrap(cell, n)) for cell, n in zip(row, signs, strict=True))) for row in rows]
    high = [_LINE_MM * n + _ROW_MM for n in lines]
    fewest, room = len(_cut(high, most_mm)), sum(high) / max(1, len(_cut(high, most_mm)))
    while len(_cut(high, room)) > fewest:
        room += _LINE_MM
    return [rows[part] for part in _cut(high, min(room, most_mm))]


def _cut(high: Sequence[float], most_mm: float) -> list[slice]:
    """Return which rows of these heights go together in parts that are at most so high."""
    begins, used = [0], 0.0
    for place, one in enumerate(high):
        if place > begins[-1] and used + one > most_mm:
            begins.append(place)
            used = 0.0
        used += one
    return [slice(a, b) for a, b in zip(begins, [*begins[1:], len(high)], strict=True)]


@cache
def sheet(package: str, name: str) -> str:
    """Return the style sheet called *name* of a package."""
    return files(package).joinpath(f"templates/{name}").read_text("utf-8")


@cache
def environment(package: str) -> Environment:
    """Return what fills in the templates of a package; whatever they are given is escaped."""
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["drawing"] = Markup
    return made
