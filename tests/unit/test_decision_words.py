"""Decisions in plain words: what is entered in either language is what a file would hold, and reads back."""

from typing import Any

import pytest

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.play.decision_words import ENTERED, HOW, BadEntry, sentences
from nspl_sim.exercise.play.decisions import stated
from nspl_sim.exercise.play.entered import Reader
from nspl_sim.paper.language import Language
from nspl_sim.policies.decision import Decision, What
from nspl_sim.scenario.load import load_shipped
from nspl_sim.vocabulary.errors import InputRefused

SWEDEN = load_shipped("national-surge").scenario
SV, EN = (Words(SWEDEN, Language(code)) for code in ("sv", "en"))

ENTRIES: list[tuple[str, str, list[dict[str, Any]]]] = [
    (
        "skane,halland planerat 2=50% 3=0; utökningssteg 1",
        "skane,halland planned 2=50% 3=0; steps 1",
        [{"planned": {"2": 0.5, "3": 0.0}}, {"surge_steps": "1"}],
    ),
    ('"Skåne" frågar-först halland kronoberg', "skane asks-first halland,kronoberg", []),
    ("skane frågar-bara ingen", "skane asks-only nobody", [{"asks_only": []}]),
    ("skane tar-emot nej", "skane receives no", [{"receives": False}]),
    ("skane@ward", "skane@ward", []),
    ("skane håller-fria@ward 3", "skane keeps-free@ward 3", [{"kind": "ward", "keeps_free": "3"}]),
    ("skane lånar-ut halland 2 1", "skane lends halland 2 1", []),
    ("skane flyttar Halland 2", "skane moves halland 2", [{"moves": {"to": "halland", "patients": "2"}}]),
    ("skane längsta-väg 2,5", "skane longest-way 2.5", [{"max_hours": "2.5"}]),
    ("skane utskrivning 30%", "skane discharge 30%", [{"discharge_share": 0.3}]),
    ("alla enligt-planen planerat", "all as-planned planned", [{"lifts": ["planned"]}]),
]


@pytest.mark.parametrize(("swedish", "english", "expected"), ENTRIES)
def test_both_languages_say_the_same(swedish: str, english: str, expected: list[dict[str, Any]]) -> None:
    if "@ward" in swedish and " " not in swedish:
        for words, written in ((SV, swedish), (EN, english)):
            with pytest.raises(BadEntry):
                Reader.of(words).entries(written)
        return
    found = Reader.of(SV).entries(swedish)
    assert Reader.of(EN).entries(english) == found
    if expected:
        assert [one["what"] for one in found] == expected
    decisions, _ = stated([{"at": 10, **one} for one in found], SWEDEN, "x")
    assert len(decisions) == len(found)
    for one in decisions:
        for words in (SV, EN):
            assert all("{" not in line and line.endswith(".") for line in sentences(one, words))


def test_every_part_of_a_decision_has_its_word_and_its_sentence() -> None:
    assert set(ENTERED) == set(HOW) == set(What.model_fields) - {"kind"}
    everything = [
        {"asks_first": ["halland"], "asks_at_once": 2, "max_hours": 3, "answer_minutes": 10},
        {"asks_only": [], "receives": True, "keeps_free": 1, "receives_at_most": 2, "fetches": True},
        {"asks_only": ["halland"], "receives": False, "fetches": False, "planned": {1: 1, 2: 1, 3: 1}},
        {"planned": {3: 0}, "surge_steps": 1, "lends": {"to": "halland", "beds": 1}, "brings_home": 0},
        {"lends": {"to": "halland", "beds": 1, "teams": 2}, "moves": {"to": "halland", "patients": 1}},
        {"lends": {"to": "halland", "beds": 0}, "turns_away_from": 4, "discharge_share": 0.5},
        {"lifts": ["planned", "lends"]},
    ]
    said = [
        line
        for what in everything
        for line in sentences(Decision(0, ("skane",), What.model_validate(what)), SV)
    ]
    assert len(said) == len(set(said)) == sum(map(len, everything))
    assert "Skåne: av planerad vård genomförs 0 procent av prioritet 3." in said
    assert "Skåne: lånar ut personal för 1 vårdplats i intensivvård och 2 transportteam till Halland." in said


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("skane", "write REGION WORD VALUE"),
        ("skane 'x", "quotation mark"),
        ("skane step 1", 'did you mean "steps"?'),
        ("skane lends halland", "lends is followed by REGION BEDS [TEAMS]"),
        ("skane planned", "planned is followed by"),
        ("skane receives maybe", "maybe is neither yes nor no"),
        ("skane planned 2=x", "x is no share"),
        ("skone steps 1", 'skone is not a region of the scenario; did you mean "Skåne"?'),
    ],
)
def test_words_that_are_no_decision_are_told(written: str, told: str) -> None:
    with pytest.raises(BadEntry) as caught:
        Reader.of(EN).entries(written)
    assert told in str(caught.value)


@pytest.mark.parametrize("written", ["skane steps x", "skane lends halland 2 -1"])
def test_values_that_cannot_be_are_refused_as_in_a_file(written: str) -> None:
    with pytest.raises(InputRefused):
        stated([{"at": 10, **one} for one in Reader.of(EN).entries(written)], SWEDEN, "x")
