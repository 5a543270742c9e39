"""The rhythm of the day: nothing in breaks, few close together, and what is told later is true then."""

import re
from collections import Counter
from datetime import time, timedelta
from functools import cache
from itertools import pairwise

import pytest

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.later import _AGAIN, later
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers.making import files
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers import REGISTRY
from nspl_sim.exercise.triggers.routine import FIXED
from nspl_sim.vocabulary.clock import MINUTE
from tests.exercises import Books, made, troubled
from tests.laws.test_injects import CLOCK, DIGITS

BREAKS = ("11:45-12:30", "14:00-14:15")


def roles(**limits: int) -> Roles:
    known = made(troubled()).roles
    breaks = {"breaks": list(BREAKS), "limits": known.limits.model_copy(update=limits)}
    return known.model_copy(update=breaks)


@cache
def exercise(plan: str = "today", language: str = "sv", **limits: int) -> Material:
    given = {"most_per_hour": 2, "most_of_one": 9, "minutes_apart": 5, "latest_minutes": 120} | limits
    return made(troubled(), plan, language, roles=roles(**given), tempo=8.0, breaks=BREAKS)


def real(material: Material) -> list[Inject]:
    return [i for i in material.injects if not i.reserve_of and i.code not in FIXED]


def own_times(material: Material) -> dict[tuple[str, int], set[int]]:
    """Return when each trigger fires of itself, by code and region."""
    found: dict[tuple[str, int], set[int]] = {}
    for code, one in REGISTRY.items():
        for moment in one.moments(material.planner._briefed, material.roles):
            found.setdefault((code, moment.region), set()).add(moment.time_s)
    return found


@cache
def moved(material: Material) -> list[Inject]:
    times, keys = own_times(material), material.scenario.region_keys
    number = {key: n for n, key in enumerate(keys)} | {"": -1}
    return [i for i in real(material) if i.time_s not in times[i.code, number[i.region]]]


@pytest.mark.parametrize("plan", ["today", "alone"])
def test_at_most_so_many_an_hour_and_so_far_apart(plan: str) -> None:
    material = exercise(plan)
    by_hour = Counter((i.player, i.wall_clock[:13]) for i in real(material))
    assert by_hour and max(by_hour.values()) <= 2
    for key in ("player", "controller"):
        lanes: dict[tuple[str, str], list[Inject]] = {}
        for one in real(material):
            lane = (getattr(one, key), one.code if key == "controller" else "")
            lanes.setdefault(lane, []).append(one)
        for two in (pair for lane in lanes.values() for pair in pairwise(lane)):
            is_apart = two[1].wall - two[0].wall >= timedelta(minutes=5)
            late = [one for one in two if one in moved(material)]
            assert is_apart or not late or late[0].weight > min(one.weight for one in two)


def test_what_comes_later_is_true_at_the_time_that_its_text_says() -> None:
    for plan in ("today", "alone"):
        material = exercise(plan)
        late = moved(material)
        assert len(late) > 5 and len({i.code for i in late}) > 2
        books = Books(material.line, [f for i in late for f in i.facts])
        books.walk()
        assert books.wrong([f for i in late for f in i.facts]) == []
        for one in late:
            assert one.facts[0].time_s == one.time_s and one.time_s % MINUTE == 0
            assert one.wall == material.clock.wall(one.time_s)
            assert one.scenario_time == material.clock.said(one.time_s)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_texts_of_what_comes_later_say_its_time_and_figures(language: str) -> None:
    material = exercise("today", language)
    for one in moved(material):
        known = {str(fact.value) for fact in one.facts}
        assert set(DIGITS.findall(CLOCK.sub("", one.script))) <= known, one.script
        assert f"{material.clock.civil(one.time_s):%H:%M}" in re.findall(CLOCK, one.script)


@pytest.mark.parametrize("code", sorted(_AGAIN))
def test_a_moment_counted_anew_at_its_own_second_is_itself(code: str) -> None:
    """The condition that a later telling asks for is the trigger's own, and so are facts and words."""
    found = 0
    for plan in ("today", "alone", "coordinated"):
        material = exercise(plan)
        line, known = material.planner._briefed, material.roles
        for moment in REGISTRY[code].moments(line, known):
            if line.first_s <= moment.time_s <= line.to_s:
                assert later(code, line, known, moment, moment.time_s) == moment
                found += 1
    assert found or code in ("ERBJUD", "ATER", "NEJ")  # of those who do not play


def test_what_is_no_longer_so_is_not_told_later() -> None:
    """Every line for intensive care ends some time: then it is no longer told of."""
    material = exercise("today")
    line = material.line
    for moment in list(REGISTRY["STOD"].moments(line, material.roles)):
        for time_s in range(moment.time_s, min(moment.time_s + 8 * 3600, line.to_s), 600):
            there = line.level("waiting", moment.region, line.icu, time_s).value
            told = later("STOD", line, material.roles, moment, time_s)
            assert (told is not None) == (there > 0)


def test_full_hours_lose_less_when_what_is_still_true_may_come_later() -> None:
    dropped = [
        exercise(minutes_apart=0, latest_minutes=n).planned.left_out["enough in the hour"] for n in (0, 120)
    ]
    assert dropped[1] < dropped[0]


def test_nothing_is_told_in_a_break_and_the_scenario_stands_still() -> None:
    material = exercise()
    clock = material.clock
    for one in material.injects:
        assert not any(begins <= one.wall.time() < ends for begins, ends in clock.breaks), one.inject_id
    for day in range(clock.days):
        before = clock.morning(day).replace(hour=11, minute=44)
        after = clock.morning(day).replace(hour=12, minute=31)
        assert clock.scenario(after) - clock.scenario(before) == 8 * 2 * MINUTE
        assert clock.day_of(clock.scenario(clock.morning(day).replace(hour=12))) == -1
    assert clock.played_s == 8 * 7 * 3600
    assert clock.daily(time(12)) == [] and len(clock.daily(time(12, 30))) == clock.days
    for time_s in clock.hours():
        wall = clock.wall(time_s)
        assert wall is not None and abs(clock.scenario(wall) - time_s) < 8 * MINUTE


def test_the_same_bytes_again() -> None:
    again = made(troubled(), "today", roles=exercise().roles, tempo=8.0, breaks=BREAKS)
    assert files(again, ends=()) == files(exercise(), ends=())
