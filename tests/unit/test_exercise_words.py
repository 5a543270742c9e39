"""Words that a staff would believe: who phones whom, what regions are called, what fits the state."""

from functools import cache
from pathlib import Path

import openpyxl
import pytest

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.edited.file import edited_rows
from nspl_sim.exercise.edited.returning import merged
from nspl_sim.exercise.listing.inject import COLUMNS
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers import cards, evaluation
from nspl_sim.exercise.papers.calendar import calendar
from nspl_sim.exercise.papers.making import lists
from nspl_sim.exercise.setting.roles import Function, Player
from nspl_sim.exercise.triggers import REGISTRY
from nspl_sim.exercise.triggers import senders as known
from nspl_sim.exercise.triggers.senders import Sender
from nspl_sim.paper.language import Language
from nspl_sim.scenario.load import load_shipped
from nspl_sim.vocabulary.errors import InputRefused
from tests.exercises import Books, made, troubled

STAFF: dict[Function, str] = {
    "command": "Stabschef",
    "care": "Vårdplatskoordinator",
    "transport": "Transportsamordnare",
    "elective": "Verksamhetschef operation",
    "staffing": "Bemanningschef",
    "information": "Kommunikatör",
}


@cache
def staffed() -> Material:
    """Return an exercise in which two staffs have every function, and no limit drops anything."""
    plain = made(troubled())
    players = {key: Player(name=f"Stab {key}", region=key, phone="1", functions=STAFF) for key in "ab"}
    players |= {"c": Player(name="Stab c", region="c"), "office": Player(name="Kansliet")}
    limits = plain.roles.limits.model_copy(update={"most_per_hour": 99, "most_of_one": 99})
    return made(troubled(), roles=plain.roles.model_copy(update={"players": players, "limits": limits}))


def test_nobody_who_is_played_sends_an_inject() -> None:
    say = staffed().say
    senders = [s for s in vars(known).values() if isinstance(s, Sender)]
    by_name = {say(s.name): s for s in senders}
    for one in staffed().injects:
        if staffed().players[one.player].functions:
            assert one.sender.casefold() not in {name.casefold() for name in STAFF.values()}, one.inject_id
            sender = by_name.get(one.sender)
            assert sender is None or sender.plays is None, one.inject_id
    heads = [i for i in staffed().injects if i.code == "ELEKT"]
    assert {i.sender for i in heads if i.player in "ab"} == {"operationskoordinator"}
    assert all(i.to.startswith("Verksamhetschef operation, ") for i in heads if i.player in "ab")


def test_a_sender_with_a_function_has_somebody_instead() -> None:
    for one in vars(known).values():
        if isinstance(one, Sender) and one.plays:
            assert one.beside(STAFF).plays is None


def test_the_text_names_the_sender_of_the_column() -> None:
    for trigger in REGISTRY.values():
        worded = [
            trigger.wording,
            *(w for w in vars(type(trigger)).values() if isinstance(w, type(trigger.wording))),
        ]
        for wording in worded:
            script = wording.script.template
            assert "{caller}" in script or script.startswith(
                ("Situation report", "Late situation", "Briefing")
            )
            assert wording.contingency is None or "{caller}" in wording.contingency.template


def test_every_function_that_a_trigger_is_for_gets_cards() -> None:
    told = {i.to for i in staffed().injects if i.player == "b"}
    assert {to.partition(",")[0] for to in told} >= {*STAFF.values()} - {"Bemanningschef"}
    opened = [i for i in staffed().injects if i.code == "OPPNAT"]
    assert all(i.to.startswith("Bemanningschef, ") for i in opened if i.player in "ab")


def test_the_receiver_is_named_with_whose_it_is_everywhere() -> None:
    material = staffed()
    names = {i.to for i in material.injects if i.player in "ab"}
    assert names and all(name.endswith((", a", ", b")) for name in names)
    full = "Vårdplatskoordinator, a"
    assert any(dict(p.labels)["Till"] == full for p in cards.of_players(material).pages)
    assert any(dict(p.labels)["Till"] == full for p in cards.of_control(material).pages)
    control = [
        cell for p in evaluation.control(material).pages for t in p.tables for r in t.rows for cell in r
    ]
    sheets = [cell for p in evaluation.sheets(material).pages for t in p.tables for r in t.rows for cell in r]
    assert full in control and any(name in sheets for name in names)
    assert full.replace(",", "\\,") in calendar(material).decode().replace("\r\n ", "")


def own_row(tmp_path: Path, to: str) -> Path:
    path = tmp_path / "lista.xlsx"
    path.write_bytes(lists(staffed())["facit-inspelslista.xlsx"])
    book = openpyxl.load_workbook(path)
    own = {"inject_id": "EGET-1", "subject": "Egen", "script": "Hej.", "to": to, "wall_clock": "10:00"}
    book.worksheets[0].append([own.get(name, "") for name in COLUMNS])
    book.save(path)
    return path


def test_a_function_that_several_have_is_asked_for_by_whose_it_is(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"is a function of several; say whose: .*, a; .*, b"):
        merged(staffed(), edited_rows(own_row(tmp_path, "Vårdplatskoordinator")))
    kept, _ = merged(staffed(), edited_rows(own_row(tmp_path, "vårdplatskoordinator, b")))
    [own] = [i for i in kept.injects if i.inject_id == "EGET-1"]
    assert (own.to, own.player) == ("Vårdplatskoordinator, b", "b")


OFFICIAL = """
Region Stockholm, Region Uppsala, Region Sörmland, Region Östergötland, Region Jönköpings län,
Region Kronoberg, Region Kalmar län, Region Gotland, Region Blekinge, Region Skåne, Region Halland,
Västra Götalandsregionen, Region Värmland, Region Örebro län, Region Västmanland, Region Dalarna,
Region Gävleborg, Region Västernorrland, Region Jämtland Härjedalen, Region Västerbotten, Region Norrbotten
"""


def test_regions_have_their_official_names() -> None:
    scenario = load_shipped("ordinary-week").scenario
    words, english = (Words(scenario, Language(code)) for code in ("sv", "en"))
    numbers = range(len(scenario.region_keys))
    assert sorted(words.region(n) for n in numbers) == sorted(OFFICIAL.replace("\n", " ").strip().split(", "))
    said = {english.region(n) for n in numbers}
    assert {"Region Kalmar County", "Region Västra Götaland", "Region Sörmland", "Region Skåne"} <= said


def test_a_hit_is_told_once_with_all_kinds_and_its_cause_in_capitals() -> None:
    material = staffed()
    for code in ("EVAK", "PERSONAL", "KAPA"):
        moments = list(REGISTRY[code].moments(material.line, material.roles))
        places = [(m.time_s, m.region) for m in moments]
        assert moments and len(places) == len(set(places))
    [hit] = [m for m in REGISTRY["EVAK"].moments(material.line, material.roles)]
    assert len(hit.facts) > 1
    [told] = [i for i in material.injects if i.code == "EVAK" and not i.reserve_of]
    numbers = {fact.kind: fact.value for fact in hit.facts}
    kinds = material.line.course.kinds
    assert f"{numbers[kinds.index('icu')]} IVA-plats" in told.script
    assert f" och {numbers[kinds.index('ward')]} vårdplats" in told.script
    assert "Orsak: Hit." in told.script and told.sender == "sjukhuschef" and "Sjukhuschefen i" in told.script


def test_lack_of_transport_is_told_by_kind_intensive_care_first() -> None:
    line, roles = staffed().line, staffed().roles
    moments = list(REGISTRY["TRSLUT"].moments(line, roles))
    assert moments
    for moment in moments:
        kinds = [fact.kind for fact in moment.facts]
        assert len(kinds) == len(set(kinds)) and (line.icu not in kinds or kinds[0] == line.icu)
        assert all(fact.value for fact in moment.facts)
    facts = [fact for moment in moments for fact in moment.facts]
    books = Books(line, facts)
    books.walk()
    assert books.wrong(facts) == []


def test_the_question_of_planned_care_fits_the_state() -> None:
    material = staffed()
    for one in material.injects:
        if one.code != "ELEKT" or one.reserve_of:
            continue
        facts = {(f.of, f.kind): f.value for f in one.facts}
        icu = material.line.icu
        free, waiting = facts["free", icu], facts["waiting", icu]
        assert ("har ingen ledig plats" in one.script) == (free == 0)
        assert ("i kö står" in one.script) == (free == 0 < waiting)
        is_hit = material.line.is_damaged(material.number(one.region), one.time_s)
        assert ("vi har ett skadat sjukhus" in one.script) == is_hit


def test_a_refusal_names_the_region_that_asked_and_no_call_of_the_players() -> None:
    told = [i for i in staffed().injects if i.code == "NEJ" and not i.reserve_of]
    assert told or not list(REGISTRY["NEJ"].moments(staffed().line, staffed().roles))
    for one in told:
        assert f"IVA-bakjouren i {staffed().words.region(staffed().number(one.region))} kl." in one.script


def test_a_staff_without_functions_gets_everything_as_a_whole() -> None:
    told = [i for i in staffed().injects if i.player == "c"]
    assert told and {i.to for i in told} == {"Stab c"}
    own = Player(name="Region A", functions={"care": "Vårdplatskoordinator, Region A"})
    assert staffed().words.addressed(own, ("care",)) == "Vårdplatskoordinator, Region A"
    short = own.model_copy(update={"functions": {"care": "Vårdplatskoordinator"}})
    assert staffed().words.addressed(short, ("care",)) == "Vårdplatskoordinator, Region A"
