"""Groups of patients at equal need: by hand, and as laws in a run."""

import math
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.measures.groups import groups, last_place
from nspl_sim.measures.registry import evaluate, measure_of, title_of
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.care import GROUPS, Event
from tests.unit.handmade import Book, full_story, world
from tests.worlds import abc, scenario


def with_groups(**groups_of: str) -> Scenario:
    """Return the handmade world with a stream for each group named."""
    stream: dict[str, Any] = {
        "kind": "poisson",
        "per_day": 1,
        "regions": {"a": 1},
        "classes": {"critical": 1},
    }
    planned = {"kind": "planned", "per_day": 4, "regions": {"a": 1}, "classes": {"hip": 1}}
    streams = {name: stream | {"group": group} for name, group in groups_of.items()}
    return world(streams=streams | {"planned": planned})


def waits(rows: list[tuple[str, str, float]]) -> dict[str, float]:
    """Return the measures of patients (stream, class, hours waited for intensive care in b)."""
    book = Book(with_groups(front="military", home="own"))
    for number, (stream, klass, waited) in enumerate(rows):
        begin = 12.0 * number
        p = book.patient(begin, klass, "b", ("icu",), stream=stream)
        book.bed(begin + waited, p, "b", "icu", 0, asked=begin)
        book.note(begin + waited, Event.DISCHARGED, p, "b", "icu")
    return evaluate(book.course())


def test_a_graver_group_does_not_wait_longer_at_equal_need() -> None:
    graver = [("front", "critical", 4)] * 3 + [("front", "ill", 1)]
    milder = [("home", "critical", 4)] + [("home", "ill", 1)] * 3
    values = waits(graver + milder)
    assert values["wait_icu_mean_h.group_military"] == 13 / 4
    assert values["wait_icu_mean_h.group_own"] == 7 / 4
    assert values["wait_icu_equal_need_difference_h.group_military"] == 0
    assert values["wait_icu_equal_need_h.group_military"] == 2.5
    assert values["wait_icu_equal_need_h.group_own"] == 2.5
    assert math.isnan(values["wait_icu_mean_h.group_allied"])


def test_a_difference_is_weighted_by_how_many_have_the_urgency() -> None:
    rows = [("front", "critical", 6)] * 2 + [("front", "ill", 1)]
    rows += [("home", "critical", 4)] + [("home", "ill", 2)] * 2
    values = waits(rows)
    assert values["wait_icu_equal_need_difference_h.group_military"] == (3 * 2 - 3 * 1) / 6
    assert values["wait_icu_equal_need_difference_h.group_own"] == -(3 * 2 - 3 * 1) / 6


def test_an_urgency_that_only_one_of_them_has_says_nothing() -> None:
    values = waits([("front", "critical", 6), ("home", "ill", 2), ("home", "ill", 2)])
    assert math.isnan(values["wait_icu_equal_need_difference_h.group_military"])
    values = waits([("front", "critical", 6), ("front", "ill", 3), ("home", "ill", 2)])
    assert values["wait_icu_equal_need_difference_h.group_military"] == 1


def test_who_dies_waiting_at_equal_urgency() -> None:
    book = Book(with_groups(front="military"))
    for number, dies in enumerate((True, True, False, False)):
        stream = "front" if number % 2 else "s"
        p = book.patient(10, home="b", stages=("icu",), stream=stream)
        book.note(10, Event.ASKED, p, "b", "icu", 0)
        book.note(11, Event.DIED_WAITING if dies else Event.ADMITTED, p, "b", "icu", -1 if dies else 0)
    p = book.patient(10, home="b", stages=("icu",), stream="front")
    book.note(10, Event.ASKED, p, "b", "icu", 0)
    book.note(12, Event.DIED_WAITING, p, "b", "icu", -1)
    values = evaluate(book.course())
    assert values["died_waiting_share"] == 0.6
    assert values["deaths_waiting.group_military"] == 2 and values["patients_arrived.group_military"] == 3
    assert values["died_waiting_equal_need_difference.group_military"] == pytest.approx(100 * (2 / 3 - 1 / 2))


def test_a_resident_elsewhere_is_of_another_region_there() -> None:
    course = full_story().course()
    assert last_place(course).tolist() == [0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert [GROUPS[g] for g in groups(course)].count("other") == 1
    values = evaluate(course)
    assert values["wait_icu_mean_h.group_own"] == values["wait_icu_mean_h"], "need arises at home"
    assert values["wait_ward_mean_h.group_other"] == 0, "2 asks for a ward in b"
    assert values["refused.class_ill"] == 1 and values["refused.class_hip"] == 0


def test_names_of_the_new_levels_are_found_again() -> None:
    assert measure_of("wait_icu_mean_h.group_military").level == "group"
    assert measure_of("wait_icu_mean_h.grouped").level == "region"
    assert measure_of("refused.class_ill").level == "class"
    assert measure_of("wait_icu_equal_need_h.group_own").level == "group"
    assert "military patients" in str(title_of("deaths_all.group_military"))


def test_groups_partition_the_cohort() -> None:
    one = scenario(abc())
    table = sample(one, 0)
    course = Course(one, table, simulate(one, load_plan("coordinated").plan, table))
    values = evaluate(course)
    for name in ("deaths_all", "deaths_waiting", "deaths_in_care", "patients_arrived"):
        assert sum(values[f"{name}.group_{g}"] for g in GROUPS) == values[name]
    assert values["patients_arrived.group_military"] > 0 and values["deaths_all.group_other"] > 0
    assert values["patients_arrived"] == np.count_nonzero(course.cohort)
    assert values["worst_region_wait_icu_mean_h"] == max(values[f"wait_icu_mean_h.{r}"] for r in "abc")
