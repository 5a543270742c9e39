"""Every registered measure: that it is whole, and what it says of a story worked out by hand."""

import math
from io import BytesIO
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from babel.messages.pofile import read_po

import nspl_sim.measures
from nspl_sim.measures.course import Course
from nspl_sim.measures.measure import Level, measure
from nspl_sim.measures.registry import (
    HEADLINE,
    UNITS,
    Measure,
    evaluate,
    measure_of,
    registered,
    title_of,
)
from nspl_sim.vocabulary.care import GROUPS, URGENCIES, Event
from nspl_sim.vocabulary.text import text
from tests.unit.handmade import Book, H, full_story, world

EVERY = pytest.mark.parametrize("one", registered().values(), ids=registered())
PARTS = Path(nspl_sim.measures.__file__).parents[1] / "paper" / "locale" / "parts"


@pytest.fixture(name="course", scope="module")
def _course() -> Course:
    return full_story().course()


@pytest.fixture(name="values", scope="module")
def _values(course: Course) -> dict[str, float]:
    return evaluate(course)


@pytest.fixture(name="swedish", scope="module")
def _swedish() -> dict[str, str]:
    found = read_po(BytesIO((PARTS / "measures.po").read_bytes()), locale="sv")
    return {m.id: m.string for m in found if m.id}


# ---------------------------------------------------------------- conformance


@EVERY
def test_says_what_it_is(one: Measure, swedish: dict[str, str]) -> None:
    assert one.unit in UNITS
    assert one.better in ("lower", "higher", "neither")
    assert one.level in get_args(Level)
    assert one.title.template and not one.title.values
    assert swedish.get(one.title.template), f"no Swedish for: {one.title}"
    assert one.name.isidentifier() and one.name == one.name.lower()


@EVERY
def test_gives_a_number_or_nan_for_each_part(one: Measure, course: Course) -> None:
    for each in (course, Book().course()):
        values = one.values(each)
        parts = {
            "nation": 1,
            "region": 2,
            "urgency": len(URGENCIES),
            "kind": len(course.kinds),
            "group": len(GROUPS),
            "class": len(course.demand.classes),
            "supply": 0,
            "mode": len(course.scenario.transport.modes),
        }[one.level]
        assert len(values) == parts
        assert all(isinstance(v, float) and not math.isinf(v) for v in values.values())
        if one.unit == "share":
            assert all(math.isnan(v) or 0 <= v <= 1 for v in values.values())


@EVERY
def test_numbers_are_found_again_by_their_flat_names(one: Measure, course: Course) -> None:
    for flat in one.values(course):
        assert measure_of(flat) is one
        assert str(title_of(flat, "Åland")).startswith(str(one.title))


def test_nan_stands_only_where_there_is_nothing_to_measure(values: dict[str, float]) -> None:
    undefined = {n for n, value in values.items() if math.isnan(value) and ".group_" not in n}
    icu_by_urgency = (
        "wait_icu_mean_h",
        "wait_icu_median_h",
        "wait_icu_p95_h",
        "icu_within_1h_share",
        "icu_need_to_confirmed_bed_h",
        "icu_booking_to_bed_h",
        "icu_asking_h",
        "icu_stabilising_h",
        "icu_fetching_h",
        "icu_transport_h",
        "icu_wait_asking_share",
        "icu_wait_stabilising_share",
        "icu_wait_fetching_share",
        "icu_wait_transport_share",
    )
    first_bed = {m.name for m in registered().values() if "first_bed" in m.name}
    expected = {f"{n}.urgency_{u}" for n in icu_by_urgency for u in (2, 3, 4, 5)}
    expected |= {f"{n}.urgency_{u}" for n in first_bed for u in (2, 4, 5)}
    expected |= {f"wait_ward_{s}_h.urgency_{u}" for s in ("mean", "p95") for u in (2, 4)}
    expected |= {"wait_icu_mean_h.b", "icu_within_1h_share.b"}
    expected |= {"requests_beyond_office_share"}
    lacking = ("referral_wait_mean_h", "discharge_ready_wait_mean_days", "supply_endurance_days")
    expected |= {f"{n}{part}" for n in lacking for part in ("", ".a", ".b")}
    expected |= {f"died_waiting_share.urgency_{u}" for u in (2, 4, 5)}
    expected |= {f"planned_list_age_{s}_days.a" for s in ("median", "p90")}
    said_by_no_class = ("later_deaths", "deaths_on_list", "lost_qaly")
    expected |= {f"planned_harm_{h}{of}" for h in said_by_no_class for of in ("", ".a", ".b")}
    expected |= {f"theatre_hours{of}" for of in ("", ".a", ".b")}
    expected |= {"patients_per_round.mode_ambulance"}
    assert undefined == expected


def test_where_nobody_comes_counts_are_nothing_and_means_undefined() -> None:
    values = evaluate(Book().course())
    assert values["deaths_all"] == values["planned_postponed"] == values["icu_census"] == 0
    assert math.isnan(values["wait_icu_mean_h"]) and math.isnan(values["capacity_transfer_share"])
    assert values["first_day_over_capacity"] == 6 and values["any_region_over_capacity"] == 0


def test_a_world_without_intensive_care_or_people_is_measured_all_the_same() -> None:
    ward = [{"share": 1, "stages": [{"kind": "bed", "stay": {"family": "fixed", "value_h": 1}}]}]
    scenario = world(
        regions={"a": {"units": {"bed": {"beds": "unlimited"}}}},
        classes={"ill": {"urgency": 3, "pathways": ward}},
        streams={},
    )
    book = Book(scenario)
    p = book.patient(1, "ill")
    book.bed(1, p, "a", "bed", 0)
    values = evaluate(book.course())
    assert values["icu_census"] == 0 and values["arrival_to_first_bed_mean_h.urgency_3"] == 0
    for name in (
        "icu_occupancy",
        "icu_full_hours",
        "deaths_per_100k.a",
        "population_share.a",
        "planned_weeks_to_work_off",
        "icu_free_under_10_share",
    ):
        assert math.isnan(values[name]), name


def test_headline_names_numbers_that_exist(values: dict[str, float]) -> None:
    assert set(HEADLINE) <= set(values)
    assert len(set(HEADLINE)) == len(HEADLINE)


def test_a_name_is_given_once_and_a_unit_is_known() -> None:
    with pytest.raises(ValueError, match="twice"):
        measure("deaths_all", unit="patients", better="lower", title=text("Deaths"))(lambda course: 0.0)
    with pytest.raises(ValueError, match="unknown unit"):
        measure("new", unit="furlongs", better="lower", title=text("Deaths"))(lambda course: 0.0)
    with pytest.raises(KeyError):
        measure_of("no_such_measure.skane")


def test_swedish_has_every_unit_and_nothing_that_is_not_said(swedish: dict[str, str]) -> None:
    said = {t.template for t in UNITS.values()} | {m.title.template for m in registered().values()}
    said |= {
        title_of("deaths_all.a").template,
        title_of("icu_occupancy.a").template,
        title_of("wait_icu_mean_h.urgency_1").template,
        title_of("unit_occupancy.icu").template,
        title_of("refused.class_ill").template,
        title_of("supply_consumed.supply_blood").template,
        title_of("vehicle_hours.mode_ambulance").template,
        *(title_of(f"deaths_all.group_{g}").template for g in GROUPS),
        *(title_of(f"deaths_all.group_{g}").values["group"].template for g in GROUPS),
    }
    assert set(swedish) == said
    assert {m.unit for m in registered().values()} == set(UNITS), "no unit that nothing is measured in"
    assert all(swedish.values())


# ---------------------------------------------------------------- the story, worked out by hand

BY_HAND = {
    "deaths_all": 2,
    "deaths_all.a": 2,
    "deaths_all.b": 0,
    "deaths_waiting": 2,
    "deaths_on_the_way": 1,
    "deaths_in_care": 0,
    "deaths_avoidable": 2,
    "deaths_waiting_no_team": 1,
    "deaths_waiting_no_receiver": 0,
    "refused": 1,
    "refused.b": 1,
    "deaths_per_100k.a": 2,
    "worst_region_deaths_per_100k": 2,
    "wait_icu_mean_h": 2.8,
    "wait_icu_mean_h.urgency_1": 2.8,
    "wait_icu_mean_h.a": 2.8,
    "wait_icu_median_h": 3,
    "icu_within_1h_share": 0.4,
    "icu_need_to_confirmed_bed_h": 1 / 3,
    "icu_booking_to_bed_h": 3,
    "arrival_to_first_bed_mean_h.urgency_1": 2.8,
    "arrival_to_first_bed_mean_h.urgency_3": 34 / 3,
    "first_bed_within_10min_of_arrival_share.urgency_3": 1 / 3,
    "first_bed_within_2h_of_onset_share.urgency_1": 0.4,
    "icu_census": 86 / 120,
    "icu_census.a": 56 / 120,
    "icu_census_peak": 3,
    "icu_occupancy": 86 / 499,
    "icu_occupancy.b": 30 / 240,
    "icu_waiting": 9 / 120,
    "ward_waiting.a": 3 / 120,
    "icu_mean_stay_days": 86 / 3 / 24,
    "boarding_hours": 3,
    "icu_boarding_hours.a": 3,
    "icu_full_hours": 27,
    "icu_full_hours.b": 2,
    "icu_full_share.a": 25 / 120,
    "icu_over_capacity_hours": 9,
    "icu_over_capacity_hours.a": 9,
    "first_day_over_capacity": 1,
    "regions_over_capacity": 1,
    "any_region_over_capacity": 1,
    "icu_overcrowding": 100 * 9 / 499,
    "icu_free_under_10_share": 6 / 120,
    "icu_free_10_to_20_share": 0,
    "icu_free_over_20_share": 114 / 120,
    "capacity_transfers": 1,
    "capacity_transfers_icu": 1,
    "capacity_transfer_share": 1 / 3,
    "icu_transfers_sent.a": 1,
    "icu_transfers_received.b": 1,
    "requests": 4,
    "refusals": 1,
    "yes_without_team": 1,
    "yes_without_vehicle": 0,
    "transport_km": 120,
    "vehicle_hours": 9,
    "team_hours": 11,
    "team_hours.b": 0,
    "planned_postponed": 2,
    "planned_postponed_share": 1,
    "planned_on_list": 1,
    "planned_on_list.b": 1,
    "planned_over_90_days": 0,
    "planned_cancer_late": 1,
    "planned_weeks_to_work_off": 1 / 14,
    "planned_weeks_to_work_off.b": 1 / 7,
    "icu_bed_days_given.b": 30 / 24,
    "icu_bed_days_received.a": 30 / 24,
    "ward_bed_days_given": 10 / 24,
    "icu_bed_days_given_share.b": 1,
    "population_share.b": 0.75,
}


@pytest.mark.parametrize("flat", BY_HAND)
def test_story_by_hand(flat: str, values: dict[str, float]) -> None:
    assert values[flat] == pytest.approx(BY_HAND[flat], rel=1e-12), flat


def test_strain_arms_are_ordered() -> None:
    book = full_story()
    book.people[0]["u_outcome"] = 0.105
    values = evaluate(book.course())
    arms = [values[f"deaths_all_strain_{arm}"] for arm in ("none", "half", "full")]
    assert arms == [2, 2, 3] or arms == [2, 3, 3]
    assert values["deaths_all"] == arms[1], "the scenario's arm is half"


def test_waits_over_90_days_are_counted_at_the_end() -> None:
    book = Book(world(horizon_days=120))
    for hour in (0, 24 * 29, 24 * 31):
        p = book.patient(hour, "hip")
        book.note(hour, Event.POSTPONED, p, "a", "ward", 3)
    values = evaluate(book.course())
    assert (values["planned_on_list"], values["planned_over_90_days"]) == (3, 2)


def test_an_hour_without_a_bed_is_no_lasting_lack() -> None:
    book = Book()
    for hour in (30, 30, 31):
        p = book.patient(hour)
        book.note(hour, Event.ASKED, p, "a", "icu", 0)
        if hour == 30:
            book.note(hour, Event.ADMITTED, p, "a", "icu", 0)
    book.note(32.9, Event.DIED_WAITING, 2, "a", "icu", -1)
    assert evaluate(book.course())["first_day_over_capacity"] == 6, "none in five days"
    book.rows.pop()
    book.note(33, Event.DIED_WAITING, 2, "a", "icu", -1)
    assert evaluate(book.course())["first_day_over_capacity"] == 2


def test_numbers_do_not_depend_on_what_was_asked_first(course: Course, values: dict[str, float]) -> None:
    again = full_story().course()
    backwards = {}
    for one in reversed(registered().values()):
        backwards |= one.values(again)
    assert set(backwards) == set(values)
    assert all(np.array_equal(backwards[k], values[k], equal_nan=True) for k in values)


def test_a_team_on_the_road_does_not_put_its_region_over_capacity() -> None:
    book = Book()
    for hour in (0, 0, 1):
        p = book.patient(hour)
        book.note(hour, Event.ASKED, p, "a", "icu", 0)
        if hour == 0:
            book.note(hour, Event.ADMITTED, p, "a", "icu", 0)
    book.note(1.5, Event.PLACED, p, "b", "icu", 0)
    book.note(2, Event.DEPARTED, p, "a", "icu", 0)
    book.note(9, Event.ADMITTED, p, "b", "icu", 0)
    book.note(16, Event.RETURNED, p, "a", "icu", -1)
    values = evaluate(book.course())
    assert values["icu_over_capacity_hours"] == 0.5
    assert values["first_day_over_capacity"] == 6
    assert values["icu_full_hours.a"] == 120 and values["icu_overcrowding"] > 0


def test_a_stay_cut_off_by_the_end_of_the_run_counts_whole() -> None:
    book = Book()
    for hour, region in ((100, "a"), (110, "b")):
        p = book.patient(hour)
        book.bed(hour, p, region, "icu", 0, asked=hour - 1)
    book.note(109.5, Event.PLACED, p, "b", "icu", 0)
    demand = book.demand()
    demand.stay_s[:, 0] = [90 * H, 60 * H]
    demand.extra_stay_if_moved_s[:] = 48 * H
    values = evaluate(Course(book.scenario, demand, book.journal()))
    assert values["icu_mean_stay_days"] == (90 + 108) / 2 / 24
