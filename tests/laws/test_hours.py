"""Staffing by the hour: units open and close by civil time, drain, and know summer time."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from nspl_sim.scenario.civil import Civil
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.staffing import changes
from nspl_sim.vocabulary.care import Event
from tests.laws.by_hand import patient, run, stage, told, world

DAY = {"from_hour": 7, "to_hour": 17, "otherwise": 1}


def theatres(beds: int = 2, **hours: Any) -> dict[str, Any]:
    return {"a": {"units": {"theatre": {"beds": beds, "hours": DAY | hours}, "ward": {"beds": 9}}}}


def operation(arrival_h: float, lasts_h: float) -> dict[str, Any]:
    return patient(arrival_h, stage("theatre", lasts_h), stage("ward", 24))


def test_who_is_on_the_table_when_it_closes_finishes_and_the_next_waits() -> None:
    people = [operation(16, 4), operation(16.5, 2), operation(16.75, 1)]
    scenario, journal, _ = run(world(theatres(), people))
    begun = [row for row in told(scenario, journal, Event.ADMITTED) if row[2] < 3][:4]
    assert begun == [
        (16, "admitted", 0, "a"),
        (16.5, "admitted", 1, "a"),
        (18.5, "admitted", 1, "a"),  # to the ward; one theatre is still at work, and one is staffed
        (20, "admitted", 0, "a"),
    ]
    assert told(scenario, journal, Event.ADMITTED)[4] == (20, "admitted", 2, "a")


def test_the_morning_lets_the_night_line_in() -> None:
    people = [operation(1, 20), operation(2, 1), operation(3, 1)]
    scenario, journal, _ = run(world(theatres(), people))
    into = [row for row in told(scenario, journal, Event.ADMITTED)][:3]
    assert into == [(1, "admitted", 0, "a"), (7, "admitted", 1, "a"), (8, "admitted", 1, "a")]


def test_the_journal_says_each_change_and_measures_believe_it() -> None:
    _, journal, course = run(world(theatres(), [operation(1, 1)]))
    rows = journal.only(journal.where(Event.CHANGED))
    assert (rows.time_s // 3600).tolist()[:6] == [0, 7, 17, 31, 41, 55]
    assert rows.detail.tolist()[:6] == [1, 2, 1, 2, 1, 2]
    assert len(rows) == 1 + 2 * 10, "weekdays only"
    by_hour = course.of_kind(course.beds, "theatre").at(np.arange(48) * 3600)[0]
    assert by_hour.tolist() == ([1] * 7 + [2] * 10 + [1] * 7) * 2


@pytest.mark.parametrize(
    ("start", "after"), [("2027-03-27T00:00", [30, 40, 54, 64]), ("2027-10-30T00:00", [32, 42, 56, 66])]
)
def test_summer_time_is_crossed_rightly(start: str, after: list[int]) -> None:
    """The clocks go forward on 28 March 2027 and back on 31 October: 7 o'clock is an hour off after it."""
    every_day = theatres(weekdays=[1, 2, 3, 4, 5, 6, 7])
    scenario = Scenario.model_validate(world(every_day, [operation(1, 1)], start=start))
    unit = scenario.regions["a"].units["theatre"]
    assert unit.hours is not None
    found = [t // 3600 for t, _ in changes(unit, unit.hours, Civil.of(scenario), 0, 3 * 86400)]
    assert found == [0, 7, 17, *after]


def test_beds_that_never_close_change_nothing() -> None:
    always = theatres(from_hour=0, to_hour=24, weekdays=[1, 2, 3, 4, 5, 6, 7])
    plain = {"a": {"units": {"theatre": {"beds": 2}, "ward": {"beds": 9}}}}
    people = [operation(16, 4), operation(16.5, 2), operation(16.75, 1)]
    journals = [run(world(regions, people))[1] for regions in (always, plain)]
    assert journals[0].fingerprint() == journals[1].fingerprint()


def test_none_by_night_and_a_start_in_the_middle_of_the_day() -> None:
    people = [operation(0.5, 1), operation(8, 1)]
    content = world(theatres(otherwise=0), people, start="2027-01-04T12:00")
    scenario, journal, _ = run(content)
    into = told(scenario, journal, Event.ADMITTED)
    assert into[0] == (0.5, "admitted", 0, "a")
    assert (19, "admitted", 1, "a") in into, "arrives at 20:00, waits till 7 the next morning"


@pytest.mark.parametrize("hours", [{"to_hour": 7}, {"weekdays": []}, {"weekdays": [8]}, {"to_hour": 25}])
def test_hours_that_make_no_day_are_refused(hours: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Scenario.model_validate(world(theatres(**hours), [operation(1, 1)]))


def test_unlimited_beds_have_no_hours() -> None:
    with pytest.raises(ValidationError, match="unlimited"):
        Scenario.model_validate(world(theatres("unlimited"), [operation(1, 1)]))  # type: ignore[arg-type]
