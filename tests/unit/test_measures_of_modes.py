"""What measures say of modes of transport: rounds worked out by hand, and sums that must agree."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import load_plan
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.closures import ALL, ANYWHERE, Closures
from tests.laws.by_hand import patient, run, stage, world
from tests.laws.test_batches import BUS, collecting, plan
from tests.worlds import abc, scenario

HOUR = 3600


def bus(patients: list[dict[str, Any]], mode: dict[str, Any] = BUS) -> Course:
    """Return the course where a has no beds, one bus and one ambulance, and b lies 60 km away."""
    regions = {
        "a": {"vehicles": {"bus": 1}, "units": {"ward": {"beds": 0}}},
        "b": {"units": {"ward": {"beds": 50}}},
    }
    transport = {"modes": {"bus": mode}, "distances_km": {"a": {"b": 60}}}
    return run(world(regions, patients, transport=transport), plan("ward"))[2]


def test_a_shared_round_is_one_vehicle_whoever_is_on_board() -> None:
    """Three who leave at the review at 6:15, booked from 1:20 on; back at 9:00. One dies on board."""
    dies = {"kind": "ward", "stay_h": 24, "dies_waiting_h": 5.8}
    found = evaluate(bus([patient(1, dies), *(patient(h, stage("ward", 24)) for h in (2, 5))]))
    assert found["deaths_on_the_way"] == 1
    assert found["patients_moved.mode_bus"] == 3 and found["capacity_transfers"] == 2
    assert found["shared_rounds.mode_bus"] == 1 and found["patients_per_round.mode_bus"] == 3
    assert found["loaded_km.mode_bus"] == 60 and found["transport_km"] == 120
    assert found["vehicle_hours.mode_bus"] == pytest.approx(9 - 4 / 3) == found["vehicle_hours"]


def test_a_vehicle_for_which_nobody_was_left_counts_its_hours_only() -> None:
    dies = {"kind": "ward", "stay_h": 24, "dies_waiting_h": 2}
    found = evaluate(bus([patient(1, dies)]))
    assert found["patients_moved.mode_bus"] == found["shared_rounds.mode_bus"] == 0
    assert math.isnan(found["patients_per_round.mode_bus"])
    assert found["vehicle_hours.mode_bus"] == pytest.approx(6 - 4 / 3)


def test_the_mode_of_one_who_died_before_departure_is_the_one_that_came_back() -> None:
    """Yes at 1:20; dies at 1:30; activated, loaded by 1:55, driven, unloaded, turned, driven home: 4:30."""
    one = {k: v for k, v in BUS.items() if k != "capacity"}
    dies = {"kind": "ward", "stay_h": 24, "dies_waiting_h": 0.5}
    found = evaluate(bus([patient(1, dies)], one))
    assert found["deaths_waiting_booked"] == 1 and found["patients_moved.mode_bus"] == 0
    assert found["vehicle_hours.mode_bus"] == pytest.approx(4.5 - 4 / 3) == found["vehicle_hours"]


@pytest.mark.parametrize("content", [abc(), collecting()], ids=["ordinary", "collecting"])
@pytest.mark.parametrize("name", ["today", "coordinated"])
def test_modes_add_up_to_the_nation(content: dict[str, Any], name: str) -> None:
    made = scenario(content)
    table = sample(made, 0)
    course = Course(made, table, simulate(made, load_plan(name).plan, table))
    found = evaluate(course)
    hours = [found[f"vehicle_hours.mode_{mode}"] for mode in made.transport.modes]
    assert sum(hours) == pytest.approx(found["vehicle_hours"])
    assert sum(hours) > 0
    departed = course.journal.time_s[course.journal.where(Event.DEPARTED)]
    in_window = np.count_nonzero((departed >= 0) & (departed < course.horizon_s))
    assert sum(found[f"patients_moved.mode_{mode}"] for mode in made.transport.modes) == in_window
    levels = course.vehicles_away.spans(-(10**6), course.end_s).level
    assert levels.min() == 0, "a vehicle came back that had not left"


def test_teams_that_are_shared_are_away_once() -> None:
    made = scenario(collecting())
    table = sample(made, 0)
    course = Course(made, table, simulate(made, load_plan("today").plan, table))
    away = course.teams_away.spans(-(10**6), course.end_s).level
    assert 0 == away.min() < away.max() <= 4


def test_hours_closed_and_out_of_service_are_those_of_the_table() -> None:
    """b's only helicopter: 6 h closed, half of it with that one vehicle out of service besides."""
    made = scenario(abc())
    rows = [
        (1, 1, ANYWHERE, ALL, 0, 6 * HOUR),
        (1, 1, ANYWHERE, 1, 3 * HOUR, 27 * HOUR),
        (1, 0, ANYWHERE, ALL, 0, 100 * HOUR),  # a has none
        (1, 0, 1, ALL, 0, 100 * HOUR),  # a way, not a base
        (0, 2, ANYWHERE, 1, 20 * HOUR, 24 * HOUR),
    ]
    table = replace(sample(made, 0), closures=Closures.of(rows))
    found = evaluate(Course(made, table, _nothing()))
    assert found["closed_vehicle_hours.mode_helicopter"] == 27
    assert found["closed_vehicle_hours.mode_ambulance"] == 4


def _nothing() -> Journal:
    return Journal(*(np.empty(0, dtype=np.int64) for _ in range(6)))
