"""IT outages: slower answers, an old picture, planned care stopped, patients diverted, deaths by the risk."""

from dataclasses import replace
from functools import cache
from typing import Any, get_args

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.measures.outcome import Effect, mortality_in_care, outage_risk
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.directing import NO_REPORT_S
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.system import reports as reporting
from nspl_sim.system.requests import longer
from nspl_sim.vocabulary.care import Arm, Event
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario

PLANS = ("alone", "today", "coordinated")
DAY = 86400
BARE = {"kind": "it_outage", "from_day": 2, "days": 5, "blind": False}
CYBER = {"kind": "it_outage", "archetype": "cyber_region", "from_day": 2, "drawn": {"count": 2}}


def hit(**outage: Any) -> Scenario:
    return scenario(abc(disruptions={"cyber": BARE | outage}))


@cache
def calm(plan: str) -> Journal:
    return simulate(scenario(abc()), load_plan(plan).plan, sample(scenario(abc()), 0))


def run(world: Scenario, plan: str) -> Journal:
    return simulate(world, load_plan(plan).plan, sample(world, 0))


def test_an_answer_takes_longer_by_whole_seconds() -> None:
    assert [longer(s, k) for s, k in ((1200, 1000), (1200, 0), (0, 1000), (601, 500), (1, 499))] == [
        2400,
        1200,
        0,
        902,
        1,
    ]


@pytest.mark.parametrize("plan", PLANS)
def test_the_auditor_follows_an_outage(plan: str) -> None:
    world = scenario(abc(disruptions={"cyber": CYBER | {"ask_factor": 2}}))
    Audit(world, sample(world, 0), run(world, plan)).walk()


@pytest.mark.parametrize("plan", PLANS)
def test_an_outage_that_takes_nothing_changes_nothing(plan: str) -> None:
    assert run(hit(), plan).fingerprint() == calm(plan).fingerprint()


@pytest.mark.parametrize("plan", ["today", "coordinated"])
def test_asking_is_slower_in_the_hit_region_only_and_only_then(plan: str) -> None:
    """Today's 20 minutes become 40 when the sender or somebody asked is hit."""
    world = hit(ask_factor=2, regions=["b"])
    journal = run(world, plan)
    b = world.region_keys.index("b")
    asked: dict[tuple[int, int], tuple[int, int]] = {}
    seen = set()
    for time_s, event, patient, region, _, detail in journal.rows():
        if event == Event.REQUESTED:
            asked[patient, region] = (time_s, detail)
        if event == Event.ANSWERED:
            begun_s, sender = asked[patient, region]
            slow = b in (sender, region) and 2 * DAY <= begun_s < 7 * DAY
            seen.add((slow, time_s - begun_s))
    assert seen == {(False, 1200), (True, 2400)}


def test_planned_care_is_stopped_whatever_the_plan_lets_through() -> None:
    world = hit(planned_stopped=1, regions=["a", "b"])
    journal, people = run(world, "today"), sample(world, 0)
    came = [(t, p, r) for t, e, p, r, *_ in journal.rows() if e == Event.ARRIVED and people.priority[p]]
    postponed = set(journal.patient[journal.where(Event.POSTPONED)].tolist())
    stopped = [p in postponed for t, p, r in came if r < 2 and 2 * DAY <= t < 7 * DAY]
    others = [p in postponed for t, p, r in came if r == 2 or not 2 * DAY <= t < 7 * DAY]
    assert all(stopped) and len(stopped) > 5
    assert not all(others)
    released = journal.only(journal.where(Event.RELEASED))
    within = (released.region < 2) & (released.time_s >= 2 * DAY) & (released.time_s < 7 * DAY)
    assert not within.any()


def test_a_part_of_planned_care_is_stopped_by_the_patient_s_own_number() -> None:
    few, many = (hit(planned_stopped=share) for share in (0.3, 0.7))
    gone = [
        set(j.patient[j.where(Event.POSTPONED)].tolist()) for j in (run(few, "alone"), run(many, "alone"))
    ]
    people = sample(few, 0)
    first = (people.arrival_s >= 2 * DAY) & (people.arrival_s < 3 * DAY) & (people.priority > 0)
    low, high = ({p for p in one if first[p]} for one in gone)
    assert low <= high and len(low) < len(high)


def pictures(world: Scenario, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the pictures as they are taken."""
    found = []
    taken = reporting.without_news

    def watched(*given: Any) -> Any:
        found.append(taken(*given))
        return found[-1]

    monkeypatch.setattr(reporting, "without_news", watched)
    simulate(world, plan, sample(world, 0))
    return found


def test_the_office_sees_the_old_picture_of_a_silent_region(monkeypatch: pytest.MonkeyPatch) -> None:
    found = pictures(hit(blind=True, regions=["b"]), load_plan("coordinated").plan, monkeypatch)
    last = next(one for one in reversed(found) if one.time_s < 2 * DAY)
    for one in found:
        if 2 * DAY <= one.time_s < 7 * DAY:
            assert one.taken_s.tolist() == [one.time_s, last.time_s, one.time_s], "it grows old"
            assert one.occupied[1].tolist() == last.occupied[1].tolist()
        else:
            assert set(one.taken_s.tolist()) == {one.time_s}


def test_a_region_silent_from_the_first_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    world = hit(blind=True, regions=["b"], from_day=-6)
    first = pictures(world, load_plan("coordinated").plan, monkeypatch)[0]
    assert first.taken_s[1] == NO_REPORT_S
    assert first.known.tolist() == [True, False, True]


# ---------------------------------------------------------------- diversion


def test_the_diverted_come_to_a_neighbour_and_are_nobody_else() -> None:
    world = hit(diverted=0.4, regions=["a"])
    people, before = sample(world, 0), sample(scenario(abc()), 0)
    away = people.diverted_to >= 0
    assert (
        replace(people, disruptions=(), diverted_to=before.diverted_to).fingerprint() == before.fingerprint()
    )
    assert set(people.diverted_to[away].tolist()) == {1, 2}
    within = (people.arrival_s >= 2 * DAY) & (people.arrival_s < 7 * DAY)
    ordinary = (people.stream == people.streams.index("emergency")) & (people.region == 0) & within
    assert not (away & ~ordinary).any()
    could = ordinary & (people.stage_count > 0)
    assert 0.25 < away.sum() / could.sum() < 0.55
    journal = run(world, "alone")
    asked = journal.only(journal.where(Event.ASKED))
    first = {int(p): int(r) for p, r in zip(asked.patient[::-1], asked.region[::-1], strict=True)}
    assert all(first[row] == people.diverted_to[row] for row in np.flatnonzero(away))
    arrived = journal.only(journal.where(Event.ARRIVED))
    assert np.array_equal(arrived.region, people.region[arrived.patient]), "home stays home"
    found = evaluate(Course(world, people, journal))
    assert found["diverted_by_outage"] == found["diverted_by_outage.a"] == away.sum()


def test_more_diverted_hold_those_of_fewer() -> None:
    few, many = (sample(hit(diverted=share, regions=["a"]), 1).diverted_to for share in (0.2, 0.6))
    assert 0 < (few >= 0).sum() < (many >= 0).sum()
    assert np.array_equal(many[few >= 0], few[few >= 0])


def test_nobody_is_diverted_to_a_region_that_is_hit_too() -> None:
    two = sample(hit(diverted=0.5, regions=["a", "b"]), 0).diverted_to
    assert set(two.tolist()) == {-1, 2}
    everybody = sample(hit(diverted=0.5), 0).diverted_to
    assert set(everybody.tolist()) == {-1}, "all are hit: they stay where they are"


# ---------------------------------------------------------------- the risk


def test_the_risk_is_of_those_who_lie_there_when_it_begins() -> None:
    world = hit(mortality_relative_risk=2, regions=["b"], recovery_days=3)
    people = sample(world, 0)
    course = Course(world, people, run(world, "today"))
    stays = course.stays
    there = (stays.region == 1) & (stays.from_s <= 2 * DAY) & (stays.to_s > 2 * DAY)
    risk = outage_risk(course)
    assert set(np.flatnonzero(risk != 1)) == set(stays.patient[there].tolist()) != set()
    assert set(risk[risk != 1]) == {2.0}
    plain = mortality_in_care(course, Arm.NONE, "outage")
    assert (mortality_in_care(course, Arm.NONE) >= plain).all()
    found = evaluate(course)
    calm_deaths = evaluate(Course(scenario(abc()), sample(scenario(abc()), 0), calm("today")))["deaths_all"]
    more = found["deaths_all"] - calm_deaths
    assert more >= found["deaths_avoidable_in_care_outage"] > 0, "no journal row has moved"
    parts = [found[f"deaths_avoidable_in_care_{e}"] for e in (*get_args(Effect), "several")]
    assert sum(parts) == found["deaths_avoidable_in_care"]


def test_beds_lost_are_counted_as_they_are_taken() -> None:
    world = hit(throughput=0.75, regions=["b"])
    found = evaluate(Course(world, sample(world, 0), run(world, "alone")))
    assert (found["icu_bed_days_lost"], found["ward_bed_days_lost"]) == (2 * 5, 10 * 5)
    assert found["icu_bed_days_lost.a"] == 0


# ---------------------------------------------------------------- the joint office


def test_an_outage_of_the_office_is_what_a_plan_could_have_said() -> None:
    told = load_plan("coordinated").plan.written()
    days = [{"from_day": 3, "to_day": 6}]
    said = Plan.model_validate(told | {"office": {"requests_per_h": 5, "outage": days}})
    silent = Plan.model_validate(told | {"office": {"requests_per_h": 5}})
    out = {"kind": "office_outage", "from_day": 3, "days": 3}
    world = scenario(abc(disruptions={"out": out}))
    people = sample(world, 0)
    assert [row.region for row in people.disruptions] == [-1]
    felt = simulate(world, silent, people)
    Audit(world, people, felt).walk()
    rows = [row for row in felt.rows() if row[1] not in (Event.HIT, Event.RESTORED, Event.DIRECTED)]
    by_plan = simulate(scenario(abc()), said, sample(scenario(abc()), 0))
    assert rows == [row for row in by_plan.rows() if row[1] != Event.DIRECTED]
    calm_rows = simulate(scenario(abc()), silent, sample(scenario(abc()), 0))
    assert rows != [row for row in calm_rows.rows() if row[1] != Event.DIRECTED]


@pytest.mark.parametrize("plan", PLANS)
def test_an_outage_of_an_office_that_a_plan_does_not_have_changes_nothing(plan: str) -> None:
    out = {"kind": "office_outage", "from_day": 3, "days": 3}
    journal = run(scenario(abc(disruptions={"out": out})), plan)
    rows = [row for row in journal.rows() if row[1] not in (Event.HIT, Event.RESTORED)]
    assert rows == list(calm(plan).rows())
