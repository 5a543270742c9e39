"""Discharge-ready: places are a flow, first ready first, never before the floor and never while closed."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.ready import mean_waits_s, ready_per_day
from nspl_sim.vocabulary.care import NEVER, Event
from tests.laws.audit import Audit
from tests.laws.by_hand import patient, run, stage, told, world
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, drained, scenario


def old(*arrivals_h: float, share: float = 1.0, beds: int = 9, **municipal: Any) -> dict[str, Any]:
    """Return a world of patients who are ready an hour after they come."""
    regions: dict[str, Any] = {"a": {"units": {"ward": {"beds": beds}}}}
    if municipal:
        regions["a"]["municipal"] = municipal
    content = world(regions, [patient(hour, stage("ward", 1)) for hour in arrivals_h])
    content["classes"]["ill"]["municipal_share"] = share
    return content


def home(content: dict[str, Any]) -> list[tuple[float, int]]:
    """Return when each left for municipal care: (hour, patient)."""
    made, journal, _ = run(content)
    return [(hour, who) for hour, _, who, _ in told(made, journal, Event.DISCHARGED)]


def test_three_are_ready_two_places_a_day_and_a_floor_of_48_hours() -> None:
    assert home(old(0, 0, 0, places_per_day=2)) == [(49, 0), (61, 1), (73, 2)]


def test_first_ready_first_and_a_place_that_nobody_took_is_not_kept() -> None:
    found = home(old(0, 10, 99, 99.5, places_per_day=2, floor_h=4))
    assert found == [(5, 0), (17, 1), (104, 2), (116, 3)]


def test_nobody_while_reception_is_closed_then_one_at_a_time() -> None:
    closed = [{"from_day": 1, "to_day": 3}, {"from_day": 3, "to_day": 4}]
    assert home(old(0, 0, places_per_day=2, floor_h=24, closed=closed)) == [(96, 0), (108, 1)]


def test_no_places_at_all_and_places_without_limit() -> None:
    assert home(old(0, 0, places_per_day=0)) == []
    assert home(old(0, 0, places_per_day="unlimited", floor_h=2)) == [(3, 0), (3, 1)]
    assert home(old(0, 0, places_per_day="unlimited", floor_h=0)) == [(1, 0), (1, 1)]


def test_the_bed_is_kept_and_the_next_waits_for_it() -> None:
    made, journal, course = run(old(0, 2, beds=1, places_per_day=24, floor_h=10))
    assert told(made, journal, Event.READY, Event.ADMITTED, Event.DISCHARGED) == [
        (0, "admitted", 0, "a"),
        (1, "ready", 0, "a"),
        (11, "discharged", 0, "a"),
        (11, "admitted", 1, "a"),
        (12, "ready", 1, "a"),
        (22, "discharged", 1, "a"),
    ]
    values = evaluate(course)
    assert values["discharge_ready_wait_mean_days"] == pytest.approx(10 / 24)
    assert values["discharge_ready_beds"] == pytest.approx(20 / (14 * 24))


def test_who_needs_none_is_not_asked() -> None:
    made, journal, _ = run(old(0, 0, share=0.0, places_per_day=1))
    assert told(made, journal, Event.READY) == []


def test_the_home_region_receives_whatever_the_bed() -> None:
    """The patient of a lies in b, the only region with a ward; the municipalities of a take them home."""
    regions = {
        "a": {"units": {"icu": {"beds": 1}}, "municipal": {"places_per_day": 1, "floor_h": 5}},
        "b": {"units": {"ward": {"beds": 1}}, "municipal": {"places_per_day": 1, "floor_h": 50}},
    }
    content = world(regions, [patient(0, stage("ward", 2))])
    content["classes"]["ill"]["municipal_share"] = 1.0
    content |= {"unit_kinds": {"ward": {"referral": "nearest"}}, "transport": {"instant": True}}
    made, journal, _ = run(content)
    ready, gone = told(made, journal, Event.READY, Event.DISCHARGED)
    assert ready[3] == gone[3] == "b"
    assert gone[0] - ready[0] == 5


def drawn(*arrivals_h: float, **municipal: Any) -> dict[str, Any]:
    content = old(*arrivals_h, **municipal)
    content["classes"]["ill"]["municipal_wait"] = {"family": "fixed", "value_h": 30}
    return content


def test_drawn_days_and_the_factor_of_the_region() -> None:
    assert home(drawn(0, 0)) == [(31, 0), (31, 1)]
    assert home(drawn(0, wait_factor=2)) == [(61, 0)]
    assert home(drawn(0, closed=[{"from_day": 1, "to_day": 2}])) == [(48, 0)]


def test_a_cut_takes_those_with_a_small_uniform() -> None:
    """A plan may cut a share of the drawn waits: those with ``u_discharge`` under it go home at once."""
    made = Scenario.model_validate(drawn(*([0.0] * 8)))
    table = sample(made, 0)
    table = replace(table, u_discharge=np.linspace(0.05, 0.75, 8))
    rule = {"rule": "at-occupancy", "above": 0, "share": 0.4}
    plan = Plan.model_validate(load_plan("alone").plan.written() | {"discharge": rule})
    journal = simulate(made, plan, table)
    hours = {who: hour for hour, _, who, _ in told(made, journal, Event.DISCHARGED)}
    assert hours == {who: 1 if who < 4 else 31 for who in range(8)}


def many(**municipal: Any) -> dict[str, Any]:
    """Return the tiny world with a fifth of the ill in need of municipal care."""
    content = abc()
    content["classes"]["ill"]["municipal_share"] = 0.2
    for region in content["regions"].values():
        region["municipal"] = municipal
    return content


@pytest.mark.parametrize("plan", ["alone", "today", "coordinated"])
def test_laws_hold_and_a_drained_system_is_empty(plan: str) -> None:
    made = scenario(many(places_per_day=3))
    table = sample(made, 0)
    assert set(table.municipal_wait_s.tolist()) == {0, NEVER}
    audit = Audit(made, table, simulate(made, load_plan(plan).plan, table)).walk()
    assert audit.arrived == len(table) and audit.ready
    empty = scenario(drained(many(places_per_day=3)))
    people = sample(empty, 0)
    audit = Audit(empty, people, simulate(empty, load_plan(plan).plan, people)).walk()
    assert audit.present() == 0 and not any(audit.occupied.values())


def test_a_larger_share_is_the_same_patients_and_more() -> None:
    def waiting(share: float) -> set[tuple[int, ...]]:
        content = many(places_per_day=3)
        content["classes"]["ill"]["municipal_share"] = share
        table = sample(scenario(content), 0)
        rows = np.flatnonzero(table.municipal_wait_s)
        return set(zip(*(c[rows].tolist() for c in (table.stream, table.region, table.number)), strict=True))

    assert waiting(0.1) < waiting(0.2) < waiting(0.5)


def test_nobody_waits_and_no_number_moves_without_a_share() -> None:
    plain, made = scenario(abc()), scenario(abc())
    assert not sample(plain, 0).municipal_wait_s.any()
    content = many(places_per_day=3)
    content["classes"]["ill"]["municipal_share"] = 0.0
    journals = [simulate(one, load_plan("today").plan, sample(one, 0)) for one in (made, scenario(content))]
    assert journals[0].fingerprint() == journals[1].fingerprint()


@pytest.mark.parametrize("way", ["places", "drawn"])
def test_a_run_that_starts_in_equilibrium_stays_there(way: str) -> None:
    """Beds kept by the ready: Little's law, from the first day on, without any warm-up."""
    stay = {"family": "exponential", "mean_days": 4}
    ill = {
        "urgency": 3,
        "municipal_share": 0.5,
        "pathways": [{"share": 1, "stages": [{"kind": "ward", "stay": stay}]}],
    }
    region: dict[str, Any] = {"units": {"ward": {"beds": "unlimited"}}}
    if way == "places":
        region["municipal"] = {"places_per_day": 210}
    else:
        ill["municipal_wait"] = {"family": "exponential", "mean_days": 2}
    content = world({"a": region}, [patient(0, stage("ward", 1))]) | {
        "starts": "equilibrium",
        "horizon_days": 12,
        "classes": {"ill": ill},
        "streams": {
            "all": {"kind": "poisson", "per_day": 400, "regions": {"a": 1}, "classes": {"ill": 1}},
        },
    }
    made, _, course = run(content)
    wait_days = 2 if way == "drawn" else mean_waits_s(made)["a"] / 86400
    assert ready_per_day(made) == {"a": 200}
    wanted = 400 * 4 + 200 * wait_days
    census = course.census("ward", 86400)[0]
    assert np.abs(census - wanted).max() < 5 * wanted**0.5
    assert abs(census.mean() - wanted) < 2.5 * wanted**0.5
