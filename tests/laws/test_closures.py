"""Weather, closed airspace, cut corridors and vehicles out of service: exact laws and hand-made cases."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.closures import BLOCK_S
from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.closures import Airspace
from nspl_sim.vocabulary.care import Answer, Event
from nspl_sim.vocabulary.closures import ALL, ANYWHERE, NO_CLOSURES, Closures
from tests.laws.by_hand import patient, run, stage, told, world
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario

AMBULANCE = {"medium": "road", "speed_kmh": 60, "activation_minutes": 45, "load_minutes": 45}


def closed(**transport: Any) -> Scenario:
    content = abc()
    return scenario(content | {"transport": content["transport"] | transport})


def blocks(made: Scenario, region: int = 0) -> set[int]:
    """Return the numbers of the six-hour blocks in which the helicopter is closed at *region*."""
    spans = [row for row in sample(made, 0).closures.rows() if row[:4] == (1, region, ANYWHERE, ALL)]
    return {block for *_, begins, ends in spans for block in range(begins // BLOCK_S, ends // BLOCK_S)}


def weather(share: float, **more: Any) -> Scenario:
    return closed(weather={"helicopter": {"closed_share": share, **more}})


# ---------------------------------------------------------------- the table


@pytest.mark.parametrize("persistence", [0, 0.7])
def test_law_6_weather_is_nested(persistence: float) -> None:
    low, base, high = (blocks(weather(share, persistence=persistence)) for share in (0.1, 0.3, 0.6))
    assert low < base < high
    assert not blocks(weather(0)) and len(blocks(weather(1))) == 21 * 4


def test_the_share_of_blocks_is_the_share_asked_for_and_persistence_makes_spells() -> None:
    def year(persistence: float) -> list[int]:
        made = weather(0.25, persistence=persistence).model_copy(update={"horizon_days": 2000.0})
        return sorted(blocks(made.model_copy(update={"streams": {}})))

    def spells(closed_blocks: list[int]) -> int:
        return 1 + int(np.count_nonzero(np.diff(closed_blocks) > 1))

    each, lasting = year(0), year(0.8)
    assert len(each) / 8000 == pytest.approx(0.25, abs=0.02)
    assert len(lasting) / 8000 == pytest.approx(0.25, abs=0.04)
    assert spells(lasting) < 0.6 * spells(each)


def test_weather_is_of_a_civil_area_and_of_a_mode() -> None:
    content = abc()
    content["regions"]["c"]["civil_area"] = "norr"
    content["transport"]["weather"] = {
        "helicopter": {"closed_share": 0.4, "by_civil_area": {"norr": 0.9}},
        "ambulance": {"closed_share": 0.4},
    }
    made = scenario(content)
    assert blocks(made, 0) == blocks(made, 1) != blocks(made, 2)
    assert len(blocks(made, 2)) > len(blocks(made, 0))
    other = {row[4:] for row in sample(made, 0).closures.rows() if row[0] == 0 and row[1] == 0}
    assert other != {row[4:] for row in sample(made, 0).closures.rows() if row[0] == 1 and row[1] == 0}


def test_a_longer_warm_up_moves_no_weather_after_the_start() -> None:
    short, long = weather(0.4, persistence=0.6), weather(0.4, persistence=0.6)
    long = long.model_copy(update={"warm_up_days": 30.0})
    assert {b for b in blocks(long) if b >= -24} == blocks(short)
    assert min(blocks(long)) < -24


def test_vehicles_out_of_service_are_whole_nested_and_by_day() -> None:
    def lacking(share: float) -> dict[tuple[int, int, int], int]:
        content = abc()
        content["transport"]["modes"]["ambulance"]["unavailable_share"] = share
        content["regions"]["a"]["vehicles"]["ambulance"] = 4
        rows = sample(scenario(content), 0).closures.rows()
        return {
            (mode, base, day): vehicles
            for mode, base, _, vehicles, from_s, to_s in rows
            for day in range(from_s // 86400, to_s // 86400)
        }

    low, high, every = lacking(0.2), lacking(0.5), lacking(1)
    assert low and all(count <= high[place] for place, count in low.items())
    assert sum(low.values()) < sum(high.values()) < sum(every.values()) == 21 * 6
    assert {mode for mode, *_ in every} == {0}


def test_what_meets_or_overlaps_is_one_row() -> None:
    rows = [(0, 1, -1, -1, 0, 5), (0, 1, -1, -1, 5, 9), (0, 1, -1, -1, 7, 8), (0, 1, -1, 2, 9, 12)]
    assert Closures.of(rows).rows() == [(0, 1, -1, -1, 0, 9), (0, 1, -1, 2, 9, 12)]


def test_a_mode_opens_when_both_ends_and_the_way_between_are_open() -> None:
    space = Airspace(
        Closures.of(
            [(0, 0, -1, -1, 10, 20), (0, 1, -1, -1, 18, 30), (0, 0, 1, -1, 30, 40), (1, 0, -1, -1, 0, 99)]
        )
    )
    assert [space.opens_s(0, 0, 1, t) for t in (9, 10, 19, 40)] == [9, 40, 40, 40]
    assert space.opens_s(0, 1, 0, 15) == 40 and space.opens_s(0, 0, 2, 15) == 20
    assert Airspace(NO_CLOSURES).opens_s(0, 0, 1, 5) == 5


# ---------------------------------------------------------------- what it does


def ride(patients: list[dict[str, Any]], closures: list[dict[str, Any]], **more: Any) -> Any:
    regions = {
        "a": {"icu_teams": 1, "vehicles": {"ambulance": 1}, "units": {"icu": {"beds": 0}}},
        "b": {"units": {"icu": {"beds": 5}}},
    }
    transport = {"modes": {"ambulance": AMBULANCE}, "distances_km": {"a": {"b": 60}}, "closures": closures}
    found, journal, _ = run(world(regions, patients, transport=transport | more))
    return found, journal


def test_closed_at_the_yes_there_is_no_vehicle_and_the_retry_finds_one() -> None:
    """Asked at 1:00, yes at 1:20 in vain; closed until 1:40; asked anew at 2:00, yes at 2:20."""
    found, journal = ride([patient(1, stage("icu", 9))], [{"from_day": 0, "to_day": 100 / 1440}])
    said = [Answer(row[5]) for row in journal.rows() if row[1] == Event.ANSWERED]
    assert said == [Answer.GROUNDED, Answer.YES]
    assert told(found, journal, Event.DEPARTED) == [(3 + 50 / 60, "departed", 0, "a")]


def test_closed_at_departure_the_trip_waits_and_its_vehicle_and_team_with_it() -> None:
    """Yes at 1:20, ready at 2:50; closed from 2:30 to 5:00. Home again an hour's drive after 6:00."""
    gone = [{"modes": ["ambulance"], "regions": ["a"], "from_day": 2.5 / 24, "to_day": 5 / 24}]
    found, journal = ride([patient(1, stage("icu", 9))], gone)
    assert told(found, journal, Event.DEPARTED, Event.ADMITTED, Event.RETURNED) == [
        (5.0, "departed", 0, "a"),
        (6.0, "admitted", 0, "b"),
        (7.0, "returned", 0, "a"),
        (7.5, "returned", 0, "a"),
    ]


def test_a_trip_under_way_goes_on_and_a_cut_way_is_cut_for_that_pair_only() -> None:
    cut = [{"between": ["b", "a"], "from_day": 3 / 24}]
    found, journal = ride([patient(1, stage("icu", 9)), patient(9, stage("icu", 9))], cut)
    assert told(found, journal, Event.ADMITTED) == [(3 + 50 / 60, "admitted", 0, "b")]
    table = sample(closed(closures=[{"between": ["c", "a"], "media": ["air"], "from_day": 1}]), 0).closures
    assert [row[:4] for row in table.rows()] == [(1, 0, 2, ALL)]


def test_all_vehicles_out_of_service_is_no_vehicle() -> None:
    modes = {"ambulance": AMBULANCE | {"unavailable_share": 1}}
    _, journal = ride([patient(1, stage("icu", 9))], [], modes=modes)
    assert {Answer(row[5]) for row in journal.rows() if row[1] == Event.ANSWERED} == {Answer.NO_VEHICLE}


@pytest.mark.parametrize("name", ["today", "coordinated"])
def test_with_everything_closed_everybody_fares_as_alone(name: str) -> None:
    made = closed(closures=[{"from_day": -6}])
    table = sample(made, 0)
    alone, other = (simulate(made, load_plan(p).plan, table) for p in ("alone", name))
    ours, theirs = Course(made, table, alone), Course(made, table, other)
    beds = (Event.ADMITTED, Event.DISCHARGED, Event.DIED_WAITING, Event.BOARDED)

    def course_of(journal: Any) -> list[tuple[int, ...]]:
        lacks = {Event.DIED_WAITING}
        rows = (row for row in journal.rows() if row[1] in beds and row[2] >= 0)
        return sorted(row[:5] if row[1] in lacks else row for row in rows)

    assert np.array_equal(ours.outcome, theirs.outcome)
    if name == "today":  # the elective and surge rules are the same, and fed by the same picture
        assert course_of(alone) == course_of(other)
    assert not len(other.where(Event.PLACED)) and len(other.where(Event.REQUESTED)) > 50


def test_no_closures_or_closures_elsewhere_change_nothing() -> None:
    plain, table = scenario(abc()), sample(scenario(abc()), 0)
    open_weather = closed(weather={"helicopter": {"closed_share": 0}}, closures=[{"from_day": 20}])
    assert sample(open_weather, 0).fingerprint() == table.fingerprint()
    for name in ("today", "coordinated"):
        before = simulate(plain, load_plan(name).plan, table).fingerprint()
        assert simulate(open_weather, load_plan(name).plan, table).fingerprint() == before
    grounded = closed(closures=[{"from_day": 1}])
    patients = replace(sample(grounded, 0), closures=NO_CLOSURES)
    assert patients.fingerprint() == table.fingerprint(), "closures moved somebody"
