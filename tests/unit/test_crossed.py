"""Patients who lie in each other's beds, by hand and against a slow count."""

import numpy as np

from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.measures.crossed import crossed
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import load_plan
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.care import Event
from tests.unit.handmade import Book
from tests.worlds import abc, scenario


def boards(book: Book, kind: str, since: float, until: float | None, region: str = "a") -> None:
    """Add one in a bed of *kind* who waits for the other kind from *since* to *until*."""
    other = {"icu": "ward", "ward": "icu"}[kind]
    p = book.patient(since - 1, stages=(kind, other), home=region)
    book.bed(since - 1, p, region, kind, 0)
    book.note(since, Event.ASKED, p, region, other, 1)
    book.note(since, Event.BOARDED, p, region, kind, 1)
    if until is not None:
        book.note(until, Event.ADMITTED, p, region, other, 1)
        book.note(until + 1, Event.DISCHARGED, p, region, other)


def test_pairs_are_counted_at_once_and_at_the_end() -> None:
    book = Book()
    boards(book, "icu", 10, 30)
    assert evaluate(book.course())["boarders_crossed_most"] == 0, "one way only"
    boards(book, "ward", 12, 20)
    boards(book, "ward", 13, 22)
    assert evaluate(book.course())["boarders_crossed_most"] == 1, "one pair and one over"
    boards(book, "icu", 15, 16)
    values = evaluate(book.course())
    assert (values["boarders_crossed_most"], values["boarders_crossed_at_end"]) == (2, 0)
    steps = crossed(book.course())
    assert steps.at(np.array([11, 12, 15, 16, 20, 21, 22]) * 3600)[0].tolist() == [0, 1, 2, 1, 1, 1, 0]


def test_regions_are_apart_and_the_end_of_the_run_counts() -> None:
    book = Book()
    boards(book, "icu", 10, None, "a")
    boards(book, "ward", 10, None, "b")
    assert evaluate(book.course())["boarders_crossed_at_end"] == 0
    boards(book, "icu", 130, None, "b")
    values = evaluate(book.course())
    assert values["boarders_crossed_at_end"] == 1, "in cool-down"
    assert values["boarders_crossed_most"] == 0, "not in the window"


def test_against_a_slow_count() -> None:
    stay = {"family": "exponential", "mean_days": 2}
    content = abc()
    content["classes"]["back"] = {
        "urgency": 2,
        "pathways": [{"share": 1, "stages": [{"kind": k, "stay": stay} for k in ("ward", "icu", "ward")]}],
    }
    content["streams"]["emergency"]["classes"] = {"ill": 0.5, "critical": 0.1, "back": 0.4}
    one = scenario(content)
    table = sample(one, 0)
    course = Course(one, table, simulate(one, load_plan("alone").plan, table))
    kept, steps = course.boarding, crossed(course)
    wanted = table.kind[kept.patient, kept.stage]
    times = np.arange(0, course.horizon_s, 6 * 3600)
    slow = []
    for t in times:
        here = (kept.from_s <= t) & (t < kept.to_s)
        count = 0
        for region in range(3):
            ways = [np.count_nonzero(here & (kept.region == region) & (kept.kind == a) & (wanted == b))
                    for a, b in ((0, 1), (1, 0))]  # fmt: skip
            count += min(ways)
        slow.append(count)
    assert steps.at(times)[0].tolist() == slow and max(slow) > 0
