"""Vehicles that collect: timetables worked out by hand, and the laws that hold with them."""

from typing import Any

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import Event
from tests.laws.audit import Audit
from tests.laws.by_hand import patient, run, stage, told, world
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, drained, scenario

BUS = {
    "medium": "road",
    "speed_kmh": 60,
    "activation_minutes": 30,
    "load_minutes": 5,
    "unload_minutes": 5,
    "turn_minutes": 30,
    "capacity": {"stretcher": 12},
}
TRIP = (Event.DEPARTED, Event.ADMITTED, Event.RETURNED, Event.DIED_WAITING)


def plan(kind: str) -> Plan:
    """Return the nearest region first, for *kind*; 20 minutes a question, reviews every 6 h."""
    return Plan.model_validate(
        {
            "format": 1,
            "name": "by-hand",
            "support": {"rule": "nearest", "kinds": [kind]},
            "elective": "never-pause",
            "surge": "never",
        }
    )


def ride(
    patients: list[dict[str, Any]],
    mode: dict[str, Any],
    kind: str = "ward",
    teams: int = 2,
    beds: int = 50,
    **more: Any,
) -> tuple[Scenario, Journal]:
    """Return what happens where a has no beds and one vehicle, and b lies 60 km away with *beds*."""
    regions = {
        "a": {"icu_teams": teams, "vehicles": {"bus": 1}, "units": {kind: {"beds": 0}}},
        "b": {"units": {kind: {"beds": beds}}},
    }
    transport = {"modes": {"bus": mode}, "distances_km": {"a": {"b": 60}}, **more}
    found, journal, _ = run(world(regions, patients, transport=transport), plan(kind))
    return found, journal


def test_a_bus_of_twelve_that_fills_loads_for_each_and_leaves() -> None:
    """Yes at 1:20, at the door at 1:50, twelve loaded by 2:50, an hour's drive, twelve unloaded: 4:50.

    It turns for half an hour and is back at 6:20, long after the review; nobody waited for that.
    """
    scenario, journal = ride([patient(1, stage("ward", 24)) for _ in range(12)], BUS)
    assert told(scenario, journal, *TRIP)[:24] == [
        *[(2 + 50 / 60, "departed", row, "a") for row in range(12)],
        *[(4 + 50 / 60, "admitted", row, "b") for row in range(12)],
    ]
    assert told(scenario, journal, Event.RETURNED) == [(6 + 20 / 60, "returned", 0, "a")]
    assert told(scenario, journal, Event.SENT) == [(1 + 20 / 60, "sent", 0, "a")]


def test_a_bus_that_does_not_fill_leaves_at_the_review() -> None:
    """Booked at 1:20, 2:20 and 5:20; at the review at 6:00 three are loaded by 6:15 and driven to 7:15."""
    people = [patient(hour, stage("ward", 24)) for hour in (1, 2, 5)]
    scenario, journal = ride(people, BUS)
    assert told(scenario, journal, *TRIP)[:6] == [
        *[(6.25, "departed", row, "a") for row in range(3)],
        *[(7.5, "admitted", row, "b") for row in range(3)],
    ]
    assert told(scenario, journal, Event.RETURNED) == [(9.0, "returned", 0, "a")]
    assert [row[5] for row in journal.rows() if row[1] == Event.SEATED] == [0, 0, 0]


def test_the_dead_leave_their_place_to_others() -> None:
    """Two places: the first patient dies at 3:00 and the third fills the bus at 4:20."""
    dies = {"kind": "ward", "stay_h": 24, "dies_waiting_h": 2}
    people = [patient(1, dies), patient(1, stage("ward", 24)), patient(4, stage("ward", 24))]
    two = BUS | {"capacity": {"stretcher": 3}}
    scenario, journal = ride([*people, patient(4, stage("ward", 24))], two)
    assert told(scenario, journal, *TRIP)[:7] == [
        (3.0, "died_waiting", 0, "a"),
        *[(4 + 35 / 60, "departed", row, "a") for row in (1, 2, 3)],
        *[(5 + 50 / 60, "admitted", row, "b") for row in (1, 2, 3)],
    ]


def test_a_vehicle_for_which_nobody_is_left_goes_home_at_the_review() -> None:
    dies = {"kind": "icu", "stay_h": 24, "dies_waiting_h": 2}
    train = BUS | {"capacity": {"icu": 4}}
    scenario, journal = ride([patient(1, dies)], train, kind="icu", teams=1)
    assert told(scenario, journal, *TRIP) == [
        (3.0, "died_waiting", 0, "a"),
        (6.0, "returned", 0, "a"),
        (6.0, "returned", 0, "a"),
    ]


def test_nobody_joins_whom_the_others_would_wait_for() -> None:
    """The second is stable at 9:00 only: no place in the bus of 6:00, and there is no other vehicle."""
    content = [patient(1, stage("ward", 24)), patient(5, stage("ward", 24), klass="unstable")]
    regions = {
        "a": {"vehicles": {"bus": 1}, "units": {"ward": {"beds": 0}}},
        "b": {"units": {"ward": {"beds": 9}}},
    }
    made = world(
        regions,
        content,
        transport={"modes": {"bus": BUS}, "distances_km": {"a": {"b": 60}}, "beds_per_team": 0},
    )
    made["classes"]["unstable"] = made["classes"]["ill"] | {"min_stabilise_h": 4}
    scenario, journal, _ = run(made, plan("ward"))
    assert told(scenario, journal, Event.DEPARTED) == [
        (6 + 5 / 60, "departed", 0, "a"),
        (12 + 5 / 60, "departed", 1, "a"),
    ]


def test_patients_share_a_team_where_the_mode_says_so() -> None:
    people = [patient(1, stage("icu", 24)) for _ in range(4)]
    four = BUS | {"capacity": {"icu": 4}}
    for per_team, teams, departed in ((4, 1, 4), (2, 1, 2), (1, 2, 2), (2, 2, 4)):
        scenario, journal = ride(people, four | {"patients_per_team": per_team}, "icu", teams)
        hours = [hour for hour, *_ in told(scenario, journal, Event.DEPARTED)]
        first = [hour for hour in hours if hour == hours[0]]
        assert len(first) == departed, (per_team, teams)
        sent = [row for row in journal.rows() if row[1] == Event.SENT and row[5] == -1 and row[0] < 2 * 3600]
        assert len(sent) == min(teams, 4 // per_team)


def test_a_full_vehicle_waits_until_its_mode_is_open_and_the_round_is_later_by_as_much() -> None:
    closed = [{"media": ["road"], "regions": ["b"], "from_day": 2 / 24, "to_day": 5 / 24}]
    scenario, journal = ride([patient(1, stage("ward", 24)) for _ in range(12)], BUS, closures=closed)
    assert {hour for hour, *_ in told(scenario, journal, Event.DEPARTED)} == {5.0}
    assert told(scenario, journal, Event.RETURNED) == [(8.5, "returned", 0, "a")]


@pytest.mark.parametrize("name", ["today", "coordinated"])
def test_one_place_is_the_ordinary_mode(name: str) -> None:
    """A mode with one place of a type is full at once: the same journal but for the rows of its round."""
    content = abc()
    modes = content["transport"]["modes"]
    single = {key: mode | {"capacity": {"icu": 1, "stretcher": 1}} for key, mode in modes.items()}
    placed = scenario(content | {"transport": content["transport"] | {"modes": single}})
    plain, table = scenario(content), sample(scenario(content), 0)
    ordinary = list(simulate(plain, load_plan(name).plan, table).rows())
    found = list(simulate(placed, load_plan(name).plan, table).rows())
    assert [row for row in found if row[1] not in (Event.SEATED, Event.SENT)] == ordinary
    assert len(found) > len(ordinary)


def collecting() -> dict[str, Any]:
    """Return the tiny world with vehicles of several places, shared teams, weather and a cut road."""
    content = abc()
    modes = content["transport"]["modes"]
    modes = {
        "ambulance": modes["ambulance"] | {"capacity": {"icu": 2}, "unavailable_share": 0.2},
        "helicopter": modes["helicopter"] | {"capacity": {"icu": 3, "stretcher": 2}, "patients_per_team": 2},
    }
    closures = [{"between": ["a", "b"], "media": ["road"], "from_day": 3, "to_day": 5}]
    weather = {"helicopter": {"closed_share": 0.3, "persistence": 0.5}}
    transport = content["transport"] | {"modes": modes, "closures": closures, "weather": weather}
    for region in content["regions"].values():
        region["vehicles"] = {"ambulance": 2, "helicopter": 1}
        region["icu_teams"] = 4
    return content | {"transport": transport}


@pytest.mark.parametrize("name", ["today", "coordinated"])
def test_laws_3_4_7_by_an_auditor(name: str) -> None:
    made = scenario(collecting())
    table = sample(made, 0)
    journal = simulate(made, load_plan(name).plan, table)
    audit = Audit(made, table, journal).walk()
    assert audit.arrived == len(table)
    assert len(journal.where(Event.SEATED)) > 10


@pytest.mark.parametrize("name", ["today", "coordinated"])
def test_law_3_a_drained_system_holds_nothing(name: str) -> None:
    made = scenario(drained(collecting()))
    table = sample(made, 0)
    audit = Audit(made, table, simulate(made, load_plan(name).plan, table)).walk()
    assert audit.present() == 0 and audit.gone == len(table) > 100
    assert not any(audit.away.values()) and not any(audit.inbound.values())
    assert audit.vehicles_out == 0 and len(audit.rounds) > 5


def test_nobody_without_a_place_of_the_right_type_is_carried() -> None:
    _, journal = ride([patient(1, stage("icu", 24))], BUS, kind="icu")
    assert not len(journal.where(Event.PLACED))
    seated = BUS | {"capacity": {"seated": 3}}
    _, journal = ride([patient(1, stage("ward", 24))], seated, place_of={"ward": "seated"})
    assert len(journal.where(Event.SEATED)) == 1
