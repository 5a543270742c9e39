"""Matplotlib without words of its own: no warnings to the user, and characters that its font lacks told.

Where its folder of settings cannot be written, Matplotlib takes a temporary one by itself and says so
in its log; the log is kept still here, since nobody who reads a figure can do anything about it.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONT = "DejaVu Sans"
"""It comes with Matplotlib, so that the same results give the same bytes everywhere."""


@contextmanager
def quietly() -> Iterator[None]:
    """Import and draw inside: what Matplotlib logs or warns of does not reach the user."""
    log = logging.getLogger("matplotlib")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(before)


def lacks_characters(figure: Figure) -> bool:
    """Return whether a text in *figure* has a character without a glyph; it is drawn as an empty box."""
    from matplotlib.font_manager import FontProperties, findfont, get_font
    from matplotlib.text import Text

    font = get_font(findfont(FontProperties(family=FONT)))
    written = {sign for words in figure.findobj(Text) for sign in words.get_text()}
    return any(sign.isprintable() and not font.get_char_index(ord(sign)) for sign in written)
