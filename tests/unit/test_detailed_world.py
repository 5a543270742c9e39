"""The world with theatres, special units and municipal places: its sums, sources and ordinary state."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario import sweden
from nspl_sim.scenario.civil import Civil
from nspl_sim.scenario.load import load_scenario
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.ready import mean_waits_s, ready_per_day
from nspl_sim.system.simulate import simulate
from tests.unit.test_sweden import BASES, mean_census, numbers

HERE = Path(__file__).parent
FILE = """\
format: 1
extends: sweden-detailed
name: detailed
start: 2027-01-11T00:00
warm_up_days: 7
horizon_days: 14
"""
CHILDREN = 27 * 0.63
"""Beds of paediatric intensive care x the nation's occupancy of intensive care."""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    path = tmp_path_factory.mktemp("detailed") / "detailed.yaml"
    path.write_text(FILE, encoding="utf-8")
    loaded = load_scenario(path)
    assert loaded.warnings == ()
    return loaded.scenario


@pytest.fixture(scope="module")
def expected() -> dict[str, dict[str, float]]:
    """Return the expected ordinary state by region; the table holds arrivals x stays, without queues."""
    with (HERE / "ordinary_state_expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row.pop("region"): {k: float(v) for k, v in row.items()} for row in rows}


def test_every_number_of_the_patch_has_one_figure_that_agrees() -> None:
    patch, figures = sweden.patches()["detailed"], sweden.patch_figures("detailed")
    shown = {f.path: f.value for f in figures}
    assert len(shown) == len(figures)
    assert all(f.basis in BASES and f.unit and f.source for f in figures)
    bare = {path for path, _ in numbers(patch)} - set(shown)
    assert {path.rpartition(".")[2] for path in bare} == {"from_hour", "to_hour"}
    assert {path: value for path, value in numbers(patch) if path in shown} == shown


def test_nothing_is_counted_twice(scenario: Scenario) -> None:
    """What is opened as a kind of its own is taken out of the beds that it lies in."""
    plain = sweden.world()["regions"]

    def beds(regions: Any, *kinds: str) -> int:
        return sum(regions[r]["units"].get(k, {"beds": 0})["beds"] for r in regions for k in kinds)

    detailed = {
        k: {"units": {n: {"beds": u.beds} for n, u in r.units.items()}} for k, r in scenario.regions.items()
    }
    assert beds(detailed, "burn", "icu", "paediatric_icu", "ward") == beds(plain, "icu", "ward") == 15827
    assert (beds(detailed, "burn"), beds(detailed, "paediatric_icu"), beds(detailed, "theatre")) == (
        16,
        27,
        530,
    )
    night = [r.units["theatre"].hours for r in scenario.regions.values()]
    assert sum(hours.otherwise for hours in night if hours) == 105
    with_steps = [r.units["icu"].surge for r in scenario.regions.values()]
    assert all(len(steps) == 2 for steps in with_steps)


def test_arrivals_and_stays_give_the_expected_loads_in_every_region(
    scenario: Scenario, expected: dict[str, dict[str, float]]
) -> None:
    """Little's law, without queues: wards with the ready, intensive care, and theatre hours a year."""
    census, ready, waits = mean_census(scenario), ready_per_day(scenario), mean_waits_s(scenario)
    for key, row in expected.items():
        region = scenario.regions[key]
        paediatric = region.units.get("paediatric_icu")
        children = CHILDREN * (int(paediatric.beds) if paediatric else 0) / 27
        assert census[key, "icu"] == pytest.approx(row["icu_load"] - children, rel=0.02), key
        ward = census[key, "ward"] + ready[key] * waits[key] / 86400
        assert ward == pytest.approx(row["ward_occupancy_with_municipal"] * row["ward_beds"], rel=0.03), key
        theatre = region.units["theatre"]
        assert theatre.hours is not None
        hours = row["theatre_load_day_spor"] * int(theatre.beds) * 2500
        hours += row["theatre_load_night_spor"] * theatre.hours.otherwise * 6260
        assert census[key, "theatre"] * 8760 == pytest.approx(hours, rel=0.03), key
    children = sum(n for (_, kind), n in census.items() if kind == "paediatric_icu")
    assert children == pytest.approx(CHILDREN, rel=0.02)


def test_municipalities_receive_what_is_ready(scenario: Scenario) -> None:
    ready, waits = ready_per_day(scenario), mean_waits_s(scenario)
    assert sum(ready.values()) == pytest.approx(192.7, rel=0.01)
    held = {key: ready[key] * waits[key] / 86400 for key in ready}
    assert sum(held.values()) == pytest.approx(580, rel=0.05)
    assert held["skane"] == pytest.approx(133, rel=0.1)


def test_the_ordinary_state_of_a_run(scenario: Scenario) -> None:
    """One run of two weeks under today's order; the ranges hold chance and what queues do."""
    table = sample(scenario, 1)
    course = Course(scenario, table, simulate(scenario, load_plan("today").plan, table))
    values = evaluate(course)
    assert 0.85 <= values["ward_occupancy"] <= 0.90
    assert 0.59 <= values["icu_occupancy"] <= 0.72
    assert 520 <= values["discharge_ready_beds"] <= 620
    assert values["planned_postponed_share"] <= 0.13
    assert values["unit_wait_mean_h.theatre"] <= 0.25
    civil, quarter = Civil.of(scenario), 900
    open_s = [
        second
        for day in civil.days(0, course.horizon_s - 1)
        if day.isoweekday() <= 5
        for second in range(civil.second(day, 7), civil.second(day, 17), quarter)
    ]
    levels = course.of_kind(course.occupied, "theatre").at(np.array(open_s))
    assert 0.56 <= levels.sum() / (530 * len(open_s)) <= 0.70


def test_a_burnt_patient_of_any_region_reaches_a_burn_centre_under_every_plan(scenario: Scenario) -> None:
    fire = {
        "kind": "mass_casualty",
        "at_day": 1,
        "size": {"family": "fixed", "value": 6},
        "arrival": {"family": "lognormal", "median_h": 1, "mean_h": 1.5},
        "regions": {"norrbotten": 1.0},
        "classes": {"burn_major": 1.0},
    }
    content = scenario.model_dump(mode="json", by_alias=True)
    content |= {"streams": {"fire": fire}, "starts": "empty", "warm_up_days": 0, "horizon_days": 60}
    made = Scenario.model_validate(content)
    table = sample(made, 0)
    for plan in ("alone", "today"):
        values = evaluate(Course(made, table, simulate(made, load_plan(plan).plan, table)))
        centre = np.isin(table.kind[:, 0], [made.kinds.index("burn")]).sum()
        assert values["referrals.norrbotten"] + values["deaths_waiting"] == centre >= 3
        assert values["capacity_transfers"] == 0
