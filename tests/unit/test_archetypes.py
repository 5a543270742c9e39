"""Streams by name: every archetype of patients can be loaded and drawn, and says what it is based on."""

import csv
import math
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.paper.language import Language
from nspl_sim.report.basis import shared
from nspl_sim.scenario import sweden
from nspl_sim.scenario.dump import as_yaml, dump_scenario
from nspl_sim.scenario.expected import patients
from nspl_sim.scenario.load import Loaded, load_scenario
from nspl_sim.scenario.schema import scenario_schema
from nspl_sim.scenario.taken import from_archetypes
from nspl_sim.vocabulary.errors import InputRefused
from tests.unit.test_sweden import BASES, numbers

NAMES = sorted(sweden.casualty_archetypes())
REGIONS = {"norrbotten": 0.5, "gotland": 0.5}


def where_and_when(name: str) -> dict[str, Any]:
    """Return what a user must say beside the name."""
    kind = sweden.casualty_archetypes()[name]["kind"]
    if kind == "mass_casualty":
        return {"at_day": 1, "place": {"region": "uppsala"}}
    troops = {"troops": 5000} if "per_1000_per_day" in sweden.casualty_archetypes()[name] else {}
    return {"from_day": 1, "regions": REGIONS} | troops


def content(streams: dict[str, Any], days: float = 400) -> dict[str, Any]:
    return {
        "format": 1,
        "name": "archetypes",
        "extends": "sweden",
        "start": "2027-01-11T00:00",
        "horizon_days": days,
        "streams": streams,
    }


def load(folder: Path, streams: dict[str, Any], days: float = 400) -> Loaded:
    path = folder / "top.yaml"
    path.write_text(as_yaml(content(streams, days)), encoding="utf-8")
    return load_scenario(path)


def refusal(folder: Path, streams: dict[str, Any]) -> str:
    with pytest.raises(InputRefused) as caught:
        load(folder, streams)
    (problem,) = caught.value.problems
    return f"{problem.path} {problem.rule} ({problem.suggestion})"


def profiles() -> dict[str, dict[str, str]]:
    """Return the rows of the reference table by archetype."""
    path = Path(sweden.__file__).parent / "casualty_profiles.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["archetype"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    streams = {name: {"archetype": name} | where_and_when(name) for name in NAMES}
    ordinary = dict.fromkeys(("emergency", "planned", "obstetric"))
    return load(tmp_path_factory.mktemp("all"), streams | ordinary)


def test_there_is_one_of_each_row() -> None:
    assert set(NAMES) == set(profiles()) and len(NAMES) == 22


def test_every_archetype_loads_and_is_drawn(everything: Loaded) -> None:
    table = sample(everything.scenario.model_copy(update={"horizon_days": 12.0}), 0)
    assert {table.streams[s] for s in set(table.stream.tolist())} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_as_many_come_as_the_table_says(name: str, everything: Loaded) -> None:
    stream, row = everything.scenario.streams[name], profiles()[name]
    found = patients(stream, 0.0, 400.0)
    mean, days = float(row["size_mean"]), float(row["duration_d"])
    wanted = {
        "day": mean * days,
        "1000 troops-day": mean * days * 5,
        "event": mean,
        "wave": mean if mean > 1 else 26_000,  # attack rate 0.25 x 1 % of 10.55 million
    }[row["per"]]
    assert found == pytest.approx(wanted, rel=0.03)


@pytest.mark.parametrize("name", NAMES)
def test_shares_of_classes_add_to_one(name: str) -> None:
    archetype = sweden.casualty_archetypes()[name]
    assert math.fsum(archetype["classes"].values()) == pytest.approx(1, abs=1e-9)
    assert set(archetype["classes"]) <= set(sweden.world()["classes"])


def test_every_number_has_a_figure_with_basis_and_source() -> None:
    figures = sweden.casualty_figures()
    assert {f.path: f.value for f in figures} == dict(numbers(sweden.casualty_archetypes()))
    assert {f.basis for f in figures} == BASES
    assert all(f.source and f.unit for f in figures)
    assert all("http" not in f.source and "as above" not in f.source for f in figures)


def test_what_is_scaled_or_fitted_is_never_called_published() -> None:
    published = {f.path for f in sweden.casualty_figures() if f.basis == "published"}
    rates = {path for path in published if "per_1000_per_day" in path}
    assert {path.partition(".")[0] for path in rates} == {"combat_moderate", "combat_high", "dnbi_background"}
    assert not any("size" in path or "total" in path or "evacuation" in path for path in published)


def test_titles_are_said_in_swedish() -> None:
    swedish = Language("sv")
    titles = [one["title"] for one in sweden.casualty_archetypes().values()]
    assert len(set(titles)) == 22
    assert [title for title in titles if swedish.say(title) == title] == []


# ------------------------------------------------------------------ what the file says goes before


def test_what_is_said_goes_before_and_null_takes_away(tmp_path: Path) -> None:
    front = {"archetype": "combat_high", "days": 3, "evacuation": None} | where_and_when("combat_high")
    loaded = load(tmp_path, {"front": front})
    stream = loaded.scenario.streams["front"]
    assert stream.kind == "combat" and stream.days == 3 and stream.evacuation is None
    assert stream.per_1000_per_day is not None and stream.per_1000_per_day.mean == 6.86
    assert [(t.key, t.bases) for t in from_archetypes(loaded)] == [
        ("per_1000_per_day", ("published",)),
        ("classes", ("assumed",)),
    ]


def test_one_way_of_saying_how_many_stands_for_the_other(tmp_path: Path) -> None:
    front = {"archetype": "combat_high", "from_day": 1, "regions": REGIONS}
    stream = load(tmp_path, {"front": front | {"per_day": {"family": "fixed", "mean": 7}}}).scenario.streams
    assert stream["front"].per_1000_per_day is None


def test_a_scenario_that_is_written_out_is_the_same_again(tmp_path: Path) -> None:
    front = {"archetype": "combat_high", "evacuation": None} | where_and_when("combat_high")
    first = load(tmp_path, {"front": front}).scenario
    path = tmp_path / "again.yaml"
    path.write_text(dump_scenario(first), encoding="utf-8")
    again = load_scenario(path).scenario
    assert again.fingerprint() == first.fingerprint()
    assert again.streams["front"].made_from == "combat_high"
    assert again.streams["front"].evacuation is None


def test_a_stream_that_names_its_archetype_replaces_what_it_extends(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    combat = {"archetype": "combat_moderate"} | where_and_when("combat_moderate")
    path.write_text(
        as_yaml(content({"combat": combat}) | {"extends": "national-surge", "horizon_days": 14}),
        encoding="utf-8",
    )
    stream = load_scenario(path).scenario.streams["combat"]
    assert stream.per_1000_per_day is not None and stream.per_1000_per_day.mean == 1.77


def test_the_report_counts_their_figures(tmp_path: Path) -> None:
    front = {"archetype": "combat_high"} | where_and_when("combat_high")
    plain = load(tmp_path, {"front": front}).scenario
    paths = {f.path for f in shared(plain)}
    assert "streams.front.per_1000_per_day.mean" in paths
    other = load(tmp_path, {"front": front | {"days": 5}}).scenario
    assert "streams.front.days" in paths - {f.path for f in shared(other)}


# ------------------------------------------------------------------ what is refused


def test_an_unknown_archetype_has_a_nearest_name(tmp_path: Path) -> None:
    front = {"archetype": "combat_hihg"} | where_and_when("combat_high")
    told = refusal(tmp_path, {"front": front})
    assert told.startswith("streams.front.archetype is no archetype of patients: lsco_host_flow_low, ")
    assert told.endswith("(combat_high)")


@pytest.mark.parametrize("kind", ["poisson", "epidemic"])
def test_another_kind_is_refused_and_not_suggested(kind: str, tmp_path: Path) -> None:
    front = {"archetype": "combat_high", "kind": kind} | where_and_when("combat_high")
    assert refusal(tmp_path, {"front": front}) == (
        "streams.front.kind is combat in the archetype combat_high (None)"
    )


@pytest.mark.parametrize("key", ["from_day", "regions", "troops"])
def test_where_and_when_must_be_said(key: str, tmp_path: Path) -> None:
    front = {"archetype": "combat_high"} | where_and_when("combat_high")
    del front[key]
    assert refusal(tmp_path, {"front": front}).startswith(f"streams.front.{key} is missing")


def test_the_schema_takes_an_archetype_without_a_kind() -> None:
    validator = jsonschema.Draft7Validator(scenario_schema())
    front = {"archetype": "combat_high"} | where_and_when("combat_high")
    assert validator.is_valid(content({"front": front}))
    assert not validator.is_valid(content({"front": front | {"archetype": "combat"}}))
