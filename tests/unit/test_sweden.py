"""The shipped Swedish tables: their sums, their sources, and the ordinary state that they imply."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from nspl_sim.scenario import sweden
from nspl_sim.scenario.model import Scenario

HERE = Path(__file__).parent
LIBRARY = Path(sweden.__file__).parents[1] / "library"
BASES = {"published", "recalled", "estimated", "assumed"}
FRAME = {"format": 1, "name": "x", "start": "2027-01-11T00:00", "horizon_days": 14}
DAYS_A_YEAR = 365


def merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Return *over* laid over *under*, key by key."""
    both = {
        k: merged(under[k], v)
        for k, v in over.items()
        if isinstance(v, dict) and isinstance(under.get(k), dict)
    }
    return under | over | both


def numbers(tree: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Return every number of a tree with its dotted path."""
    if isinstance(tree, dict | list):
        for key, branch in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from numbers(branch, f"{path}.{key}" if path else str(key))
    elif isinstance(tree, int | float) and not isinstance(tree, bool):
        yield path, tree


def combinations(scenario: Scenario, name: str, region: str) -> Iterator[tuple[float, Any]]:
    """Return (joint share, pathway) of a stream in a region, with the region's weight of intensive care."""
    stream = scenario.streams[name]
    joint = [
        (share * way.share, way)
        for key, share in stream.classes.items()
        for way in scenario.classes[key].pathways
    ]
    held = sum(share for share, way in joint if holds_icu(way))
    factor = stream.icu_factor.get(region, 1.0)
    for share, way in joint:
        yield share * (factor if holds_icu(way) else (1 - factor * held) / (1 - held)), way


def holds_icu(way: Any) -> bool:
    """Return whether a pathway needs intensive care."""
    return any(stage.kind == "icu" for stage in way.stages)


def mean_census(scenario: Scenario) -> dict[tuple[str, str], float]:
    """Return the mean census by (region, kind) if nobody ever waits: arrivals x mean stay (Little)."""
    census: dict[tuple[str, str], float] = defaultdict(float)
    for name, stream in scenario.streams.items():
        for region, share in stream.regions.items():
            per_s = stream.per_year / DAYS_A_YEAR / 86400 * share
            for weight, way in combinations(scenario, name, region):
                for stage in way.stages:
                    census[region, stage.kind] += per_s * weight * stage.stay.mean_s()
    return census


@pytest.fixture(scope="module")
def world() -> dict[str, Any]:
    return sweden.world()


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario.model_validate(merged(sweden.world(), FRAME))


# ------------------------------------------------------------------ sums and spot checks


def test_there_are_21_regions_with_526_and_15301_beds(world: dict[str, Any]) -> None:
    regions = world["regions"].values()
    assert len(regions) == 21
    assert sum(r["units"]["icu"]["beds"] for r in regions) == 526
    assert sum(r["units"]["ward"]["beds"] for r in regions) == 15301
    assert sum(r["population"] for r in regions) == 10551707


def test_every_region_has_its_own_tile_code_and_the_same_vehicles(world: dict[str, Any]) -> None:
    regions = world["regions"].values()
    assert len({tuple(r["tile"]) for r in regions}) == len({r["code"] for r in regions}) == 21
    assert {tuple(r["vehicles"]) for r in regions} == {
        ("icu_ambulance", "ambulance", "helicopter", "aircraft")
    }
    assert sum(r["vehicles"]["helicopter"] for r in regions) == 10
    assert sum(r["vehicles"]["aircraft"] for r in regions) == 6


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("regions.skane.units.icu.beds", 60),
        ("regions.stockholm.units.icu.surge.0.beds", 14),
        ("regions.stockholm.units.icu.surge.0.lasts_h", 72),
        ("regions.stockholm.units.icu.surge.1.pause_share", 0.35),
        ("regions.gotland.units.icu.surge.1.beds", 0),
        ("regions.vasterbotten.tile.1", 1),
        ("classes.mil_t1.mortality", 0.1),
        ("classes.mil_t1.untreated.tau_h", 2.0),
        ("classes.pan_covid_icu.pathways.0.stages.0.stay.scale_days", 16.77),
        ("classes.emg_medical.pathways.1.stages.0.stay.mu", 0.830859),  # 1.099 + ln 0.7648
        ("classes.mil_t2.pathways.1.stages.0.stay.mu", 1.792),  # no factor on wounded
        ("classes.el_p2_cardiac.priority", 2),
        ("classes.el_p1_cancer.due_days", 28),
        ("streams.emergency.per_year", 880300),
        ("streams.planned.per_year", 413700),
        ("streams.obstetric.icu_factor.uppsala", 1.487),
        ("transport.modes.icu_ambulance.load_minutes", 45),
        ("transport.modes.ambulance.unload_minutes", 30),
        ("transport.modes.helicopter.speed_kmh", 235),
        ("transport.modes.aircraft.load_minutes", 50),
        ("transport.distances_km.uppsala.vastmanland", 79),
    ],
)
def test_a_number_is_the_one_of_the_reference(world: dict[str, Any], path: str, value: float) -> None:
    assert dict(numbers(world))[path] == value


def test_only_the_two_steps_that_are_open_in_war_are_shipped(world: dict[str, Any]) -> None:
    assert {len(r["units"]["icu"]["surge"]) for r in world["regions"].values()} == {2}


def test_there_are_38_classes_and_the_caesarean_is_never_paused(world: dict[str, Any]) -> None:
    assert len(world["classes"]) == 38
    assert [k for k, c in world["classes"].items() if not c.get("pausable", True)] == ["el_caesarean"]


def test_extra_days_after_a_transfer_belong_to_classes_with_intensive_care(scenario: Scenario) -> None:
    for klass in scenario.classes.values():
        assert (klass.extra_stay_if_moved is not None) == any(holds_icu(way) for way in klass.pathways)


def test_shares_of_streams_add_to_one(world: dict[str, Any]) -> None:
    for stream in world["streams"].values():
        assert sum(round(share * 1_000_000) for share in stream["regions"].values()) == 1_000_000
        assert sum(stream["classes"].values()) == pytest.approx(1, abs=1e-12)


def test_every_pair_of_regions_has_one_distance(world: dict[str, Any]) -> None:
    pairs = [frozenset((a, b)) for a, row in world["transport"]["distances_km"].items() for b in row]
    assert len(pairs) == len(set(pairs)) == 21 * 20 // 2


# ------------------------------------------------------------------ basis and source


def test_every_figure_has_a_basis_a_unit_and_a_source() -> None:
    for figure in sweden.figures():
        assert figure.basis in BASES, figure.path
        assert figure.source and figure.unit, figure.path


def test_every_number_of_the_world_has_one_figure_that_agrees(world: dict[str, Any]) -> None:
    figures = sweden.figures()
    shown = {f.path: f.value for f in figures}
    assert len(shown) == len(figures)
    assert shown == dict(numbers(world)) | {"ward_stay_factor": 0.7648}


def test_no_curve_of_waiting_claims_to_be_published() -> None:
    waits = [f for f in sweden.figures() if ".dies_waiting." in f.path or ".untreated." in f.path]
    assert waits and {f.basis for f in waits} <= {"assumed", "estimated"}


def test_published_figures_of_the_ordinary_state() -> None:
    found = {p.key: p for p in sweden.published()}
    assert found["icu_admissions_per_year"].value == 45500
    assert found["icu_bed_days_per_year"].value == 121310
    assert found["icu_census"].value == 332.4
    assert found["icu_capacity_transfer_share"].value == 0.0173
    assert all(p.basis in BASES and p.source for p in found.values())


def test_what_a_caller_changes_is_changed_for_nobody_else() -> None:
    sweden.world()["regions"].clear()
    sweden.figures().clear()
    sweden.published().clear()
    sweden.outline()["gotland"].clear()
    assert len(sweden.world()["regions"]) == 21
    assert sweden.figures() and sweden.published() and sweden.outline()["gotland"]


def test_every_region_has_an_outline(world: dict[str, Any]) -> None:
    assert set(sweden.outline()) == set(world["regions"])
    assert all(len(ring) >= 8 for rings in sweden.outline().values() for ring in rings)


# ------------------------------------------------------------------ the ordinary state


def test_the_ordinary_state_is_the_expected_one_in_every_region(scenario: Scenario) -> None:
    census = mean_census(scenario)
    with (HERE / "ordinary_state_expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for kind in ("icu", "ward"):
                found = census[row["region"], kind]
                assert found == pytest.approx(float(row[f"{kind}_load"]), rel=0.02), (row["region"], kind)


def test_the_national_census_is_about_335_and_13_388(scenario: Scenario) -> None:
    census = mean_census(scenario)
    assert sum(n for (_, kind), n in census.items() if kind == "icu") == pytest.approx(335, abs=1)
    assert sum(n for (_, kind), n in census.items() if kind == "ward") == pytest.approx(13388, rel=0.005)


# ------------------------------------------------------------------ the library


@pytest.mark.parametrize("name", ["ordinary-week", "national-surge"])
def test_a_library_scenario_is_valid_over_the_world(name: str) -> None:
    file = YAML(typ="safe", pure=True).load(LIBRARY / f"{name}.yaml")
    assert file.pop("extends") == "sweden"
    scenario = Scenario.model_validate(merged(sweden.world(), file))
    assert scenario.name == name
    assert {"emergency", "planned", "obstetric"} <= set(scenario.streams)


def test_the_national_surge_is_a_marked_exercise_of_about_a_hundred_wounded_a_day() -> None:
    file = YAML(typ="safe", pure=True).load(LIBRARY / "national-surge.yaml")
    combat = file["streams"]["combat"]
    assert file["exercise"] and file["marking"] == "ÖVNING ÖVNING ÖVNING"
    assert 90 <= combat["troops"] / 1000 * combat["per_1000_per_day"]["mean"] <= 110
