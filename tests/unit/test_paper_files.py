"""Files are whole or not there; tables are read back; a text never becomes a formula."""

import csv
import errno
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import openpyxl
import pytest

from nspl_sim.experiment.whole import replace_whole, write_whole
from nspl_sim.paper.language import Language
from nspl_sim.paper.tables import csv_bytes, inert, write_table
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text

SV = Language("sv")

TABLE = {
    "name": ["=1+1", "Västra Götaland", "-x"],
    "days": np.array([1.5, np.nan, -2.0]),
    "beds": np.array([4, 5, 6]),
}


def test_a_file_is_written_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", "old")
    write_whole(tmp_path / "a.txt", "åäö")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "åäö"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", "old")

    def fail(path: Path) -> None:
        path.write_text("half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        replace_whole(tmp_path / "a.txt", fail)
    assert (tmp_path / "a.txt").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_message_names_the_file_and_no_temporary_one(tmp_path: Path) -> None:
    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    with pytest.raises(OSError, match="No space left") as wrong:
        replace_whole(tmp_path / "a.txt", full)
    assert wrong.value.filename == str(tmp_path / "a.txt")
    with pytest.raises(FileNotFoundError) as wrong:
        write_whole(tmp_path / "none" / "a.txt", "x")
    assert wrong.value.filename == str(tmp_path / "none" / "a.txt")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_is_made_inert(start: str) -> None:
    assert inert(start + "x") == "'" + start + "x"
    assert inert("x" + start) == "x" + start
    assert inert(-1.5) == -1.5


def test_csv_is_as_swedish_excel_reads_it(tmp_path: Path) -> None:
    write_table(tmp_path / "t.csv", TABLE, SV)
    content = (tmp_path / "t.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows == [
        ["name", "days", "beds"],
        ["'=1+1", "1,5", "4"],
        ["Västra Götaland", "", "5"],
        ["'-x", "-2", "6"],
    ]
    assert b"1.5" in csv_bytes(TABLE, "en")


def test_xlsx_holds_texts_and_numbers(tmp_path: Path) -> None:
    write_table(tmp_path / "t.xlsx", TABLE, SV, "ÖVNING & PRÖVNING", text("Patients"))
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert sheet is not None
    assert [[c.value for c in row] for row in sheet.iter_rows()][1:] == [
        ["=1+1", 1.5, 4, "ÖVNING & PRÖVNING"],
        ["Västra Götaland", None, 5, "ÖVNING & PRÖVNING"],
        ["-x", -2, 6, "ÖVNING & PRÖVNING"],
    ]
    assert sheet["A2"].data_type == "s" and sheet.title == "Patienter" and sheet["D1"].value == "Märkning"
    assert sheet.oddFooter.center.text == "ÖVNING && PRÖVNING"
    assert sheet.oddHeader.center.text == "ÖVNING && PRÖVNING"


def test_a_day_is_a_day_in_every_form(tmp_path: Path) -> None:
    when = datetime(2027, 1, 11, 6, 30)
    table = {"when": [when, datetime(2027, 3, 28, 3, 0)]}
    for ending in ("csv", "xlsx", "parquet"):
        write_table(tmp_path / f"t.{ending}", table, SV)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert sheet is not None and sheet["A2"].value == when and sheet["A2"].is_date
    assert b"2027-01-11 06:30\r\n" in (tmp_path / "t.csv").read_bytes()
    with duckdb.connect() as base:
        found = base.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / "t.parquet")]).fetchall()
    assert found[0] == (when,)


def test_parquet_reads_back(tmp_path: Path) -> None:
    write_table(tmp_path / "it's.parquet", TABLE, SV)
    with duckdb.connect() as base:
        found = base.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / "it's.parquet")]).fetchall()
    assert [row[0] for row in found] == TABLE["name"]
    assert [row[2] for row in found] == [4, 5, 6]


def test_another_ending_or_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NsplError, match=r"\.csv, \.xlsx, \.parquet"):
        write_table(tmp_path / "t.txt", TABLE, SV)
    with pytest.raises(NsplError, match="no such folder"):
        write_table(tmp_path / "none" / "t.csv", TABLE, SV)
