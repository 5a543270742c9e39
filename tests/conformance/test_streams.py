"""Every kind of stream obeys the same laws; a new one is tested by adding an example of it here."""

from typing import Any, get_args

import numpy as np
import pytest

from nspl_sim.demand.flows import flows
from nspl_sim.demand.rates import Window
from nspl_sim.demand.sample import sample
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.expected import patients
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import Stream
from nspl_sim.vocabulary.patients import FIRST_PRESENT, Demand
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario

REGIONS = {"a": 0.5, "b": 0.3, "c": 0.2}
CLASSES = {"critical": 0.2, "ill": 0.8}
WHO: dict[str, Any] = {"regions": REGIONS, "classes": CLASSES}
ARRIVAL = {"family": "lognormal", "median_h": 1, "mean_h": 1.5}
SIZE = {"family": "lognormal", "median": 12, "sigma": 0.6}
EVENT: dict[str, Any] = {"arrival": ARRIVAL, "arrival_factor": {1: 1.3, 3: 0.8}, "classes": CLASSES}
STRIKES: dict[str, Any] = {
    "kind": "strikes",
    "events_per_day": 0.7,
    "from_day": 1,
    "days": 9.5,
    "size": SIZE,
    "regions": REGIONS,
    **EVENT,
}
FIGHT: dict[str, Any] = {"kind": "combat", "from_day": 1, "days": 6.5, **WHO}

EXAMPLES: dict[str, dict[str, Any]] = {
    "poisson": {"kind": "poisson", "per_day": 7, **WHO},
    "poisson-gamma": {
        "kind": "poisson",
        "rate": {"shape": "gamma", "total": 90, "gamma_shape": 2, "scale_days": 4},
        **WHO,
    },
    "planned": {"kind": "planned", "per_day": 7, "regions": REGIONS, "classes": {"hip": 1.0}},
    "epidemic": {
        "kind": "epidemic",
        "total": 150,
        "gamma_shape": 3,
        "scale_days": 2,
        "from_day": 1,
        "delay_days": {"b": 3, "c": 5.5},
        "icu_share": 0.4,
        **WHO,
    },
    "combat": FIGHT | {"troops": 1500, "per_1000_per_day": {"family": "lognormal", "mean": 5, "sd": 4}},
    "combat-negative-binomial": FIGHT | {"per_day": {"family": "gamma", "mean": 9, "sd": 7.35}},
    "host_nation": {
        "kind": "host_nation",
        "per_day": 15.5,
        "gamma_shape": 4,
        "from_day": 0.25,
        "days": 7,
        "batch": {"low": 6, "high": 14},
        "hour": [0.0] * 8 + [1.0] * 10 + [0.5] * 6,
        **WHO,
    },
    "mass_casualty": {"kind": "mass_casualty", "at_day": 3.4, "size": SIZE, "regions": REGIONS, **EVENT},
    "mass_casualty-place": {
        "kind": "mass_casualty",
        "at_day": 3.4,
        "size": SIZE,
        "place": {"region": "a", "share": 0.6, "nearest": 2},
        **EVENT,
    },
    "strikes": STRIKES | {"place": {"share": 0.7, "nearest": 1}},
    "strikes-sizes": STRIKES | {"scaled": "sizes"},
    "table": {
        "kind": "table",
        "patients": [
            {"arrival_h": h, "region": r, "class": "ill"} for h, r in ((5, "b"), (3, "a"), (5, "a"))
        ],
    },
}
SCALED = [name for name in EXAMPLES if name != "table"]


def world(*names: str, scale: float = 1.0, **changes: Any) -> Scenario:
    """Return the tiny world with no other streams than its emergencies and the examples *names*."""
    content = abc(warm_up_days=0, **changes)
    more = {name: EXAMPLES[name] | ({} if name == "table" else {"scale": scale}) for name in names}
    return scenario(content | {"streams": {"emergency": content["streams"]["emergency"], **more}})


def people(table: Demand, *, but: str = "") -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Return all that is known of each patient, by name, but for those of one stream."""
    columns = [c for c in vars(table).values() if isinstance(c, np.ndarray)]
    rows = zip(*(c.tolist() for c in columns), strict=True)
    names = zip(
        [table.streams[s] for s in table.stream], table.region.tolist(), table.number.tolist(), strict=True
    )
    known = {
        name: tuple(tuple(v) if isinstance(v, list) else v for v in row[1:])  # the stream's number may move
        for name, row in zip(names, rows, strict=True)
    }
    return {name: row for name, row in known.items() if name[0] != but}


def test_there_is_an_example_of_every_kind() -> None:
    kinds = {get_args(m.model_fields["kind"].annotation)[0] for m in get_args(get_args(Stream)[0])}
    assert kinds == {one["kind"] for one in EXAMPLES.values()}


@pytest.mark.parametrize("name", SCALED)
@pytest.mark.parametrize("replication", [0, 1])
def test_law_6_a_ladder_is_nested(name: str, replication: int) -> None:
    tables = [sample(world(name, scale=scale), replication) for scale in (0.5, 1.0, 1.5)]
    low, base, high = (people(table) for table in tables)
    assert len(base) == len(tables[1]), "two patients have one name"
    assert len(low) < len(base) < len(high)
    assert low.items() <= base.items() <= high.items()


@pytest.mark.parametrize("name", SCALED)
def test_nobody_comes_at_scale_0(name: str) -> None:
    table = sample(world(name, scale=0.0), 0)
    assert set(table.stream.tolist()) == {table.streams.index("emergency")}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_stream_moves_no_row_of_another(name: str) -> None:
    others = [other for other in EXAMPLES if other != name]
    with_it = sample(world(*EXAMPLES, starts="equilibrium"), 3)
    without = sample(world(*others, starts="equilibrium"), 3)
    assert people(with_it, but=name) == people(without)
    assert len(with_it) > len(without)
    assert (with_it.number >= FIRST_PRESENT).any()


@pytest.mark.parametrize("name", EXAMPLES)
def test_rows_are_in_order_and_inside_the_run(name: str) -> None:
    table = sample(world(name), 2)
    order = list(
        zip(
            table.arrival_s.tolist(),
            table.stream.tolist(),
            table.region.tolist(),
            table.number.tolist(),
            strict=True,
        )
    )
    assert order == sorted(order)
    assert table.arrival_s.min() >= 0 and table.arrival_s.max() < 15 * 86400
    assert (table.onset_s <= table.arrival_s).all()


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("scale", [1.0, 2.5])
def test_as_many_come_as_expected(name: str, scale: float) -> None:
    one = world(name, scale=scale, horizon_days=60)
    counts = [int((sample(one, k).stream == one_number(one, name)).sum()) for k in range(80)]
    expected = patients(one.streams[name], 0.0, 61.0)
    error = np.std(counts) / np.sqrt(len(counts))
    assert abs(np.mean(counts) - expected) <= 4 * error + 0.02 * expected  # a profile may end in mid-week


def one_number(one: Scenario, name: str) -> int:
    return sorted(one.streams).index(name)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_exact_mean_knows_when_and_where(name: str) -> None:
    one = world(name, horizon_days=21)
    window = Window.of(one)
    at_s = np.arange(0, window.end_s + 1, 43200)
    mean = sum(flow.reached for flow in flows(one.streams[name], one, window, at_s))
    assert mean[:, -1].sum() == pytest.approx(patients(one.streams[name], 0.0, 22.0), rel=0.02)
    runs = []
    for replication in range(60):
        table = sample(one, replication)
        mine = table.stream == one_number(one, name)
        come = [mine & (table.region == region) for region in range(3)]
        runs.append([[(of & (table.arrival_s < t)).sum() for t in at_s] for of in come])
    error = np.std(runs, axis=0) / np.sqrt(len(runs))
    assert (np.abs(np.mean(runs, axis=0) - mean) <= 4.5 * error + 0.05 + 0.02 * mean).all()


@pytest.mark.parametrize("plan", ["today", "coordinated"])
def test_all_of_them_together_obey_the_laws(plan: str) -> None:
    one = world(*EXAMPLES)
    table = sample(one, 0)
    audit = Audit(one, table, simulate(one, load_plan(plan).plan, table)).walk()
    assert audit.arrived == len(table)
