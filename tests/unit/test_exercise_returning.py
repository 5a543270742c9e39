"""An edited list comes back: nothing is lost, what people wrote stays, what changed is told."""

import io
import re
from datetime import datetime, time
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from nspl_sim.exercise.edited.changes import told
from nspl_sim.exercise.edited.file import edited_rows
from nspl_sim.exercise.edited.returning import merged
from nspl_sim.exercise.listing.inject import COLUMNS, Inject
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers.cards import of_control, of_players
from nspl_sim.exercise.papers.making import files, lists
from nspl_sim.exercise.papers.overview import of_aim
from nspl_sim.vocabulary.errors import InputRefused
from tests.exercises import made, troubled

HTML = ("html",)
CALL = "ÖVNING ÖVNING ÖVNING"


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
    sheet.cell(2, column("outcome") + 1).value = "=Anna; Åsa"
    sheet.cell(3, column("script") + 1).value = "Egna ord."
    own = ["" for _ in COLUMNS]
    own[column("subject")], own[column("script")] = "Eget inspel", "Vem svarar?"
    own[column("wall_clock")], own[column("to")] = "08:00", sheet.cell(2, 10).value
    sheet.append(own)
    sheet.delete_rows(5)
    book.save(path)
    kept, changes = merged(material(), edited_rows(path))
    numbers = [i.inject_id for i in material().injects[:2]]
    first, second = (i for i in kept.injects if i.inject_id in numbers)
    assert (first.status, first.outcome) == ("godkänd", "=Anna; Åsa")
    own = next(i for i in kept.injects if i.inject_id == "EGET-1")
    assert (
        second.script == f"{CALL}. Egna ord. {CALL}."
        and own.subject == "Eget inspel"
        and own.wall == kept.clock.startex
    )
    told = {(c.inject_id, c.kind, c.column) for c in changes}
    assert told == {
        (first.inject_id, "yours", "status"),
        (first.inject_id, "yours", "outcome"),
        (second.inject_id, "kept", "script"),
        (second.inject_id, "called", ""),
        (material().injects[3].inject_id, "back", ""),
        ("EGET-1", "own", ""),
        ("EGET-1", "called", ""),
    }
    assert [i.wall for i in kept.injects if not i.reserve_of] == sorted(
        i.wall for i in kept.injects if not i.reserve_of
    )
    cards = files(material(), edited_rows(path), HTML)["spelare-inspelskort.html"].decode()
    assert "Eget inspel" in cards


def test_another_course_says_what_was_added_moved_and_gone(tmp_path: Path) -> None:
    other = material("coordinated")
    kept, changes = merged(other, edited_rows(written(tmp_path, ".csv")))
    before, now = {i.inject_id for i in material().injects}, {i.inject_id for i in other.injects}
    by_kind: dict[str, set[str]] = {}
    for one in changes:
        by_kind.setdefault(one.kind, set()).add(one.inject_id)
    assert by_kind["added"] == now - before and by_kind["gone"] == before - now and by_kind["moved"]
    gone = [i for i in kept.injects if i.inject_id in before - now]
    assert gone and all(i.status == "utgår" for i in gone)
    found = files(other, edited_rows(written(tmp_path, ".csv")), ())
    book = openpyxl.load_workbook(io.BytesIO(found["facit-inspelslista.xlsx"]))
    assert book.worksheets[-1].title == "Ändringar" and book.worksheets[-1].max_row == len(changes) + 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a;b\n1;2\n", "has no column called No."),
        ("Nr;Rubrik\nA-1;x\nA-1;y\n", "has the same number as another row: A-1"),
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


Cells = dict[tuple[str, str], str | datetime | time]


def changed(tmp_path: Path, cells: Cells, own: dict[str, str | datetime | time] | None = None) -> Path:
    """Write the list with other *cells*, by number and column, and a row of one's *own*."""
    path = written(tmp_path, ".xlsx")
    book = openpyxl.load_workbook(path)
    sheet, columns = book.worksheets[0], list(COLUMNS)
    lines = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
    for (number, name), value in cells.items():
        sheet.cell(lines[number], columns.index(name) + 1).value = value
    if own:
        sheet.append([own.get(name, "") for name in columns])
    book.save(path)
    return path


def with_reserve() -> Inject:
    """Return an inject with a contingency inject the same day."""
    told = (i for i in material().injects if i.reserve and i.reserve.wall.date() == i.wall.date())
    return next(i for i in told if i.wall.hour in (9, 10, 11))


def test_what_the_leader_wrote_wins_and_stays_through_another_round(tmp_path: Path) -> None:
    one = with_reserve()
    assert one.reserve
    cells: Cells = {
        (one.inject_id, "script"): f"{CALL}. Egna ord. {CALL}.",
        (one.inject_id, "wall_clock"): "13:05",
    }
    kept, changes = merged(material(), edited_rows(changed(tmp_path, cells)))
    by_number = {i.inject_id: i for i in kept.injects}
    mine, later = by_number[one.inject_id], by_number[one.reserve.inject_id]
    assert mine.script == f"{CALL}. Egna ord. {CALL}." and mine.wall == one.wall.replace(hour=13, minute=5)
    assert later.wall - mine.wall == one.reserve.wall - one.wall
    assert mine.time_s == kept.clock.scenario(mine.wall) and mine.scenario_time == kept.clock.said(
        mine.time_s
    )
    mine_ = {c for c in changes if c.inject_id == one.inject_id and c.kind != "other_time"}
    assert {(c.inject_id, c.kind, c.column) for c in mine_} == {
        (one.inject_id, "kept", "script"),
        (one.inject_id, "kept", "wall_clock"),
    }
    assert str(told(changes)[0]) == (
        f"Kept as you changed them, and their figures are now yours: 1 ({one.inject_id})."
    )
    again = tmp_path / "igen.csv"
    again.write_bytes(lists(kept)["facit-inspelslista.csv"])
    for course in (material(), material("coordinated")):
        if one.inject_id in {i.inject_id for i in course.injects}:
            back = {i.inject_id: i for i in merged(course, edited_rows(again))[0].injects}[one.inject_id]
            assert (back.script, back.wall_clock) == (mine.script, mine.wall_clock)


def test_a_row_of_ones_own_has_its_time_its_card_and_its_aim(tmp_path: Path) -> None:
    player = material().players["a"]
    aim = next(a for a in material().roles.aims.values() if "MEDIA" in a.triggers)
    said = {"inject_id": "EGET-1", "subject": "Egen fråga", "script": "Hej.", "to": player.name.upper()}
    own = {**said, "wall_clock": time(11, 35), "status": "Granskad", "objective": aim.title.in_language("sv")}
    kept, changes = merged(material(), edited_rows(changed(tmp_path, {}, own)))
    [mine] = [i for i in kept.injects if i.inject_id == "EGET-1"]
    assert {c.kind for c in changes} == {
        "own",
        "called",
    } and f"{mine.wall:%Y-%m-%d %H:%M}" == "2027-03-08 11:35"
    assert (mine.status, mine.to, mine.player, mine.region) == ("granskad", player.name, "a", "a")
    assert mine.controller and mine in of_aim(aim, kept)
    [card] = [page for page in of_players(kept).pages if page.heading == "Egen fråga"]
    labels = dict(card.labels)
    assert labels["Klockslag"] == "måndag 8 mars kl. 11:35"
    assert labels["Speltid"].startswith(mine.scenario_time.replace(" ", " kl. ")) and mine.scenario_time
    [key] = [page for page in of_control(kept).pages if page.heading == "EGET-1  Egen fråga"]
    assert dict(key.labels)["Kort"] == labels["Kort"]


def test_what_is_dropped_takes_its_contingency_inject_out_of_every_paper(tmp_path: Path) -> None:
    one = with_reserve()
    path = changed(tmp_path, {(one.inject_id, "status"): "UTGÅR"})
    kept, _ = merged(material(), edited_rows(path))
    gone = {one.inject_id, f"{one.inject_id}-R"}
    assert {i.inject_id for i in kept.injects if i.status == "utgår"} == gone
    assert not gone & {i.inject_id for i in kept.told}
    found = files(material(), edited_rows(path), HTML)
    for name, content in found.items():
        if name.endswith((".ics", "motspelskort.html", "spelledning.html")):
            assert not any(re.search(rf"{number}(?![-\w])", content.decode()) for number in gone), name


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("status", "klar", r"!B2 .*is not a status: utkast, granskad"),
        ("to", "Regional sjukvårdsledning b", r"!J2 .*is neither a player"),
        ("wall_clock", "elva", r"!E2 .*is not a time such as 2027-03-08 10:20"),
        ("wall_clock", "23:50", r"!E2 .*is a time that is not played"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_cell(tmp_path: Path, column: str, cell: str, told: str) -> None:
    path = changed(tmp_path, {(material().injects[0].inject_id, column): cell})
    with pytest.raises(InputRefused, match=told) as refusal:
        merged(material(), edited_rows(path))
    assert len(refusal.value.problems) == 1


def test_the_nearest_receiver_is_named(tmp_path: Path) -> None:
    name = material().players["a"].name
    path = changed(tmp_path, {(material().injects[0].inject_id, "to"): name[:-4] + name[-3:]})
    with pytest.raises(InputRefused) as refusal:
        merged(material(), edited_rows(path))
    assert refusal.value.problems[0].suggestion in {one.name for one in material().players.values()}
