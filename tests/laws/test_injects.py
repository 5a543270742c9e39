"""Injects are true: every number of every text is a fact, and every fact is what the journal says."""

import re
from functools import cache

import pytest

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers.making import files
from nspl_sim.exercise.setting.roles import Player
from nspl_sim.exercise.triggers import REGISTRY, codes
from tests.exercises import Books, made, troubled

PLANS = ("today", "coordinated", "alone")
DIGITS = re.compile(r"(?<![\w-])\d+")
"""Of a count; the name PC-24 is none."""
CLOCK = re.compile(r"\d\d:\d\d|\b\d+-\d{3}\b")
"""Of an hour, or of a patient's card."""


def lasting(facts: tuple[Fact, ...]) -> set[str]:
    """Return the numbers by which a text says a delay: days and hours, or hours and minutes."""
    late = (fact.value for fact in facts if fact.of == "delay_minutes")
    parts = ((m // 1440, m % 1440 // 60, m // 60, m % 60) for m in late)
    return {str(part) for one in parts for part in one}


@cache
def exercise(plan: str, language: str) -> Material:
    return made(troubled(), plan, language)


@pytest.mark.parametrize("plan", PLANS)
def test_every_fact_is_what_the_journal_says(plan: str) -> None:
    line, roles = exercise(plan, "sv").line, exercise(plan, "sv").roles
    moments = [m for t in REGISTRY.values() for m in t.moments(line, roles)]
    facts = list({f for m in moments for f in m.facts if line.first_s <= f.time_s <= line.to_s})
    books = Books(line, facts)
    books.walk()
    assert len(facts) > 100
    assert books.wrong(facts) == []


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("plan", PLANS)
def test_every_number_of_a_text_is_a_fact(plan: str, language: str) -> None:
    material = exercise(plan, language)
    for inject in material.injects:
        known = {str(fact.value) for fact in inject.facts} | lasting(inject.facts)
        for words in (inject.script, inject.subject, inject.answer, inject.expected_action):
            if inject.code != "STOD" or words != inject.answer:
                assert set(DIGITS.findall(CLOCK.sub("", words))) <= known, (inject.inject_id, words)


def test_every_trigger_fires_in_some_course() -> None:
    roles = exercise("today", "sv").roles
    fired = {
        code
        for plan in PLANS
        for code, one in REGISTRY.items()
        if any(True for _ in one.moments(exercise(plan, "sv").line, roles))
    }
    assert set(codes()) - fired == {"ERBJUD", "ATER", "GENOMG"}  # one who does not play; a long calm; roles


def test_a_region_that_does_not_play_offers_its_beds() -> None:
    players = {"a": Player(name="A", region="a"), "office": Player(name="Office")}
    roles = exercise("today", "sv").roles.model_copy(update={"players": players})
    offers = list(REGISTRY["ERBJUD"].moments(exercise("today", "sv").line, roles))
    assert offers and all(m.region == -1 and m.facts[0].value >= 2 for m in offers)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_texts_are_whole_and_open_and_close_with_the_call(language: str) -> None:
    call = {"sv": "ÖVNING ÖVNING ÖVNING.", "en": "EXERCISE EXERCISE EXERCISE."}[language]
    for plan in PLANS:
        for inject in exercise(plan, language).injects:
            assert inject.script.startswith(call + " ") and inject.script.endswith(" " + call)
            for cell in inject.row().values():
                assert not re.search(r"[{}]|Text\(|Named|Listed|None|  |\.\.", cell), (inject.inject_id, cell)
            assert inject.script.count("?") <= 2


def test_no_call_where_the_scenario_is_no_exercise() -> None:
    calm = made(troubled(exercise=False))
    assert calm.injects and not any("ÖVNING ÖVNING ÖVNING." in i.script for i in calm.injects)


def test_deaths_are_totals_of_the_nation_from_five_up() -> None:
    for plan in PLANS:
        material = exercise(plan, "sv")
        told = [i for i in material.injects if any(f.of == "died" for f in i.facts)]
        assert all(f.region == -1 and f.value >= 5 for i in told for f in i.facts if f.of == "died")
        assert all(i.region == "" for i in told)
        others = [i for i in material.injects if i not in told]
        assert not any("avlid" in i.script or "död" in i.script for i in others)


def test_no_intensive_care_patient_is_offered_a_ferry() -> None:
    found = [i for plan in PLANS for i in exercise(plan, "en").injects if i.code == "FLYTT"]
    assert found and not any("erry" in i.script for i in found)


def test_the_same_course_gives_the_same_bytes() -> None:
    ends = ("html",)
    assert files(exercise("today", "sv"), ends=ends) == files(made(troubled(), "today", "sv"), ends=ends)


def test_media_wait_for_the_leader() -> None:
    media = [i for i in exercise("today", "sv").injects if i.code == "MEDIA" and not i.reserve_of]
    assert media and all(i.note.startswith("Ska godkännas") for i in media)
