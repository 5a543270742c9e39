"""Planned care that begins in a theatre: what it needs to go ahead, and what becomes of it else."""

from typing import Any

import pytest

from nspl_sim.vocabulary.care import Event
from tests.laws.by_hand import patient, run, stage, told, world


def content(needs_next: bool, theatres: int = 1, wards: int = 1) -> dict[str, Any]:
    """Return a region in which an emergency lies in the ward till 30 h, and a planned patient comes at 8."""
    units = {"theatre": {"beds": theatres}, "ward": {"beds": wards}}
    people = [
        patient(0, stage("ward", 30)),
        patient(8, stage("theatre", 2), stage("ward", 5), klass="planned"),
    ]
    found = world({"a": {"units": units}}, people, unit_kinds={"theatre": {"needs_next": needs_next}})
    found["classes"]["planned"] = found["classes"]["ill"] | {"urgency": 5, "priority": 1}
    return found


@pytest.mark.parametrize("needs_next", [False, True])
def test_with_both_beds_free_it_goes_ahead(needs_next: bool) -> None:
    scenario, journal, _ = run(content(needs_next, wards=2))
    assert told(scenario, journal, Event.POSTPONED, Event.BOARDED) == []


def test_nobody_is_operated_on_without_a_bed_afterwards() -> None:
    scenario, journal, _ = run(content(True))
    assert told(scenario, journal, Event.POSTPONED) == [(8, "postponed", 1, "a")]


def test_else_the_theatre_is_kept_until_there_is_one() -> None:
    scenario, journal, _ = run(content(False))
    assert told(scenario, journal, Event.POSTPONED, Event.BOARDED, Event.ADMITTED)[1:] == [
        (8, "admitted", 1, "a"),
        (10, "boarded", 1, "a"),
        (30, "admitted", 1, "a"),
    ]


def test_without_a_free_theatre_it_is_postponed_either_way() -> None:
    for needs_next in (False, True):
        scenario, journal, _ = run(content(needs_next, theatres=0, wards=2))
        assert told(scenario, journal, Event.POSTPONED) == [(8, "postponed", 1, "a")]
