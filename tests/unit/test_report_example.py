"""Page one of the example: what a director of a region needs to read on it, within its 25 lines."""

import re
from functools import cache
from pathlib import Path

from nspl_sim.experiment.saved import opened
from nspl_sim.paper.comparison import Comparison, compare
from nspl_sim.paper.language import Language
from nspl_sim.report import report
from nspl_sim.report.material import Material
from nspl_sim.report.price import changed_moves
from tests.unit.test_report_page import first_page, lines, words

RESULTS = Path(__file__).resolve().parents[2] / "results" / "example"
SV = Language("sv")


@cache
def found() -> Comparison:
    saved = opened(RESULTS)
    return compare(saved.batch(), None, saved.design.contrasts)


@cache
def text() -> str:
    about = {
        "title": "Vad ger en stödordning?",
        "question": "Blir det bättre?",
        "when": "2026-11-22 23:30:00+00:00",
    }
    return report(found(), about, SV)["report.html"].decode()


def test_it_keeps_to_its_lines() -> None:
    assert lines(first_page(text())) <= 25


def test_every_world_has_its_answer_in_the_words_of_the_study() -> None:
    told = words(first_page(text()))
    assert "Går inte att avgöra (oavgjort) i något av de 2 prövade lägena." in told
    assert "”IVA-platser mot före pandemin (nu 0,875): 0,875”: +2,6 döda per körning" in told
    assert "”1”: −0,6 (−4,2 till +3,0), bättre i 6 av 10" in told
    assert "Här och nedan: IVA-platser mot före pandemin (nu 0,875): 0,875" in told
    assert "icu_beds_share" not in told and " = 0,875" not in told


def test_the_scenario_and_the_plan_come_before_the_answer() -> None:
    before = words(first_page(text())).partition("Svar.")[0]
    assert "Nationell belastning, strider och ett angrepp: skadade i strid (cirka" in before
    assert "(en körning = en simulerad period)" in before and "wounded" not in before
    assert "dagens ordning: den egna sjukvårdsregionen frågas först" in before
    assert "Allt annat är lika, även patienterna." in before


def test_the_sender_the_day_and_who_passes_it_on() -> None:
    told = words(first_page(text()))
    assert told.startswith("Vad ger en stödordning? 23 november 2026. Ges vidare av"), "Swedish time"


def test_what_is_resolved_stands_there_good_and_bad_alike() -> None:
    told = words(first_page(text()))
    settled = told.partition("Det som går att avgöra, mot dagens ordning.")[2].partition("Priset.")[0]
    assert "behöver fler IVA-platser än den har −22,6 (−44,2 till −1,0), bättre" in settled
    assert "ja som inte kunde utnyttjas +144" in settled
    assert "Utan hjälp, varje region för sig: döda +13,5 (+6,5 till +20,5)." in settled


def test_the_price_is_what_differs_from_the_reference() -> None:
    material = Material(found(), {}, SV)
    received, sent = changed_moves(material)
    named = [k for one in (received, sent) for k, d in one.items() if d.resolved and d.difference > 0]
    price = words(first_page(text())).partition("Priset.")[2].partition("Fler egna döda")[0]
    others = [k for k in material.scenario.region_keys if k not in named]
    assert not [k for k in others if material.region(k) in price], "only who gives or gets more than before"
    assert "Västra Götaland +7,7 (+1,8 till +13,6)" in price and "av 42 kan vara slump" in price


def test_how_weak_the_inputs_are() -> None:
    assert "Underlag: 9 % publicerat, 91 % ur minnet, skattat eller antaget." in words(first_page(text()))


def test_a_row_is_written_with_as_many_decimals_all_through() -> None:
    told = words(first_page(text()))
    assert "1 574,2 1 576,8 +2,6 (−0,3 till +5,5)" in told


def test_nothing_is_named_by_its_key() -> None:
    everything = re.sub(r"<style>.*?</style>", "", text(), flags=re.DOTALL)
    assert not re.search(r"icu_beds_share = |wounded in action|attack on a city", words(everything))
