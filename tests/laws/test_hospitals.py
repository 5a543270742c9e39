"""A region split into its hospitals: they help each other at once, under every plan, before others do."""

from typing import Any

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import load_plan
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.care import Event
from tests.laws.by_hand import patient, run, stage, told, world
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario

MODES = {"ambulance": {"medium": "road", "speed_kmh": 100, "load_minutes": 30, "unload_minutes": 30}}
KM = {"a_one": {"a_two": 100, "a_zoo": 50, "b": 10}, "a_two": {"a_zoo": 60, "b": 100}, "a_zoo": {"b": 100}}


def content(people: list[dict[str, Any]], **beds: int) -> dict[str, Any]:
    """Return a region a of three hospitals and a region b nearer to the first than they are."""
    regions: dict[str, Any] = {
        key: {
            "vehicles": {"ambulance": 2},
            "icu_teams": 2,
            "units": {"icu": {"beds": beds.get(key, 0)}, "ward": {"beds": 9}},
        }
        for key in ("a_one", "a_two", "a_zoo", "b")
    }
    for key in ("a_one", "a_two", "a_zoo"):
        regions[key]["region"] = "a"
    return world(regions, people) | {"transport": {"modes": MODES, "distances_km": KM}}


def ill(arrival_h: float, stay_h: float = 24) -> dict[str, Any]:
    return patient(arrival_h, stage("icu", stay_h), region="a_one")


@pytest.mark.parametrize("plan", ["alone", "today", "coordinated"])
def test_the_own_region_is_asked_first_and_answers_at_once(plan: str) -> None:
    """The nearest hospital of the region has no such unit; the other says yes: load, drive, unload."""
    made, journal, course = run(content([ill(1)], a_two=1, b=9), plan)
    found = told(made, journal, Event.REQUESTED, Event.DEPARTED, Event.ADMITTED)
    assert found == [
        (1, "requested", 0, "a_two"),
        (1.5, "departed", 0, "a_one"),
        (3, "admitted", 0, "a_two"),
    ]
    assert evaluate(course)["capacity_transfers"] == 0


def test_other_regions_come_after_and_count_as_capacity_transfers() -> None:
    people = [ill(0), ill(1.5)]
    made, journal, course = run(content(people, a_two=1, b=9), "today")
    asked = [(hour, where) for hour, _, who, where in told(made, journal, Event.REQUESTED) if who == 1]
    assert asked == [(1.5, "a_two"), (1.5, "b")]
    assert evaluate(course)["capacity_transfers"] == 1


def test_alone_the_region_still_holds_together_and_asks_again() -> None:
    people = [ill(0, 5), ill(1.5)]
    made, journal, _ = run(content(people, a_two=1, b=9), "alone")
    asked = [(hour, where) for hour, _, who, where in told(made, journal, Event.REQUESTED) if who == 1]
    assert {where for _, where in asked} == {"a_two"}
    assert [hour for hour, _ in asked][:3] == [1.5, 2, 3]
    assert told(made, journal, Event.PLACED)[1][3] == "a_two"


def test_wards_too_though_no_plan_has_an_order_for_them() -> None:
    places = content([patient(1, stage("ward", 5), region="a_one")])
    places["regions"]["a_one"]["units"]["ward"]["beds"] = 0
    made, journal, _ = run(places, "alone")
    assert told(made, journal, Event.ADMITTED)[0][3] == "a_zoo", "the nearest"


def test_no_extra_stay_for_a_move_within_the_region() -> None:
    places = content([ill(1, 10)], a_two=1)
    places["classes"]["ill"]["extra_stay_if_moved"] = {"family": "fixed", "value_h": 100}
    made, journal, _ = run(places)
    assert told(made, journal, Event.DISCHARGED) == [(13, "discharged", 0, "a_two")]


def test_rules_know_who_belongs_together() -> None:
    made, _, _ = run(content([ill(1)], a_one=1))
    assert geography(made).owner == ("a", "a", "a", "b")
    assert geography(scenario(abc())).owner == ()


def test_regions_that_own_themselves_change_nothing() -> None:
    plain, named = abc(), abc()
    for key, region in named["regions"].items():
        region["region"] = key
    journals = [
        simulate(one, load_plan("today").plan, sample(one, 0)) for one in map(scenario, (plain, named))
    ]
    assert journals[0].fingerprint() == journals[1].fingerprint()
