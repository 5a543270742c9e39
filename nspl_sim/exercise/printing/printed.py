"""Pages as PDF, by Typst: tagged, with its own fonts, the same bytes for the same pages."""

import json
import unicodedata
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nspl_sim.exercise.printing.pages import HERE, Document, Page
from nspl_sim.paper.numbers import MISSING

if TYPE_CHECKING:
    from typst import Fonts


def pdf(document: Document) -> bytes:
    """Return *document* as PDF. Its texts go along as data, so nothing in them is read as markup."""
    import typst

    said = {
        "title": _shown(document.title),
        "language": document.language.code,
        "marking": document.sign,
        "version": document.version,
        "stop": document.stop,
        "pages": [_of(page) for page in document.pages],
    }
    return typst.compile(
        _template(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(said, ensure_ascii=False)},
        pdf_standards="ua-1",
    )


def _of(page: Page) -> dict[str, Any]:
    tables = [{**asdict(table), "numbers": table.numbers} for table in page.tables]
    return {**asdict(page), "tables": tables, "heading": _shown(page.heading)}


def _shown(title: str) -> str:
    """Return *title*, or a dash where nothing of it can be seen: a title must not be empty."""
    return title if any(unicodedata.category(sign)[0] not in "CZ" for sign in title) else MISSING


@cache
def _template() -> bytes:
    return files(HERE).joinpath("templates/pages.typ").read_bytes()


@cache
def _fonts() -> "Fonts":
    """Return the fonts that come along with Matplotlib: DejaVu Sans."""
    from typst import Fonts

    found = find_spec("matplotlib")
    assert found is not None and found.origin is not None
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    return Fonts(include_system_fonts=False, font_paths=[str(folder)])
