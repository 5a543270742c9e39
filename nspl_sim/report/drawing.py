"""One drawing becomes three pictures: PNG, SVG, and SVG to stand inside a page.

Matplotlib's SVG is made small and safe to put beside others: coordinates with one or two decimals, text as
text in the reader's own font, no style sheet, no metadata, and names that begin with the figure's.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from nspl_sim.paper.figure import HEADING, STYLE, sign
from nspl_sim.report.parts import Pictures

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e[-+]?\d+)?")
_FINE = re.compile(r"-?\d+\.\d{2,}(?:e[-+]?\d+)?")
LONG_COURSE = 400
"""A path of more letters than this is a curve over time; a tenth of a point is fine enough for it."""
FONTS = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
POINTS_AN_INCH = 72
WIDTH_IN = 8.3
FOOT_IN = 0.22
"""What the marking takes at the bottom of a figure; the page says it under the drawing, where none is cut."""


def pictures(name: str, draw: Callable[[], Canvas], title: str, alt: str, head_in: float) -> Pictures:
    """Return what *draw* draws; the page leaves out the uppermost *head_in* inches and the marking.

    It says them itself.
    """
    import matplotlib

    with matplotlib.rc_context(STYLE | {"svg.fonttype": "none"}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        canvas = draw()
        png, svg = BytesIO(), BytesIO()
        canvas.savefig(
            png, format="png", dpi=150, metadata={"Software": None, "Title": title, "Description": alt}
        )
        canvas.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    root = ElementTree.fromstring(svg.getvalue())
    _tidied(root, name)
    return Pictures(png.getvalue(), _standing_alone(root, title, alt), _inside(root, alt, head_in))


def blank(height_in: float, title: str, finding: str, marking: str) -> Canvas:
    """Return an empty canvas with its title, finding and marking; call it from within *draw*."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=(WIDTH_IN, height_in), facecolor="white")
    FigureCanvasAgg(canvas)
    sign(canvas, marking, height_in)
    x = 0.2 / WIDTH_IN
    canvas.text(
        x,
        1 - 0.36 / height_in,
        title,
        va="top",
        fontsize=13 if len(title) < 75 else 10,
        fontweight="bold",
        gid=HEADING,
    )
    canvas.text(
        x, 1 - 0.64 / height_in, wrapped(finding, 118), va="top", fontsize=9, gid=HEADING + "-finding"
    )
    return canvas


HEAD_IN = 1.02
"""Where a figure begins under its heading of two lines."""


def wrapped(sentence: str, width: int) -> str:
    """Return *sentence* on lines of at most *width* characters."""
    import textwrap

    return "\n".join(textwrap.wrap(sentence.replace(" %", "\u00a0%"), width))


def _tidied(root: ElementTree.Element, name: str) -> None:
    for parent in root.iter():
        for child in list(parent):
            is_style = child.tag == f"{{{SVG}}}defs" and child.find(f"{{{SVG}}}style") is not None
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}title") or is_style:
                parent.remove(child)
    content = ElementTree.tostring(root, encoding="unicode")
    named = set(re.findall(r'(?:url\(|href=")#([\w.-]+)', content))
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            if key == "id":
                is_used = value in named or value.startswith(HEADING)
                element.set("id", f"{name}-{value}") if is_used else element.attrib.pop("id")
                continue
            if key == _XLINK:
                value = value.replace("#", f"#{name}-")
            value = value.replace("url(#", f"url(#{name}-") if "url(#" in value else value
            if key == "style":
                value = value.replace("font-family: 'DejaVu Sans', sans-serif; ", "")
                value = value.replace("'DejaVu Sans'", "sans-serif")
            coarse = key == "d" and len(value) > LONG_COURSE
            element.set(key, (_FINE if coarse else _LONG).sub(_tenths if coarse else _hundredths, value))
    root.set("style", f"stroke-linejoin: round; stroke-linecap: butt; font-family: {FONTS}")


def _hundredths(number: re.Match[str]) -> str:
    return _short(number[0], 2)


def _tenths(number: re.Match[str]) -> str:
    return _short(number[0], 1)


def _short(number: str, digits: int) -> str:
    written = f"{float(number):.{digits}f}".rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written


def _written(root: ElementTree.Element) -> str:
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    return ElementTree.tostring(root, encoding="unicode")


def _standing_alone(root: ElementTree.Element, title: str, alt: str) -> bytes:
    for number, (tag, words) in enumerate((("title", title), ("desc", alt))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}")
        element.text = words
        root.insert(number, element)
    content = _written(root)
    del root[:2]
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + content + "\n").encode()


def _inside(root: ElementTree.Element, alt: str, head_in: float) -> str:
    for parent in root.iter():
        for child in list(parent):
            if f"-{HEADING}" in child.get("id", ""):
                parent.remove(child)
    for element in root.iter():
        if _XLINK in element.attrib:
            element.set("href", element.attrib.pop(_XLINK))
    x, y, width, height = (float(v) for v in root.get("viewBox", "0 0 1 1").split())
    head, foot = head_in * POINTS_AN_INCH, FOOT_IN * POINTS_AN_INCH
    root.set("viewBox", f"{x:g} {y + head:g} {width:g} {height - head - foot:g}")
    for size in ("width", "height", "version"):
        root.attrib.pop(size, None)
    root.set("role", "img")
    root.set("aria-label", alt)
    return _written(root)
