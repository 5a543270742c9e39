"""The world of hospitals: each region's figures allotted to its hospitals, nothing lost and nothing added."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario import sweden
from nspl_sim.scenario.load import load_scenario
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.patients import Demand
from tests.laws.audit import Audit
from tests.unit.test_sweden import BASES, mean_census, numbers

FILE = """\
format: 1
extends: sweden-hospitals
name: hospitals
start: 2027-01-11T00:00
horizon_days: 3
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    path = tmp_path_factory.mktemp("hospitals") / "hospitals.yaml"
    path.write_text(FILE, encoding="utf-8")
    loaded = load_scenario(path)
    assert loaded.warnings == ()
    return loaded.scenario


def test_every_number_of_the_patch_has_one_figure_that_agrees() -> None:
    figures = sweden.patch_figures("hospitals")
    assert {f.path: f.value for f in figures} == dict(numbers(sweden.patches()["hospitals"]))
    assert all(f.basis in BASES and f.unit and f.source for f in figures)
    beds = [f for f in figures if f.path.endswith(".beds") and ".surge." not in f.path]
    assert {f.basis for f in beds} == {"estimated"}


def test_the_beds_people_and_steps_of_a_region_are_those_of_its_hospitals(scenario: Scenario) -> None:
    plain = sweden.world()["regions"]
    found: dict[tuple[str, str], int] = defaultdict(int)
    for node in scenario.regions.values():
        assert node.region is not None and node.region in plain
        found[node.region, "population"] += node.population or 0
        for kind, unit in node.units.items():
            found[node.region, kind] += int(unit.beds)
            for number, step in enumerate(unit.surge):
                found[node.region, f"step {number}"] += step.beds
    assert len(scenario.regions) == 72
    for key, region in plain.items():
        icu = region["units"]["icu"]
        assert found[key, "icu"] == icu["beds"]
        assert found[key, "ward"] == region["units"]["ward"]["beds"]
        assert found[key, "population"] == region["population"]
        assert [found[key, f"step {n}"] for n in (0, 1)] == [step["beds"] for step in icu["surge"]]


def test_a_region_needs_what_it_needed_before(scenario: Scenario) -> None:
    """Intensive care and wards by Little's law: the same load in the nation and in a region."""
    census = mean_census(scenario)
    assert sum(n for (_, kind), n in census.items() if kind == "icu") == pytest.approx(335, rel=0.01)
    assert sum(n for (_, kind), n in census.items() if kind == "ward") == pytest.approx(13388, rel=0.01)
    skane = sum(n for (key, kind), n in census.items() if kind == "icu" and key.startswith("skane_"))
    assert skane == pytest.approx(41.67, rel=0.02)


def test_hospitals_help_each_other_under_every_plan_and_the_books_close(scenario: Scenario) -> None:
    """The patients of Skåne's eight hospitals, which are as full as the region is."""
    nation = sample(scenario, 0)
    rows = np.flatnonzero([scenario.owner(key) == "skane" for key in nation.regions])
    table = chosen(nation, np.isin(nation.region, rows))
    for name in ("alone", "coordinated"):
        journal = simulate(scenario, load_plan(name).plan, table)
        Audit(scenario, table, journal).walk()
        course = Course(scenario, table, journal)
        assert course.needs.within.sum() > 20
        values = evaluate(course)
        assert 0.8 < sum(values[f"ward_occupancy.{nation.regions[r]}"] for r in rows) / len(rows) < 0.97
        if name == "alone":
            assert values["capacity_transfers"] == 0


def chosen(table: Demand, rows: NDArray[np.bool_]) -> Demand:
    """Return the chosen patients of *table*."""
    columns = {name: c[rows] for name, c in vars(table).items() if isinstance(c, np.ndarray)}
    return replace(table, **columns)
