"""Patients of other countries leave for home: when, from which bed, and what that is in the books."""

from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.measures.outcome import died_in_care, settled
from nspl_sim.measures.repatriation import left_for_home_country
from nspl_sim.paper.language import Language
from nspl_sim.paper.trace import Trace
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import NEVER, Arm, Event, Outcome
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.patients import Demand
from tests.conformance.test_streams import EXAMPLES
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario

ALLIED = EXAMPLES["host_nation"] | {"repatriated_after": {"family": "uniform", "low_h": 30, "high_h": 90}}


def by_hand(stages: list[tuple[str, float]], ward: int = 5, after_h: float = 24) -> tuple[Scenario, Demand]:
    """Return one ward of *ward* beds, one intensive care bed, and patients with such stages."""
    patients = [
        {"arrival_h": n, "region": "a", "class": "any", "stages": [{"kind": k, "stay_h": h} for k, h in said]}
        for n, said in enumerate(stages)
    ]
    world = scenario(
        {
            "format": 1,
            "name": "hand",
            "start": "2027-01-04",
            "horizon_days": 20,
            "regions": {"a": {"units": {"icu": {"beds": 1}, "ward": {"beds": ward}}}},
            "classes": {"any": {"urgency": 3, "pathways": [{"share": 1, "stages": []}]}},
            "streams": {
                "allied": {
                    "kind": "table",
                    "group": "allied",
                    "repatriated_after": {"family": "fixed", "value_h": after_h},
                    "patients": patients,
                }
            },
        }
    )
    return world, sample(world, 0)


def ends(world: Scenario, table: Demand) -> list[tuple[int, str, float]]:
    """Return who went, how and in which hour."""
    journal = simulate(world, load_plan("alone").plan, table)
    Audit(world, table, journal).walk()
    return [
        (patient, Event(event).name.lower(), time_s / HOUR)
        for time_s, event, patient, *_ in journal.rows()
        if event in (Event.LEFT, Event.DISCHARGED)
    ]


def test_at_the_earlier_of_the_end_of_the_stay_and_the_time() -> None:
    assert ends(
        *by_hand([[("ward", 10)], [("ward", 100)], [("ward", 22)], [("ward", 23), ("ward", 30)]])
    ) == [
        (0, "discharged", 10),
        (2, "discharged", 24),
        (1, "left", 25),
        (3, "left", 27),
    ]


def test_never_out_of_intensive_care() -> None:
    long_icu, only_icu, no_bed = [("icu", 40), ("ward", 50)], [("icu", 60)], []
    assert ends(*by_hand([long_icu])) == [(0, "left", 40)]  # at once, when a ward bed is reached
    assert ends(*by_hand([only_icu])) == [(0, "discharged", 60)]
    assert ends(*by_hand([no_bed])) == [(0, "discharged", 0)]


def test_never_while_waiting() -> None:
    first, waits = [("ward", 20)], [("ward", 50)]
    assert ends(*by_hand([first, waits], ward=1)) == [(0, "discharged", 20), (1, "left", 25)]
    boards = [("icu", 5), ("ward", 90)]
    assert ends(*by_hand([[("ward", 24)], boards], ward=1, after_h=10)) == [(0, "left", 10), (1, "left", 11)]
    assert ends(*by_hand([[("ward", 9)], boards], ward=1, after_h=4)) == [(0, "left", 4), (1, "left", 6)]


def test_at_the_same_second_they_leave() -> None:
    assert ends(*by_hand([[("ward", 24)]])) == [(0, "left", 24)]


def run(plan: str = "today", replication: int = 0, **changes: Any) -> tuple[Scenario, Demand, Journal]:
    content = abc(warm_up_days=0)
    world = scenario(content | {"streams": content["streams"] | {"allied": ALLIED | changes}})
    table = sample(world, replication)
    return world, table, simulate(world, load_plan(plan).plan, table)


@pytest.mark.parametrize("plan", ["alone", "today", "coordinated"])
def test_the_laws_hold_and_nobody_else_leaves(plan: str) -> None:
    world, table, journal = run(plan)
    audit = Audit(world, table, journal).walk()
    assert audit.arrived == len(table)
    left = journal.patient[journal.where(Event.LEFT)]
    allied = table.streams.index("allied")
    assert len(left) > 10
    assert set(table.stream[left].tolist()) == {allied}
    may = table.leaves_s < NEVER
    assert set(table.stream[may].tolist()) == {allied}
    assert ((table.leaves_s - table.arrival_s)[may] >= 30 * HOUR).all()


def test_repatriation_changes_no_other_column() -> None:
    with_it, without = run()[1], run(repatriated_after=None)[1]
    for name, column in vars(with_it).items():
        if isinstance(column, np.ndarray) and name != "leaves_s":
            assert np.array_equal(column, getattr(without, name)), name


def test_measures_know_who_left_and_settle_their_death() -> None:
    world, table, journal = run()
    course = Course(world, table, journal)
    left = course.outcome == Outcome.LEFT
    assert left.sum() == len(journal.where(Event.LEFT))
    assert left_for_home_country(course).sum() == left.sum()
    dead = died_in_care(course, Arm.NONE) & left
    assert dead.any()
    assert (settled(course, Arm.NONE)[dead] == Outcome.DIED_IN_CARE).all()
    end_s = 14 * DAY
    clipped = np.clip(course.stays.to_s, 0, end_s) - np.clip(course.stays.from_s, 0, end_s)
    assert course.occupied.integral(0, end_s).sum() == clipped.sum()


def test_a_trace_tells_it() -> None:
    world, table = by_hand([[("ward", 100)]])
    journal = simulate(world, load_plan("alone").plan, table)
    told = [list(Trace(world, table, Language(code), journal).lines(journal))[-1] for code in ("en", "sv")]
    assert told[0].endswith("Patient 0 leaves a for the home country")
    assert told[1].endswith("Patient 0 lämnar a och reser till hemlandet")
