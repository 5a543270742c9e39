"""Disruptions: exact laws, and courses worked out by hand."""

import itertools
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.disruptions import What
from nspl_sim.vocabulary.patients import Demand
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, drained, scenario

PLANS = ("alone", "today", "coordinated")
H, DAY = 3600, 86400

BAD_WEEK = {
    "fire": {
        "kind": "beds_lost",
        "units": ["icu", "ward"],
        "share": 0.4,
        "regions": ["b"],
        "from_day": 2,
        "days": 3,
        "recovery_days": 4,
    },
    "flu": {
        "kind": "staff_lost",
        "share": 0.3,
        "begins": {"family": "uniform", "low_days": 1, "high_days": 4},
        "lasts": {"family": "lognormal", "median_days": 3, "mean_days": 4},
        "drawn": {"mean": 1.5},
        "recovery_days": 2.5,
    },
    "roads": {
        "kind": "staff_lost",
        "share": 0.5,
        "skills": ["ward"],
        "civil_areas": ["syd"],
        "from_day": -2,
        "from_hour": 20,
        "to_hour": 6,
    },
    "call_up": {"kind": "staff_lost", "share": 0.25, "skills": ["intensive"], "with_stream": "front"},
}


@cache
def bad_week() -> Scenario:
    return scenario(abc(disruptions=BAD_WEEK))


@cache
def run(plan: str) -> Journal:
    return simulate(bad_week(), load_plan(plan).plan, sample(bad_week(), 0))


def hand(**changes: Any) -> Scenario:
    """Return one ward of four beds, with a day's room for people and disruptions written by hand."""
    content = {
        "format": 1,
        "name": "hand",
        "start": "2027-01-04T00:00",
        "horizon_days": 4,
        "regions": {"a": {"icu_teams": 2, "units": {"ward": {"beds": 4}}}},
        "classes": {
            "ill": {"urgency": 3, "pathways": [{"share": 1, "stages": [stage(1)]}]},
        },
        "streams": {},
    }
    return scenario(content | changes)


def stage(stay_h: float) -> dict[str, Any]:
    return {"kind": "ward", "stay": {"family": "fixed", "value_h": stay_h}}


def table(*times: tuple[float, float]) -> dict[str, Any]:
    """Return a stream of patients who arrive and stay so many hours."""
    people = [
        {"arrival_h": at, "region": "a", "class": "ill", "stages": [{"kind": "ward", "stay_h": stay}]}
        for at, stay in times
    ]
    return {"given": {"kind": "table", "patients": people}}


def lost(table: Demand, what: What = What.BEDS) -> dict[tuple[int, int, int], int]:
    """Return what is lost by (region, kind, hour of the run)."""
    found: Counter[tuple[int, int, int]] = Counter()
    for row in table.disruptions:
        for hour in range(-144, 360):
            if row.what == what and row.from_s <= hour * H < row.to_s:
                found[row.region, row.kind, hour] += row.amount
    return dict(found)


@pytest.mark.parametrize("plan", PLANS)
def test_the_auditor_follows_every_loss(plan: str) -> None:
    audit = Audit(bad_week(), sample(bad_week(), 0), run(plan)).walk()
    assert audit.arrived == len(sample(bad_week(), 0))


def test_the_same_is_lost_under_every_plan() -> None:
    def felt(plan: str) -> list[tuple[int, ...]]:
        rows = run(plan).only(np.isin(run(plan).event, (Event.HIT, Event.RESTORED, Event.CHANGED)))
        return list(rows.rows())

    assert felt("alone") == felt("today") == felt("coordinated")
    assert {Event(row[1]) for row in felt("today")} == {Event.HIT, Event.RESTORED, Event.CHANGED}


def test_base_beds_are_those_of_the_scenario_less_the_rows_in_force() -> None:
    journal, people = run("today"), sample(bad_week(), 0)
    base = np.array([[4, 30], [6, 40], [8, 40]])
    book, gone = base.copy(), lost(people)
    rows = list(journal.only(journal.where(Event.CHANGED)).rows())
    for hour in range(-144, 360):
        while rows and rows[0][0] <= hour * H:
            _, _, _, region, kind, detail = rows.pop(0)
            book[region, kind] = detail
        for (region, kind), beds in np.ndenumerate(base):
            assert book[region, kind] == beds - min(beds, gone.get((region, kind, hour), 0))


def test_patients_are_the_same_with_and_without() -> None:
    calm, bad = sample(scenario(abc()), 0), sample(bad_week(), 0)
    assert calm.disruptions == ()
    assert replace(bad, disruptions=()).fingerprint() == calm.fingerprint() != bad.fingerprint()


@pytest.mark.parametrize("nothing", [{"share": 0}, {"scale": 0}, {"from_day": -30, "days": 1}])
def test_what_takes_nothing_changes_nothing(nothing: dict[str, Any]) -> None:
    idle = scenario(abc(disruptions={"fire": BAD_WEEK["fire"] | {"recovery_days": 0} | nothing}))
    people = sample(idle, 0)
    assert people.disruptions == ()
    calm = scenario(abc())
    for plan in PLANS:
        again = simulate(idle, load_plan(plan).plan, people).fingerprint()
        assert again == simulate(calm, load_plan(plan).plan, people).fingerprint()


@pytest.mark.parametrize("name", BAD_WEEK)
def test_a_lower_scale_takes_part_of_what_a_higher_one_takes(name: str) -> None:
    def at(scale: float) -> list[dict[tuple[int, int, int], int]]:
        world = scenario(abc(disruptions={name: BAD_WEEK[name] | {"scale": scale}}))
        return [lost(sample(world, 3), what) for what in What]

    ladder = [at(scale) for scale in (0.3, 1.0, 2.0, 9.0)]
    for low, high in itertools.pairwise(ladder):
        for mine, theirs in zip(low, high, strict=True):
            assert all(amount <= theirs[place] for place, amount in mine.items())
    assert ladder[0] != ladder[1]


@pytest.mark.parametrize(("few", "many"), [({"mean": 0.7}, {"mean": 2}), ({"count": 1}, {"count": 2})])
def test_more_regions_hold_those_of_fewer(few: dict[str, Any], many: dict[str, Any]) -> None:
    def hit(drawn: dict[str, Any], k: int) -> set[int]:
        world = scenario(abc(disruptions={"fire": BAD_WEEK["flu"] | {"drawn": drawn}}))
        return {row.region for row in sample(world, k).disruptions}

    pairs = [(hit(few, k), hit(many, k)) for k in range(30)]
    assert all(low <= high for low, high in pairs)
    assert any(low < high for low, high in pairs)


def test_weights_say_who_is_hit() -> None:
    drawn = {"count": 1, "weights": {"a": 8, "b": 1, "c": 1}}
    world = scenario(abc(disruptions={"flu": BAD_WEEK["flu"] | {"drawn": drawn}}))
    hit = [sample(world, k).disruptions[0].region for k in range(200)]
    assert 0.7 < hit.count(0) / 200 < 0.9, "the first draw is by weight: 8 in 10"


def test_a_disruption_moves_no_other_and_no_patient() -> None:
    both = sample(bad_week(), 5)
    one = sample(scenario(abc(disruptions={"flu": BAD_WEEK["flu"]})), 5)
    number = sorted(BAD_WEEK).index("flu")
    mine = tuple(row._replace(name=0) for row in both.disruptions if row.name == number)
    assert mine == one.disruptions
    assert replace(both, disruptions=one.disruptions).fingerprint() == one.fingerprint()


def test_a_loss_where_nobody_comes_changes_nothing_elsewhere() -> None:
    content = abc()
    content["regions"]["d"] = {"icu_teams": 2, "units": {"icu": {"beds": 0}, "ward": {"beds": 9}}}
    content["transport"]["distances_km"]["d"] = {"a": 4000, "b": 4000, "c": 4000}
    hit = content | {
        "disruptions": {"fire": BAD_WEEK["call_up"] | {"skills": ["intensive", "ward"], "regions": ["d"]}}
    }
    calm, bad = scenario(content), scenario(hit)
    people = sample(bad, 0)
    assert people.disruptions
    for plan in PLANS:
        journals = [
            simulate(world, load_plan(plan).plan, table)
            for world, table in ((calm, sample(calm, 0)), (bad, people))
        ]
        before, after = ([row for row in j.rows() if row[3] != 3] for j in journals)
        assert before == after


def test_a_drained_system_has_all_its_beds_and_teams_again() -> None:
    content = drained(abc())
    ending = {name: one | {"days": 9} for name, one in BAD_WEEK.items() if name != "flu"}
    world = scenario(content | {"disruptions": ending})
    people = sample(world, 0)
    for plan in PLANS:
        audit = Audit(world, people, simulate(world, load_plan(plan).plan, people)).walk()
        assert audit.present() == audit.vehicles_out == 0
        assert audit.base == {
            (r, k): beds for r, row in enumerate([[4, 30], [6, 40], [8, 40]]) for k, beds in enumerate(row)
        }


def test_beds_drain_and_nobody_is_thrown_out() -> None:
    """Four lie there when two beds are lost; the fifth waits until one of the two that are left is free."""
    fire = {"kind": "beds_lost", "units": ["ward"], "beds": 2, "from_day": 10 / 24, "days": 1}
    world = hand(streams=table((1, 11), (2, 13), (3, 15), (4, 30), (5, 1)), disruptions={"fire": fire})
    people = sample(world, 0)
    journal = simulate(world, load_plan("alone").plan, people)
    Audit(world, people, journal).walk()
    course = Course(world, people, journal)
    stays = [
        (t / H, u / H) for t, u in zip(course.stays.from_s.tolist(), course.stays.to_s.tolist(), strict=True)
    ]
    assert stays == [(1, 12), (2, 15), (3, 18), (4, 34), (18, 19)], "12 and 15 o'clock: still too many"
    changed = journal.where(Event.CHANGED)
    assert journal.time_s[changed].tolist() == [10 * H, 34 * H]
    assert journal.detail[changed].tolist() == [2, 4]
    assert course.beds.at(np.array([9, 10, 33, 34]) * H).tolist() == [[4, 2, 2, 4]]


def test_a_loss_is_made_good_in_even_steps() -> None:
    fire = {"kind": "beds_lost", "units": ["ward"], "share": 1, "from_day": 1, "days": 1, "recovery_days": 2}
    people = sample(hand(disruptions={"fire": fire}), 0)
    assert [(r.amount, r.from_s / DAY, r.to_s / DAY) for r in people.disruptions] == [(2, 1, 3), (2, 1, 4)]


def test_losses_add_up_to_at_most_what_is_there() -> None:
    away = {"kind": "staff_lost", "share": 0.75, "from_day": 1, "days": 2}
    world = hand(disruptions={"sick": away, "called_up": away | {"from_day": 2}})
    journal = simulate(world, load_plan("alone").plan, sample(world, 0))
    changed = list(journal.only(journal.where(Event.CHANGED)).rows())
    assert [(t // DAY, beds) for t, _, _, _, _, beds in changed] == [(1, 1), (2, 0), (3, 1)]


def test_a_unit_that_needs_two_skills_loses_its_beds_once() -> None:
    content = abc(disruptions={"sick": {"kind": "staff_lost", "share": 0.5, "from_day": 1}})
    content["regions"]["a"]["units"]["theatre"] = {"beds": 6}
    rows = [row for row in sample(scenario(content), 0).disruptions if row.region == 0]
    assert [(What(row.what), row.kind, row.amount) for row in rows] == [
        (What.BEDS, 0, 2),
        (What.BEDS, 1, 3),
        (What.BEDS, 2, 15),
        (What.TEAMS, -1, 1),
    ]


def test_hours_are_civil_also_when_summer_time_begins() -> None:
    """On Sunday 28 March 2027 the clocks go from 2 to 3: the night from 20 to 6 is an hour shorter."""
    night = {
        "kind": "staff_lost",
        "share": 0.5,
        "skills": ["ward"],
        "from_hour": 20,
        "to_hour": 6,
        "from_day": 0,
    }
    world = hand(start="2027-03-27T00:00", horizon_days=2, disruptions={"night": night})
    spans = [(row.from_s / H, row.to_s / H) for row in sample(world, 0).disruptions]
    assert spans == [(0, 6), (20, 29), (43, 48)]


def test_without_a_team_nobody_departs() -> None:
    calm = abc()
    content = abc(
        disruptions={"called_up": BAD_WEEK["call_up"] | {"share": 1, "with_stream": None, "from_day": -6}}
    )
    left = []
    for world in (scenario(calm), scenario(content)):
        journal = simulate(world, load_plan("today").plan, sample(world, 0))
        left.append(np.count_nonzero((journal.event == Event.DEPARTED) & (journal.unit == 0)))
    assert left[0] > 0 == left[1]
