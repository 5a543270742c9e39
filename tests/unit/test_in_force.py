"""Decisions in force: the later of a kind replaces the earlier, the same again is one, lifted is gone."""

from typing import Any

import pytest

from nspl_sim.exercise.play.in_force import in_force
from nspl_sim.policies.decision import Decision, What
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.clock import DAY, HOUR
from tests.worlds import abc

KNOWN = geography(Scenario.model_validate(abc()))


def decided(*said: tuple[int, str, dict[str, Any]]) -> list[Decision]:
    return [
        Decision(hour * HOUR, tuple(regions.split(",")), What.model_validate(what))
        for hour, regions, what in said
    ]


def told(decisions: list[Decision], hour: int) -> list[tuple[int, str, dict[str, Any]]]:
    plain = {"exclude_none": True, "exclude_defaults": True}
    return [
        (one.time_s // HOUR, *one.regions, one.what.model_dump(mode="json", **plain))  # type: ignore[arg-type]
        for one in in_force(decisions, hour * HOUR, KNOWN)
    ]


def test_the_later_of_a_kind_replaces_the_earlier_and_others_stay() -> None:
    made = decided(
        (1, "a,b", {"keeps_free": 3, "receives_at_most": 2}),
        (2, "a", {"keeps_free": 7}),
        (3, "a", {"kind": "ward", "keeps_free": 9}),
        (9, "a", {"keeps_free": 1}),
    )
    assert told(made, 5) == [
        (1, "a", {"receives_at_most": 2}),
        (2, "a", {"keeps_free": 7}),
        (3, "a", {"kind": "ward", "keeps_free": 9}),
        (1, "b", {"keeps_free": 3, "receives_at_most": 2}),
    ]


def test_the_same_again_was_decided_when_it_first_was() -> None:
    made = decided((1, "a", {"planned": {1: 0, 2: 0, 3: 0}}), (4, "a", {"planned": {1: 0, 2: 0, 3: 0.5}}))
    assert told(made, 5) == [
        (1, "a", {"planned": {"1": 0.0, "2": 0.0}}),
        (4, "a", {"planned": {"3": 0.5}}),
    ]


@pytest.mark.parametrize(
    ("what", "after"),
    [
        ({"asks_only": ["c"]}, {"asks_only": ["c"]}),
        ({"lifts": ["asks_first"]}, None),
        ({"kind": "ward", "lifts": ["asks_first"]}, {"asks_first": ["b"]}),
    ],
)
def test_two_ways_to_say_the_same_replace_each_other_and_what_is_lifted_is_gone(
    what: dict[str, Any], after: dict[str, Any] | None
) -> None:
    made = decided((1, "a", {"asks_first": ["b"]}), (2, "a", what))
    assert [one[2] for one in told(made, 3)] == ([after] if after else [])


def test_a_loan_stands_for_each_region_until_it_is_called_home() -> None:
    made = decided(
        (1, "a", {"lends": {"to": "b", "beds": 2}}),
        (2, "a", {"lends": {"to": "c", "beds": 1}}),
        (3, "a", {"lends": {"to": "b", "beds": 0}}),
    )
    assert [one[2]["lends"]["to"] for one in told(made, 2)] == ["b", "c"]
    assert [one[2]["lends"]["to"] for one in told(made, 4)] == ["c"]


def test_what_happens_once_is_told_for_a_day() -> None:
    made = decided((1, "a", {"moves": {"to": "b", "patients": 2}}))
    assert told(made, 20) and not told(made, 1 + DAY // HOUR)
