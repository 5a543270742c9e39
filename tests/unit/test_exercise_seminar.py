"""A seminar: picture and questions are of one hour, and tell the same."""

import re
from functools import cache

import pytest

from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers import seminar
from tests.exercises import Books, made, troubled
from tests.laws.test_injects import CLOCK, DIGITS, lasting


@cache
def reported(language: str = "sv") -> Material:
    roles = made(troubled()).roles
    reports = roles.reports.model_copy(update={"hours": [7, 13, 19], "missing": ["a"]})
    return made(troubled(), "today", language, "seminar", roles.model_copy(update={"reports": reports}))


def test_questions_are_counted_at_the_hour_of_the_picture() -> None:
    material = reported()
    jumps = seminar.jumps(material)
    assert len(jumps) == 4 and all(len(injects) == 4 for _, injects in jumps)
    for time_s, injects in jumps:
        assert all(i.time_s <= time_s for i in injects)
        assert material.clock.day_of(time_s) >= 0
    same = [i for time_s, injects in jumps for i in injects if i.time_s == time_s]
    assert len(same) >= 6
    facts = [fact for i in same for fact in i.facts]
    books = Books(material.line, facts)
    books.walk()
    assert books.wrong(facts) == []
    for one in same:
        known = {str(fact.value) for fact in one.facts} | lasting(one.facts)
        assert set(DIGITS.findall(CLOCK.sub("", one.script))) <= known


@pytest.mark.parametrize(("language", "told"), [("sv", "rapport saknas"), ("en", "no report")])
def test_who_has_not_reported_is_missing_in_the_picture(language: str, told: str) -> None:
    material = reported(language)
    pictures = [page for page in seminar.players(material).pages if page.drawing]
    assert len(pictures) == 4
    for page in pictures:
        words = re.findall(r">([^<>]+)</text>", page.drawing)
        assert words[words.index("a") + 1] == told
        regions = len(material.line.regions)
        assert page.drawing.count("<rect") == 2 * (regions - words.count(told))
        assert f" {regions - words.count(told)} " in page.drawn


def test_what_a_question_points_to_follows_it() -> None:
    material = reported()
    forms = [(n, i) for n, (_, injects) in enumerate(seminar.jumps(material), 1) for i in injects if i.form]
    assert forms
    pages = seminar.players(material).pages
    asked = [said for page in pages for said in page.said if said.endswith("(Finns på de sidor som följer.)")]
    assert len(asked) == len(forms)
    for number, one in forms:
        assert any(p.heading.startswith(f"Tidshopp {number}, till fråga") for p in pages), one.inject_id


def test_the_key_has_no_empty_rows() -> None:
    for page in seminar.control(reported()).pages:
        assert len(page.tables) == 4
        assert all(row[1].strip() for table in page.tables for row in table.rows)
