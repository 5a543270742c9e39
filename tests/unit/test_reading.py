"""Reading: what YAML, JSON, CSV and XLSX mean by the stated rules, and where each value stands."""

import io
import json
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from nspl_sim.reading.node import Node, find, place_of, plain
from nspl_sim.reading.numbers import Key, Share, Whole
from nspl_sim.reading.place import Loc
from nspl_sim.reading.problems import checked, problems
from nspl_sim.reading.showing import escaped, nearest, short, slug
from nspl_sim.reading.table import Table, table_of
from nspl_sim.reading.telling import say, say_all
from nspl_sim.reading.tree import MOST_BYTES, read_tree, tree_of
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import Text

SAME = [
    ("a: 24", {"a": 24}),
    ("a: -2.50", {"a": -2.5}),
    ("a: .5", {"a": 0.5}),
    ("a: 1e3", {"a": 1000.0}),
    ("a: true\nb: False", {"a": True, "b": False}),
    ("a: ~\nb: null\nc:", {"a": None, "b": None, "c": None}),
    ("land: NO\nsvar: yes", {"land": "NO", "svar": "yes"}),
    ("tid: 12:30\ndag: 2027-01-11", {"tid": "12:30", "dag": "2027-01-11"}),
    (
        "kod: 01\nhex: 0x1F\nokt: 0o17\nlång: 1_000",
        {"kod": "01", "hex": "0x1F", "okt": "0o17", "lång": "1_000"},
    ),
    ("a: .nan\nb: .inf\nc: 1e309", {"a": ".nan", "b": ".inf", "c": "1e309"}),
    ("1: a\n'2': b", {1: "a", "2": "b"}),
    ("a: \"24\"\nb: 'x'", {"a": "24", "b": "x"}),
    ("a: |\n  två\n  rader\n", {"a": "två\nrader\n"}),
    ("a: [1, {b: 2}]", {"a": [1, {"b": 2}]}),
    ("%YAML 1.2\n---\na: 1\n", {"a": 1}),
    ("\ufeffa: 1", {"a": 1}),
    ("<<: {a: 1}", {"<<": {"a": 1}}),
    ("a: " + "9" * 5000, {"a": "9" * 5000}),
]


@pytest.mark.parametrize(("written", "meant"), SAME, ids=[written[:30] for written, _ in SAME])
def test_what_yaml_means(written: str, meant: Any) -> None:
    found = plain(tree_of(written.removeprefix("\ufeff"), "x.yaml"))
    assert found == meant
    assert json.dumps(found) == json.dumps(meant), "types too: 1 is not true"


def test_keys_and_values_know_where_they_stand() -> None:
    root = tree_of("a:\n  b: [1,\n    {c: 2}]\n", "x.yaml")
    assert place_of(root, ("a", "b", 1, "c"))[:3] == ("x.yaml", 3, 9)
    assert place_of(root, ("a", "b", 1, "c"), key=True)[:3] == ("x.yaml", 3, 6)
    assert place_of(root, ("a", "b"))[:3] == ("x.yaml", 2, 3), "of a list: its key"
    assert place_of(root, ("a", "b", 1, "d", "e"))[:3] == ("x.yaml", 3, 5), "missing: its parent"


REFUSED = [
    ("a: 1\nb: 2\na: 3", "3:1 a is given twice; first on line 1"),
    ("a:\n  1: x\n  '1': y", "3:3 a.1 is given twice; first on line 2"),
    ("a: &x 1", "1:4 a has an anchor or alias (& or *); write the value out instead"),
    ("a: *x", "1:4 a has an anchor or alias (& or *); write the value out instead"),
    ("a: !!str 1", "1:4 a has a tag (!); write the plain value"),
    ("a: !x {}", "1:4 a has a tag (!); write the plain value"),
    ("a: 1\n---\nb: 2", "2:1 holds several documents; keep each in its own file"),
    ("%YAML 1.1\n---\na: no", "2:1 is read as YAML 1.2; remove the %YAML line"),
    ("1.5: a", "1:1 a key must be text or a whole number (got 1.5)"),
    ("true: a", "1:1 a key must be text or a whole number (got true)"),
    ("? [a]\n: 1", "1:3 a key must be text or a whole number"),
    ("- 1", " must be a mapping of keys and values"),
    ("text", " must be a mapping of keys and values"),
    ("", " is empty"),
    ("# only a remark\n", " is empty"),
    ("a:\tb\n\tc: d", "is not valid YAML: a tab stands where spaces are wanted"),
    ("a: [1, 2", "is not valid YAML: a bracket is not closed"),
    ('a: "b', "is not valid YAML: a quotation mark is not closed"),
    ("a: b: c", "1:5 is not valid YAML: a colon too many"),
    ("a: 1\n  b: 2", "2:4 is not valid YAML: a colon too many"),
    ("a: @b", "1:4 a is not valid YAML: text that begins with % @ or ` must stand in quotes"),
    ("a: \x07", "1:4 is not valid YAML: it holds the character U+0007"),
    ('a: "\\ud800"', r'1:4 a holds half a character (a lone surrogate) (got "\ud800")'),
    ("a: " + "[" * 70 + "]" * 70, "is nested deeper than 60 levels"),
    ("a:\n" + "".join("  " * n + "b:\n" for n in range(1, 70)), "is nested deeper than 60 levels"),
]


@pytest.mark.parametrize(("written", "told"), REFUSED, ids=[repr(written[:20]) for written, _ in REFUSED])
def test_what_is_no_plain_yaml(written: str, told: str) -> None:
    assert told in refusal_of(written, "x.yaml")


def refusal_of(written: str, file: str) -> str:
    with pytest.raises(InputRefused) as refused:
        tree_of(written, file)
    return say_all(refused.value.problems)


def test_billion_laughs_are_refused_at_the_first() -> None:
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert refusal_of("\n".join(lines), "x.yaml").startswith("x.yaml:1:5 a0 has an anchor")


@pytest.mark.parametrize("document", [{"a": [1, 2.5, None, True, "x\ty", {"å": "€😀"}]}, {"1": {"b": []}}])
@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_loads_as_yaml_does(document: Any, indent: Any) -> None:
    written = json.dumps(document, indent=indent)
    assert plain(tree_of(written, "x.json")) == document
    if indent != "\t":
        assert plain(tree_of(json.dumps(document, indent=indent, ensure_ascii=False), "x.yaml")) == document


def test_json_places_and_mistakes() -> None:
    root = tree_of('{\n\t"a": {"b":\n-5}}', "x.json")
    assert place_of(root, ("a", "b"))[:3] == ("x.json", 3, 1)
    assert place_of(root, ("a", "b"), key=True)[:3] == ("x.json", 2, 8)
    assert "x.json:1:10 a is given twice; first on line 1" in refusal_of('{"a": 1, "a": 2}', "x.json")
    assert "x.json:1:9 is not valid JSON" in refusal_of('{"a": 1,}', "x.json")
    assert "is nested too deep" in refusal_of("[" * 100_000, "x.json")
    assert plain(tree_of('{"a": NaN}', "x.json")) == {"a": "NaN"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a: \xe5", "x.yaml:1:1 is not UTF-8 text; save it as UTF-8 (in Excel: CSV UTF-8)"),
        ("a: å".encode("utf-16"), "x.yaml:1:1 is not UTF-8 text; save it as UTF-8 (in Excel: CSV UTF-8)"),
        (b"#" * (MOST_BYTES + 1), "x.yaml is over 2 MB; large tables belong in CSV files"),
        (b"#" * 500_001, "x.yaml is over 500 kB; large tables belong in CSV files"),
        (b"a: [" + b"0," * 25_000 + b"]", "holds over 25000 values; large tables belong in CSV files"),
        (None, "x.yaml is not there, or is no file"),
    ],
    ids=["latin", "utf-16", "huge", "large", "many", "missing"],
)
def test_files_that_are_not_read(content: bytes | None, told: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "x.yaml").write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        read_tree(tmp_path / "x.yaml")
    assert told in say_all(refused.value.problems)


LONGEST_S = 2.0

SLOW = {
    "flow lists": "[" * 100_000,
    "flow lists apart": "[ " * 50_000,
    "flow mappings": "{a: " * 25_000,
    "lists": "- " * 50_000,
    "keys": "? " * 50_000,
    "indentation": "\n".join(" " * n + "a:" for n in range(440)),
    "many keys": "".join(f"k{n}: 1\n" for n in range(10_000)),
    "colons": ": " * 50_000,
    "commas": "[" + "a," * 50_000 + "]",
    "one word": "a" * 100_000,
    "quotes": "'" * 100_000,
    "documents": "---\n" * 25_000,
    "folded": "a: >\n" + "  x y\n" * 16_000,
}


@pytest.mark.parametrize("written", SLOW.values(), ids=SLOW)
@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_nothing_of_100_kb_takes_long(written: str, ending: str) -> None:
    begun = time.process_time()
    try:
        tree_of(written, f"x.{ending}")
    except InputRefused as refused:
        assert say_all(refused.problems)
    assert time.process_time() - begun < LONGEST_S


# ------------------------------------------------------------------ tables


def csv_table(written: str, needed: str = "region") -> Table:
    return table_of(written.encode("utf-8-sig"), "t.csv", needed)


def values(table: Table) -> list[dict[str, Any]]:
    return [{head: cell.value for head, cell in row.items()} for _, row in table.rows]


@pytest.mark.parametrize(
    "written",
    [
        "region;beds;share\na;24;7,5\n;;\nb;;0,25\n",
        "region,beds,share\na,24,7.5\n,,\nb,,0.25\n",
        "region\tbeds\tshare\na\t24\t7.5\nb\t\t0.25\n",
        'sep=;\r\n"Region";"BEDS";"Share"\r\n"a";"24";"7,5"\r\n\r\n"b";"";"0,25"\r\n',
        "Kapacitet 2027;;\n\nregion;beds;share\na; 24 ;7.5\nb;;0.25\n",
        '"region","beds","share"\n"a","24","7.5"\n"b",,0.25\n',
    ],
)
def test_csv_as_spreadsheets_write_it(written: str) -> None:
    assert values(csv_table(written)) == [
        {"region": "a", "beds": "24", "share": "7.5"},
        {"region": "b", "share": "0.25"},
    ]


def workbook(rows: list[list[Any]], sheet: str = "kapacitet", before: str | None = None) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    if before:
        page.title = before
        page = book.create_sheet(sheet)
    page.title = sheet
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


def test_a_workbook_is_read_with_its_cells() -> None:
    rows: list[list[Any]] = [
        ["Kapacitet"],
        ["region", "beds", None, "share"],
        ["a", 24, None, 7.5],
        [],
        ["b", None, None, 0.25],
    ]
    table = table_of(workbook(rows, before="läs mig"), "t.xlsx", "region")
    found = list(table.rows)
    assert [{head: cell.value for head, cell in row.items()} for _, row in found] == [
        {"region": "a", "beds": 24, "share": 7.5},
        {"region": "b", "share": 0.25},
    ]
    assert found[1][1]["share"].place.cell == "kapacitet!D5"


def told_of(content: bytes, file: str) -> str:
    with pytest.raises(InputRefused) as refused:
        table = table_of(content, file, "region")
        with table.telling_all():
            list(table.rows)
        raise InputRefused(table.wrong.problems)
    return say_all(refused.value.problems)


def test_formulas_are_read_by_their_values() -> None:
    fresh = workbook([["region", "beds"], ["a", "=1+1"]])
    assert "t.xlsx:kapacitet!B2 is a formula without a value; open the file" in told_of(fresh, "t.xlsx")
    calculated = edited(
        fresh, "xl/worksheets/sheet1.xml", lambda xml: re.sub("<v ?/>|<v></v>", "<v>2</v>", xml)
    )
    assert values(table_of(calculated, "t.xlsx", "region")) == [{"region": "a", "beds": 2}]


def edited(content: bytes, member: str, change: Any) -> bytes:
    """Return the workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == member else data)
    return out.getvalue()


def test_workbooks_that_are_not_read() -> None:
    good = workbook([["region", "beds"], ["a", 1]])
    assert "is not an XLSX workbook, or has a password" in told_of(b"\xd0\xcf\x11\xe0" + b"0" * 999, "t.xlsx")
    assert "is not an XLSX workbook, or has a password" in told_of(good[:-40], "t.xlsx")
    assert "cannot be read as an XLSX workbook" in told_of(
        edited(good, "xl/workbook.xml", lambda _: "<x>"), "t.xlsx"
    )
    bomb = edited(good, "xl/styles.xml", lambda xml: xml + " " * 70_000_000)
    assert "unpacks to over 60 MB" in told_of(bomb, "t.xlsx")
    wide = workbook([["region"], ["a", *[None] * 300, 1]])
    assert "has over 256 columns" in told_of(wide, "t.xlsx")
    far = edited(
        good, "xl/worksheets/sheet1.xml", lambda xml: xml.replace('<row r="2"', '<row r="2000000000"')
    )
    assert "has over 1048576 rows" in told_of(far, "t.xlsx")
    assert "has no column region in its first 10 rows (got beds)" in told_of(workbook([["beds"]]), "t.xlsx")
    assert "must be a .csv or .xlsx file" in told_of(good, "t.xls")


def test_a_workbook_may_lie_about_its_size() -> None:
    good = workbook([["region", "beds"], ["a", 1]])
    for said in ('ref="A1"', 'ref="A1:XFD1048576"'):
        lying = edited(
            good, "xl/worksheets/sheet1.xml", lambda xml, said=said: xml.replace('ref="A1:B2"', said)
        )
        assert values(table_of(lying, "t.xlsx", "region")) == [{"region": "a", "beds": 1}]


def test_a_table_with_too_many_rows_is_not_read_to_its_end() -> None:
    begun = time.process_time()
    assert "has over 100000 rows" in told_of(b"region\n" + b"a\n" * 100_001, "t.csv")
    assert time.process_time() - begun < LONGEST_S


# ------------------------------------------------------------------ problems


class Part(BaseModel):
    """A small model."""

    model_config = ConfigDict(extra="forbid", strict=True)
    beds: Whole
    shares: dict[Key, Share] = {}
    on: bool = False


class Whole2(BaseModel):
    """A model that holds another."""

    model_config = ConfigDict(extra="forbid", strict=True)
    parts: dict[Key, Part]


def test_problems_say_place_path_rule_value_and_suggestion() -> None:
    root = tree_of("parts:\n  a: {beds: x, on: yes}\n  b: {bedz: 1, shares: {Å: 2}}\n", "p.yaml")
    with pytest.raises(InputRefused) as refused:
        checked(Whole2, plain(root), root)
    assert [say(problem) for problem in refused.value.problems] == [
        "p.yaml:2:13 parts.a.beds must be a whole number >= 0 (got x)",
        "p.yaml:2:20 parts.a.on must be true or false (got yes)",
        "p.yaml:3:3 parts.b.beds is missing; it must be a whole number >= 0",
        "p.yaml:3:25 parts.b.shares.Å is no such key: it must be a name of a-z, 0-9, _ and - "
        "(at most 64 characters) (got Å); did you mean a?",
        "p.yaml:3:28 parts.b.shares.Å must be a number from 0 to 1 (got 2)",
        "p.yaml:3:7 parts.b.bedz is not a key that belongs here (got 1); did you mean beds?",
    ]


def test_templates_stay_templates_to_be_translated() -> None:
    root = tree_of("parts: {a: {beds: -1}}", "p.yaml")
    with pytest.raises(ValidationError) as error:
        Whole2.model_validate(plain(root))
    (problem,) = problems(error.value, root, Whole2)
    assert problem.rule == Text("must be a whole number >= {low}", {"low": "0"})


def test_a_rule_of_somebody_elses_is_taken_as_a_template() -> None:
    from pydantic import field_validator
    from pydantic_core import PydanticCustomError

    class Foreign(BaseModel):
        a: int

        @field_validator("a")
        @classmethod
        def _no(cls, value: int) -> int:
            raise PydanticCustomError(
                "x", "must be the name of a {family} rule: {names}", {"family": "f", "names": "n"}
            )

    root = tree_of("a: 1", "p.yaml")
    with pytest.raises(InputRefused) as refused:
        checked(Foreign, plain(root), root)
    (problem,) = refused.value.problems
    assert str(problem.rule) == "must be the name of a f rule: n"


def test_values_are_shown_short_and_visible() -> None:
    assert escaped("a\x1b[31m\u200b") == r"a\x1b[31m\u200b"
    assert len(escaped("x" * 1000)) == 60
    assert short({"a": [1, "b", None, True]}) == '{a: [1, "b", null, true]}'
    assert len(short([10**9999])) <= 60
    assert slug("Västra Götaland") == "vastra_gotaland"
    assert nearest("bedz", ["beds", "surge"]) == "beds"
    assert nearest("beds", ["beds"]) is None


def test_find_returns_nothing_for_what_is_not_there() -> None:
    root = tree_of("a: [1]", "x.yaml")
    loc: Loc = ("a", 1)
    assert find(root, loc) is None
    assert isinstance(find(root, ("a", 0)), Node)
