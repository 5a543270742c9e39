"""The phases of a wait, by hand; in any run they add up to the hours waited."""

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.measures.phases import phases
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import load_plan
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.care import Event
from tests.unit.handmade import Book
from tests.worlds import abc, scenario


def moved(min_stabilise_h: float) -> Book:
    """Return one who needs intensive care at 1, is booked at 3, leaves at 8 and lies in b at 10."""
    book = Book()
    p = book.patient(1, min_stabilise_h=min_stabilise_h)
    book.note(1, Event.ASKED, p, "a", "icu", 0)
    book.note(3, Event.PLACED, p, "b", "icu", 0)
    book.note(8, Event.DEPARTED, p, "a", "icu", 0)
    book.note(10, Event.ADMITTED, p, "b", "icu", 0)
    book.note(20, Event.DISCHARGED, p, "b", "icu")
    return book


@pytest.mark.parametrize(("min_h", "stabilising"), [(0, 0), (2, 0), (4, 2), (7, 5), (30, 5)])
def test_a_trip_by_hand(min_h: float, stabilising: float) -> None:
    values = evaluate(moved(min_h).course())
    assert values["icu_asking_h"] == values["icu_asking_h.urgency_1"] == 2
    assert values["icu_stabilising_h"] == stabilising, "from the booking to arrival + min_stabilise_h"
    assert values["icu_fetching_h"] == 5 - stabilising
    assert values["icu_transport_h"] == 2
    assert values["icu_wait_asking_share"] == pytest.approx(2 / 9)
    assert values["icu_wait_transport_share.urgency_1"] == pytest.approx(2 / 9)
    assert values["icu_need_to_confirmed_bed_h"] == 2 and values["icu_booking_to_bed_h"] == 7


@pytest.mark.parametrize("last", [2, 5, 9])
def test_a_death_counts_as_far_as_it_came(last: float) -> None:
    book = moved(4)
    book.rows = [row for row in book.rows if row[0] < last * 3600]
    book.note(last, Event.DIED_ON_THE_WAY if last == 9 else Event.DIED_WAITING, 0, "a", "icu", 0)
    found = phases(book.course())
    each = [found.asking, found.stabilising, found.fetching, found.transport]
    hours = {2: [1, 0, 0, 0], 5: [2, 2, 0, 0], 9: [2, 2, 3, 1]}[int(last)]
    assert [int(one[0]) / 3600 for one in each] == hours


def test_phases_add_up_in_a_run() -> None:
    world = scenario(abc())
    table = sample(world, 0)
    found = phases(Course(world, table, simulate(world, load_plan("coordinated").plan, table)))
    each = [found.asking, found.stabilising, found.fetching, found.transport]
    assert all((one >= 0).all() for one in each) and found.transport.any() and found.stabilising.any()
    assert np.array_equal(sum(each), found.needs.wait_s)


def test_ten_minutes_one_and_two_hours_from_onset_and_from_arrival() -> None:
    book = Book()
    for waited in (0, 0.5, 1.5, 4):
        p = book.patient(10, onset_h=9.5)
        book.bed(10 + waited, p, "b", "icu", 0, asked=10)
        book.note(10 + waited, Event.DISCHARGED, p, "b", "icu")
    values = evaluate(book.course())
    found = [
        [values[f"first_bed_within_{limit}_of_{since}_share"] for limit in ("10min", "1h", "2h")]
        for since in ("onset", "arrival")
    ]
    assert found == [[0, 0.5, 0.75], [0.25, 0.5, 0.75]]
