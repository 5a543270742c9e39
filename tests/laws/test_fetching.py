"""Where the sender has no team or no vehicle, the receiver fetches with its own: by hand, and in the laws."""

from typing import Any

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.vocabulary.care import Event
from tests.laws.audit import Audit
from tests.laws.by_hand import patient, run, stage, told, world
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, drained, scenario

CAR = {"medium": "road", "speed_kmh": 60, "activation_minutes": 30, "load_minutes": 30, "unload_minutes": 30}


def plan(fetch: bool = True, **more: Any) -> Plan:
    asking = {"ask_minutes": 30, "max_hours": 6, "fetch": fetch}
    said = load_plan("today").plan.written() | {"name": "tried", "asking": asking}
    return Plan.model_validate(said | {"elective": "never-pause", "surge": "never"} | more)


def two(teams: dict[str, int], cars: dict[str, int]) -> dict[str, Any]:
    """Return A with a full bed and B, 60 km away, with three free ones."""
    regions = {
        key: {"icu_teams": teams[key], "vehicles": {"car": cars[key]}, "units": {"icu": {"beds": beds}}}
        for key, beds in (("a", 1), ("b", 3))
    }
    people = [patient(0, stage("icu", 200)), patient(1, stage("icu", 50))]
    transport = {"modes": {"car": CAR}, "distances_km": {"a": {"b": 60}}, "team_rest_minutes": 60}
    return world(regions, people, transport=transport)


TRIP = (Event.FETCHED, Event.DEPARTED, Event.ADMITTED, Event.RETURNED)


@pytest.mark.parametrize(("teams", "cars"), [((0, 1), (1, 1)), ((1, 1), (0, 1))])
def test_the_receiver_fetches_what_the_sender_cannot_send(
    teams: tuple[int, int], cars: tuple[int, int]
) -> None:
    content = two(dict(zip("ab", teams, strict=True)), dict(zip("ab", cars, strict=True)))
    found, journal, course = run(content, plan())
    # asked at 1 h, answered at 1.5 h; 0.5 h to activate, 1 h out, 0.5 h to load, 1 h back, 0.5 h to unload
    assert [row for row in told(found, journal, *TRIP) if row[2] == 1 or row[1] == "returned"] == [
        (1.5, "fetched", 1, "b"),
        (3.5, "departed", 1, "a"),
        (5.0, "admitted", 1, "b"),
        (5.0, "returned", 1, "b"),  # the vehicle is at its own base
        (6.0, "returned", 1, "b"),  # the team has rested
    ]
    b = 1 * len(found.kinds)
    assert course.teams_away.at([3600 * 2])[b].tolist() == [1]  # type: ignore[arg-type]
    assert course.teams_away.at([3600 * 2])[0].tolist() == [0]  # type: ignore[arg-type]


def test_without_the_word_nobody_fetches() -> None:
    found, journal, _ = run(two({"a": 0, "b": 1}, {"a": 1, "b": 1}), plan(fetch=False))
    assert told(found, journal, Event.FETCHED) == []
    assert next(row[5] for row in journal.rows() if row[1] == Event.ANSWERED) == 4  # no team


def test_who_does_not_give_does_not_fetch() -> None:
    outside = {"taking_part": {"regions": {"b": {"gives": False}}}}
    found, journal, _ = run(two({"a": 0, "b": 1}, {"a": 1, "b": 1}), plan(**outside))
    assert told(found, journal, Event.FETCHED) == []


def test_the_laws_hold_and_a_drained_system_holds_nothing() -> None:
    for content in (abc(), drained(abc())):
        for region in content["regions"].values():
            region["icu_teams"] = 1
        world_ = scenario(content)
        table = sample(world_, 0)
        journal = simulate(world_, plan(), table)
        audit = Audit(world_, table, journal).walk()
        assert len(journal.where(Event.FETCHED)) >= 3
    assert not any(audit.away.values()) and audit.vehicles_out == 0 and audit.present() == 0
