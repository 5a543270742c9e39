"""Waves, flows and events by hand: where they come, when, and what is refused of them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.scenario.dump import as_yaml
from nspl_sim.scenario.load import load_scenario
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.places import around, shares
from nspl_sim.scenario.streams import Around
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.patients import Demand
from tests.conformance.test_streams import EXAMPLES
from tests.worlds import abc, scenario


def only(one: dict[str, Any], **changes: Any) -> Scenario:
    """Return the tiny world with one stream."""
    return scenario(abc(warm_up_days=0, **changes) | {"streams": {"one": one}})


def drawn(one: dict[str, Any], replication: int = 0, **changes: Any) -> Demand:
    return sample(only(one, **changes), replication)


def told(one: dict[str, Any], tmp_path: Path, **changes: Any) -> list[str]:
    """Return the path and the rule of everything that is wrong with a stream, warnings too."""
    path = tmp_path / "top.yaml"
    path.write_text(as_yaml(abc(warm_up_days=0, **changes) | {"streams": {"one": one}}), encoding="utf-8")
    try:
        found = load_scenario(path).warnings
    except InputRefused as refusal:
        found = tuple(refusal.problems)
    return [f"{p.path} {p.rule} ({p.suggestion})" for p in found]


# ------------------------------------------------------------------ an epidemic wave


def test_a_wave_begins_later_where_it_is_delayed() -> None:
    table = drawn(EXAMPLES["epidemic"] | {"scale": 10}, horizon_days=60)
    first = [int(table.arrival_s[table.region == region].min()) for region in range(3)]
    assert all(day * DAY <= s < (day + 1) * DAY for day, s in zip((1, 4, 6.5), first, strict=True))
    middle = [float(np.mean(table.arrival_s[table.region == region])) / DAY for region in range(3)]
    assert middle == pytest.approx([1 + 6, 4 + 6, 6.5 + 6], rel=0.1)  # shape x scale after it begins


def test_a_delay_moves_the_same_people() -> None:
    at_once = drawn(EXAMPLES["epidemic"] | {"delay_days": {}}, horizon_days=60)
    later = drawn(EXAMPLES["epidemic"] | {"delay_days": {"b": 10}}, horizon_days=60)
    for name in ("klass", "u_outcome", "stay_s"):
        one, two = (
            getattr(t, name)[t.region == 1][np.argsort(t.number[t.region == 1])] for t in (at_once, later)
        )
        assert np.array_equal(one, two), name


# ------------------------------------------------------------------ batches


def test_a_batch_comes_to_one_port_at_one_second() -> None:
    flow = EXAMPLES["host_nation"] | {"per_day": 60}
    table = drawn(flow, 1)
    assert len(table) > 300
    day = (table.arrival_s - DAY // 4) // DAY
    hour = table.arrival_s % DAY // HOUR
    assert set(hour.tolist()) <= set(range(8, 24))
    for one in range(7):
        rows = np.flatnonzero(day == one)
        by_number = rows[np.argsort(table.number[rows])]
        batches = np.split(by_number, np.flatnonzero(np.diff(table.arrival_s[by_number])) + 1)
        assert all(len(set(table.region[batch].tolist())) == 1 for batch in batches)
        assert all(6 <= len(batch) <= 14 for batch in batches[:-1])
        assert len(batches[-1]) <= 14


def test_days_are_as_even_as_their_shape_says() -> None:
    steady = drawn(EXAMPLES["host_nation"] | {"gamma_shape": None, "per_day": 15, "from_day": 0})
    assert np.bincount(steady.arrival_s // DAY).tolist() == [15] * 7
    totals = [len(drawn(EXAMPLES["host_nation"] | {"from_day": 0, "days": 1}, k)) for k in range(400)]
    assert np.mean(totals) == pytest.approx(15.5, rel=0.06)
    assert np.var(totals) == pytest.approx(15.5**2 / 4, rel=0.25)


# ------------------------------------------------------------------ combat by a plain number a day


def test_a_gamma_day_makes_a_negative_binomial_number() -> None:
    mean, k = 9.0, 1.5
    fight = EXAMPLES["combat-negative-binomial"] | {"from_day": 0, "days": 1, "evacuation": None}
    fight["per_day"] = {"family": "gamma", "mean": mean, "sd": mean / k**0.5}
    counts = [len(drawn(fight, r)) for r in range(600)]
    assert np.mean(counts) == pytest.approx(mean, rel=0.08)
    assert np.var(counts) == pytest.approx(mean + mean**2 / k, rel=0.2)


# ------------------------------------------------------------------ places


def test_the_nearest_by_road_take_their_part() -> None:
    world = only(EXAMPLES["mass_casualty-place"])
    assert around(world, "a", Around(share=0.6, nearest=1)) == {"a": 0.6, "b": pytest.approx(0.4)}
    assert around(world, "c", Around(share=0.6, nearest=1)) == {"c": 0.6, "b": pytest.approx(0.4)}
    assert around(world, "b", Around()) == pytest.approx({"b": 0.6, "a": 0.2, "c": 0.2})
    assert around(world, "b", Around(share=1)) == {"b": 1}


def test_an_island_has_the_nearest_by_distance_and_is_nobodys_neighbour_by_road() -> None:
    content = abc(warm_up_days=0)
    content["transport"]["islands"] = ["b"]
    world = scenario(content)
    assert around(world, "b", Around(share=0.5, nearest=1)) == {"b": 0.5, "a": 0.5}
    assert around(world, "a", Around(share=0.5, nearest=1)) == {"a": 0.5, "c": 0.5}


def test_the_casualties_of_strikes_are_where_their_places_say() -> None:
    world = only(EXAMPLES["strikes"] | {"scale": 40}, horizon_days=30)
    table = sample(world, 0)
    wanted = shares(world, world.streams["one"])
    assert wanted == pytest.approx({"a": 0.35 + 0.09, "b": 0.15 + 0.21 + 0.06, "c": 0.14})
    found = np.bincount(table.region, minlength=3) / len(table)
    assert found == pytest.approx(list(wanted.values()), abs=0.04)
    onsets = len(np.unique(table.onset_s))
    assert 0.7 * 9.5 * 40 * 0.8 < onsets < 0.7 * 9.5 * 40 * 1.2


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("name", "change", "line"),
    [
        ("epidemic", {"delay_days": {"bb": 2}}, "streams.one.delay_days.bb is no region of this scenario"),
        ("epidemic", {"from_day": 20}, "streams.one.from_day must be before the end of the run"),
        (
            "epidemic",
            {"classes": {"ill": 1}},
            "streams.one.icu_share needs both classes with intensive care and classes without it",
        ),
        ("epidemic", {"gamma_shape": 0.5}, "streams.one.gamma_shape must be a number from 1 to 1000"),
        ("host_nation", {"batch": {"low": 9, "high": 3}}, "streams.one.batch must have low <= high"),
        ("host_nation", {"hour": [0] * 24}, "streams.one.hour must have some weight of at least 0.001"),
        ("host_nation", {"days": 1.5}, "streams.one.days must be a whole number"),
        ("host_nation", {"days": 90}, "streams.one.days goes on after the end of the run"),
        ("strikes", {"events_per_day": 900, "scale": 9}, "streams.one.events_per_day makes 76950 events"),
        ("strikes", {"from_day": 15}, "streams.one.from_day must be before the end of the run"),
        ("strikes", {"place": {"nearest": 3}}, "streams.one.place.nearest is more than the other regions"),
        ("mass_casualty-place", {"place": {"region": "d"}}, "streams.one.place.region is no region of this"),
        ("mass_casualty-place", {"regions": {"a": 1}}, "streams.one must have only one of regions, place"),
        ("combat", {"per_day": {"family": "fixed", "mean": 3}}, "streams.one must have only one of per_1000"),
        ("combat", {"troops": None}, "streams.one.troops is missing; per_1000_per_day needs it"),
        (
            "combat-negative-binomial",
            {"troops": 9},
            "streams.one.troops belongs to per_1000_per_day, not to per_day",
        ),
        (
            "combat-negative-binomial",
            {"per_day": {"family": "gamma", "mean": 3}},
            "streams.one.per_day.sd is missing; family: gamma needs it",
        ),
    ],
)
def test_a_contradiction_is_told(name: str, change: dict[str, Any], line: str, tmp_path: Path) -> None:
    one = {key: value for key, value in (EXAMPLES[name] | change).items() if value is not None}
    found = told(one, tmp_path)
    assert any(said.startswith(line) for said in found), found


def test_an_event_needs_the_distances_that_say_who_is_near(tmp_path: Path) -> None:
    content = abc()["transport"]
    lost = content | {"distances_km": {"a": {"b": 60}, "b": {"c": 150}}, "instant": True}
    found = told(EXAMPLES["mass_casualty-place"], tmp_path, transport=lost)
    assert found == [
        "streams.one.place needs every distance from a: give transport.distances_km.a.c, or the position of "
        "both (None)"
    ]


def test_a_delay_where_nobody_comes_is_told(tmp_path: Path) -> None:
    found = told(EXAMPLES["epidemic"] | {"regions": {"a": 1}, "delay_days": {"b": 4}}, tmp_path)
    assert found == [
        "streams.one.delay_days.b is a region that no patient of the stream comes to: the delay has no "
        "effect (None)"
    ]
