"""An edited list comes back: nothing is lost, what people wrote stays, what changed is told."""

import io
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from nspl_sim.exercise.inject import COLUMNS
from nspl_sim.exercise.making import files, lists
from nspl_sim.exercise.material import Material
from nspl_sim.exercise.returning import edited_rows, merged
from nspl_sim.vocabulary.errors import InputRefused
from tests.exercises import made, troubled

HTML = ("html",)


@cache
def material(plan: str = "today") -> Material:
    return made(troubled(), plan, "sv")


def written(tmp_path: Path, ending: str) -> Path:
    path = tmp_path / f"lista{ending}"
    path.write_bytes(lists(material())[f"facit-inspelslista{ending}"])
    return path


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_there_and_back_loses_nothing(tmp_path: Path, ending: str) -> None:
    rows = edited_rows(written(tmp_path, ending))
    kept, changes = merged(material(), rows)
    assert changes == () and kept.injects == material().injects
    again, before = files(material(), rows, HTML), files(material(), ends=HTML)
    assert all(again[name] == content for name, content in before.items() if not name.endswith(".xlsx"))


def test_what_people_wrote_stays_and_the_rest_is_the_course(tmp_path: Path) -> None:
    path = written(tmp_path, ".xlsx")
    book = openpyxl.load_workbook(path)
    sheet, column = book.worksheets[0], list(COLUMNS).index
    sheet.cell(2, column("status") + 1).value = "godkänd"
    sheet.cell(2, column("controller") + 1).value = "=Anna; Åsa"
    sheet.cell(3, column("script") + 1).value = "Egna ord."
    own = ["" for _ in COLUMNS]
    own[0], own[column("subject")], own[column("to")] = "EGET-1", "Eget inspel", sheet.cell(2, 10).value
    sheet.append(own)
    sheet.delete_rows(5)
    book.save(path)
    kept, changes = merged(material(), edited_rows(path))
    first, second = kept.injects[0], kept.injects[1]
    assert (first.status, first.controller) == ("godkänd", "=Anna; Åsa")
    assert second.script == material().injects[1].script
    assert kept.injects[-1].inject_id == "EGET-1" and kept.injects[-1].subject == "Eget inspel"
    told = {c.inject_id: str(c.what) for c in changes}
    assert told == {second.inject_id: "other words", material().injects[3].inject_id: "added"}
    cards = files(material(), edited_rows(path), HTML)["spelare-inspelskort.html"].decode()
    assert "Eget inspel" in cards


def test_another_course_says_what_was_added_moved_and_gone(tmp_path: Path) -> None:
    other = material("coordinated")
    kept, changes = merged(other, edited_rows(written(tmp_path, ".csv")))
    before, now = {i.inject_id for i in material().injects}, {i.inject_id for i in other.injects}
    by_kind: dict[str, set[str]] = {}
    for one in changes:
        by_kind.setdefault(str(one.what), set()).add(one.inject_id)
    assert by_kind["added"] == now - before and by_kind["gone"] == before - now and by_kind["moved"]
    gone = [i for i in kept.injects if i.inject_id in before - now]
    assert gone and all(i.status == "utgår" for i in gone)
    told = files(other, edited_rows(written(tmp_path, ".csv")), ())
    book = openpyxl.load_workbook(io.BytesIO(told["facit-inspelslista.xlsx"]))
    assert book.worksheets[-1].title == "Ändringar" and book.worksheets[-1].max_row == len(changes) + 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a;b\n1;2\n", "has no column called No."),
        ("Nr;Rubrik\nA-1;x\nA-1;y\n", "has the same number as another row: A-1"),
        ("Nr;Rubrik\n;x\n", "has no number"),
        ("", "is empty"),
    ],
)
def test_a_list_that_is_none_is_refused(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "lista.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputRefused, match=told):
        edited_rows(path)
    (tmp_path / "lista.xlsx").write_bytes(b"no archive")
    with pytest.raises(InputRefused, match="is no workbook"):
        edited_rows(tmp_path / "lista.xlsx")
