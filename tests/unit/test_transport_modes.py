"""Modes of transport by name, media and links, and what is refused or told of them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario import sweden
from nspl_sim.scenario.distances import km_by
from nspl_sim.scenario.dump import as_yaml
from nspl_sim.scenario.load import dump_scenario, load_scenario
from nspl_sim.scenario.modes import PLACE_TYPES, Mode
from nspl_sim.system.simulate import simulate
from nspl_sim.system.timetable import FAR, mode_times
from nspl_sim.vocabulary.errors import InputRefused
from tests.worlds import abc, scenario

LIBRARY = Path(sweden.__file__).parents[1] / "library"


def loaded(tmp_path: Path, content: dict[str, Any]) -> Any:
    path = tmp_path / "made.yaml"
    path.write_text(as_yaml(content), encoding="utf-8")
    return load_scenario(path)


def with_transport(**transport: Any) -> dict[str, Any]:
    content = abc()
    return content | {"transport": content["transport"] | transport}


def with_mode(name: str, mode: dict[str, Any], **transport: Any) -> dict[str, Any]:
    modes = abc()["transport"]["modes"]
    return with_transport(modes=modes | {name: mode}, **transport)


# ---------------------------------------------------------------- by name


def test_there_are_15_and_every_number_has_a_basis_and_a_source() -> None:
    modes = sweden.modes()
    assert len(modes) == 15
    told = {figure.path: figure.value for figure in sweden.mode_figures()}
    assert {figure.basis for figure in sweden.mode_figures()} == {
        "published",
        "recalled",
        "estimated",
        "assumed",
    }
    assert all(figure.source for figure in sweden.mode_figures())
    for name, mode in modes.items():
        for key, value in mode.items():
            if isinstance(value, dict):
                assert {f"{name}.{key}.{k}" for k in value} <= set(told)
            elif not isinstance(value, str):
                assert told[f"{name}.{key}"] == value


@pytest.mark.parametrize("name", sorted(sweden.modes()))
def test_each_is_a_mode_that_a_scenario_can_name(name: str, tmp_path: Path) -> None:
    mode = Mode.model_validate({"archetype": name})
    assert mode.capacity and mode.title and mode.archetype == name
    links = {"sea": {"a": ["b"]}}
    made = loaded(tmp_path, with_mode("extra", {"archetype": name, "load_minutes": 1}, links=links)).scenario
    assert made.transport.modes["extra"].load_minutes == 1
    assert made.transport.modes["extra"].speed_kmh == sweden.modes()[name]["speed_kmh"]
    (tmp_path / "again.yaml").write_text(dump_scenario(made), encoding="utf-8")
    assert load_scenario(tmp_path / "again.yaml").scenario.fingerprint() == made.fingerprint()
    simulate(made, load_plan("today").plan, sample(made, 0))


def test_some_figures_are_those_of_the_reference() -> None:
    modes = sweden.modes()
    assert modes["city_bus_converted"]["capacity"] == {"seated": 19, "stretcher": 12, "icu": 0}
    assert modes["snam_b737"]["activation_minutes"] == 360
    assert modes["hospital_train_icu"]["patients_per_team"] == 4
    assert {m["medium"] for m in modes.values()} == {"road", "air", "rail", "sea"}
    for name in ("city_bus_converted", "ferry", "ambulance_bus_regional", "taxi_bus_walking"):
        assert modes[name]["capacity"]["icu"] == 0, "no intensive care patient goes by bus or ferry"


def test_an_archetype_that_a_file_names_replaces_the_mode_that_it_extends(tmp_path: Path) -> None:
    content = {
        "format": 1,
        "name": "military",
        "extends": "ordinary-week",
        "transport": {"modes": {"helicopter": {"archetype": "helicopter_mil", "speed_kmh": 200}}},
    }
    mode = loaded(tmp_path, content).scenario.transport.modes["helicopter"]
    assert (mode.speed_kmh, mode.load_minutes, mode.medium) == (200, 15, "air")
    assert mode.capacity and mode.capacity.by_type() == (6, 4, 1)


# ---------------------------------------------------------------- media and links


def test_an_island_is_reached_by_air_and_by_the_ferry_that_links_it_only() -> None:
    modes = {
        "bus": {"medium": "road", "speed_kmh": 60},
        "plane": {"medium": "air", "speed_kmh": 600},
        "train": {"medium": "rail", "speed_kmh": 120},
        "ferry": {"medium": "sea", "speed_kmh": 40},
    }
    content = with_transport(modes=modes, islands=["c"], links={"sea": {"c": ["b"]}})
    for region in content["regions"].values():
        region["vehicles"] = {}
    times = {name: one.way_s for name, one in zip(sorted(modes), mode_times(scenario(content)), strict=True)}
    a, b, c = range(3)
    assert times["bus"][a][c] == times["train"][a][c] == times["ferry"][a][c] == FAR
    assert times["ferry"][b][c] == times["ferry"][c][b] == round(150 / 40 * 3600)
    assert times["train"][a][b] == round(60 / 120 * 3600) and times["ferry"][a][b] == FAR
    assert times["plane"][a][c] == round(200 / 600 * 3600)
    linked = scenario(content | {"transport": content["transport"] | {"links": {"rail": {"b": ["c"]}}}})
    assert np.isinf(km_by("rail", linked)[a, b]) and km_by("rail", linked)[c, b] == 150


def test_loading_and_unloading_are_for_each_patient_and_access_for_all() -> None:
    mode = {
        "medium": "rail",
        "speed_kmh": 100,
        "access_minutes": 30,
        "load_minutes": 5,
        "unload_minutes": 4,
        "capacity": {"stretcher": 3},
    }
    [*_, train] = mode_times(scenario(with_mode("train", mode, handover_minutes=20)))
    assert train.load_s == (0, 35 * 60, 40 * 60, 45 * 60)
    assert train.unload_s == (0, 54 * 60, 58 * 60, 62 * 60)
    assert PLACE_TYPES[train.place[1]] == "stretcher" and train.place[0] == -1


# ---------------------------------------------------------------- refused or told

FERRY = {"archetype": "ferry"}


@pytest.mark.parametrize(
    ("content", "path", "rule", "meant"),
    [
        (
            with_mode("x", {"archetype": "city_bus"}),
            "transport.modes.x.archetype",
            "reference table",
            "city_bus_converted",
        ),
        (with_mode("x", {"medium": "air"}), "transport.modes.x.speed_kmh", "is missing", None),
        (with_mode("x", FERRY | {"medium": "see"}), "transport.modes.x.medium", "", "sea"),
        (with_mode("x", FERRY | {"capacity": {}}), "transport.modes.x.capacity", "at least one place", None),
        (
            with_transport(weather={"helicoper": {"closed_share": 0.1}}),
            "transport.weather.helicoper",
            "no mode",
            "helicopter",
        ),
        (
            with_transport(closures=[{"modes": ["ambulanse"], "from_day": 1}]),
            "transport.closures.0.modes.0",
            "no mode",
            "ambulance",
        ),
        (
            with_transport(closures=[{"between": ["a", "x"], "from_day": 1}]),
            "transport.closures.0.between.1",
            "no region",
            None,
        ),
        (
            with_transport(closures=[{"civil_areas": ["sydd"], "from_day": 1}]),
            "transport.closures.0.civil_areas.0",
            "civil area",
            "syd",
        ),
        (
            with_transport(closures=[{"from_day": 3, "to_day": 3}]),
            "transport.closures.0.to_day",
            "after from_day",
            None,
        ),
        (
            with_transport(closures=[{"between": ["a", "b"], "regions": ["a"], "from_day": 3}]),
            "transport.closures.0.between",
            "may not stand beside",
            None,
        ),
        (with_transport(links={"sea": {"a": ["q"]}}), "transport.links.sea.a.0", "no region", None),
        (with_transport(place_of={"wards": "seated"}), "transport.place_of.wards", "kind of unit", "ward"),
    ],
)
def test_what_leads_nowhere_is_refused_with_what_was_meant(
    content: dict[str, Any], path: str, rule: str, meant: str | None, tmp_path: Path
) -> None:
    with pytest.raises(InputRefused) as refusal:
        loaded(tmp_path, content)
    [problem] = refusal.value.problems
    assert (problem.path, problem.suggestion) == (path, meant) and rule in str(problem.rule)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (with_transport(closures=[{"from_day": 15.5}]), "outside the run"),
        (with_transport(instant=True, weather={"helicopter": {"closed_share": 0.2}}), "instant"),
        (with_mode("x", FERRY), "leads nowhere"),
        (
            with_mode("x", {"archetype": "city_bus_converted", "kinds": ["icu"]}),
            "none of the places",
        ),
    ],
)
def test_what_has_no_effect_is_told(content: dict[str, Any], rule: str, tmp_path: Path) -> None:
    [warning] = [w for w in loaded(tmp_path, content).warnings if w.path.startswith("transport")]
    assert rule in str(warning.rule) and warning.warning
