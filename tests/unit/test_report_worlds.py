"""Worlds unlike Sweden: few regions, no intensive care, no map, no limit, one plan, many worlds."""

import re
from typing import Any

import pytest

from nspl_sim.paper.comparison import compare
from nspl_sim.paper.language import Language
from nspl_sim.report import report
from nspl_sim.scenario.load import load_shipped
from nspl_sim.scenario.model import Scenario
from tests.unit.paper_batches import world
from tests.unit.report_batches import made, plan, points
from tests.unit.test_report_page import first_page, outline, words
from tests.worlds import abc

SV = Language("sv")


def smaller(regions: tuple[str, ...], units: dict[str, Any] | None = None, **changes: Any) -> Scenario:
    """Return the tiny world with some regions, all of them with *units* if given."""
    content = abc()
    kept = {
        k: v | ({"units": units} if units is not None else {})
        for k, v in content["regions"].items()
        if k in regions
    }
    content |= {"regions": kept, "streams": {}, "classes": content["classes"]}
    content["transport"] = content["transport"] | {"distances_km": {}}
    return Scenario.model_validate(content | changes)


def told(scenarios: list[Scenario], plans: tuple[str, ...], **how: Any) -> str:
    """Return the page of a made-up batch; it must be well formed and have no empty heading."""
    replications, factors = how.get("replications", 4), how.get("factors", ())
    batch = made(
        points(scenarios, [plan(p) for p in plans], factors),
        how.get("effect", lambda p: -p / 50),
        replications,
    )
    contents = report(compare(batch), {}, SV)
    text = contents["report.html"].decode()
    outline(text)
    assert not re.search(r"<h2[^>]*>[^<]*</h2>\s*</section>", text), "an empty heading"
    assert not re.search(r"<tbody>\s*</tbody>", text), "an empty table"
    assert "nan" not in words(text).lower().split()
    return text


@pytest.mark.parametrize(("regions", "replications"), [(("a",), 1), (("a", "b"), 3), (("a", "b", "c"), 1)])
def test_few_regions_and_few_replications(regions: tuple[str, ...], replications: int) -> None:
    text = told([smaller(regions)], ("today", "coordinated"), replications=replications)
    assert ("who-helps-whom" in text) == (len(regions) > 1)
    if replications == 1:
        assert "En enda körning säger ingenting om säkerheten." in words(first_page(text))


def test_one_plan_has_nothing_to_be_compared_with() -> None:
    text = told([world()], ("today",))
    page_one = words(first_page(text))
    assert "Vad händer med dagens ordning?" in page_one and "Priset." not in page_one
    assert "Skillnad" not in page_one and 'id="figure-differences"' not in text


def test_no_intensive_care() -> None:
    classes = {
        "ill": {
            "urgency": 3,
            "mortality": 0.03,
            "mortality_if_denied": 0.3,
            "dies_waiting": {"tau_h": 300},
            "pathways": [
                {"share": 1.0, "stages": [{"kind": "ward", "stay": {"family": "fixed", "value_days": 2}}]}
            ],
        }
    }
    scenario = smaller(("a", "b"), {"ward": {"beds": 10}}, classes=classes)
    assert scenario.kinds == ("ward",)
    text = told([scenario], ("today", "coordinated"))
    assert "occupancy-ward" in text and "occupancy-icu" not in text and "full-days" not in text


def test_unlimited_beds_and_none() -> None:
    for units in ({"icu": {"beds": "unlimited"}, "ward": {"beds": "unlimited"}}, {}):
        text = told([smaller(("a", "b"), units)], ("today", "coordinated"))
        assert "occupancy" not in re.findall(r'<figure id="figure-(\w+)', text)


def test_a_kind_of_bed_that_nobody_thought_of() -> None:
    text = told([smaller(("a", "b"), {"bed": {"beds": 3}, "icu": {"beds": 0}})], ("today", "coordinated"))
    assert "occupancy-bed" in text and "occupancy-icu" not in text


def test_half_a_day() -> None:
    told([smaller(("a", "b"), horizon_days=0.5)], ("today", "coordinated"))


def test_factor_worlds_say_in_which_the_plan_is_better() -> None:
    worlds = [world(seed=n) for n in (1, 2, 3)]
    effect = {0: 0.0, 1: -0.03, 2: 0.0, 3: 0.0, 4: 0.0, 5: 0.03}
    text = told(
        worlds, ("today", "coordinated"), factors=(0.8, 1.0, 1.2), effect=effect.__getitem__, replications=12
    )
    page_one = words(first_page(text))
    assert "Det beror på läget: av 3 prövade lägen bättre i 1, sämre i 1 och oavgjort i 1." in page_one
    shown = re.search("”scale: 0,8”: (\\S+) döda.*; ”1”: .*; ”1,2”: (\\S+) .*, bättre i 0 av 12", page_one)
    assert shown and shown[1].startswith("−") and shown[2].startswith("+"), "the answer of every world"
    assert "Blir vården bättre med gemensam stödordning än med dagens ordning?" in page_one
    assert "Ja, i det prövade scenariot." not in page_one, "the answer is not that of the first world"
    assert "Här och nedan: scale: 0,8" in page_one, "the table says which world it is of"
    section = re.search(r'<section id="worlds".*?</section>', text, re.DOTALL)
    assert section is not None
    rows = re.findall(r"<tr>.*?</tr>", section[0], re.DOTALL)
    assert [words(r) for r in rows][1].endswith("1 1 1 0 3"), "better, worse, unresolved, equal, worlds"
    assert "1,2" in words(rows[-1]) and "sämre" in words(rows[-1]), "the last world has its row"


def test_many_worlds_are_counted_and_the_extremes_told() -> None:
    scales = (0.6, 0.8, 1.0, 1.2, 1.4)
    effect = (0.0, -0.05, 0.0, -0.03, 0.0, 0.0, 0.0, 0.03, 0.0, 0.05)
    worlds = [world(seed=n) for n in range(5)]
    text = told(worlds, ("today", "coordinated"), factors=scales, effect=effect.__getitem__, replications=12)
    page_one = words(first_page(text))
    assert "av 5 prövade lägen bättre i 2, sämre i 2 och oavgjort i 1. Som minst och som mest:" in page_one
    assert "”scale: 0,6”" in page_one and "; ”1,4”" in page_one and "”1,2”: " not in page_one
    assert "När det inte räcker. Prövat i 5 lägen: bättre med ”scale: 0,6 och 0,8”" in page_one


def test_scenarios_under_one_plan_are_compared_with_each_other() -> None:
    text = told([world(seed=n) for n in (1, 2, 3, 4)], ("today",), effect=lambda p: p / 50)
    page_one = words(first_page(text))
    assert "Vad skiljer mellan scenariot ”world 3” och scenariot ”world 0”?" in page_one
    assert "De andra scenarierna finns i tabellerna längre ned." in page_one
    assert "world 2" in words(text)


def test_scenarios_with_other_regions() -> None:
    told([smaller(("a", "b", "c")), smaller(("a", "b"))], ("today",), effect=lambda p: p / 50)
    told([smaller(("a", "b", "c")), smaller(("a", "b"))], ("today", "coordinated"), effect=lambda p: p / 50)


def test_no_two_plans_need_to_be_known_by_name() -> None:
    text = told([world()], ("alone", "coordinated"))
    assert "varje region för sig" in words(first_page(text))


def test_a_finding_that_turns_round_with_the_harm_of_crowding_is_none() -> None:
    batch = made(points([world()], [plan("today"), plan("coordinated")]), lambda p: -p / 50)
    for k, of_plan in enumerate(batch.results[1]):
        of_plan.values["deaths_all_strain_full"] = batch.results[0][k].values["deaths_all_strain_full"] + 9
    page_one = words(first_page(report(compare(batch), {}, SV)["report.html"].decode()))
    assert "Svar. Det går inte att säga." in page_one and "Ja, i det" not in page_one
    assert "oavgjort . Svaret vänder beroende på hur skadlig" in page_one and "uppmätt i" not in page_one


def test_what_shares_no_region_with_the_shipped_world_says_nothing_of_its_basis() -> None:
    text = words(told([world()], ("today", "coordinated")))
    assert "Scenariot anger inte vad värdena grundas på." in text and "Vad värdena grundas på" not in text


def test_the_shipped_world_says_what_its_figures_are_based_on() -> None:
    sweden = load_shipped("ordinary-week").scenario.model_copy(update={"horizon_days": 2.0})
    text = words(told([sweden], ("today", "coordinated"), replications=3))
    assert re.search(r"Underlag: \d+ % publicerat, \d+ % ur minnet, skattat eller antaget", text)
    assert "IVA-team som kan lämna en region 1–4 antagen" in text
    assert "Stockholm och Gotland" in told([sweden], ("today",), replications=1)


def test_figures_of_few_replications_do_not_say_one_in_twenty() -> None:
    few = words(told([world()], ("today", "coordinated"), replications=10))
    assert "Högst i någon av 10 körningar det dygnet" in few and "1 av 20" not in few
    many = words(told([world()], ("today", "coordinated"), replications=20))
    assert "överskrids då i 1 av 20 körningar" in many
