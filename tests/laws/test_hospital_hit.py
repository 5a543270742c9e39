"""A hospital is hit: beds lost at once, in-patients evacuated, and losses that follow staffing by hour."""

import json
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import Event
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, drained, scenario

H = 3600
COURSE = (Event.PLACED, Event.MOVED, Event.DEPARTED, Event.ADMITTED, Event.DISCHARGED)
HIT = {"kind": "hospital_hit", "share": 0.5, "from_day": 2 / 24, "days": 1, "regions": ["a"]}


def two(hit: dict[str, Any], urgency: tuple[int, ...] = (3, 3)) -> Scenario:
    """Return regions a and b, an hour apart, of two beds and of four; two lie in a from 0.5 to 30."""
    stay = {"family": "fixed", "value_h": 24}
    patient = {"urgency": 3, "pathways": [{"share": 1, "stages": [{"kind": "icu", "stay": stay}]}]}
    came = [
        {
            "arrival_h": 0.5,
            "region": "a",
            "class": "patient",
            "urgency": u,
            "stages": [{"kind": "icu", "stay_h": 29.5}],
        }
        for u in urgency
    ]
    region = {"units": {"icu": {"beds": 2}}, "vehicles": {"ambulance": 2}, "icu_teams": 2}
    times = dict.fromkeys(("activation_minutes", "load_minutes", "unload_minutes", "turn_minutes"), 0)
    return scenario(
        {
            "format": 1,
            "name": "two",
            "start": "2027-01-04T00:00",
            "horizon_days": 2,
            "regions": {"a": region, "b": region | {"units": {"icu": {"beds": 4}}}},
            "classes": {"patient": patient},
            "streams": {"given": {"kind": "table", "patients": came}},
            "transport": {
                "modes": {"ambulance": {"medium": "road", "speed_kmh": 60, **times}},
                "beds_per_team": 0,
                "distances_km": {"a": {"b": 60}},
            },
            "disruptions": {"hit": hit},
        }
    )


def audited(world: Scenario, plan: str) -> Journal:
    people = sample(world, 0)
    journal = simulate(world, load_plan(plan).plan, people)
    Audit(world, people, journal).walk()
    return journal


def course_of(journal: Journal, patient: int) -> list[tuple[float, str, str]]:
    rows = journal.only(np.isin(journal.event, COURSE) & (journal.patient == patient)).rows()
    return [(round(t / H, 4), Event(e).name.lower(), "ab"[r]) for t, e, _, r, _, _ in rows]


def test_the_least_urgent_is_evacuated_and_the_stay_goes_on() -> None:
    """Hit at 2, asked for 20 minutes, an hour's drive: one bed of two is left for the more urgent."""
    world = two(HIT, urgency=(1, 3))
    journal = audited(world, "today")
    assert course_of(journal, 0) == [(0.5, "admitted", "a"), (30, "discharged", "a")]
    assert course_of(journal, 1) == [
        (0.5, "admitted", "a"),
        (2.3333, "placed", "b"),
        (2.3333, "moved", "a"),
        (2.3333, "departed", "a"),
        (3.3333, "admitted", "b"),
        (30, "discharged", "b"),
    ]
    found = evaluate(Course(world, sample(world, 0), journal))
    assert (found["inpatients_moved"], found["capacity_transfers"]) == (1, 0)


def test_all_are_evacuated_when_all_beds_are_lost() -> None:
    journal = audited(two(HIT | {"share": 1}), "today")
    assert [course_of(journal, p)[-1] for p in (0, 1)] == [(30, "discharged", "b")] * 2


@pytest.mark.parametrize(("plan", "where"), [("today", "b"), ("coordinated", "b"), ("alone", "a")])
def test_a_ward_is_evacuated_in_todays_order_though_no_plan_has_an_order_for_wards(
    plan: str, where: str
) -> None:
    content = two(HIT | {"share": 1}).model_dump(mode="json", by_alias=True)
    text = json.dumps(content).replace('"icu"', '"ward"')
    journal = audited(Scenario.model_validate_json(text), plan)
    assert [course_of(journal, p)[-1] for p in (0, 1)] == [(30, "discharged", where)] * 2


@pytest.mark.parametrize(("hit", "plan"), [(HIT | {"evacuate": False}, "today"), (HIT, "alone")])
def test_who_is_not_evacuated_or_has_nowhere_to_go_stays(hit: dict[str, Any], plan: str) -> None:
    journal = audited(two(hit | {"share": 1}), plan)
    for patient in (0, 1):
        assert course_of(journal, patient) == [(0.5, "admitted", "a"), (30, "discharged", "a")]


@pytest.mark.parametrize("plan", ["alone", "today", "coordinated"])
def test_nobody_is_lost_when_a_hospital_is(plan: str) -> None:
    hit = {"archetype": "infrastructure_hospital_loss", "kind": "hospital_hit", "share": 0.6, "from_day": 4}
    world = scenario(abc(disruptions={"hit": hit}))
    journal = audited(world, plan)
    moved = np.count_nonzero(journal.event == Event.MOVED)
    assert (moved > 0) == (plan != "alone")
    empty = scenario(drained(abc()) | {"disruptions": {"hit": hit}})
    people = sample(empty, 0)
    audit = Audit(empty, people, simulate(empty, load_plan(plan).plan, people)).walk()
    assert audit.present() == audit.vehicles_out == 0
    assert not any(audit.occupied.values()) and not any(audit.inbound.values())


def test_an_evacuation_that_began_before_the_run_is_over() -> None:
    late = HIT | {"from_day": -1, "days": 3}
    events = audited(two(late | {"share": 1}), "today").event
    assert Event.MOVED not in events


def test_a_share_is_lost_of_those_staffed_at_the_hour() -> None:
    """Ten beds by day and four by night: half of them are five and two, without a moment of more."""
    content = abc(warm_up_days=0, horizon_days=3)
    hours = {"from_hour": 7, "to_hour": 17, "otherwise": 4}
    content["regions"]["a"]["units"]["theatre"] = {"beds": 10, "hours": hours}
    sick = {"kind": "staff_lost", "share": 0.5, "skills": ["theatre"], "from_day": 0.5, "days": 1}
    world = scenario(content | {"disruptions": {"sick": sick}})
    journal = simulate(world, load_plan("alone").plan, sample(world, 0))
    kind = world.kinds.index("theatre")
    changed = journal.only((journal.event == Event.CHANGED) & (journal.unit == kind))
    levels = [(t / H, beds) for t, _, _, _, _, beds in changed.rows() if t < 44 * H]
    assert levels == [(0, 4), (7, 10), (12, 5), (17, 2), (31, 5), (36, 10), (41, 4)]
