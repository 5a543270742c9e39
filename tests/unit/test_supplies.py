"""Supplies: consumption and endurance worked out by hand, and what is refused of them."""

from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate, title_of
from nspl_sim.measures.supplies import consumption, endurance_days, uses
from nspl_sim.policies.plan import load_plan
from nspl_sim.reading.node import planted
from nspl_sim.reading.place import Place
from nspl_sim.scenario.load import checked_scenario, dump_scenario, load_scenario
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.errors import InputRefused, Problem
from tests.worlds import abc, scenario

DAY = 86400
CONSUMES = {"oxygen": {"per_day": {"icu": 12, "ward": 3}}, "blood": {"per_patient": 4}}


def by_hand(**supplies: Any) -> Course:
    """Return a course of region a: one in intensive care from day 1 to 3 and then on the ward to 5; one on
    the ward from day 2 to 6; region b is empty; ten days are measured."""
    stay = {"family": "fixed", "value_days": 1}
    people = [
        {"arrival_h": 24, "stages": [{"kind": "icu", "stay_h": 48}, {"kind": "ward", "stay_h": 48}]},
        {"arrival_h": 48, "stages": [{"kind": "ward", "stay_h": 96}]},
    ]
    region = {"units": {"icu": {"beds": 2}, "ward": {"beds": 2}}}
    path = [{"share": 1, "stages": [{"kind": "ward", "stay": stay}]}]
    world = scenario(
        {
            "format": 1,
            "name": "hand",
            "start": "2027-01-04T00:00",
            "horizon_days": 10,
            "regions": {"a": region, "b": region},
            "classes": {"ill": {"urgency": 2, "pathways": path, "consumes": CONSUMES}},
            "streams": {
                "given": {"kind": "table", "patients": [{**p, "region": "a", "class": "ill"} for p in people]}
            },
            "supplies": supplies,
        }
    )
    people_ = sample(world, 0)
    return Course(world, people_, simulate(world, load_plan("alone").plan, people_))


def oxygen(**told: Any) -> dict[str, Any]:
    return {"unit": "m3", **told}


def test_consumption_by_hand() -> None:
    """Oxygen: day 1-2 12 a day, 2-3 15, 3-5 6, 5-6 3; blood: 4 at each first admission."""
    course = by_hand(oxygen=oxygen(stock={}), blood={"unit": "units", "stock": {}})
    used = consumption(course, "oxygen", DAY)
    assert used[0] == pytest.approx([0, 0, 12, 27, 33, 39, 42, 42, 42, 42])
    assert consumption(course, "blood", DAY)[0].tolist() == [0, 4, 8, 8, 8, 8, 8, 8, 8, 8]
    assert not used[1].any()
    assert uses(course, "oxygen")[0].at(np.array([DAY * 5 // 2])).tolist() == pytest.approx([19.5])
    found = evaluate(course)
    assert found["supply_consumed.supply_oxygen"] == pytest.approx(42)
    assert found["supply_consumed.supply_blood"] == 8


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ({"stock": {"a": 6}}, 1.5),
        ({"stock": {"a": 12}}, 2),
        ({"stock": {"a": 30}}, 3.5),
        ({"stock": {"a": 42}}, 10),
        ({"stock": {"a": 41.9999}}, 5.99997),
        ({"stock": {"a": 0}}, 1),
        ({"stock": {"a": 0}, "resupply_per_day": {"a": 6}}, 2),
        ({"stock": {"a": 12}, "resupply_per_day": {"a": 6}}, 10),
        ({"stock_days": 2, "ordinary_per_day": {"a": 3}}, 1.5),
    ],
)
def test_endurance_by_hand(told: dict[str, Any], days: float) -> None:
    """With 6 a day from the start there are 12 on day 2, just as consumed; from there 9 a day too few."""
    course = by_hand(oxygen=oxygen(**told))
    assert endurance_days(course)[0, 0] == pytest.approx(days, abs=1e-5)
    assert np.isnan(endurance_days(course)[0, 1]), "b tells no stock"
    found = evaluate(course)
    assert found["supply_endurance_days"] == found["supply_endurance_days.a"] == endurance_days(course)[0, 0]
    assert found["supply_regions_without.supply_oxygen"] == (days < 10)


def test_a_jump_empties_the_stock_at_once() -> None:
    course = by_hand(blood={"unit": "units", "stock": {"a": 7, "b": 0}})
    assert endurance_days(course).tolist() == [[2, 10]]


def test_the_worst_item_and_the_worst_region() -> None:
    course = by_hand(
        blood={"unit": "units", "stock": {"a": 7, "b": 1}}, oxygen=oxygen(stock={"a": 30, "b": 1})
    )
    found = evaluate(course)
    assert [found[f"supply_endurance_days{of}"] for of in ("", ".a", ".b")] == [2, 2, 10]
    assert found["supply_endurance_days.supply_oxygen"] == pytest.approx(3.5)
    assert str(title_of("supply_consumed.supply_oxygen")).endswith(", oxygen")


def test_consumption_agrees_with_bed_days_in_a_full_run() -> None:
    content = abc(supplies={"oxygen": oxygen(stock_days=3, ordinary_per_day={"a": 40, "b": 60, "c": 60})})
    for spec in content["classes"].values():
        spec["consumes"] = {"oxygen": {"per_day": {"icu": 10}}}
    world = scenario(content)
    people = sample(world, 0)
    course = Course(world, people, simulate(world, load_plan("coordinated").plan, people))
    days = course.of_kind(course.occupied, "icu").integral(0, course.horizon_s) / DAY
    found = [use.after[-1] for use in uses(course, "oxygen")]
    assert found == pytest.approx((10 * days).tolist())
    before = simulate(scenario(abc()), load_plan("coordinated").plan, sample(scenario(abc()), 0))
    assert before.fingerprint() == course.journal.fingerprint(), "nothing feeds back"


def told(supplies: dict[str, Any], consumes: dict[str, Any]) -> list[Problem]:
    content = abc(supplies=supplies)
    content["classes"]["ill"]["consumes"] = consumes
    try:
        return list(checked_scenario(planted(content, Place("x")))[1])
    except InputRefused as refused:
        return list(refused.problems)


@pytest.mark.parametrize(
    ("supplies", "consumes", "path", "suggestion"),
    [
        ({"blood": oxygen(stock={"a": 1})}, {"blod": {}}, "classes.ill.consumes.blod", "blood"),
        (
            {"o": oxygen(stock={"a": 1})},
            {"o": {"per_day": {"iva": 1}}},
            "classes.ill.consumes.o.per_day.iva",
            "icu",
        ),
        ({"o": oxygen(stock={"d": 1})}, {"o": {}}, "supplies.o.stock.d", None),
        ({"o": oxygen()}, {"o": {}}, "supplies.o", None),
        ({"o": oxygen(stock_days=1)}, {"o": {}}, "supplies.o", None),
        ({"o": oxygen(stock={}, ordinary_per_day={})}, {"o": {}}, "supplies.o", None),
        ({"o": {"stock": {}}}, {"o": {}}, "supplies.o.unit", None),
    ],
)
def test_what_is_refused(
    supplies: dict[str, Any], consumes: dict[str, Any], path: str, suggestion: str | None
) -> None:
    found = [p for p in told(supplies, consumes) if not p.warning]
    assert [(p.path, p.suggestion) for p in found] == [(path, suggestion)]


def test_an_item_that_nobody_consumes_is_told() -> None:
    assert [(p.path, p.warning) for p in told({"o": oxygen(stock={"a": 1})}, {})] == [("supplies.o", True)]


def test_a_round_trip(tmp_path) -> None:
    items = {"oxygen": oxygen(stock_days=2, ordinary_per_day={"a": 3}), "blood": oxygen(stock={})}
    world = by_hand(**items).scenario
    (tmp_path / "again.yaml").write_text(dump_scenario(world), "utf-8")
    assert load_scenario(tmp_path / "again.yaml").scenario.fingerprint() == world.fingerprint()
