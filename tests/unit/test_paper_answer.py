"""The answer says what the replications show, with how sure it is, and no more."""

import math
from dataclasses import replace

import pytest

from nspl_sim.experiment.design import contrasts
from nspl_sim.experiment.statistics import paired
from nspl_sim.paper import table
from nspl_sim.paper.answer import answers, first_without, more_words, pairing
from nspl_sim.paper.changes import changes
from nspl_sim.paper.comparison import compare
from nspl_sim.paper.language import Language
from tests.unit.paper_batches import batch, world

SV, EN = Language("sv"), Language("en")
PLANS = ("alone", "today", "coordinated")
LEVEL = [40.0, 44.0, 38.0, 50.0, 41.0, 47.0, 39.0, 45.0]


def deaths(change: float, noise: float = 0.0) -> dict[str, list[float]]:
    return {"deaths_all": [v + change + noise * (-1) ** k for k, v in enumerate(LEVEL)]}


def said(*by_plan: dict[str, list[float]], language: Language = SV) -> str:
    [sentence] = answers(compare(batch([world()], PLANS, by_plan)), language)
    return sentence


def test_a_clear_difference_is_told_with_frequency_and_interval() -> None:
    sentence = said(deaths(5), deaths(0), deaths(-3, 0.5))
    assert sentence == (
        "Med gemensam stödordning dog färre patienter i 8 av 8 körningar jämfört med dagens ordning; "
        "skillnaden är \u22123,0 döda per körning (95 %: \u22123,4 till \u22122,6)."
    )
    english = said(deaths(5), deaths(0), deaths(-3, 0.5), language=EN)
    assert english.startswith("With a shared standing order, fewer patients died in 8 of 8 replications")


def test_a_clear_harm_is_told_as_plainly() -> None:
    sentence = said(deaths(5), deaths(0), deaths(3, 0.5))
    assert "dog fler patienter i 8 av 8 körningar" in sentence
    assert "+3,0 döda per körning (95 %: +2,6 till +3,4)" in sentence


def test_an_interval_over_zero_is_unresolved() -> None:
    sentence = said(deaths(5), deaths(0), deaths(-0.5, 2))
    assert sentence.startswith("Oavgjort: med gemensam stödordning dog färre patienter i 4 av 8 körningar")
    assert "fler körningar skulle behövas" in sentence


def test_few_replications_make_an_uncertain_estimate_and_one_makes_none() -> None:
    assert "(få körningar: uppskattningen är osäker)" in said(deaths(5), deaths(0), deaths(-0.5, 2))
    one = [{"deaths_all": [v]} for v in (5.0, 4.0, 3.0)]
    assert said(*one) == (
        "Oavgjort: med gemensam stödordning dog färre patienter i den enda körningen jämfört med dagens "
        "ordning; skillnaden är \u22121,0 döda per körning. En enda körning säger ingenting om säkerheten."
    )
    assert "i den enda körningen" in said(one[0], one[1], one[1])


@pytest.mark.parametrize("n", [8, 40])
def test_one_more_replication_is_told_as_one(n: int) -> None:
    found = replace(paired(LEVEL, LEVEL[::-1]), n=n, more_needed=1)
    assert SV.say(more_words(found, SV)).startswith("Ungefär en körning till")
    assert SV.say(more_words(replace(found, more_needed=2), SV)).startswith("Ungefär 2 fler körningar")


def test_the_table_marks_ties_and_what_is_unresolved() -> None:
    mixed = {"deaths_all": [v + (0, 1, -1, -1)[k % 4] for k, v in enumerate(LEVEL)]}
    found = compare(batch([world()], PLANS, [deaths(5), deaths(0), mixed]))
    assert table.aligned(found, SV).splitlines()[5].endswith("4 av 8 (2 lika) oavgjort")
    assert table.columns(found, SV)["Gemensam stödordning − Dagens ordning, lika i"] == [2]


def test_the_region_that_lacks_beds_first_is_named() -> None:
    beyond = world().horizon_days + 1.0
    days = {"a": [1, 2, beyond, 1], "b": [2, 2, beyond, 3], "c": [math.nan] * 4}
    values = {f"first_day_over_capacity.{k}": v for k, v in days.items()}
    found = compare(batch([world()], ("today",), [deaths(0) | {k: v * 2 for k, v in values.items()}]))
    assert first_without(found, SV) == [
        "Först saknar IVA-plats (Dagens ordning): a i 6 av 8 körningar, b i 2; i 2 av 8 ingen region "
        "(regioner som saknar plats samma dygn räknas var för sig)."
    ]
    never = {f"first_day_over_capacity.{k}": [beyond] * 8 for k in "abc"}
    found = compare(batch([world()], ("today",), [deaths(0) | never]))
    assert "ingen region i någon körning" in first_without(found, SV)[0]


def test_equal_results_say_so() -> None:
    sentence = said(deaths(5), deaths(0), deaths(0))
    assert (
        sentence
        == "Ingen skillnad: med gemensam stödordning dog lika många patienter som med dagens ordning "
        "i alla 8 körningar."
    )


def test_ties_are_counted_apart() -> None:
    fewer = {"deaths_all": [v - (3 if k < 6 else 0) for k, v in enumerate(LEVEL)]}
    assert "i 6 av 8 körningar (ingen skillnad i 2)" in said(deaths(5), deaths(0), fewer)


@pytest.mark.parametrize("change", [-3, 0, 3, 0.1])
@pytest.mark.parametrize("language", [SV, EN])
def test_no_sentence_promises_saved_lives(change: float, language: Language) -> None:
    sentence = said(deaths(1), deaths(0), deaths(change, 0.5), language=language).lower()
    assert "rädda" not in sentence and "save" not in sentence


def test_a_share_differs_by_percentage_points() -> None:
    share = [{"icu_within_1h_share": [v / 100 + c for v in LEVEL]} for c in (0.0, 0.0, 0.1)]
    [sentence] = answers(compare(batch([world()], PLANS, share)), SV)
    assert "blev måttet ”" in sentence and "högre i 8 av 8 körningar" in sentence
    assert "+10,0 procentenheter" in sentence


def test_one_plan_is_told_without_comparison() -> None:
    found = compare(batch([world()], ("today",), [deaths(0)]))
    assert found.contrasts == ()
    [sentence] = answers(found, SV)
    assert sentence.startswith("Med dagens ordning: Döda, i medeltal 43,0 över 8 körningar.")


def test_nothing_measured_is_said() -> None:
    nothing = {"deaths_all": [math.nan] * 4}
    assert answers(compare(batch([world()], PLANS, [nothing] * 3)), SV)[0].startswith("Inget att jämföra")


def test_the_reference_is_today_or_else_the_first() -> None:
    assert contrasts(batch([world()], PLANS, [deaths(0)] * 3).points) == ((0, 1), (2, 1))
    only = batch([world()], ("coordinated", "alone"), [deaths(0)] * 2)
    assert contrasts(only.points) == ((1, 0),)


def test_a_second_scenario_is_set_against_the_first_plan_by_plan() -> None:
    two = batch([world(), world(seed=2)], ("today", "coordinated"), [deaths(c) for c in (0, -1, 2, 1)])
    assert contrasts(two.points) == ((2, 0), (3, 1))
    sentences = answers(compare(two), SV)
    assert len(sentences) == 2
    assert sentences[0].startswith(
        "Med dagens ordning i scenariot ”world 1” dog fler patienter i 8 av 8 körningar"
    )


def test_a_measure_that_is_nan_everywhere_has_no_row_and_a_missing_value_is_a_dash() -> None:
    values = [
        deaths(0) | {"refusals": [math.nan] * 8, "vehicle_hours": [math.nan] * 8},
        deaths(0) | {"refusals": [math.nan] * 8, "vehicle_hours": [1.0] * 8},
    ]
    found = compare(batch([world()], ("today", "coordinated"), values))
    assert [r.measure for r in found.rows] == ["deaths_all", "vehicle_hours"]
    line = next(words for words in table.aligned(found, SV).splitlines()[::-1] if "Dagens ordning" in words)
    assert line.split()[-1] == "–"


def test_the_table_is_aligned_and_has_every_plan() -> None:
    found = compare(batch([world()], PLANS, [deaths(5), deaths(0), deaths(-3, 0.5)]))
    lines = table.aligned(found, SV).splitlines()
    assert lines[2] == "Döda (patienter; lägre är bättre)"
    assert [words.split("  ")[1] for words in lines[3:6]] == [
        "Ingen samverkan",
        "Dagens ordning",
        "Gemensam stödordning",
    ]
    assert "\u22123,0 (\u22123,4 till \u22122,6)" in lines[5] and lines[5].endswith("8 av 8")
    assert max(len(words) for words in lines[3:6]) <= 80
    columns = table.columns(found, SV)
    assert {len(values) for values in columns.values()} == {1}
    assert columns["Namn i filer"] == ["deaths_all"]


def test_pairing_is_told_with_correlation_and_variance() -> None:
    lines = pairing(compare(batch([world()], PLANS, [deaths(5), deaths(0), deaths(-3, 0.5)])), SV)
    assert len(lines) == 1
    assert lines[0].startswith("Samma patienter i båda alternativen (Döda): korrelation ")
    assert pairing(compare(batch([world()], PLANS, [deaths(0)] * 3)), SV)[0].count("0,000") == 1


def test_a_study_says_whether_a_plan_gives_more_in_another_world() -> None:
    first, second = world(), world(seed=2)
    values = [{"deaths_all": v} for v in ([5.0, 6, 7], [4.0, 5, 7], [9.0, 8, 9], [4.0, 2, 4])]
    found = compare(batch([first, second], ("today", "coordinated"), values), against=((1, 0), (3, 2)))
    [said] = changes(found, SV)
    assert said.startswith("Döda: från ”world 0” till ”world 1” ändras det som gemensam stödordning ger med")
    assert "\u22124,7 döda per körning" in said and said.endswith("; avgjort.")
    assert changes(compare(batch([first, second], ("today", "coordinated"), values)), SV) == []
