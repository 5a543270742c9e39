"""The course of events against books kept by hand."""

import csv
from io import StringIO

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate
from nspl_sim.measures.steps import Steps
from nspl_sim.policies.plan import load_plan
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.care import NEVER, Event, Outcome
from nspl_sim.vocabulary.clock import HOUR
from tests.unit.handmade import Book, Bookkeeper, H, full_story, world
from tests.worlds import abc, scenario

TWA = """case_id,quantity,value
TWA,time_weighted_mean,1.400000
"""
"""From the table of theory: 0 in [0,2), 3 in [2,5), 1 in [5,10); the mean of levels, 1.333, is wrong."""


STAY_COLUMNS = ("patient", "region", "kind", "from_s", "to_s")


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


# ---------------------------------------------------------------- step functions


def test_time_weighted_mean_is_the_oracles() -> None:
    exact = float(next(csv.DictReader(StringIO(TWA)))["value"])
    level = Steps(ints(0), ints(0, 0), ints(2, 5), ints(3, -2))
    assert level.integral(0, 10)[0] / 10 == exact
    spans = level.spans(0, 10)
    assert spans.level.tolist() == [0, 3, 1]
    assert ((spans.to_s - spans.from_s) * spans.level).sum() / 10 == exact


def test_levels_count_every_change_of_their_second() -> None:
    steps = Steps(ints(1, 5), ints(0, 0, 1, 0), ints(3, 3, 4, -7), ints(2, -1, 1, 4))
    assert steps.at(ints(-8, -7, 2, 3, 4)).tolist() == [[1, 5, 5, 6, 6], [5, 5, 5, 5, 6]]
    assert steps.spans(0, 6).unit.tolist() == [0, 0, 1, 1]
    assert steps.spans(0, 6).level.tolist() == [5, 6, 5, 6]
    assert steps.integral(0, 6).tolist() == [5 * 3 + 6 * 3, 5 * 4 + 6 * 2]


def test_sum_difference_choice_and_total() -> None:
    one = Steps(ints(1, 2), ints(0, 1), ints(1, 2), ints(1, 1))
    two = Steps(ints(3, 3), ints(1), ints(5), ints(-2))
    assert (one + two).integral(0, 10).tolist() == (one.integral(0, 10) + two.integral(0, 10)).tolist()
    assert (one - two).integral(0, 10).tolist() == (one.integral(0, 10) - two.integral(0, 10)).tolist()
    assert one.select(ints(1)).integral(0, 10).tolist() == [one.integral(0, 10)[1]]
    assert one.total().integral(0, 10).tolist() == [one.integral(0, 10).sum()]


def test_floored_is_never_below_nothing() -> None:
    steps = Steps(ints(1, 1), ints(0, 0, 0), ints(2, 4, 6), ints(-3, 1, 4))
    assert steps.at(ints(0, 2, 4, 6)).tolist() == [[1, -2, -1, 3], [1, 1, 1, 1]]
    assert steps.floored().at(ints(0, 2, 4, 6)).tolist() == [[1, 0, 0, 3], [1, 1, 1, 1]]
    nothing = Steps(ints(-2), ints(), ints(), ints())
    assert nothing.floored().base.tolist() == [0]


def test_first_lasting_needs_the_whole_time_on_end() -> None:
    steps = Steps(
        ints(0, 0, 0),
        ints(0, 0, 0, 0, 1, 2, 2, 2),
        ints(1, 2, 5, 6, 9, 3, 4, 4),
        ints(1, -1, 1, 1, 1, 1, 1, 0),
    )
    spans = steps.spans(0, 10)
    assert spans.first_lasting(spans.level > 0, 2).tolist() == [5, NEVER, 3]
    assert spans.first_lasting(spans.level > 0, 1).tolist() == [1, 9, 3]
    assert spans.first_lasting(spans.level > 9, 1).tolist() == [NEVER] * 3


def test_integrals_are_exact_beyond_the_reach_of_floats() -> None:
    huge = Steps(ints(10**9), ints(0), ints(1), ints(1))
    assert huge.integral(0, 3 * 10**8)[0] == 10**9 * 3 * 10**8 + 3 * 10**8 - 1


# ---------------------------------------------------------------- the story


@pytest.fixture(name="course")
def _course() -> Course:
    return full_story().course()


def test_outcomes_and_cohort(course: Course) -> None:
    assert course.outcome.tolist() == [
        Outcome.DISCHARGED,
        Outcome.DISCHARGED,
        Outcome.DISCHARGED,
        Outcome.DIED_WAITING,
        Outcome.DIED_ON_THE_WAY,
        Outcome.DISCHARGED,
        Outcome.DISCHARGED,
        Outcome.PRESENT,
        Outcome.REFUSED,
        Outcome.PRESENT,
        Outcome.PRESENT,
        Outcome.DISCHARGED,
    ]
    assert course.cohort.tolist() == [True] * 11 + [False]
    assert course.exit_s[7] == NEVER
    assert course.exit_s[3] == 12 * H


def test_stays_end_at_the_next_bed_the_departure_the_exit_or_the_end(course: Course) -> None:
    stays = course.stays
    found = {
        (p, course.regions[r], course.kinds[k], f // H, t // H)
        for p, r, k, f, t in zip(*(getattr(stays, c) for c in STAY_COLUMNS), strict=True)
    }
    assert found == {
        (0, "a", "icu", 0, 24),
        (0, "a", "ward", 24, 48),
        (1, "a", "icu", 1, 33),
        (1, "a", "ward", 33, 60),
        (2, "b", "icu", 6, 36),
        (2, "b", "ward", 36, 46),
        (6, "a", "ward", 70, 94),
        (9, "b", "ward", 100, 144),
        (11, "b", "ward", -10, 14),
    }


def test_a_bed_left_for_a_trip_is_free_from_departure() -> None:
    book = Book()
    p = book.patient(0)
    book.bed(0, p, "a", "icu", 0)
    book.note(10, Event.ASKED, p, "a", "ward", 1)
    book.note(10, Event.BOARDED, p, "a", "icu", 1)
    book.note(12, Event.PLACED, p, "b", "ward", 0)
    book.note(13, Event.DEPARTED, p, "a", "ward", 0)
    book.note(15, Event.ADMITTED, p, "b", "ward", 1)
    course = book.course()
    assert (course.stays.to_s // H).tolist() == [13, 144]
    assert (course.boarding.from_s[0] // H, course.boarding.to_s[0] // H) == (10, 13)
    assert course.trips.departed_s.tolist() == [13 * H]
    assert course.trips.receiver.tolist() == [1]


def test_who_dies_boarding_frees_the_bed() -> None:
    book = Book()
    p = book.patient(0)
    book.bed(0, p, "a", "icu", 0)
    book.note(10, Event.ASKED, p, "a", "ward", 1)
    book.note(10, Event.BOARDED, p, "a", "icu", 1)
    book.note(20, Event.DIED_WAITING, p, "a", "ward", -1)
    course = book.course()
    assert (course.stays.to_s // H).tolist() == [20]
    assert course.boarding.to_s.tolist() == [20 * H]
    assert course.of_kind(course.waiting, "ward").integral(0, course.horizon_s).tolist() == [10 * H, 0]


def test_needs_and_waits(course: Course) -> None:
    needs = course.needs
    icu = needs.kind == course.kind_number("icu")
    rows = {int(p): i for i, p in enumerate(needs.patient) if icu[i]}
    assert {p: int(needs.wait_s[i] // H) for p, i in rows.items()} == {0: 0, 1: 0, 2: 4, 3: 7, 4: 3}
    assert {p for p, i in rows.items() if needs.met[i]} == {0, 1, 2}
    assert {p for p, i in rows.items() if needs.moved[i]} == {2}
    assert needs.confirmed_s[rows[2]] == 3 * H
    still = needs.only(needs.patient == 10)
    assert still.wait_s[0] == (144 - 110) * H, "waited so far, until the end of the run"


def test_capacity_lacks_the_team_and_gains_open_steps_only(course: Course) -> None:
    staffed = course.staffed("icu", HOUR)[0].tolist()
    expected = [2] * 120
    expected[3:9] = [1] * 6
    expected[21:26] = [1] * 5
    expected[50:80] = [3] * 30
    assert staffed == expected


def test_instant_transport_takes_neither_team_nor_vehicle() -> None:
    book = full_story()
    book.scenario = world(transport={"instant": True})
    course = book.course()
    assert set(course.staffed("icu", HOUR)[0].tolist()) == {2, 3}
    assert course.vehicles_away.integral(0, course.horizon_s).tolist() == [0]


def assert_as_in_the_books(course: Course, hours: int) -> None:
    """Compare every level at every full hour, and that nobody is lost, with the bookkeeper."""
    kept = Bookkeeper(course.scenario, course.journal).hourly(hours)
    full_hours = np.arange(hours) * HOUR
    for name, steps in (
        ("bed", course.occupied),
        ("line", course.waiting),
        ("booked", course.inbound),
        ("staffed", course.beds),
    ):
        assert steps.at(full_hours).T.tolist() == [np.ravel(hour[name]).tolist() for hour in kept], name
    arrived = (course.demand.arrival_s[:, None] <= full_hours).sum(axis=0)
    gone = (course.exit_s[:, None] <= full_hours).sum(axis=0)
    assert arrived.tolist() == [hour["arrived"] for hour in kept]
    assert gone.tolist() == [hour["gone"] for hour in kept]
    assert (arrived - gone).tolist() == [hour["present"] for hour in kept]


def assert_integral_is_the_stays(course: Course) -> None:
    """Law 5, by unit."""
    stays, end = course.stays, course.horizon_s
    clipped = np.clip(stays.to_s, 0, end) - np.clip(stays.from_s, 0, end)
    unit = stays.region * len(course.kinds) + stays.kind
    by_unit = [int(clipped[unit == u].sum()) for u in range(len(course.regions) * len(course.kinds))]
    assert course.occupied.integral(0, end).tolist() == by_unit


def test_every_hour_is_as_in_the_books_kept_by_hand(course: Course) -> None:
    assert_as_in_the_books(course, 144)
    assert_integral_is_the_stays(course)
    hourly = sum(course.census(kind, HOUR).sum() * HOUR for kind in course.kinds)
    assert hourly == course.occupied.integral(0, course.horizon_s).sum(), "all falls on full hours here"


@pytest.mark.parametrize("instant", [False, True])
@pytest.mark.parametrize("plan", ["alone", "today", "coordinated"])
def test_a_crowded_world_is_as_in_the_books_at_every_hour(plan: str, instant: bool) -> None:
    content = abc()
    content["transport"]["instant"] = instant
    crowded = scenario(content)
    for replication in range(3):
        people = sample(crowded, replication)
        course = Course(crowded, people, simulate(crowded, load_plan(plan).plan, people))
        assert_as_in_the_books(course, 14 * 24)
        assert_integral_is_the_stays(course)
        assert (course.needs.wait_s >= 0).all() and (course.stays.to_s >= course.stays.from_s).all()
        met = course.needs.only(course.needs.met)
        assert len(met) == len(course.stays), "every bed was needed"
        values = evaluate(course)
        waits = values["deaths_waiting"] + values["deaths_in_care"]
        assert values["deaths_all"] == waits
        assert values["deaths_avoidable"] <= values["deaths_all"]
        causes = ("no_receiver", "no_team", "no_vehicle", "no_answer", "booked", "ward")
        in_line = values["deaths_waiting"] - values["deaths_on_the_way"]
        assert sum(values[f"deaths_waiting_{cause}"] for cause in causes) == in_line
        received = sum(values[f"icu_bed_days_received.{r}"] for r in course.regions)
        assert values["icu_bed_days_given"] == pytest.approx(received)
        assert (values["capacity_transfers"] > 0) == (plan != "alone")


def test_a_journal_without_rows_and_patients() -> None:
    course = Book().course()
    assert len(course.stays) == len(course.needs) == len(course.trips) == len(course.boarding) == 0
    assert course.occupied.integral(0, course.horizon_s).tolist() == [0] * 4
    assert course.staffed("icu", 12 * HOUR).tolist() == [[2] * 10] * 2


def test_a_kind_that_the_scenario_lacks_is_empty(course: Course) -> None:
    assert course.census("burn", 24 * HOUR).tolist() == [[0] * 5] * 2
    assert course.kind_number("burn") == -1


def test_the_order_of_rows_within_a_second_decides_whose_bed_is_whose() -> None:
    book = Book()
    first, second = book.patient(0, "ill"), book.patient(0, "ill")
    book.bed(0, first, "a", "ward", 0)
    book.note(0, Event.ASKED, second, "a", "ward", 0)
    book.note(5, Event.DISCHARGED, first, "a", "ward")
    book.note(5, Event.ADMITTED, second, "a", "ward", 0)
    course = book.course()
    assert course.census("ward", HOUR)[0, :8].tolist() == [1] * 8
    assert course.in_line("ward", HOUR)[0, :8].tolist() == [1] * 5 + [0] * 3
