"""Avoidable deaths by cause: each cause by hand, and that the causes add up in any run."""

from collections.abc import Callable

import numpy as np
import pytest

from nspl_sim.demand.chance import Chance
from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.measures.decision import by_decision
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.care import Answer, Event
from tests.unit.handmade import Book, H, full_story, world
from tests.worlds import abc, scenario

LINE = ("decision", "no_receiver", "no_team", "no_vehicle", "no_answer", "booked", "on_the_way")
CARE = ("wait", "strain", "transfer", "several")


def dies_in_line(lack: int = -1, asked: float = 5, died: float = 12, kind: str = "icu") -> Book:
    """Return one who dies in line in a, while b has two free beds, a team and a vehicle."""
    book = Book()
    p = book.patient(asked, stages=(kind,), u_outcome=0.9)
    book.note(asked, Event.ASKED, p, "a", kind, 0)
    book.note(died, Event.DIED_WAITING, p, "a", kind, lack)
    return book


def lies_in_b(book: Book, hour: float, until: float) -> None:
    p = book.patient(hour, home="b", stages=("icu",))
    book.bed(hour, p, "b", "icu", 0)
    book.note(until, Event.DISCHARGED, p, "b", "icu")


def team_and_vehicle_away(book: Book, left: float, team_back: float, vehicle_back: float) -> None:
    p = book.patient(left, stages=("icu",))
    book.note(left, Event.ASKED, p, "a", "icu", 0)
    book.note(left, Event.PLACED, p, "b", "icu", 0)
    book.note(left, Event.DIED_WAITING, p, "a", "icu", Answer.YES)
    book.note(vehicle_back, Event.RETURNED, p, "a", None, 0)
    book.note(team_back, Event.RETURNED, p, "a", "icu", -1)


def decided(book: Book, plan: Plan | None = None) -> bool:
    return bool(by_decision(Course(book.scenario, book.demand(), book.journal(), plan))[0])


def test_all_was_there_and_nobody_booked_it() -> None:
    assert decided(dies_in_line())
    values = evaluate(dies_in_line(Answer.NO_BED).course())
    assert values["deaths_waiting_decision"] == values["deaths_avoidable_decision"] == 1
    assert values["deaths_waiting_no_receiver"] == 1, "the lack noted stays what it was"
    assert values["deaths_avoidable_no_receiver"] == 0, "but has one cause only"


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        (lambda b: lies_in_b(b, 0, 10.9), True),
        (lambda b: lies_in_b(b, 0, 11), True),
        (lambda b: lies_in_b(b, 0, 11.1), False),  # one of two beds left is b's reserve
        (lambda b: lies_in_b(b, 11.5, 11.6), False),
        (lambda b: lies_in_b(b, 12, 13), True),
        (lambda b: team_and_vehicle_away(b, 1, 11, 11), True),
        (lambda b: team_and_vehicle_away(b, 1, 11.5, 2), False),
        (lambda b: team_and_vehicle_away(b, 1, 2, 11.5), False),
        (lambda b: b.note(1, Event.CHANGED, region="b", kind="icu", detail=1), False),
    ],
)
def test_it_must_have_been_there_through_the_last_hour(change: Callable[[Book], None], holds: bool) -> None:
    book = dies_in_line()
    change(book)
    assert decided(book) is holds


def test_who_waited_less_than_the_interval_is_no_decision() -> None:
    assert decided(dies_in_line(asked=11)) and not decided(dies_in_line(asked=11.1))


def test_a_booked_death_is_no_decision() -> None:
    book = dies_in_line(Answer.YES)
    book.note(6, Event.PLACED, 0, "b", "icu", 0)
    assert not decided(book)


def test_a_ward_needs_no_team() -> None:
    book = dies_in_line(kind="ward")
    team_and_vehicle_away(book, 1, 50, 2)
    assert decided(book)


def test_the_terms_are_those_of_the_plan() -> None:
    plan = load_plan("today").plan
    near = plan.model_copy(update={"asking": plan.asking.model_copy(update={"max_hours": 1.0})})
    often = plan.model_copy(update={"asking": plan.asking.model_copy(update={"retry_h": 0.5})})
    never = plan.model_copy(update={"asking": plan.asking.model_copy(update={"retry_h": "never"})})
    assert decided(dies_in_line(), plan) and not decided(dies_in_line(), near), "b is 1.6 hours away"
    assert decided(dies_in_line(asked=11.5), often) and not decided(dies_in_line(asked=11.5), plan)
    assert decided(dies_in_line(asked=11), never), "an hour, where there is no retry"


def test_nobody_can_come_where_no_vehicle_is() -> None:
    regions = {
        key: {"icu_teams": 1, "units": {"icu": {"beds": 2}, "ward": {"beds": 2}}, "vehicles": {}}
        for key in "ab"
    }
    book = dies_in_line()
    book.scenario = world(regions=regions)
    assert not decided(book)
    book.scenario = world(regions=regions, transport={"instant": True, "distances_km": {"a": {"b": 1}}})
    assert decided(book)


def test_a_helicopter_comes_from_anywhere() -> None:
    region = {"icu_teams": 1, "units": {"icu": {"beds": 2}, "ward": {"beds": 2}}}
    regions = {"a": region, "b": region | {"vehicles": {"helicopter": 1}}}
    modes = {"helicopter": {"medium": "air", "speed_kmh": 235, "range_km": 110}}
    book = dies_in_line()
    book.scenario = world(
        regions=regions, transport={"modes": modes, "distances_km": {"a": {"b": 120}}, "detour_factor": 1.2}
    )
    assert decided(book)
    modes["helicopter"]["range_km"] = 90
    book.scenario = world(
        regions=regions, transport={"modes": modes, "distances_km": {"a": {"b": 120}}, "detour_factor": 1.2}
    )
    assert not decided(book), "100 km through the air"


def test_causes_of_the_story_by_hand() -> None:
    values = evaluate(full_story().course())
    assert values["deaths_avoidable_no_team"] == values["deaths_avoidable_on_the_way"] == 1
    assert values["deaths_avoidable_waiting"] == values["deaths_avoidable"] == 2


@pytest.mark.parametrize("plan", ["alone", "today", "coordinated"])
def test_causes_add_up(plan: str) -> None:
    one = scenario(abc(strain_arm="full"))
    classes = one.classes | {
        "critical": one.classes["critical"].model_copy(update={"transfer_odds_ratio": 3.0})
    }
    one = one.model_copy(update={"classes": classes})
    table = sample(one, 1)
    values = evaluate(Course(one, table, simulate(one, load_plan(plan).plan, table), load_plan(plan).plan))
    in_line = sum(values[f"deaths_avoidable_{cause}"] for cause in LINE)
    in_care = sum(values[f"deaths_avoidable_in_care_{cause}"] for cause in CARE)
    assert in_line == values["deaths_avoidable_waiting"] > 0
    assert in_care == values["deaths_avoidable_in_care"]
    assert in_line + in_care + values["deaths_avoidable_after_refusal"] == values["deaths_avoidable"]


def test_a_death_after_refusal_may_be_avoidable() -> None:
    scenario = world()
    spec = scenario.classes["critical"].model_copy(update={"refused_mortality": 0.6})
    book = Book(scenario.model_copy(update={"classes": scenario.classes | {"critical": spec}}))
    for u in (0.05, 0.5, 0.7):
        p = book.patient(1, u_outcome=u)
        book.note(1, Event.ASKED, p, "a", "icu", 0)
        book.note(2, Event.REFUSED, p, "a", "icu", -1)
    values = evaluate(book.course())
    assert (values["deaths_after_refusal"], values["deaths_avoidable_after_refusal"]) == (2, 1)
    assert values["deaths_avoidable"] == 1


# ---------------------------------------------------------------- in care, one effect at a time


def moved_after_waiting(u: float, wait_ratio: float, transfer_ratio: float) -> dict[str, float]:
    """Return the measures of one of mortality 0.1 who waited four hours and was moved."""
    scenario = world()
    spec = scenario.classes["critical"].model_copy(
        update={"wait_hazard_per_h": wait_ratio, "transfer_odds_ratio": transfer_ratio}
    )
    book = Book(scenario.model_copy(update={"classes": scenario.classes | {"critical": spec}}))
    p = book.patient(0, stages=("icu",), u_outcome=u)
    book.note(0, Event.ASKED, p, "a", "icu", 0)
    book.note(1, Event.PLACED, p, "b", "icu", 0)
    book.note(2, Event.DEPARTED, p, "a", "icu", 0)
    book.note(4, Event.ADMITTED, p, "b", "icu", 0)
    book.note(40, Event.DISCHARGED, p, "b", "icu")
    return evaluate(book.course())


@pytest.mark.parametrize(
    ("u", "wait", "transfer", "cause"),
    [
        (0.11, 1.05, 1.0, "wait"),  # 0.1 after four hours at 1.05: 0.119
        (0.11, 1.0, 1.25, "transfer"),  # 0.122
        (0.11, 1.05, 1.25, "several"),  # either alone would have killed
        (0.13, 1.05, 1.25, "several"),  # neither alone would
        (
            0.12,
            1.05,
            1.25,
            "transfer",
        ),  # without it 0.119; without the wait 0.122
        (0.15, 1.05, 1.25, None),
        (0.09, 1.05, 1.25, None),
    ],
)
def test_one_effect_at_a_time(u: float, wait: float, transfer: float, cause: str | None) -> None:
    values = moved_after_waiting(u, wait, transfer)
    assert {c for c in CARE if values[f"deaths_avoidable_in_care_{c}"]} == ({cause} - {None})


def test_a_level_lasts_or_not() -> None:
    course = full_story().course()
    free = course.of_kind(course.beds - course.occupied, "icu")
    drawn = Chance(3, 0).uniforms(600, "s", "a", "test").reshape(2, 300)
    since, length = (drawn * [[119 * H], [9 * H]]).astype(np.int64)
    until = since + 1 + length
    grid = free.at(np.arange(0, 130 * H, 60))
    found = free.lasts(since // 60 * 60, until // 60 * 60 + 60)
    for i in range(300):
        span = slice(since[i] // 60, until[i] // 60 + 1)
        assert found[i].tolist() == (grid[:, span] > 0).all(axis=1).tolist()
