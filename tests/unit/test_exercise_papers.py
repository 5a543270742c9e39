"""What the exercise's papers hold: nothing of the key leaks, formats keep, the binder is the journal."""

import csv
import io
import json
import re
from functools import cache
from html import unescape

import jsonschema
import numpy as np
import openpyxl
import pytest

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.listing.inject import COLUMNS, Card
from nspl_sim.exercise.listing.material import KEY, PLAYERS, Material
from nspl_sim.exercise.papers import exchange
from nspl_sim.exercise.papers.cards import of_players
from nspl_sim.exercise.papers.forms import attachments, pages_of
from nspl_sim.exercise.papers.making import files
from nspl_sim.exercise.papers.receiving import Receiving
from nspl_sim.exercise.papers.seminar import jumps
from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.printing.pages import STOP
from nspl_sim.exercise.setting.roles import Alarm, Controller, Player, Roles
from nspl_sim.exercise.triggers import REGISTRY
from tests.exercises import Books, made, troubled

SECRET = (
    "expected_action",
    "evaluator_note",
    "evidence",
    "answer",
    "source",
    "inject_id",
    "objective",
    "note",
)


@cache
def papers(language: str = "sv", form: str = "staff") -> tuple[Material, dict[str, bytes]]:
    material = made(troubled(), "coordinated", language, form)  # type: ignore[arg-type]
    return material, files(material, ends=("html",))


def words(content: bytes) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", content.decode())))


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("form", ["staff", "seminar", "joint"])
def test_no_answer_leaks_to_players(language: str, form: str) -> None:
    material, found = papers(language, form)
    theirs = {n: c for n, c in found.items() if n.startswith(("spelare-", "players-"))}
    keys = {n: c for n, c in found.items() if n.startswith(("facit-", "key-"))}
    assert len(theirs) + len(keys) == len(found) and len(theirs) >= 3
    secrets = {getattr(i, name) for i in material.injects for name in SECRET} - {""}
    secrets |= {i.script for i in material.injects if i.reserve_of}
    secrets |= {material.say(KEY)}
    for name, content in theirs.items():
        said = words(content)
        assert [s for s in secrets if s in said] == [], name
        assert material.say(PLAYERS) in said
    for name, content in keys.items():
        if name.endswith(".html"):
            assert material.say(KEY) in words(content) and material.say(PLAYERS) not in words(content)


def test_a_card_has_only_what_players_may_see() -> None:
    assert set(Card.__dataclass_fields__) == {
        "scenario_time", "wall_clock", "sender", "to", "delivery", "subject", "script", "attachment",
        "marking",
    }  # fmt: skip


def test_marking_and_stop_phrase_are_on_every_page() -> None:
    material, found = papers()
    for name, content in found.items():
        if name.endswith(".html"):
            pages = content.decode().split("<article")[1:]
            assert pages, name
            for page in pages:
                assert page.count(material.sign) >= 2 and material.say(STOP) in page


def test_the_workbook_is_the_list() -> None:
    material, found = papers()
    book = openpyxl.load_workbook(io.BytesIO(found["facit-inspelslista.xlsx"]))
    sheet = book.worksheets[0]
    assert sheet.title == "Inspel" and sheet.freeze_panes == "B2" and sheet.auto_filter.ref
    assert [c.value for c in sheet[1]] == [material.say(title) for title in COLUMNS.values()]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [r[0] for r in rows] == [i.inject_id for i in material.injects]
    assert sheet.data_validations.dataValidation[0].formula1 == '"utkast,granskad,godkänd,utspelad,utgår"'
    assert {s.title for s in book.worksheets} == {
        "Inspel",
        "Roller",
        "Mål och inspel",
        "Belastning",
        "Läs mig",
        "Utskrift",
    }
    heads = {s.oddHeader.center.text for s in book.worksheets}
    assert heads == {f"{material.sign}\n{material.say(KEY)}"}
    paper = {s.title: (s.page_setup.paperSize, s.page_setup.fitToWidth) for s in book.worksheets}
    assert paper.pop("Inspel") == (8, 2) and set(paper.values()) == {(9, None)}


def test_the_csv_is_the_list() -> None:
    material, found = papers()
    rows = list(csv.reader(io.StringIO(found["facit-inspelslista.csv"].decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(material.injects) + 1 and len({tuple(r) for r in rows}) == len(rows)
    column = list(COLUMNS).index("wall_clock")
    assert all(re.fullmatch(r"2027-03-\d\dT\d\d:\d\d\+01:00", row[column]) for row in rows[1:])


def test_the_json_is_the_list_and_fits_its_schema() -> None:
    material, found = papers()
    told = json.loads(found["facit-inspelslista.json"])
    jsonschema.validate(told, json.loads(found["facit-inspelslista.schema.json"]))
    assert exchange.InjectFile.model_validate(told) == exchange.as_file(material)
    parts = ("inject_flow", "injects", "inject_payloads")
    assert all(
        [one["inject_id"] for one in told[p]] == [i.inject_id for i in material.injects] for p in parts
    )
    after = {s["after"] for s in told["inject_flow"] if s["trigger"] == "inject-resolution"}
    assert after and after <= {i.inject_id for i in material.injects}


def test_the_calendar_holds_every_inject_once() -> None:
    material, found = papers()
    content = found["facit-inspelslista.ics"]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    ids = [line.removeprefix("UID:").partition("@")[0] for line in lines if line.startswith("UID:")]
    assert ids == [i.inject_id for i in material.injects] and len(set(ids)) == len(ids)
    starts = [line for line in lines if line.startswith("DTSTART:")]
    assert starts[0] == "DTSTART:20270308T070000Z"


def test_the_binder_says_what_the_journal_says() -> None:
    material, _ = papers()
    line, situation, receiving = material.line, Situation(material), Receiving(material)
    facts = [
        Fact("free", int(line.free(r, line.icu, np.array([t]))[0]), t, r, line.icu)
        for t in material.clock.hours()[::5]
        for r in situation.able
    ]
    books = Books(line, facts)
    books.walk()
    assert books.wrong(facts) == []
    for fact in facts:
        able = receiving.can(fact.region, fact.time_s)
        assert able == max(0, fact.value - 1)
        if able:
            assert receiving.earliest(fact.region, fact.time_s) is not None


def test_who_raises_the_alarm_is_data() -> None:
    scenario = troubled()
    roles = papers()[0].roles
    alarm = Alarm(everywhere="SOS Alarm", regions={"a": "Larmcentralen"})
    players = {"a": Player(name="A", region="a")}
    own = made(scenario, roles=roles.model_copy(update={"alarm": alarm, "players": players}))
    [mass] = [i for i in own.injects if i.code == "MASS" and not i.reserve_of]
    assert mass.sender == "Larmcentralen" and "Larmcentralen till TiB" in mass.script
    assert {i.player for i in own.injects} == {"a"} and own.planned.left_out["no receiver"] > 0


def test_limits_keep_the_weightiest() -> None:
    roles = papers()[0].roles
    few = roles.limits.model_copy(update={"most_per_hour": 1})
    own = made(troubled(), roles=roles.model_copy(update={"limits": few}))
    told = [i for i in own.injects if not i.reserve_of]
    hours = [(i.player, i.wall_clock[:13]) for i in told]
    assert len(set(hours)) == len(hours) and own.planned.left_out["enough in the hour"] > 0
    assert any(i.code == "MASS" for i in told)


def test_a_seminar_has_four_jumps_of_four_questions() -> None:
    material, found = papers("sv", "seminar")
    made_jumps = jumps(material)
    assert len(made_jumps) == 4 and all(len(injects) == 4 for _, injects in made_jumps)
    asked = [i.inject_id for _, injects in made_jumps for i in injects]
    assert len(set(asked)) == len(asked)
    attached = sum(len(pages_of(i, material)) for _, injects in made_jumps for i in injects)
    assert found["spelare-seminarium.html"].count(b"<article") == 8 + attached


def test_a_local_exercise_leader_has_a_list_of_their_own() -> None:
    local = Controller(name="Lokal övningsledare A", regions=["a"], local=True)
    roles = papers()[0].roles.model_copy(update={"controllers": [local, Controller(name="Centralt")]})
    material = made(troubled(), form="joint", roles=roles)
    content = files(material, ends=())["facit-inspelslista-lokal-ovningsledare-a.xlsx"]
    rows = list(
        openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True)
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    whole = openpyxl.load_workbook(io.BytesIO(files(material, ends=())["facit-inspelslista.xlsx"]))
    for sheet in ("Roller", "Mål och inspel", "Belastning"):
        told = [[[c.value for c in row] for row in one[sheet].iter_rows()] for one in (book, whole)]
        assert told[0] == told[1]
    said = [cell.value for row in book["Läs mig"].iter_rows() for cell in row]
    assert any("Inspelen för Lokal övningsledare A" in one for one in said)
    theirs = [i for i in material.injects if i.player == "a"]
    assert [r[0] for r in rows] == [i.inject_id for i in theirs] and theirs
    early = list(COLUMNS).index("not_before")
    assert [r[early] for r in rows] == [i.wall.strftime("%Y-%m-%d %H:%M") for i in theirs]


def test_those_who_send_late_or_never_are_missing_in_the_report() -> None:
    roles = papers()[0].roles
    reports = roles.reports.model_copy(update={"missing": ["a"], "late": ["b"]})
    material = made(troubled(), roles=roles.model_copy(update={"reports": reports}))
    daily = next(i for i in material.injects if i.code == "DYGN")
    assert "Saknas i rapporten: a och b." in daily.script
    said = words(files(material, ends=("html",))["spelare-bilagor.html"])
    told = [i for i in material.injects if i.code == "DYGN" and not i.reserve_of]
    whole, late = ([i for i in told if i.form == form] for form in ("icu-report", "icu-late"))
    out = [region for one in whole for region in material.line.silent(one.time_s)]
    assert out and said.count("rapport saknas") == 4 * len(whole) + 2 * len(out)
    due = [one.time_s + 3600 for one in whole if one.time_s + 3600 < material.clock.to_s]
    assert [one.time_s for one in late] == due
    assert said.count("Kompletterande rapporter") == len(late) and "från b, se bilaga" in late[0].script


def test_attachments_are_called_what_the_cards_call_them() -> None:
    material, _ = papers()
    called = {
        dict(page.labels)["Bilaga"] for page in of_players(material).pages if "Bilaga" in dict(page.labels)
    }
    assert called and {page.heading for page in attachments(material).pages} == {
        f"Bilaga {n}" for n in called
    }


def test_nobody_is_asked_by_oneself_and_no_office_is_named_that_does_not_play() -> None:
    roles = papers()[0].roles
    heads = {
        key: Player(name=key, region=key, functions={"elective": "Verksamhetschef operation"})
        for key in "abc"
    }
    own = made(troubled(), roles=roles.model_copy(update={"players": heads}))
    told = {i.inject_id: i for i in own.injects}
    assert any(i.code == "ELEKT" for i in told.values()) and any(i.code == "RAPPORT" for i in told.values())
    for one in told.values():
        assert one.sender.casefold() != one.to.casefold()
        assert one.code != "RAPPORT" or "kansli" not in one.script.casefold()


def test_neighbours_who_will_receive_are_alarmed_with_the_region_of_the_event() -> None:
    material, _ = papers()
    [event], home = material.line.casualties, material.line.course.demand.region
    alarmed = {i.region for i in material.injects if i.code == "MASS" and not i.reserve_of}
    keys = material.scenario.region_keys
    receive = {key for r, key in enumerate(keys) if (home[event.rows] == r).any()}
    assert len(receive) > 1 and alarmed == receive | {""}


def test_after_an_event_the_media_a_chair_and_a_relative_ask_with_its_figures() -> None:
    material = made(troubled(), tempo=2.0, begins="2027-01-07T08:00", roles=wide())
    [event] = material.line.casualties
    codes = {"MEDIA": 1.5, "ANHORIG": 2, "POLITIK": 3}
    for code, hours in codes.items():
        due = event.onset_s + round(hours * 3600)
        [moment] = [m for m in REGISTRY[code].moments(material.line, material.roles) if m.time_s == due]
        assert moment.region == event.region and moment.wording is REGISTRY[code].event  # type: ignore[attr-defined]
        told = material.clock.day_of(due) < 0 or any(i.code == code for i in material.injects)
        assert told


def wide() -> Roles:
    roles = papers()[0].roles
    limits = roles.limits.model_copy(update={"most_per_hour": 99, "most_of_one": 99})
    return roles.model_copy(update={"limits": limits})
