"""Tables with mistakes: all of them at once, each with its cell, its value and the name that was meant."""

import contextlib
import gc
import json
from pathlib import Path
from typing import Any

import pytest

from nspl_sim.reading import collected, csv_rows
from nspl_sim.reading.grid import LAST_ROW, MOST_CELLS
from nspl_sim.reading.numbers import Grouped, real, whole, with_decimal_comma
from nspl_sim.reading.table import table_of
from nspl_sim.reading.telling import say_all, sentences
from nspl_sim.scenario import patient_table
from nspl_sim.scenario.aliases import RegionNames
from nspl_sim.scenario.load import load_scenario
from nspl_sim.vocabulary.errors import InputRefused
from tests.unit.test_workbooks import book, with_part
from tests.worlds import abc

HEAD = "arrival_h;region;class;urgency;stage_1;stage_1_h;stage_1_dies_h\n"
REGISTER = "format: 1\nextends: base.yaml\nstreams:\n  register: {kind: table, file: p.csv}\n"
REGIONS = "format: 1\nextends: base.yaml\nregion_table: t.csv\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with ``base.yaml``, a whole small scenario."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.yaml").write_text(json.dumps(abc()), encoding="utf-8")
    return tmp_path


def told(scenario: str, **tables: str | bytes) -> list[str]:
    """Return what is said of *scenario* beside the CSV files *tables*."""
    Path("s.yaml").write_text(scenario, encoding="utf-8")
    for name, content in tables.items():
        data = content if isinstance(content, bytes) else content.encode()
        Path(name.replace("_", ".")).write_bytes(data)
    with pytest.raises(InputRefused) as refused:
        load_scenario("s.yaml")
    return [str(line) for line in sentences(refused.value.problems)]


# ------------------------------------------------------------------ all at once


def test_a_wrong_value_hides_nothing_in_other_rows_or_its_own() -> None:
    rows = "x;q;nope;9;icu;-5;z\n-9999;a;ill;3;icu;5;-1\n1;a;nope;3;icu;5;\n1;a;ill;3;icuu;5;;\n"
    assert told(REGISTER, p_csv=HEAD + rows) == [
        "p.csv:A2 arrival_h must be a number (got x)",
        "p.csv:B2 region names no region (got q)",
        "p.csv:C2 class is no patient class of this scenario (got nope)",
        "p.csv:D2 urgency must be a whole number from 1 to 5 (got 9)",
        "p.csv:F2 stage_1_h must be a number from 0 to 87600 (got -5)",
        "p.csv:G2 stage_1_dies_h must be a number from 0 to 87600 (got z)",
        "p.csv:A3 arrival_h may not be before the run begins (hour -144) (got -9999)",
        "p.csv:G3 stage_1_dies_h must be a number from 0 to 87600 (got -1)",
        "p.csv:C4 class is no patient class of this scenario (got nope)",
        "p.csv:E5 stage_1 is a kind of unit that no region has (got icuu); did you mean icu?",
    ]


def test_values_without_a_heading_are_all_told_and_hide_nothing() -> None:
    assert told(REGIONS, t_csv="region;icu_beds\na;3;4\nq;3;4;5\nb;-3\n") == [
        "t.csv:C2 has a value without a heading (got 4)",
        "t.csv:A3 region names no region (got q)",
        "t.csv:C3 has a value without a heading (got 4)",
        "t.csv:D3 has a value without a heading (got 5)",
        "t.csv:B4 regions.b.units.icu.beds must be a whole number >= 0 (got -3)",
    ]


def test_the_nearest_heading_is_offered_for_each() -> None:
    assert told(REGISTER, p_csv="arival_h;regon;clas;stag_1\n1;a;ill;icu\n") == [
        "p.csv:A1 arival_h is no column that belongs here; did you mean arrival_h?",
        "p.csv:A1 arrival_h is missing among the headings",
        "p.csv:A1 region is missing among the headings",
        "p.csv:A1 class is missing among the headings",
        "p.csv:B1 regon is no column that belongs here; did you mean region?",
        "p.csv:C1 clas is no column that belongs here; did you mean class?",
        "p.csv:D1 stag_1 is no column that belongs here; did you mean stage_1?",
    ]
    assert told(REGIONS, t_csv="regon;icu_bedz\na;1\n") == [
        "t.csv:A1 regon is no column that belongs here; did you mean region?",
        "t.csv:B1 icu_bedz is no column that belongs here; did you mean icu_beds?",
    ]
    assert told(REGIONS, t_csv="foo;bar\n") == [
        "t.csv has no column region in its first 10 rows (got foo, bar)"
    ]


@pytest.mark.parametrize("regions", ["null", "5"])
def test_where_there_are_no_regions_that_is_what_is_wrong(regions: str) -> None:
    (line,) = told(REGIONS + f"regions: {regions}\n", t_csv="region;icu_beds\na;3\n")
    assert line.startswith("s.yaml:") and "must be a mapping of keys and values" in line
    (line,) = told(REGISTER + f"regions: {regions}\n", p_csv=HEAD + "1;a;ill;;;;\n")
    assert line.startswith("s.yaml:") and "must be a mapping of keys and values" in line


def test_an_empty_table_is_refused() -> None:
    assert told(REGIONS, t_csv="region;icu_beds\n;\n") == ["t.csv has no rows beneath its heading"]
    assert told(REGISTER, p_csv=HEAD) == ["p.csv has no rows beneath its heading"]
    assert told(REGISTER.replace("file: p.csv", "patients: []")) == [
        "s.yaml:4:27 streams.register.patients must hold at least 1 entries (got [])"
    ]


def test_an_empty_table_is_told_beside_other_mistakes() -> None:
    both = REGISTER + "region_table: t.csv\n"
    assert told(both, t_csv="region;icu_beds\nq;1\n", p_csv=HEAD) == [
        "p.csv has no rows beneath its heading",
        "t.csv:A2 region names no region (got q)",
    ]


def test_a_formula_without_a_value_does_not_hide_the_rest() -> None:
    def made(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["region", "icu_beds"])
        for row, region in enumerate(["a", "b", "q"], 1):
            sheet.write_string(row, 0, region)
            sheet.write_formula(row, 1, "=1+1", None, "")

    Path("t.xlsx").write_bytes(book(made))
    rule = "is a formula without a value; open the file in a spreadsheet program and save it (got =1+1)"
    assert told(REGIONS.replace("t.csv", "t.xlsx")) == [
        f"t.xlsx:blad!B2 {rule}",
        f"t.xlsx:blad!B3 {rule}",
        "t.xlsx:blad!A4 region names no region (got q)",
        f"t.xlsx:blad!B4 {rule}",
    ]


# ------------------------------------------------------------------ very many


def test_very_many_problems_are_counted_and_the_nearest_name_is_not_sought_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Any] = []
    whole_search = RegionNames.nearest
    monkeypatch.setattr(
        RegionNames, "nearest", lambda self, written: asked.append(written) or whole_search(self, written)
    )
    lines = told(REGIONS, t_csv="region;icu_beds\n" + "".join(f"x{n};1\n" for n in range(4000)))
    assert len(lines) == 21
    assert lines[-1] == "and 3980 problems more"
    assert len(asked) == collected.MOST_KEPT
    lines = told(REGISTER, p_csv=HEAD + "1;q;ill;;;;\n" * 4000)
    assert lines[-1] == "and 3980 problems more"


def test_a_region_table_has_a_row_for_each_region_and_not_thousands() -> None:
    lines = told(REGIONS, t_csv="region;icu_beds\n" + "a;1\n" * 5001)
    assert lines[0] == "t.csv has over 5000 rows, one for each region"


def test_a_row_that_does_not_end_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = 0
    whole_reader = csv_rows.csv.reader

    def spied(lines: Any, **settings: Any) -> Any:
        def each() -> Any:
            nonlocal longest
            for line in lines:
                longest = max(longest, len(line))
                yield line

        return whole_reader(each(), **settings)

    monkeypatch.setattr(csv_rows.csv, "reader", spied)
    rule = "is a row of over 100000 characters; is a quotation mark not closed?"
    for row in (";" * 2_000_000, "a" * 2_000_000, '"' + "a\n" * 1_000_000, '"a\n";' * 400_000):
        assert told(REGIONS, t_csv="region;icu_beds\n" + row) == [f"t.csv:A2 {rule}"]
    assert longest <= csv_rows.MOST_OF_A_ROW


def test_empty_rows_come_to_an_end_too() -> None:
    assert told(REGIONS, t_csv="region;icu_beds\n" + "\n" * (LAST_ROW + 1)) == [
        f"t.csv has over {LAST_ROW} rows"
    ]


def test_cells_are_counted_too() -> None:
    row = "1;" * 255 + "1\n"
    head = "region;" + ";".join(f"c{n}" for n in range(255)) + "\n"
    table = table_of((head + row * (MOST_CELLS // 256 + 1)).encode(), "t.csv", "region")
    with pytest.raises(InputRefused, match="has over 800000 cells"):
        list(table.raws)


def test_reading_patients_leaves_the_search_for_garbage_as_it_was() -> None:
    told(REGISTER, p_csv=HEAD + "x;a;ill;;;;\n")
    assert gc.isenabled()
    gc.disable()
    try:
        told(REGISTER, p_csv=HEAD + "x;a;ill;;;;\n")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_sound_row_costs_no_cell_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_into: list[int] = []
    whole_row = patient_table.Table.row
    monkeypatch.setattr(
        patient_table.Table, "row", lambda self, raw: looked_into.append(raw[0]) or whole_row(self, raw)
    )
    told(REGISTER, p_csv=HEAD + "1;a;ill;;;;\n" * 500 + "x;a;ill;;;;\n")
    assert looked_into == [502]


# ------------------------------------------------------------------ where


def test_messages_show_the_path_as_it_was_given(folder: Path) -> None:
    for name in ("one", "two"):
        Path(name).mkdir()
        Path(name, "base.yaml").write_text(json.dumps(abc()), encoding="utf-8")
        Path(name, "s.yaml").write_text(REGIONS + "seed: x\n", encoding="utf-8")
        Path(name, "t.csv").write_text("region;icu_beds\nq;1\n", encoding="utf-8")
    for given in (Path("one/s.yaml"), Path("two/../two/s.yaml"), folder / "one" / "s.yaml"):
        with pytest.raises(InputRefused) as refused:
            load_scenario(given)
        files = {problem.file for problem in refused.value.problems}
        assert files == {str(given), str(given.parent / "t.csv")}


@pytest.mark.parametrize(
    "name", [".", "no/where.yaml", "rad\nbrytning.yaml", "es\x1bcape.yaml", "\u202e.yaml"]
)
def test_a_name_is_shown_whole_and_on_one_line(name: str) -> None:
    with pytest.raises(InputRefused) as refused:
        load_scenario(name)
    line = say_all(refused.value.problems)
    assert line.isprintable()
    assert line.endswith(" is not there, or is no file")
    assert line.startswith(name.encode("unicode_escape").decode("ascii"))


def test_a_file_of_the_package_is_shown_by_its_name() -> None:
    from nspl_sim.scenario.shipped import library_file

    with contextlib.suppress(InputRefused):
        found = load_scenario(library_file("national-surge")).root
        assert found is not None
        assert found.value["streams"].place.file == "national-surge.yaml"


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize(
    ("written", "meant"),
    [("7,5", 7.5), ("1,25", 1.25), ("0,125", 0.125), ("1,500", 1.5), ("7.5", 7.5), ("-12,5", -12.5)],
)
def test_a_comma_is_the_decimal_sign_of_such_a_file(written: str, meant: float) -> None:
    assert real(with_decimal_comma(written)) == meant


@pytest.mark.parametrize("written", ["1.000", "-12.345", "1,000", "999,000"])
def test_what_may_be_grouped_by_thousands_is_not_guessed(written: str) -> None:
    value = with_decimal_comma(written)
    assert isinstance(value, Grouped)
    with pytest.raises(Exception, match="may be a decimal or a thousands sign"):
        whole(value)
    if "." in written:
        with pytest.raises(Exception, match="may be a decimal or a thousands sign"):
            real(value)


@pytest.mark.parametrize(("written", "sign"), [("1.000", "point"), ("1,000", "comma")])
def test_where_a_whole_number_belongs_only_that_is_advised(written: str, sign: str) -> None:
    assert told(REGIONS, t_csv=f"region;icu_beds\na;{written}\n") == [
        f"t.csv:B2 regions.a.units.icu.beds must be a whole number >= 0: a {sign} may be a decimal or a "
        f"thousands sign; write 1000 (got {written})"
    ]


def test_a_stay_of_a_table_is_nothing_or_at_least_a_second() -> None:
    rows = "1;a;ill;3;icu;1e-300;0.0001\n2;a;ill;3;icu;0;0\n3;a;ill;3;icu;0.00028;1\n"
    assert told(REGISTER, p_csv=HEAD + rows) == [
        "p.csv:F2 stage_1_h is less than a second; is the unit right? (got 1e-300)",
        "p.csv:G2 stage_1_dies_h is less than a second; is the unit right? (got 0.0001)",
    ]
    patient = "{arrival_h: 1, region: a, class: ill, stages: [{kind: icu, stay_h: 1e-300}]}"
    scenario = f"format: 1\nextends: base.yaml\nstreams:\n  x: {{kind: table, patients: [{patient}]}}\n"
    [line] = told(scenario)
    assert "stay_h is less than a second" in line


def test_of_a_table_that_cannot_be_read_nothing_is_said_to_be_missing() -> None:
    stage = "{kind: bed, stay: {family: fixed, value_h: 3}}"
    more = f"classes:\n  ill: {{pathways: [{{share: 1, stages: [{stage}]}}]}}\nhorizon_days: -1\n"
    lines = told(REGIONS.replace("t.csv", "q.csv") + more)
    assert [line.split()[1] for line in lines] == ["region_table", "horizon_days"]
    lines = told(REGIONS + more, t_csv="reg;bed_beds\na;2\n")
    assert [line.split()[1] for line in lines] == ["horizon_days", "reg"]
    assert len(told(REGIONS + more, t_csv="region;icu_beds\na;2\n")) == 2


def test_a_number_beyond_all_numbers_is_shown_as_it_is_written(folder: Path) -> None:
    rows = [["region", "icu_beds"], ["a", 123456]]
    content = book(lambda written, sheet: [sheet.write_row(i, 0, row) for i, row in enumerate(rows)])
    huge = with_part(
        content, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>123456</v>", b"<v>1e400</v>")
    )
    lines = told(REGIONS.replace("t.csv", "t.xlsx"), t_xlsx=huge)
    assert [line.endswith("it must be finite (got 1e400)") for line in lines] == [True]
