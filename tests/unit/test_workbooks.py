"""Workbooks: the same values as other programs read, and an end to every one that would not end."""

import datetime
import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any

import openpyxl
import pytest
import xlsxwriter

from nspl_sim.reading import xlsx_parts
from nspl_sim.reading.grid import MOST_ROWS, Uncalculated
from nspl_sim.reading.table import table_of
from nspl_sim.reading.telling import say_all
from nspl_sim.reading.xlsx_book import shows_date
from nspl_sim.reading.xlsx_rows import xlsx_sheets
from nspl_sim.vocabulary.errors import InputRefused

Made = Callable[[Any, Any], Any]


def book(made: Made) -> bytes:
    """Return the workbook that *made* writes into, given the workbook and its first sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as written:
        made(written, written.add_worksheet("blad"))
    return out.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return out.getvalue()


def read(content: bytes) -> dict[str, dict[int, tuple[Any, ...]]]:
    return {name: dict(rows) for name, rows in xlsx_sheets(content, "t.xlsx")}


def told(content: bytes) -> str:
    """Return what is said of the workbook when a table with a column region is wanted of it."""
    with pytest.raises(InputRefused) as refused:
        table = table_of(content, "t.xlsx", "region")
        with table.telling_all():
            list(table.rows)
        raise InputRefused(table.wrong.problems)
    return say_all(refused.value.problems)


def everything(written: Any, sheet: Any) -> None:
    """Write a cell of every sort."""
    bold = written.add_format({"bold": True})
    day = written.add_format({"num_format": "yyyy-mm-dd"})
    built_in = written.add_format({"num_format": 14})
    red = written.add_format({"num_format": '[Red]0.00" mdhs"'})
    sheet.write_row(0, 0, ["region", "å ä ö", "  mellanslag  ", "<&>"])
    sheet.write_row(2, 0, [1, -2.5, 1e-7, 12345678901234])
    sheet.write_rich_string(3, 0, "Västra ", bold, "Götaland")
    sheet.write_boolean(3, 1, True)
    sheet.write_boolean(3, 2, False)
    sheet.write_datetime(4, 0, datetime.datetime(2027, 1, 11, 6), day)
    sheet.write_datetime(4, 1, datetime.datetime(2027, 1, 11), built_in)
    sheet.write_number(4, 2, 7.5, red)
    sheet.write_formula(5, 0, "=1+4", None, 5)
    sheet.write_formula(5, 1, '="a"', None, "a")
    sheet.write_formula(5, 2, "=1/0", None, "#DIV/0!")
    sheet.write_blank(6, 5, None, bold)
    sheet.write_string(9, 27, "långt bort")
    written.add_worksheet("tomt")
    second = written.add_worksheet("dolt & udda")
    second.hide()
    second.write_number(0, 0, 3)


@pytest.mark.parametrize("by", ["xlsxwriter", "openpyxl"])
def test_the_values_are_those_that_openpyxl_reads(by: str) -> None:
    content = book(everything)
    if by == "openpyxl":
        out = io.BytesIO()
        again = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        again.save(out)
        content = out.getvalue()
    theirs = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    ours = read(content)
    assert list(ours) == theirs.sheetnames
    for sheet in theirs.worksheets:
        rows = {
            number: tuple(row)
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
            if any(value is not None for value in row)
        }
        padded = {
            number: row + (None,) * (len(rows.get(number, ())) - len(row))
            for number, row in ours[sheet.title].items()
        }
        assert padded == rows
        assert [type(v) for row in padded.values() for v in row] == [
            type(v) for row in rows.values() for v in row
        ]


@pytest.mark.parametrize(
    ("code", "dated"),
    [
        ("General", False),
        ("0.00", False),
        ('0" dagar"', False),
        ("[Red]0", False),
        ("#,##0\\d", False),
        ("yyyy-mm-dd", True),
        ("[h]:mm", True),
        ("[$-41D]d mmmm", True),
        ('0;"d"', False),
    ],
)
def test_which_number_formats_are_dates(code: str, dated: bool) -> None:
    assert shows_date(code) is dated


def test_days_may_be_counted_from_1904() -> None:
    def made(written: Any, sheet: Any) -> None:
        sheet.write_datetime(0, 0, datetime.datetime(2027, 1, 11), written.add_format({"num_format": 14}))

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": True}) as written:
        made(written, written.add_worksheet("blad"))
    assert read(out.getvalue())["blad"][1] == (datetime.datetime(2027, 1, 11),)


def test_numbers_that_are_none_stay_as_they_are_written() -> None:
    content = book(lambda written, sheet: sheet.write_row(0, 0, [1, 2, 3, 4]))
    for number, odd in zip("1234", ["NaN", "1e999", "9" * 5000, "1e-400"], strict=True):
        content = with_part(
            content,
            "xl/worksheets/sheet1.xml",
            lambda xml, n=number, o=odd: xml.replace(f"<v>{n}</v>".encode(), f"<v>{o}</v>".encode()),
        )
    nan, huge, long, tiny = read(content)["blad"][1]
    assert (nan, huge, long, tiny) == ("NaN", "1e999", "9" * 5000, "1e-400")


def test_every_formula_without_a_value_is_told() -> None:
    made = openpyxl.Workbook()
    for row in (["region", "beds", "note"], ["skane", "=1+1", "=A1"], ["=2", 5, None]):
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    rule = "is a formula without a value; open the file in a spreadsheet program and save it"
    assert told(out.getvalue()).splitlines() == [
        f"t.xlsx:Sheet!B2 {rule} (got =1+1)",
        f"t.xlsx:Sheet!C2 {rule} (got =A1)",
        f"t.xlsx:Sheet!A3 {rule} (got =2)",
    ]
    assert read(out.getvalue())["Sheet"][3] == (Uncalculated("2"), 5)


def test_a_formula_that_gave_empty_text_is_an_empty_cell() -> None:
    content = book(lambda written, sheet: sheet.write_formula(0, 1, '=""', None, "x"))
    content = with_part(content, SHEET, lambda xml: xml.replace(b"<v>x</v>", b"<v></v>"))
    assert read(content)["blad"] == {}


def test_a_book_of_charts_has_no_cells() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as written:
        chart = written.add_chart({"type": "bar"})
        chart.add_series({"values": "={1,2}"})
        written.add_chartsheet("bild").set_chart(chart)
    assert told(out.getvalue()) == "t.xlsx has no sheet with cells"


# ------------------------------------------------------------------ what would not end

SHEET = "xl/worksheets/sheet1.xml"
GOOD = book(
    lambda written, sheet: (sheet.write_row(0, 0, ["region", "beds"]), sheet.write_row(1, 0, ["skane", 1]))
)
FIRST_ROW = b'<row r="1"><c r="A1" t="inlineStr"><is><t>region</t></is></c></row>'
MANY = "XML elements; delete rows and columns that are not needed, or save it as CSV"
LONG = "holds a text of over 100000 characters"
TWICE = "holds the cell A2 twice, or cells out of order; save it anew"
DAMAGED = "cannot be read as an XLSX workbook; save it anew"


def sheet_of(rows: bytes) -> Callable[[bytes], bytes]:
    """Return a change of a sheet: beneath a heading it holds *rows*."""
    return lambda xml: re.sub(
        rb"<sheetData>.*</sheetData>",
        lambda _: b"<sheetData>" + FIRST_ROW + rows + b"</sheetData>",
        xml,
        flags=re.DOTALL,
    )


BOMBS: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "cells": (SHEET, sheet_of(b'<row r="2">' + b"<c/>" * 2_000_000 + b"</row>"), MANY),
    "rows": (SHEET, sheet_of(b"<row/>" * 2_000_000), MANY),
    "sound rows": (SHEET, sheet_of(b'<row><c t="n"><v>1</v></c></row>' * 300_000), MANY),
    "texts": (
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b"<si>", b"<si><t>a</t></si>" * 1_000_000 + b"<si>", 1),
        MANY,
    ),
    "names": (
        "xl/workbook.xml",
        lambda xml: xml.replace(
            b"</sheets>", b"</sheets>" + b'<definedName name="a">1</definedName>' * 10**6
        ),
        MANY,
    ),
    "formats": (
        "xl/styles.xml",
        lambda xml: xml.replace(b"<fonts", b'<numFmt numFmtId="200" formatCode="0"/>' * 10**6 + b"<fonts", 1),
        MANY,
    ),
    "depth": (SHEET, sheet_of(b"<a>" * 4_000_000), DAMAGED),
    "remark": (SHEET, sheet_of(b"<!--" + b"a" * 20_000_000 + b"-->"), LONG),
    "attribute": (SHEET, sheet_of(b'<row r="' + b"1" * 20_000_000 + b'"/>'), LONG),
    "text": (SHEET, sheet_of(b'<row r="2"><c><v>' + b"1" * 20_000_000 + b"</v></c></row>"), LONG),
    "spaces": (SHEET, sheet_of(b" " * 100_000_000), "unpacks to over 60 MB; save it as CSV"),
    "entities": (
        SHEET,
        lambda xml: xml.replace(b"<worksheet", b'<!DOCTYPE l [<!ENTITY a "aa">]><worksheet', 1),
        DAMAGED,
    ),
    "far row": (SHEET, sheet_of(b'<row r="1000000000"><c><v>1</v></c></row>'), "has over 1048576 rows"),
    "far column": (SHEET, sheet_of(b'<row r="2"><c r="ZZZZZZ2"><v>1</v></c></row>'), DAMAGED),
    "cell twice": (SHEET, sheet_of(b'<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'), TWICE),
    "cells backwards": (
        SHEET,
        sheet_of(b'<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row>'),
        TWICE,
    ),
    "rows upwards": (SHEET, sheet_of(b'<row r="3"/><row r="2"/>'), DAMAGED),
}


@pytest.fixture
def spent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows by the bytes of each piece that is unpacked."""
    sizes: list[int] = []
    whole = xlsx_parts._pieces

    def counted(part: IO[bytes]) -> Iterator[bytes]:
        for piece in whole(part):
            sizes.append(len(piece))
            yield piece

    monkeypatch.setattr(xlsx_parts, "_pieces", counted)
    return sizes


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_before_it_goes_off(
    bomb: str, spent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    part, change, rule = BOMBS[bomb]
    monkeypatch.setattr(xlsx_parts, "MOST_ELEMENTS", 20_000)
    content = with_part(GOOD, part, change)
    spent.clear()
    message = told(content)
    assert message.startswith("t.xlsx ") and rule in message
    assert len(message.splitlines()) == 1
    bound = xlsx_parts.MOST_UNPACKED + (1 << 16) if bomb == "spaces" else 1_500_000
    assert sum(spent) <= bound


def test_very_many_parts_are_counted_before_they_are_listed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(xlsx_parts.MOST_MEMBERS + 1):
            packed.writestr(f"a{number}", "")
    assert told(out.getvalue()) == "t.xlsx holds over 1000 parts; save it as CSV"


def test_only_zips_as_spreadsheets_pack_them_are_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
    assert told(out.getvalue()) == f"t.xlsx {DAMAGED}"


def test_a_sheet_is_read_no_further_than_somebody_asks(spent: list[int]) -> None:
    rows = b'<row><c t="n"><v>1</v></c></row>' * 100_000
    name, found = next(iter(xlsx_sheets(with_part(GOOD, SHEET, sheet_of(rows)), "t.xlsx")))
    assert name == "blad"
    assert len(list(itertools.islice(found, 5))) == 5
    assert sum(spent) < 200_000


def test_the_limits_of_a_workbook_leave_room_for_a_country() -> None:
    assert xlsx_parts.MOST_ELEMENTS > 10 * 300 * 60 * 2, "ten tables of 300 regions with 60 figures each"
    assert MOST_ROWS >= 100_000
