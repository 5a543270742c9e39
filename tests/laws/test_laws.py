"""Laws 1 to 11 of docs/model.md: exact, for every scenario and plan tried here."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.replicate import replicate
from nspl_sim.experiment.run import run
from nspl_sim.journal import COLUMNS, Journal
from nspl_sim.measures.course import Course
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.load import dump_scenario, load_scenario, load_shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.patients import Demand
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, drained, scenario

PLANS = ("alone", "today", "coordinated")
AT_ONCE = {"ask_minutes": 0, "parallel": 3, "retry_h": 1, "max_hours": 6}


@cache
def plan(name: str) -> Plan:
    if name == "at-once":
        said = load_plan("coordinated").plan.written() | {"name": "at-once", "asking": AT_ONCE}
        return Plan.model_validate(said)
    return load_plan(name).plan


@cache
def world(name: str) -> Scenario:
    if name == "abc":
        return scenario(abc())
    if name == "instant":
        content = abc(name="instant")
        return scenario(content | {"transport": content["transport"] | {"instant": True}})
    national = load_shipped("national-surge").scenario
    return national.model_copy(update={"warm_up_days": 2.0, "horizon_days": 4.5, "cool_down_h": 0.0})


@cache
def demand(name: str, replication: int = 0) -> Demand:
    return sample(world(name), replication)


@cache
def journal(name: str, plan_name: str, replication: int = 0) -> Journal:
    return simulate(world(name), plan(plan_name), demand(name, replication))


everywhere = pytest.mark.parametrize(
    ("name", "plan_name"),
    [(w, p) for w in ("abc", "instant", "national") for p in (*PLANS, "at-once")],
)


def test_the_tiny_world_shows_everything_that_the_laws_speak_of() -> None:
    seen = {Event(e) for p in (*PLANS, "at-once") for k in range(3) for e in journal("abc", p, k).event}
    never = {Event.READY, Event.LEFT, Event.REFUSED}
    first = {event for event in Event if event <= Event.DIRECTED}  # later ones have worlds of their own
    assert seen | {Event.DIED_ON_THE_WAY} == first - never


@pytest.mark.parametrize("name", ["abc", "national"])
@pytest.mark.parametrize("other", ["alone", "coordinated", "at-once"])
def test_law_1_same_until_the_directives_differ(name: str, other: str) -> None:
    one, two = journal(name, "today"), journal(name, other)
    shared = min(len(one), len(two))
    same = np.all([getattr(one, c)[:shared] == getattr(two, c)[:shared] for c in COLUMNS], axis=0)
    first = int(np.argmin(same)) if not same.all() else shared
    directed = [
        np.flatnonzero((j.event == Event.DIRECTED) & (j.time_s >= 0))[:1].tolist() for j in (one, two)
    ]
    starts = [rows[0] for rows in directed if rows]
    assert starts, "the plans never said anything of their own"
    assert first >= min(starts)


def test_law_2_workers_batch_and_round_trip() -> None:
    points = [Point(world("abc"), plan(p), p) for p in ("today", "coordinated")]
    alone = [r.fingerprint for r in replicate(points, 3)]
    one = run(points, replications=4, workers=1)
    two = run(points, replications=4, workers=2)
    prints = [[batch.fingerprints(point) for point in range(len(batch.points))] for batch in (one, two)]
    assert prints[0] == prints[1]
    assert [point[3] for point in prints[0]] == alone
    for measure in one.measures:
        assert np.array_equal(one.values(1, measure), two.values(1, measure), equal_nan=True), measure


def test_law_2_round_trip_through_a_file(tmp_path) -> None:
    path = tmp_path / "again.yaml"
    path.write_text(dump_scenario(world("abc")), encoding="utf-8")
    again = load_scenario(path).scenario
    assert again.fingerprint() == world("abc").fingerprint()
    assert sample(again, 0).fingerprint() == demand("abc").fingerprint()
    assert (
        simulate(again, plan("today"), sample(again, 0)).fingerprint()
        == journal("abc", "today").fingerprint()
    )


def test_law_2_hash_seeds(tmp_path) -> None:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(abc()), encoding="utf-8")
    program = (
        "import sys; from nspl_sim.scenario.load import load_scenario;"
        "from nspl_sim.policies.plan import load_plan; from nspl_sim.experiment.course import course;"
        "d, j = course(load_scenario(sys.argv[1]).scenario, load_plan('coordinated').plan, 0);"
        "print(d.fingerprint(), j.fingerprint())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program, str(path)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "4711")
    ]
    wanted = f"{demand('abc').fingerprint()} {journal('abc', 'coordinated').fingerprint()}\n"
    assert said == [wanted, wanted], "an order came from a set or a hash"


@everywhere
def test_laws_3_4_7_by_an_auditor(name: str, plan_name: str) -> None:
    audit = Audit(world(name), demand(name), journal(name, plan_name)).walk()
    assert audit.arrived == len(demand(name))


@pytest.mark.parametrize("plan_name", [*PLANS, "at-once"])
def test_law_3_a_drained_system_holds_nothing(plan_name: str) -> None:
    empty = scenario(drained(abc()))
    people = sample(empty, 0)
    audit = Audit(empty, people, simulate(empty, plan(plan_name), people)).walk()
    assert audit.present() == 0
    assert not any(audit.occupied.values())
    assert not any(audit.inbound.values())
    assert not any(audit.away.values())
    assert audit.vehicles_out == 0
    assert audit.gone == len(people) > 100


@everywhere
def test_law_5_census_is_the_sum_of_stays(name: str, plan_name: str) -> None:
    course = Course(world(name), demand(name), journal(name, plan_name))
    end_s = round(world(name).horizon_days * 86400)
    stays = course.stays
    clipped = np.clip(stays.to_s, 0, end_s) - np.clip(stays.from_s, 0, end_s)
    for kind in range(len(world(name).kinds)):
        mine = stays.kind == kind
        by_region = np.bincount(stays.region[mine], clipped[mine], len(world(name).regions)).astype(np.int64)
        assert (
            course.occupied.integral(0, end_s).reshape(-1, len(world(name).kinds))[:, kind].tolist()
            == by_region.tolist()
        )


@pytest.mark.parametrize("stream", ["emergency", "front", "crash", "planned"])
def test_law_6_ladders_are_nested(stream: str) -> None:
    def people(scale: float) -> dict:
        content = abc()
        content["streams"][stream]["scale"] = scale
        table = sample(scenario(content), 0)
        columns = [table.arrival_s, table.klass, table.u_outcome, *table.stay_s.T, *table.dies_waiting_s.T]
        keys = zip(table.stream.tolist(), table.region.tolist(), table.number.tolist(), strict=True)
        return dict(zip(keys, zip(*(c.tolist() for c in columns), strict=True), strict=True))

    low, base, high = people(0.5), people(1.0), people(1.5)
    assert len(low) < len(base) < len(high)
    assert low.items() <= base.items() <= high.items()


def test_law_8_an_empty_region_changes_nothing_elsewhere() -> None:
    for key in ("aa", "zz"):
        content = abc()
        content["regions"][key] = {"position": None, "units": {}}
        content["transport"]["distances_km"][key] = {"a": 10, "b": 10, "c": 10}
        larger = scenario(content)
        number = [larger.region_keys.index(k) for k in world("abc").region_keys]
        for name in (*PLANS, "at-once"):
            small, large = journal("abc", name), simulate(larger, plan(name), sample(larger, 0))
            assert [tuple(r) for r in large.rows()] == [
                (
                    t,
                    e,
                    p,
                    number[r] if r >= 0 else r,
                    u,
                    number[d] if e in (Event.REQUESTED, Event.PLACED) else d,
                )
                for t, e, p, r, u, d in small.rows()
            ]


def only_region(world: Scenario, table: Demand, region: int) -> tuple[Scenario, Demand, np.ndarray]:
    key = world.region_keys[region]
    rows = np.flatnonzero(table.region == region)
    columns = {
        name: getattr(table, name)[rows]
        for name, value in vars(table).items()
        if isinstance(value, np.ndarray)
    }
    columns["region"] = np.zeros(len(rows), dtype=np.int64)
    alone = world.model_copy(update={"regions": {key: world.regions[key]}})
    return alone, replace(table, regions=(key,), **columns), rows


def test_law_9_alone_means_alone() -> None:
    nation = world("abc").model_copy(update={"warm_up_days": 0.0})
    table = sample(nation, 1)
    whole = simulate(nation, plan("alone"), table)
    found = []
    for region in range(len(nation.regions)):
        part, people, rows = only_region(nation, table, region)
        for t, e, p, _, u, d in simulate(part, plan("alone"), people).rows():
            if e != Event.DIRECTED:
                found.append((t, e, int(rows[p]) if p >= 0 else p, region, u, d))
    wanted = [row for row in whole.rows() if row[1] != Event.DIRECTED]
    assert sorted(found) == sorted(wanted)
    assert len(found) > 1000


def test_law_10_nothing_is_drawn_after_the_table(monkeypatch) -> None:
    table = sample(world("abc"), 0)
    before = journal("abc", "coordinated").fingerprint()

    def forbidden(*_args, **_kwargs):
        raise AssertionError("a number was drawn in the system")

    for name in ("SeedSequence", "Generator", "PCG64", "random", "rand", "default_rng"):
        monkeypatch.setattr(np.random, name, forbidden)
    monkeypatch.setattr("random.random", forbidden)
    assert simulate(world("abc"), plan("coordinated"), table).fingerprint() == before


def test_law_11_streams_have_no_rank() -> None:
    table = demand("abc")
    stream = table.stream.copy()
    for klass in range(len(table.classes)):
        rows = np.flatnonzero(table.klass == klass)
        stream[rows] = stream[rows][::-1]
    assert not np.array_equal(stream, table.stream)
    swapped = replace(table, stream=stream)
    for name in PLANS:
        assert simulate(world("abc"), plan(name), swapped).fingerprint() == journal("abc", name).fingerprint()
