"""The list between people: nothing that they did is lost unseen, and nothing that cannot be is taken."""

import csv
import io
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from nspl_sim.exercise.edited.changes import Change, told
from nspl_sim.exercise.edited.file import edited_rows
from nspl_sim.exercise.edited.kept import work_in
from nspl_sim.exercise.edited.returning import merged
from nspl_sim.exercise.listing.inject import COLUMNS, Inject
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers.cards import of_players
from nspl_sim.exercise.papers.making import files, lists
from nspl_sim.exercise.printing.pages import Document, Page
from nspl_sim.exercise.printing.printed import pdf
from nspl_sim.exercise.setting.roles import Controller, Player
from nspl_sim.vocabulary.errors import InputRefused
from tests.exercises import made, troubled

CALL = "ÖVNING ÖVNING ÖVNING"
NAME = "facit-inspelslista"
TITLES = {name: str(title) for name, title in COLUMNS.items()}


@cache
def material(plan: str = "today", language: str = "sv") -> Material:
    """Return an exercise in which a and b have a coordinator each, and only a a spokesperson."""
    players = {
        key: Player(name=f"Stab {key.upper()}", region=key, functions={"care": "Vårdplatskoordinator"})
        for key in "ab"
    }
    players["a"] = players["a"].model_copy(
        update={"functions": {"care": "Vårdplatskoordinator", "information": "Kommunikatör"}}
    )
    players["office"] = Player(name="Kansliet")
    controllers = [Controller(name="Motspelare A", regions=["a"]), Controller(name="Motspelare övriga")]
    roles = made(troubled()).roles.model_copy(update={"players": players, "controllers": controllers})
    return made(troubled(), plan, language, roles=roles)


def grid(source: Material | None = None) -> list[list[str]]:
    content = lists(source or material())[f"{NAME}.csv"].decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))


def saved(folder: Path, rows: list[list[str]], name: str = "lista.csv") -> Path:
    made_ = io.StringIO()
    csv.writer(made_, delimiter=";").writerows(rows)
    (folder / name).write_text(made_.getvalue(), encoding="utf-8-sig")
    return folder / name


def column(name: str) -> int:
    return list(COLUMNS).index(name)


def back(
    folder: Path, *cells: tuple[str, str, str], own: dict[str, str] | None = None
) -> tuple[dict[str, Inject], tuple[Change, ...]]:
    """Return the list read back with other *cells* (number, column, cell) and perhaps a row of one's own."""
    rows = grid()
    by_number = {row[0]: row for row in rows}
    for number, name, cell in cells:
        by_number[number][column(name)] = cell
    if own is not None:
        rows.append([own.get(name, "") for name in COLUMNS])
    kept, changes = merged(material(), edited_rows(saved(folder, rows)))
    return {i.inject_id: i for i in kept.injects}, changes


def some(code: str) -> Inject:
    return next(i for i in material().injects if i.code == code and i.reserve and i.region == "a")


OWN = {"wall_clock": "11:35", "to": "Stab A", "script": "Vem svarar media i dag? Ge ett namn."}


def test_a_row_of_ones_own_gets_a_number_a_subject_and_the_call(tmp_path: Path) -> None:
    found, changes = back(tmp_path, own=OWN)
    mine = found["EGET-1"]
    assert mine.subject == "Vem svarar media i dag?" and mine.player == "a"
    assert mine.script == f"{CALL}. Vem svarar media i dag? Ge ett namn. {CALL}."
    assert [(c.inject_id, c.kind) for c in changes] == [("EGET-1", "own"), ("EGET-1", "called")]
    called, changes = back(tmp_path, own=OWN | {"script": f"{CALL}! Hej. Övning övning övning."})
    assert called["EGET-1"].script == f"{CALL}! Hej. Övning övning övning." and len(changes) == 1
    assert called["EGET-1"].subject == "Hej"


def test_what_a_row_of_ones_own_lacks_is_refused_all_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refusal:
        back(tmp_path, own={"note": "kom ihåg"})
    rules = [str(one.rule) for one in refusal.value.problems]
    assert [rule.partition(":")[0] for rule in rules] == ["is empty"] * 3
    dropped, _ = back(tmp_path, own={"note": "kom ihåg", "status": "utgår"})
    assert dropped["EGET-1"].status == "utgår"


def test_numbers_of_ones_own_are_free_ones(tmp_path: Path) -> None:
    rows = grid()
    rows += [["eget-1" if n == 1 else "" for _ in range(1)] + [""] * (len(COLUMNS) - 1) for n in range(3)]
    for row in rows[-3:]:
        row[column("script")] = "x"
    assert list(edited_rows(saved(tmp_path, rows)))[-3:] == ["eget-1", "EGET-2", "EGET-3"]
    rows[1][0] = ""
    with pytest.raises(InputRefused, match="has no number: put back the one it had"):
        edited_rows(saved(tmp_path, rows))


@pytest.mark.parametrize(
    ("name", "cell", "rule"),
    [
        ("script", " ", "is empty: what is to be said"),
        ("to", "", "is empty: who is to have it"),
        ("wall_clock", "", "is empty: write a time such as 2027-03-0"),
        ("scenario_time", "D+1 08:00", "follows from the column"),
        ("objective", "Samlad bild", "has an aim that the roles do not have: Samlad bild"),
        ("controller", "Kalle", "is not among the roles': Motspelare A; Motspelare övriga"),
    ],
)
def test_a_cell_that_cannot_be_is_refused(tmp_path: Path, name: str, cell: str, rule: str) -> None:
    number = some("ELEKT").inject_id
    with pytest.raises(InputRefused) as refusal:
        back(tmp_path, (number, name, cell))
    [problem] = refusal.value.problems
    assert str(problem.rule).startswith(rule) and number in problem.path
    back(tmp_path, (number, name, cell), (number, "status", "utgår")) if name != "scenario_time" else None


def test_an_emptied_subject_is_the_texts_first_words(tmp_path: Path) -> None:
    one = some("ELEKT")
    found, _ = back(tmp_path, (one.inject_id, "subject", ""))
    subject = found[one.inject_id].subject
    assert subject and "ÖVNING" not in subject and subject.removesuffix(" …") in one.script


def test_a_changed_receiver_goes_along_to_the_contingency_inject(tmp_path: Path) -> None:
    one = some("ELEKT")
    found, changes = back(tmp_path, (one.inject_id, "to", "kansliet"))
    for number in (one.inject_id, f"{one.inject_id}-R"):
        assert (found[number].to, found[number].player) == ("Kansliet", "office")
        assert found[number].controller == "Motspelare övriga"
        assert (number, "yours", "to") in {(c.inject_id, c.kind, c.column) for c in changes}
    again = {row[0]: row for row in grid()}
    again[one.inject_id][column("to")], again[f"{one.inject_id}-R"][column("to")] = "Kansliet", "Stab B"
    kept, _ = merged(material(), edited_rows(saved(tmp_path, list(again.values()))))
    assert {i.inject_id: i for i in kept.injects}[f"{one.inject_id}-R"].player == "b"


def test_a_function_is_named_alone_where_it_cannot_be_anothers(tmp_path: Path) -> None:
    for said, player in (("Kommunikatör", "a"), ("vårdplatskoordinator, Stab B", "b")):
        found, _ = back(tmp_path, own=OWN | {"to": said})
        assert found["EGET-1"].player == player
    region = material().words.region(1)
    found, _ = back(tmp_path, own=OWN | {"to": f"Vårdplatskoordinator, {region}"})
    assert found["EGET-1"].player == "b"
    found, _ = back(tmp_path, own=OWN | {"to": "Vårdplatskoordinator", "region": "b"})
    assert found["EGET-1"].player == "b"
    with pytest.raises(InputRefused, match="is a function of several; say whose: Vårdplatskoordinator, "):
        back(tmp_path, own=OWN | {"to": "Vårdplatskoordinator"})
    found, _ = back(tmp_path, (some("ELEKT").inject_id, "to", "Vårdplatskoordinator"))
    assert found[some("ELEKT").inject_id].player == "a"


def test_every_change_of_people_is_in_the_sheet(tmp_path: Path) -> None:
    one = some("ELEKT")
    cells = {"status": "godkänd", "note": "Ring först", "sender": "Chefsläkaren", "outcome": "Gick bra"}
    rows = grid()
    for row in rows:
        for name, cell in cells.items() if row[0] == one.inject_id else ():
            row[column(name)] = cell
    rows.append([OWN.get(name, "") for name in COLUMNS])
    path = saved(tmp_path, rows)
    made_ = files(material(), edited_rows(path), ())[f"{NAME}.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(made_))["Ändringar"]
    told_ = [row for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert {row[3] for row in told_ if row[0] == one.inject_id} == set(cells.values())
    assert [row[1] for row in told_ if row[0] == "EGET-1"] == [
        "egen rad",
        "fick övningsanropet i början och slutet",
    ]


def test_a_moved_text_that_says_its_old_time_is_told(tmp_path: Path) -> None:
    one = next(
        i for i in material().injects if f"kl. {i.scenario_time[-5:]}" in i.script and i.wall.hour == 9
    )
    found, changes = back(tmp_path, (one.inject_id, "wall_clock", "13:05"))
    [late] = [c for c in changes if c.kind == "other_time" and c.inject_id == one.inject_id]
    assert (late.before, late.now) == (one.scenario_time[-5:], found[one.inject_id].scenario_time[-5:])
    assert any(f"{one.inject_id} {late.before}–{late.now}" in str(line) for line in told(changes))
    own_words = (one.inject_id, "script", "Nya ord."), (one.inject_id, "subject", "Nytt")
    _, changes = back(tmp_path, (one.inject_id, "wall_clock", "13:05"), *own_words)
    assert not [c for c in changes if c.kind == "other_time" and c.inject_id == one.inject_id]


def test_a_deleted_row_is_back_and_what_the_program_fills_is_not_kept(tmp_path: Path) -> None:
    one = some("ELEKT")
    rows = [row for row in grid() if row[0] != one.inject_id]
    rows[1][column("evidence")] = "Annat"
    _, changes = merged(material(), edited_rows(saved(tmp_path, rows)))
    assert [(c.inject_id, c.kind) for c in changes] == [(rows[1][0], "unkept"), (one.inject_id, "back")]
    assert "set its status to dropped" in str(told(changes)[-1])


def test_renamed_headings_are_named(tmp_path: Path) -> None:
    rows = grid()
    rows[0][column("to")], rows[0][column("note")] = "Mottagare", ""
    rows[1][column("note")] = "x"
    with pytest.raises(InputRefused, match="is no heading of the list; missing: Anteckning, Till") as refusal:
        edited_rows(saved(tmp_path, rows))
    assert len(refusal.value.problems) == 2
    rows[0][column("to")] = "Rubrik"
    with pytest.raises(InputRefused, match="is a heading twice"):
        edited_rows(saved(tmp_path, rows))
    rows = grid()
    rows[0].append("Min kolumn")
    rows[1].append("x")
    found = edited_rows(saved(tmp_path, rows))
    assert [str(one.rule) for one in found.doubts] == [
        "is no heading of the list: what stands in its column is not kept"
    ]
    assert not edited_rows(saved(tmp_path, grid())).doubts


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    from zipfile import ZipFile

    whole = io.BytesIO(lists(material())[f"{NAME}.xlsx"])
    with ZipFile(whole) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for number, name in enumerate(parts):
        path = tmp_path / f"{number}.xlsx"
        with ZipFile(path, "w") as broken:
            for other, content in parts.items():
                broken.writestr(other, content[: len(content) // 2] if other == name else content)
        try:
            edited_rows(path)
        except InputRefused as refusal:
            assert refusal.problems[0].file == path.name


def test_work_in_a_folder_is_seen(tmp_path: Path) -> None:
    def left(read: Path | None = None) -> list[tuple[str, list[str]]]:
        rows = edited_rows(read) if read else {}
        return [(path.name, numbers) for path, numbers in work_in(tmp_path, NAME, rows, "Europe/Stockholm")]

    for end in (".xlsx", ".csv"):
        (tmp_path / f"{NAME}{end}").write_bytes(lists(material())[f"{NAME}{end}"])
    assert left() == []
    book = openpyxl.load_workbook(tmp_path / f"{NAME}.xlsx")
    book.worksheets[0].cell(3, column("note") + 1).value = "Ring först"
    book.worksheets[0].cell(4, column("wall_clock") + 1).value = datetime(2027, 3, 8, 9, 59)
    book.save(tmp_path / f"{NAME}.xlsx")
    numbers = [i.inject_id for i in material().injects[1:3]]
    assert left() == [(f"{NAME}.xlsx", numbers)]
    assert left(tmp_path / f"{NAME}.xlsx") == []
    (tmp_path / f"{NAME}.csv").write_text("Nr;Mottagare\nA;b\n", encoding="utf-8")
    assert left(tmp_path / f"{NAME}.xlsx") == [(f"{NAME}.csv", ["…"])]


def test_a_list_with_work_counts_as_work_until_it_is_read_back(tmp_path: Path) -> None:
    path = saved(tmp_path, [*grid(), [OWN.get(name, "") for name in COLUMNS]])
    kept, _ = merged(material(), edited_rows(path))
    (tmp_path / f"{NAME}.csv").write_bytes(lists(kept)[f"{NAME}.csv"])
    [(_, numbers)] = work_in(tmp_path, NAME, {}, "Europe/Stockholm")
    assert numbers == ["EGET-1"]
    assert not list(work_in(tmp_path, NAME, edited_rows(path), "Europe/Stockholm"))


@pytest.mark.parametrize("sign", ["\x0b", "\u200b", "=HYPERLINK()", "# *[$x", "\ufffe", "\u202e", "𝔘"])
def test_no_sign_of_peoples_stops_the_papers(tmp_path: Path, sign: str) -> None:
    rows = grid()[:1] + grid()[1:3]
    rows.append([{**OWN, "subject": sign, "sender": sign, "note": sign}.get(name, "") for name in COLUMNS])
    kept, _ = merged(material(), edited_rows(saved(tmp_path, rows)))
    [card] = [p for p in of_players(kept).pages if ("Till", "Stab A") in p.labels and "media" in p.read]
    document = Document("", [card, Page("")], kept.sign, "v", kept.language)
    assert pdf(document).startswith(b"%PDF")


def test_nothing_is_moved_into_a_break(tmp_path: Path) -> None:
    resting = made(troubled(), roles=material().roles, breaks=("12:00-12:45",))
    one = next(i for i in resting.injects if i.reserve and i.reserve.wall.date() == i.wall.date())
    rows = grid(resting)
    cell = next(row for row in rows if row[0] == one.inject_id)
    cell[column("wall_clock")] = "12:15"
    with pytest.raises(InputRefused, match="is in a break"):
        merged(resting, edited_rows(saved(tmp_path, rows)))
    cell[column("wall_clock")] = f"{one.wall:%Y-%m-%d} 11:50"
    found = {i.inject_id: i for i in merged(resting, edited_rows(saved(tmp_path, rows)))[0].injects}
    assert f"{found[f'{one.inject_id}-R'].wall:%H:%M}" == "13:05"


def test_another_clock_is_no_change_of_the_leaders(tmp_path: Path) -> None:
    one = next(i for i in material().injects if i.wall.hour == 14)
    rows = grid()
    row = next(row for row in rows if row[0] == one.inject_id)
    row[column("wall_clock")] = "15:30"
    moved, _ = merged(material(), edited_rows(saved(tmp_path, rows)))
    there = {r[0]: r for r in grid(moved)}
    assert there[one.inject_id][column("scenario_time")] != one.scenario_time
    there[one.inject_id][column("wall_clock")] = one.wall_clock
    back_again, changes = merged(material(), edited_rows(saved(tmp_path, list(there.values()))))
    assert one in back_again.injects and not [c for c in changes if c.inject_id == one.inject_id]
    rested = made(troubled(), roles=material().roles, breaks=("12:00-12:45",), tempo=6)
    _, changes = merged(rested, edited_rows(saved(tmp_path, grid())))
    assert not {c.kind for c in changes} & {"kept", "yours", "unkept", "other_time"}
