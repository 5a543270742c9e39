"""Pages as a Word file, to be worked on: every text is plain text, never a field; no drawings or slips."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from nspl_sim.exercise.printing.pages import Document, Page, Table

_LOCALE = {"sv": "sv-SE", "en": "en-GB"}
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LABEL_CM, _WIDE_CM = 4.6, 17.2
_LINES = 3


def word(document: Document) -> bytes:
    """Return *document* as .docx: a sheet a page, the marking at the head and foot of each."""
    import docx
    from docx.shared import Cm

    made = docx.Document()
    made.core_properties.title = _plain(document.title)
    made.core_properties.author = ""
    _in_language(made, document.language.code)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin = section.bottom_margin = Cm(2.6)
    _ends(section.header, [document.sign, document.version], 0)
    _ends(section.footer, [document.stop, document.sign], 1)
    for number, page in enumerate(document.pages):
        _sheet(made, page, is_first=number == 0)
    written = BytesIO()
    made.save(written)
    return _undated(written.getvalue())


def _sheet(made: Any, page: Page, is_first: bool) -> None:
    from docx.shared import Cm, Pt

    heading = made.add_heading(_plain(page.heading), level=1)
    heading.paragraph_format.page_break_before = not is_first
    if page.labels:
        for name, value in page.labels:
            label = made.add_paragraph(f"{_plain(name)}\t")
            label.add_run(_plain(value)).bold = True
            form = label.paragraph_format
            form.left_indent, form.first_line_indent, form.space_after = Cm(_LABEL_CM), -Cm(_LABEL_CM), Pt(2)
            form.tab_stops.add_tab_stop(Cm(_LABEL_CM))
    if page.read:
        read = _lined(made.add_paragraph(), "left", 24)
        read.add_run(_plain(page.read)).font.size = Pt(14)
        read.paragraph_format.space_before = read.paragraph_format.space_after = Pt(14)
    for sentence in page.said:
        made.add_paragraph(_plain(sentence))
    for table in page.tables:
        _table(made, table)
    for line in page.lines:
        made.add_paragraph(_plain(line)).paragraph_format.space_before = Pt(10)
        for _ in range(_LINES):
            _lined(made.add_paragraph(), "bottom", 4, "between")


def _table(made: Any, table: Table) -> None:
    from docx.shared import Cm

    if table.caption:
        made.add_paragraph().add_run(_plain(table.caption)).bold = True
    columns = len(table.head)
    said = [*table.head, *(words for row in table.rows for words in row)]
    grid = made.add_table(rows=len(said) // columns, cols=columns, style="Table Grid")
    grid.autofit = False
    first = _LABEL_CM if columns == 2 else _WIDE_CM / columns
    rest = (_WIDE_CM - first) / max(columns - 1, 1)
    for number, column in enumerate(grid.columns):
        column.width = Cm(rest if number else first)
    for place, (cell, words) in enumerate(zip(grid._cells, said, strict=True)):
        in_first = place % columns == 0
        cell.paragraphs[0].add_run(_plain(words)).bold = in_first or place < columns
        cell.width = Cm(first if in_first else rest)


def _ends(part: Any, lines: Sequence[str], strong: int) -> None:
    """Write *lines* in the middle of a header or footer, the one numbered *strong* in bold."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for number, line in enumerate(lines):
        paragraph = part.paragraphs[0] if number == 0 else part.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(_plain(line)).bold = number == strong


def _lined(paragraph: Any, side: str, eighths: int, *more: str) -> Any:
    """Return an empty *paragraph* with a line along a *side*, and *more*, in eighths of a point."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:pBdr")
    for place in (side, *more):
        line = OxmlElement(f"w:{place}")
        for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "8"), ("color", "4D565C")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
    return paragraph


def _in_language(made: Any, code: str) -> None:
    """Let the speller read *code*, and headings be black in the font of the text."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    defaults = made.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), _LOCALE[code])
    for name, size in (("Normal", 11), ("Heading 1", 18)):
        font = made.styles[name].font
        font.name, font.size, font.color.rgb = "Arial", Pt(size), RGBColor(0x1D, 0x23, 0x27)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            made.styles[name].element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)


def _plain(words: str) -> str:
    """Return *words* without the signs that no XML file may hold."""
    return _NOT_IN_XML.sub("", words)


def _undated(content: bytes) -> bytes:
    """Return the archive without the time at which it was made."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(out, "w", ZIP_DEFLATED) as whole:
        for name in made.namelist():
            whole.writestr(ZipInfo(name), made.read(name), ZIP_DEFLATED)
    return out.getvalue()
