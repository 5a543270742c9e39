"""The laws that compare two runs, on every scenario that comes along, made small (see test_library).

Laws 3, 4, 5 and 7 are checked row by row in test_library; here are 1, 2, 6, 8, 9, 10 and 11. Journals come
from the compiled engine where it holds the scenario, which equals SimPy there (test_engines).
"""

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import COLUMNS, Journal
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.policies.rules import registered
from nspl_sim.scenario.load import shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import TableStream
from nspl_sim.system.simulate import simulate as by_simpy
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.closures import NO_CLOSURES
from nspl_sim.vocabulary.patients import Demand
from tests.laws.reduced import reduced
from tests.laws.test_library import TURNS, people, plan_with, rules_in
from tests.oracles.both import simulate

every_scenario = pytest.mark.parametrize("name", shipped())
every_rule = pytest.mark.parametrize("turn", range(TURNS), ids=lambda turn: "+".join(rules_in(turn).values()))
LOCAL = [
    {"elective": elective, "surge": surge}
    for elective, rule in registered("elective").items()
    if rule.sees == "current"  # type: ignore[attr-defined]
    for surge in registered("surge")
]
"""Rules that are a region's own: law 9 is of them."""


@cache
def journal(name: str, turn: int | None) -> Journal:
    """Return what happens under the rules of *turn*; None: under today's order."""
    plan = load_plan("today").plan if turn is None else plan_with(rules_in(turn))
    return simulate(reduced(name), plan, people(name))


def rows(one: Journal) -> np.ndarray:
    return np.array([getattr(one, column) for column in COLUMNS])


@every_scenario
@every_rule
def test_law_1_same_until_the_directives_differ(name: str, turn: int) -> None:
    one, two = journal(name, None), journal(name, turn)
    shared = min(len(one), len(two))
    same = (rows(one)[:, :shared] == rows(two)[:, :shared]).all(axis=0)
    first = shared if same.all() else int(np.argmin(same))
    spoken = [np.flatnonzero((j.event == Event.DIRECTED) & (j.time_s >= 0))[:1].tolist() for j in (one, two)]
    assert first >= min((found[0] for found in spoken if found), default=shared)


PROGRAM = """
import sys
from nspl_sim.demand.sample import sample
from nspl_sim.policies.plan import load_plan
from nspl_sim.system.simulate import simulate
from tests.laws.reduced import reduced
from nspl_sim.scenario.load import shipped
for name in shipped():
    world = reduced(name)
    print(name, simulate(world, load_plan("coordinated").plan, sample(world, 0)).fingerprint())
"""


def test_law_2_no_order_comes_from_a_set_or_a_hash() -> None:
    def said(seed: str) -> str:
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", PROGRAM]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    assert said("0") == said("4711") != ""


@every_scenario
def test_law_6_ladders_are_nested_stream_by_stream(name: str) -> None:
    scenario = reduced(name)
    whole = named(people(name))
    for key, stream in scenario.streams.items():
        if isinstance(stream, TableStream):
            continue
        lower = stream.model_copy(update={"scale": stream.scale / 2})
        fewer = named(sample(scenario.model_copy(update={"streams": scenario.streams | {key: lower}}), 0))
        assert fewer.items() <= whole.items(), key


def named(table: Demand) -> dict[tuple[int, ...], tuple[Any, ...]]:
    """Return what chance gave each patient, by the name that never changes."""
    given = [table.arrival_s, table.klass, table.u_outcome, *table.stay_s.T, *table.dies_waiting_s.T]
    names = zip(table.stream.tolist(), table.origin.tolist(), table.number.tolist(), strict=True)
    return dict(zip(names, zip(*(column.tolist() for column in given), strict=True), strict=True))


@every_scenario
@every_rule
def test_law_8_an_empty_region_changes_nothing_elsewhere(name: str, turn: int) -> None:
    content = reduced(name).model_dump(mode="json", by_alias=True, exclude_none=True)
    content["regions"]["zz"] = {"population": 0, "units": {}}  # the last key: the others keep their numbers
    content["transport"]["distances_km"]["zz"] = dict.fromkeys(reduced(name).regions, 10)
    larger = Scenario.model_validate_json(json.dumps(content))
    found = simulate(larger, plan_with(rules_in(turn)), sample(larger, 0))
    assert np.array_equal(happened(found), happened(journal(name, turn)))


def happened(one: Journal) -> np.ndarray:
    """Return all rows but ``directed``: a directive also says whom the empty region would ask."""
    return rows(one)[:, one.event != Event.DIRECTED]


@every_scenario
@pytest.mark.parametrize("rules", LOCAL, ids=lambda rules: "+".join(rules.values()))
def test_law_9_alone_means_alone(name: str, rules: dict[str, str]) -> None:
    nation = reduced(name).model_copy(update={"warm_up_days": 0.0})
    table = sample(nation, 0)
    table = replace(table, diverted_to=np.full(len(table), -1), closures=NO_CLOSURES)  # ways between regions
    said = load_plan("alone").plan.written() | {f: {"rule": rule} for f, rule in rules.items()}
    plan = Plan.model_validate(said)
    told = (Event.DIRECTED, Event.HIT, Event.RESTORED)
    whole = [row for row in simulate(nation, plan, table).rows() if row[1] not in told]
    apart = []
    for region in range(len(nation.regions)):
        part, mine, numbers = of_one_region(nation, table, region)
        for t, event, patient, _, unit, detail in simulate(part, plan, mine).rows():
            if event not in told:
                apart.append((t, event, int(numbers[patient]) if patient >= 0 else -1, region, unit, detail))
    assert sorted(apart) == sorted(whole)


def of_one_region(nation: Scenario, table: Demand, region: int) -> tuple[Scenario, Demand, np.ndarray]:
    """Return the world of one region, its patients, and what their numbers are in the nation."""
    key = nation.region_keys[region]
    mine = np.flatnonzero(table.region == region)
    columns = {
        name: value[mine]
        for name, value in vars(table).items()
        if isinstance(value, np.ndarray) and len(value) == len(table)
    }
    columns |= {name: np.zeros(len(mine), dtype=np.int64) for name in ("region", "origin")}
    luck = table.report_luck
    lost = tuple(row._replace(region=0) for row in table.disruptions if row.region == region)
    people_ = replace(
        table,
        regions=(key,),
        disruptions=lost,
        report_luck=replace(luck, u=luck.u[:, [region]]),
        **columns,
    )
    ways = nation.transport.model_copy(update={"links": {}})
    return nation.model_copy(update={"regions": {key: nation.regions[key]}, "transport": ways}), people_, mine


@every_scenario
def test_law_10_nothing_is_drawn_after_the_table(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    table = people(name)

    def forbidden(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("a number was drawn in the system")

    for drawer in ("SeedSequence", "Generator", "PCG64", "random", "rand", "default_rng"):
        monkeypatch.setattr(np.random, drawer, forbidden)
    monkeypatch.setattr("random.random", forbidden)
    assert len(by_simpy(reduced(name), load_plan("coordinated").plan, table)) > len(table)


@every_scenario
@every_rule
def test_law_11_streams_have_no_rank(name: str, turn: int) -> None:
    table = people(name)
    stream = table.stream.copy()
    alike = np.stack([table.klass, table.urgency], axis=1)
    for pair in np.unique(alike, axis=0):
        mine = np.flatnonzero((alike == pair).all(axis=1))
        stream[mine] = stream[mine][::-1]
    swapped = simulate(reduced(name), plan_with(rules_in(turn)), replace(table, stream=stream))
    assert np.array_equal(rows(swapped), rows(journal(name, turn)))
