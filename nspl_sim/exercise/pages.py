"""Pages for print: one HTML file that needs nothing else, the marking at the head and foot of each page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from nspl_sim.paper.language import Language
from nspl_sim.vocabulary.text import text

STOP = text("A real event: say REAL EVENT, the exercise is stopped.")
"""The phrase that ends an exercise at once; on every card."""


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row says what the row is about."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""


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
    landscape: bool = False


def document(title: str, pages: Sequence[Page], sign: str, version: str, language: Language) -> bytes:
    """Return the file; *version* says for whom it is, beside the marking *sign*."""
    return (
        _environment()
        .get_template("pages.html.j2")
        .render(
            language=language.code,
            title=title,
            pages=pages,
            marking=sign,
            version=version,
            stop=language.say(STOP),
            style=Markup(_sheet()),
        )
        .encode()
    )


def in_parts(rows: Sequence[Sequence[str]], most: int) -> list[Sequence[Sequence[str]]]:
    """Return *rows* in parts of at most *most*, which have room on a page; one part where there are none."""
    return [rows[i : i + most] for i in range(0, len(rows), most)] or [rows]


@cache
def _sheet() -> str:
    return files("nspl_sim.exercise").joinpath("templates/pages.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("nspl_sim.exercise"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["drawing"] = Markup
    return environment
