"""Regions, kinds and shares as people type them in a hurry: many spellings, no far-fetched guess."""

from typing import Any

import pytest

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.play.decision_words import BadEntry
from nspl_sim.exercise.play.decisions import stated
from nspl_sim.exercise.play.entered import Reader
from nspl_sim.exercise.play.names import Names
from nspl_sim.exercise.play.percent import by_priority, share
from nspl_sim.exercise.setting.roles import Player
from nspl_sim.paper.language import Language
from nspl_sim.reading.telling import say
from nspl_sim.scenario.load import load_shipped
from nspl_sim.vocabulary.errors import InputRefused

SWEDEN = load_shipped("national-surge").scenario
SV = Words(SWEDEN, Language("sv"))
PLAYERS = {
    "jamtland": Player(name="Regional ledning", region="jamtland_harjedalen"),
    "nordost": Player(name="Ledningen i nordost", region="vasternorrland"),
    "kansliet": Player(name="Gemensamma kansliet"),
}
NAMES = Names.of(SV, PLAYERS)
READER = Reader.of(SV, PLAYERS)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Jämtland Härjedalen", "jamtland_harjedalen"),
        ("Region Jämtland Härjedalen", "jamtland_harjedalen"),
        ("jämtland_härjedalen", "jamtland_harjedalen"),
        ("JAMTLAND-HARJEDALEN", "jamtland_harjedalen"),
        ("jamtland", "jamtland_harjedalen"),
        ("västra götaland", "vastra_gotaland"),
        ("vastragotaland", "vastra_gotaland"),
        ("Västra Götalandsregionen", "vastra_gotaland"),
        ("nordost", "vasternorrland"),
        ("Jönköpings län", "jonkoping"),
        ("gävleborg", "gavleborg"),
    ],
)
def test_a_region_is_known_as_it_is_printed_and_as_it_is_typed(written: str, key: str) -> None:
    assert NAMES.region(written) == key


def test_every_region_is_known_by_every_name_that_the_program_prints() -> None:
    for code in ("sv", "en"):
        words = Words(SWEDEN, Language(code))
        for number, key in enumerate(SWEDEN.region_keys):
            for name in (key, words.short(number), words.region(number), key.replace("_", "-")):
                assert NAMES.region(name) == NAMES.region(name.upper()) == key


@pytest.mark.parametrize(
    "written", ["Västra Götaland, Skåne", "västra götaland skåne", "Västra Götaland och Skåne"]
)
def test_lists_have_commas_spaces_or_and_between(written: str) -> None:
    assert NAMES.regions(written.split()) == ["vastra_gotaland", "skane"]
    [entry] = READER.entries(f"Jämtland Härjedalen frågar-först {written}")
    assert entry == {"regions": ["jamtland_harjedalen"], "what": {"asks_first": ["vastra_gotaland", "skane"]}}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Norrboten", "Norrboten är inte en region i scenariot; menade du ”Norrbotten”?"),
        ("Västra Götland", "Västra Götland är inte en region i scenariot; menade du ”Västra Götaland”?"),
        ("huvudstaden", "huvudstaden är inte en region i scenariot"),
        ("mark", "mark är inte en region i scenariot"),
        ("kansliet", "kansliet kan inte besluta åt regionerna: ange vilken region som har beslutat"),
        ("Gemensamma kansliet", "Gemensamma kansliet kan inte besluta åt regionerna"),
    ],
)
def test_only_what_is_near_is_suggested_and_the_office_decides_for_nobody(written: str, told: str) -> None:
    for line in (f"{written} planerat 0", f"skane frågar-först {written}", f"skane flyttar {written} 2"):
        with pytest.raises(BadEntry) as caught:
            READER.entries(line)
        said = SV.language.say(caught.value.message)
        assert said.startswith(told) and ("menade" in said) == ("menade" in told)


def test_behind_a_semicolon_another_region_may_stand() -> None:
    found = READER.entries("skane planerat 50 %; tar emot högst 2; Västra Götaland lånar ut till Halland 2 1")
    assert [one["regions"] for one in found] == [["skane"], ["skane"], ["vastra_gotaland"]]
    assert found[1]["what"] == {"receives_at_most": "2"}
    assert found[2]["what"] == {"lends": {"to": "halland", "beds": "2", "teams": "1"}}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("vårdplats", "ward"),
        ("Avdelningsvård", "ward"),
        ("avdelning", "ward"),
        ("iva", "icu"),
        ("icu", "icu"),
    ],
)
def test_a_kind_of_unit_is_known_by_the_name_that_is_shown(written: str, kind: str) -> None:
    [entry] = READER.entries(f"skane haller-fria@{written} 3")
    assert entry["what"] == {"kind": kind, "keeps_free": "3"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("gotland utökningssteg 9", "utökningssteg är fler än Gotland har"),
        ("skane frågar-först skane", "Skåne är den region som beslutar"),
        ("skane håller-fria@flygplan 2", "flygplan är inget slags enhet"),
        ("skane håller-fria många", "håller-fria ska vara"),
    ],
)
def test_what_is_wrong_is_told_in_the_words_that_were_typed(line: str, told: str) -> None:
    with pytest.raises(InputRefused) as caught:
        stated([{"at": 9, **one} for one in READER.entries(line)], SWEDEN, "beslut")
    problems = READER.in_words(caught.value.problems)
    lines = [SV.language.say(words) for words in map(_sentence, problems)]
    assert len(lines) == 1 and lines[0].removeprefix("beslut ").startswith(told), lines
    assert not any(path in line for line in lines for path in ("decisions.", "what.", "surge_steps"))


def _sentence(problem: Any) -> Any:
    from nspl_sim.reading.telling import sentence

    assert say(problem)
    return sentence(problem)


@pytest.mark.parametrize("written", ["50", "50%", "50 %", "50 procent", "50,0 %", "50 per cent", "50.0%"])
def test_a_share_is_in_per_cent(written: str) -> None:
    assert share(written) == 0.5


@pytest.mark.parametrize(
    ("written", "expected"), [("0", 0.0), ("0%", 0.0), ("1%", 0.01), ("0,5 %", 0.005), ("100", 1.0)]
)
def test_nothing_all_and_little(written: str, expected: float) -> None:
    assert share(written) == expected


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1", "1 kan betyda 1 % eller 100 %"),
        ("0.5", "0.5 kan betyda 0,5 % eller 50 %"),
        ("1,5", "1,5: skriv med tecknet, 1,5 %"),
        ("101", "101 är ingen andel"),
        ("-1", "-1 är ingen andel"),
        ("femtio", "femtio är ingen andel"),
        ("50 personer", "50 personer är ingen andel"),
    ],
)
def test_what_may_mean_two_things_is_refused(written: str, told: str) -> None:
    with pytest.raises(BadEntry) as caught:
        share(written)
    assert SV.language.say(caught.value.message).startswith(told)


@pytest.mark.parametrize(
    "written",
    ["1=100%, 2=50%, 3=0%", "1=100% 2=50% 3=0", "1: 100 %, 2: 50 %, 3: 0", "1 = 100 2 = 50, 3 = 0 procent"],
)
def test_shares_by_priority_are_read_with_signs_and_commas_or_without(written: str) -> None:
    assert by_priority(written) == {"1": 1.0, "2": 0.5, "3": 0.0}
    [entry] = READER.entries(f"skane planerat {written}")
    assert entry["what"] == {"planned": {"1": 1.0, "2": 0.5, "3": 0.0}}


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("flyttar 3 patienter till Västra Götaland", {"moves": {"to": "vastra_gotaland", "patients": "3"}}),
        ("lånar ut 2 platser 1 team till halland", {"lends": {"to": "halland", "beds": "2", "teams": "1"}}),
        ("håller fria 3 platser", {"keeps_free": "3"}),
        ("svarar inom 10 minuter", {"answer_minutes": "10"}),
        ("enligt planen håller fria, tar emot högst", {"lifts": ["keeps_free", "receives_at_most"]}),
    ],
)
def test_numbers_may_have_their_unit_and_stand_before_the_region(written: str, what: dict[str, Any]) -> None:
    [entry] = READER.entries(f"skane {written}")
    assert entry["what"] == what


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("planerat 4=50%", "4 är ingen prioritet"),
        ("enligt-planen fritt", "fritt är inget ord för ett beslut"),
        ("enligt-planen flyttar", "flyttar sker en gång"),
        ("flyttar Halland", "flyttar följs av"),
        ("flyttar Halland Kalmar 2", "flyttar följs av"),
        ("håller-fria 3 hundar", "håller-fria följs av"),
    ],
)
def test_what_is_no_value_is_told_in_the_words_that_were_typed(written: str, told: str) -> None:
    with pytest.raises(BadEntry) as caught:
        READER.entries(f"skane {written}")
    assert SV.language.say(caught.value.message).startswith(told)
