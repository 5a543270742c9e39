"""Moves of in-patients: exact courses by hand, nobody lost, and measures that agree."""

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.measures.occupancy import icu_stays
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.moves import Moves
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.care import Event
from tests.laws.audit import Audit
from tests.worlds import abc, drained, scenario

H = 3600
AT_ONCE = {"every_h": 1, "delay_h": 0}
RELIEF = {"kinds": ["icu"], "above": 0.5, "below": 0.5, "at_most": 1}
COURSE = (Event.PLACED, Event.MOVED, Event.DEPARTED, Event.ADMITTED, Event.DISCHARGED)


def two(ends_h: list[float], extra_h: float = 0, home: str = "a", stabilise_h: float = 0) -> Scenario:
    """Return regions a and b, an hour apart, of two beds each; all come at 0.5 and stay until *ends_h*."""
    stay = {"family": "fixed", "value_h": 24}
    patient = {
        "urgency": 3,
        "min_stabilise_h": stabilise_h,
        "extra_stay_if_moved": {"family": "fixed", "value_h": extra_h},
        "pathways": [{"share": 1, "stages": [{"kind": "icu", "stay": stay}]}],
    }
    came = [
        {"arrival_h": 0.5, "region": home, "class": "patient", "stages": [{"kind": "icu", "stay_h": h - 0.5}]}
        for h in ends_h
    ]
    region = {"units": {"icu": {"beds": 2}}, "vehicles": {"ambulance": 1}, "icu_teams": 1}
    times = dict.fromkeys(("activation_minutes", "load_minutes", "unload_minutes", "turn_minutes"), 0)
    return scenario(
        {
            "format": 1,
            "name": "two",
            "start": "2027-01-04T00:00",
            "warm_up_days": 0,
            "horizon_days": 2,
            "regions": {"a": region, "b": region},
            "classes": {"patient": patient},
            "streams": {"given": {"kind": "table", "patients": came}},
            "transport": {
                "modes": {"ambulance": {"medium": "road", "speed_kmh": 60, **times}},
                "handover_minutes": 0,
                "team_rest_minutes": 0,
                "distances_km": {"a": {"b": 60}},
            },
        }
    )


def plan(**changes) -> Plan:
    said = load_plan("today").plan.written() | {"name": "moving", "reporting": AT_ONCE, "review_every_h": 1}
    return Plan.model_validate(said | changes)


def audited(world: Scenario, moving: Plan) -> Journal:
    people = sample(world, 0)
    journal = simulate(world, moving, people)
    Audit(world, people, journal).walk()
    return journal


def course_of(journal: Journal, patient: int) -> list[tuple[float, str, str]]:
    return [
        (t / H, Event(e).name.lower(), "ab"[r])
        for t, e, p, r, _, _ in journal.rows()
        if p == patient and e in COURSE
    ]


def test_the_stay_goes_on_during_the_trip():
    journal = audited(two([5, 8]), plan(moves=RELIEF))
    assert course_of(journal, 0) == [
        (0.5, "admitted", "a"),
        (1, "placed", "b"),
        (1, "moved", "a"),
        (1, "departed", "a"),
        (2, "admitted", "b"),
        (5, "discharged", "b"),
    ]
    assert course_of(journal, 1) == [(0.5, "admitted", "a"), (8, "discharged", "a")], "one is enough"


def test_the_extra_stay_is_added_once():
    journal = audited(two([5, 8], extra_h=2), plan(moves=RELIEF))
    assert course_of(journal, 0)[-1] == (7, "discharged", "b")


def test_a_stay_that_would_end_on_the_way_ends_at_the_arrival():
    journal = audited(two([1.5, 8]), plan(moves=RELIEF))
    assert course_of(journal, 0)[-2:] == [(2, "admitted", "b"), (2, "discharged", "b")]


def test_nobody_is_moved_before_being_stable():
    journal = audited(two([9, 9], stabilise_h=2.5), plan(moves=RELIEF))
    assert course_of(journal, 0)[1] == (3, "placed", "b")


def test_home_again_when_there_is_a_bed():
    """The team takes a bed at home until 3; then the patient returns and lies out the stay there."""
    world = two([9, 3.5])
    journal = audited(world, plan(moves=RELIEF, returns={"reserve": 0}))
    assert course_of(journal, 0)[1:] == [
        (1, "placed", "b"),
        (1, "moved", "a"),
        (1, "departed", "a"),
        (2, "admitted", "b"),
        (3, "placed", "a"),
        (3, "moved", "b"),
        (3, "departed", "b"),
        (4, "admitted", "a"),
        (9, "discharged", "a"),
    ]
    course = Course(world, sample(world, 0), journal)
    found = evaluate(course)
    assert found["inpatients_moved"] == found["return_transfers"] == found["return_transfers.a"] == 1
    assert found["inpatients_taken.b"] == 1
    assert found["capacity_transfers"] == 0
    assert found["icu_bed_days_given.b"] == pytest.approx(1 / 24)


def test_the_least_urgent_first_then_the_longest_in_bed(monkeypatch):
    world = scenario(abc())
    people = sample(world, 0)
    chosen: list[tuple[int, int, int]] = []
    booked = Moves.move

    def seen(self, lying, to, order):
        answer = booked(self, lying, to, order)
        chosen.append((self.clock.now_s, -lying.urgency, lying.since_s))
        return answer

    monkeypatch.setattr(Moves, "move", seen)
    moves = {"kinds": ["icu"], "above": 0.6, "below": 0.6, "at_most": 3}
    simulate(world, plan(moves=moves), people)
    assert chosen == sorted(chosen) and len(chosen) > 5


@pytest.mark.parametrize("instant", [False, True])
def test_an_auditor_finds_nobody_lost_and_the_measures_agree(instant):
    content = abc()
    world = scenario(content | {"transport": content["transport"] | {"instant": instant}})
    moving = plan(moves=RELIEF | {"at_most": 5, "kinds": ["icu"]}, returns={"kinds": ["icu", "ward"]})
    journal = audited(world, moving)
    assert len(journal.where(Event.MOVED)) > 20
    course = Course(world, sample(world, 0), journal)
    evaluate(course)
    stays = course.stays
    end_s = course.horizon_s
    clipped = np.clip(stays.to_s, 0, end_s) - np.clip(stays.from_s, 0, end_s)
    assert course.occupied.integral(0, end_s).sum() == clipped.sum()
    assert (course.occupied.integral(0, end_s) >= 0).all()
    assert course.inbound.integral(0, course.end_s).min() >= 0


def test_all_is_at_rest_when_everybody_has_left():
    world = scenario(drained(abc()))
    people = sample(world, 0)
    journal = simulate(world, plan(moves=RELIEF, returns={"kinds": ["icu", "ward"]}), people)
    audit = Audit(world, people, journal).walk()
    assert audit.present() == audit.vehicles_out == 0
    assert (
        not any(audit.occupied.values()) and not any(audit.inbound.values()) and not any(audit.away.values())
    )
    assert len(journal.where(Event.MOVED)) > 20


def test_a_long_stay_cut_by_the_end_counts_from_where_it_began():
    world = two([400, 400]).model_copy(update={"cool_down_h": 0})
    journal = audited(world, plan(moves=RELIEF))
    days = sorted((24 * icu_stays(Course(world, sample(world, 0), journal)).value).round(6).tolist())
    assert days == [0.5, 398, 399.5]


def test_an_evacuation_walks_the_standing_order_from_the_bed(monkeypatch):
    """Both are to leave; one vehicle and one team: the second is fetched once they are back."""
    carried_out = Moves.at_review

    def hit(self):
        carried_out(self)
        if self.clock.now_s == 2 * H:
            assert self.evacuate((0, 0), 5) == 2

    monkeypatch.setattr(Moves, "at_review", hit)
    asking = {"ask_minutes": 30, "retry_h": 1}
    journal = audited(two([9, 9]), plan(support={"rule": "today", "reserve": 0}, asking=asking))
    assert course_of(journal, 0)[1:] == [
        (2.5, "placed", "b"),
        (2.5, "moved", "a"),
        (2.5, "departed", "a"),
        (3.5, "admitted", "b"),
        (9, "discharged", "b"),
    ]
    assert course_of(journal, 1)[1:3] == [(4.5, "placed", "b"), (4.5, "moved", "a")]


def test_who_goes_home_first_needs_no_bed_elsewhere(monkeypatch):
    carried_out = Moves.at_review

    def hit(self):
        carried_out(self)
        if self.clock.now_s == 2 * H:
            self.evacuate((0, 0), 5)

    monkeypatch.setattr(Moves, "at_review", hit)
    journal = audited(two([2.25, 9]), plan(support="alone"))
    assert course_of(journal, 0)[-1] == (2.25, "discharged", "a")
    assert not len(journal.where(Event.MOVED))


def test_who_is_ready_before_anybody_had_a_bed_waits_for_municipal_care_as_ever(monkeypatch):
    carried_out = Moves.at_review

    def hit(self):
        carried_out(self)
        if self.clock.now_s == 2 * H:
            self.evacuate((0, 0), 5)

    monkeypatch.setattr(Moves, "at_review", hit)
    content = two([2.25, 9]).model_dump(mode="python", by_alias=True, exclude_none=True)
    content["start"] = "2027-01-04T00:00"
    content["classes"]["patient"] |= {
        "municipal_share": 1,
        "municipal_wait": {"family": "fixed", "value_h": 4},
    }
    journal = audited(scenario(content), plan(support="alone"))
    assert course_of(journal, 0)[-1] == (6.25, "discharged", "a")
