"""Referrals: the same under every plan, by their own order, and no capacity transfers."""

from typing import Any

import pytest

from nspl_sim.measures.registry import evaluate
from nspl_sim.vocabulary.care import Event
from tests.laws.by_hand import patient, run, stage, told, world

MODES = {
    "ambulance": {"medium": "road", "speed_kmh": 100, "load_minutes": 30, "unload_minutes": 30},
}
KM = {"a": {"b": 100, "c": 300}, "b": {"c": 200}}


def regions(**burn: Any) -> dict[str, Any]:
    """Return regions a, b and c with a ward each, and *burn* beds where they are given."""
    return {
        key: {
            "vehicles": {"ambulance": 2},
            "icu_teams": 1,
            "units": {"ward": {"beds": 9}} | ({"burn": {"beds": burn[key]}} if key in burn else {}),
        }
        for key in ("a", "b", "c")
    }


def burnt(arrival_h: float, stay_h: float = 24) -> dict[str, Any]:
    return patient(arrival_h, stage("burn", stay_h), stage("ward", 24))


def content(people: list[dict[str, Any]], referral: Any = "nearest", **burn: Any) -> dict[str, Any]:
    kinds = {"burn": {"referral": referral}} if referral else {}
    found = world(regions(**burn), people, unit_kinds=kinds)
    return found | {"transport": {"modes": MODES, "distances_km": KM}}


@pytest.mark.parametrize("plan", ["alone", "today", "coordinated"])
def test_the_nearest_unit_is_asked_first_under_every_plan(plan: str) -> None:
    """Asked at 1 h, yes after 20 minutes, 30 minutes loading, 1 h on the road, 30 minutes unloading."""
    scenario, journal, course = run(content([burnt(1)], b=1, c=1), plan)
    into = told(scenario, journal, Event.REQUESTED, Event.DEPARTED, Event.ADMITTED)
    assert [(round(hour, 2), *rest) for hour, *rest in into[:3]] == [
        (1, "requested", 0, "b"),
        (1.83, "departed", 0, "a"),
        (3.33, "admitted", 0, "b"),
    ]
    assert into[3][1:] == ("admitted", 0, "b"), "the next stage where the patient lies"
    values = evaluate(course)
    assert values["referrals"] == values["referrals.a"] == 1
    assert values["capacity_transfers"] == 0
    assert values["referral_wait_mean_h"] == pytest.approx(7 / 3)


def test_the_same_journal_under_every_plan() -> None:
    people = [burnt(1), burnt(2), burnt(3), burnt(1.5)]
    prints = {
        run(content(people, b=1, c=1), plan)[1].fingerprint() for plan in ("alone", "today", "coordinated")
    }
    assert len(prints) == 1


def test_when_the_first_is_full_the_next_is_asked_and_then_again_each_hour() -> None:
    people = [burnt(0, 10), burnt(0, 10), burnt(0, 2)]
    scenario, journal, _ = run(content(people, b=1, c=1), "alone")
    asked = [row for row in told(scenario, journal, Event.REQUESTED) if row[2] == 2]
    assert [(round(hour, 2), where) for hour, _, _, where in asked[:6]] == [
        (0, "b"),
        (0.33, "c"),
        (1, "b"),
        (1.33, "c"),
        (2, "b"),
        (2.33, "c"),
    ]
    assert [row for row in told(scenario, journal, Event.PLACED) if row[2] == 2]


def test_listed_regions_in_their_order() -> None:
    scenario, journal, _ = run(content([burnt(1)], ["c", "b"], b=1, c=1))
    assert told(scenario, journal, Event.PLACED)[0][3] == "c"


def test_who_has_the_unit_waits_for_it_at_home() -> None:
    people = [burnt(1, 5), burnt(2, 5)]
    scenario, journal, course = run(content(people, a=1, c=1), "alone")
    assert told(scenario, journal, Event.REQUESTED) == []
    assert evaluate(course)["referrals"] == 0


def test_a_unit_that_only_a_surge_step_opens_is_no_lack() -> None:
    places = content([burnt(1)], b=1)
    step = {"beds": 1, "lead_h": 1}
    places["regions"]["a"]["units"]["burn"] = {"beds": 0, "surge": [step]}
    scenario, journal, _ = run(places, "alone")
    assert told(scenario, journal, Event.REQUESTED) == []


def test_without_referral_nobody_is_asked() -> None:
    scenario, journal, _ = run(content([burnt(1)], None, b=1, c=1), "alone")
    assert told(scenario, journal, Event.REQUESTED, Event.ADMITTED) == []


def test_a_kind_says_what_its_patients_do_in_vain() -> None:
    places = content([burnt(1), burnt(2)], b=1)
    places["unit_kinds"]["burn"]["no_bed"] = "leave"
    scenario, journal, _ = run(places)
    assert [(round(h, 2), who) for h, _, who, _ in told(scenario, journal, Event.REFUSED)] == [(2.33, 1)]


def test_a_longest_wait_and_the_deaths_after_it() -> None:
    """One bed for a day; of two who wait at most three hours both are turned away, and both die of it."""
    people = [patient(0, stage("ward", 24)), patient(1, stage("ward", 24)), patient(2, stage("ward", 24))]
    places = world({"a": {"units": {"ward": {"beds": 1}}}}, people)
    places["classes"]["ill"] |= {"waits_at_most_h": 3}
    scenario, journal, course = run(places)
    assert told(scenario, journal, Event.REFUSED) == [(4, "refused", 1, "a"), (5, "refused", 2, "a")]
    assert evaluate(course)["deaths_all"] == 0 and evaluate(course)["refused"] == 2
    places["classes"]["ill"] |= {"refused_mortality": 1.0}
    values = evaluate(run(places)[2])
    assert values["deaths_after_refusal"] == values["deaths_all"] == 2
    assert values["deaths_waiting"] == 0


def test_death_comes_before_the_longest_wait_at_the_same_second() -> None:
    people = [patient(0, stage("ward", 24)), patient(1, stage("ward", 24) | {"dies_waiting_h": 3})]
    places = world({"a": {"units": {"ward": {"beds": 1}}}}, people)
    places["classes"]["ill"] |= {"waits_at_most_h": 3}
    scenario, journal, _ = run(places)
    ends = told(scenario, journal, Event.REFUSED, Event.DIED_WAITING)
    assert ends == [(4, "died_waiting", 1, "a")]
