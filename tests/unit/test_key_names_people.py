"""The key names who it is about: by the card that players hold, else by class; and whose promised beds."""

import re
from functools import cache

import pytest

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers import patients
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import HOUR
from tests.exercises import made, troubled

PLANS = ("today", "coordinated", "alone")
CARD = re.compile(r"patient (\d+-\d{3}) ")


@cache
def exercise(plan: str) -> Material:
    plain = made(troubled(), plan, "en")
    limits = plain.roles.limits.model_copy(update={"most_per_hour": 99, "most_of_one": 99})
    return made(troubled(), plan, "en", roles=plain.roles.model_copy(update={"limits": limits}))


def told(code: str, material: Material) -> list[Inject]:
    return [i for i in material.injects if i.code == code and not i.reserve_of]


def line_at(material: Material, region: int, time_s: int) -> set[int]:
    """Return who is in line for intensive care, walking the journal up to *time_s* and its rows."""
    icu, line = material.line.icu, set()
    leaves = (Event.PLACED, Event.ADMITTED, Event.DIED_WAITING, Event.REFUSED)
    for at_s, event, patient, where, unit, _ in material.line.course.journal.rows():
        if at_s > time_s:
            break
        if event == Event.ASKED and (where, unit) == (region, icu):
            line.add(patient)
        elif event in leaves:
            line.discard(patient)
    return line


def cards(material: Material) -> dict[str, int]:
    """Return each card's patient, from the papers that are cut apart."""
    found = {}
    for number, event in patients.played(material):
        for place, row in enumerate(patients.by_triage(event, material), start=1):
            found[f"{number}-{place:03}"] = row
    return found


@pytest.mark.parametrize("plan", PLANS)
def test_those_in_line_are_named_by_their_cards(plan: str) -> None:
    material, seen = exercise(plan), 0
    known = cards(material)
    for one in told("STOD", material):
        line = line_at(material, material.number(one.region), one.time_s)
        named = [known[card] for card in CARD.findall(one.answer.partition(" From an hour")[0])]
        assert set(named) <= line and len(named) == len(set(named))
        if len(line) <= 5:
            assert set(named) == line & set(known.values())
        seen += len(named)
    assert seen


def test_no_card_is_named_to_players() -> None:
    for plan in PLANS:
        assert not any(CARD.search(i.script) for i in exercise(plan).injects)


@pytest.mark.parametrize("plan", PLANS)
def test_the_bed_goes_to_somebody_in_line(plan: str) -> None:
    material = exercise(plan)
    for one in told("PRIO", material):
        line, _, chosen = one.answer.removeprefix("In line: ").partition(". In the course the bed went to ")
        assert chosen.removesuffix(".") in line or "others" in line
        icu, region = material.line.icu, material.number(one.region)
        rows = material.line.course.journal.rows()
        got = {r[2] for r in rows if r[:2] == (one.time_s, Event.ADMITTED) and r[3:5] == (region, icu)}
        assert got & line_at(material, region, one.time_s - 1)


def test_a_new_line_is_told_as_new() -> None:
    news = 0
    for plan in PLANS:
        material = exercise(plan)
        for one in told("STOD", material):
            before = re.search(r"the line of (\d\d:\d\d) was cleared", one.script)
            if before:
                region, news = material.number(one.region), news + 1
                queue = material.line.waiting(region, material.line.icu, material.line.quarters)
                within = (material.line.quarters < one.time_s) & (
                    material.line.quarters > one.time_s - 24 * HOUR
                )
                assert (queue[within] == 0).any()
    assert news


@pytest.mark.parametrize("code", ["BELAGG", "RAPPORT"])
def test_promised_beds_say_whose_they_are(code: str) -> None:
    seen = 0
    for plan in PLANS:
        material = exercise(plan)
        for one in told(code, material):
            facts = [f for f in one.facts if f.of == "promised_from"]
            at_all = material.line.level(
                "promised", material.number(one.region), material.line.icu, one.time_s
            )
            if not facts:
                assert "promised" not in one.script and one.answer == ""
                assert at_all.value == 0 or "every staffed bed" in one.script
                continue
            seen += 1
            assert sum(f.value for f in facts) == at_all.value
            for fact in facts:
                name = material.words.region(fact.of_what[0])
                shown = f"{name} ({fact.value})" if fact.value > 1 else name
                assert shown in one.script.partition("on their way from ")[2] and shown in one.answer
            assert "If the players never said yes" in one.answer
    assert seen
