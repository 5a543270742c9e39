"""The joint office and its mandate: exact identities with today's order, and courses by hand."""

from functools import cache

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.directing import Director, empty, nothing_reported
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.policies.rules import replace
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.care import Event, Office
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario

H = 3600
OWN = (Event.DIRECTED, Event.BROUGHT)
"""What is the office's own to write down."""


@cache
def world() -> Scenario:
    return scenario(abc())


def plan(**changes) -> Plan:
    return Plan.model_validate(load_plan("coordinated").plan.written() | {"name": "tried"} | changes)


def journal(moving: Plan) -> Journal:
    return simulate(world(), moving, sample(world(), 0))


@cache
def today() -> Journal:
    return journal(load_plan("today").plan)


def same(one: Journal, two: Journal) -> bool:
    rows = [j.only(~np.isin(j.event, OWN)).fingerprint() for j in (one, two)]
    return rows[0] == rows[1]


def test_an_office_that_takes_nothing_on_is_todays_order():
    found = journal(plan(office={"requests_per_h": 0}))
    assert same(found, today())
    assert set(found.detail[found.where(Event.BROUGHT)].tolist()) == {Office.TOO_MANY}
    assert not same(journal(plan()), today()), "or it would be no wonder"


def test_an_office_that_is_never_there_is_todays_order():
    found = journal(plan(office={"outage": [{"from_day": 0, "to_day": 3650}]}))
    assert same(found, today())


def test_an_office_without_limits_changes_nothing():
    found = journal(plan(office={}))
    assert same(found, journal(plan()))
    assert set(found.detail[found.where(Event.BROUGHT)].tolist()) == {Office.TAKEN_ON}


def test_no_mandate_but_to_know_is_todays_order_to_the_last_row():
    assert journal(plan(mandate="picture")).fingerprint() == today().fingerprint()


def test_agreement_is_what_there_is_without_a_mandate():
    assert journal(plan(mandate="agreement")).fingerprint() == journal(plan()).fingerprint()


def test_command_takes_no_time_and_asks_nobody_twice_at_a_time():
    found = journal(plan(mandate="command"))
    asked, answered = (found.where(e) for e in (Event.REQUESTED, Event.ANSWERED))
    under_way = found.time_s[asked] < 0  # in warm-up it is today's order that asks
    late = found.time_s[answered][np.count_nonzero(under_way) :] - found.time_s[asked][~under_way]
    assert len(late) > 100 and not late.any()
    at_once = plan(asking={"ask_minutes": 0, "max_hours": 6})
    assert same(found, journal(at_once))


def test_so_many_are_taken_on_in_each_clock_hour():
    found = journal(plan(office={"requests_per_h": 2}))
    rows = found.where(Event.BROUGHT)
    hour, made = found.time_s[rows] // H, found.detail[rows]
    taken = np.unique(hour[made == Office.TAKEN_ON], return_counts=True)[1]
    assert taken.max() == 2
    for busy in np.unique(hour[made == Office.TOO_MANY]).tolist():
        there = made[hour == busy].tolist()
        assert there == [0, 0] + [1] * (len(there) - 2), "the first come first"
    numbers = evaluate(Course(world(), sample(world(), 0), found))
    beyond = numbers["requests_beyond_office"]
    assert 0 < beyond < numbers["office_requests"]
    assert numbers["requests_beyond_office_share"] == beyond / numbers["office_requests"]


@pytest.mark.parametrize(("from_hour", "to_hour"), [(7, 22), (22, 7)])
def test_at_other_hours_it_takes_nothing_on_and_reviews_nothing(from_hour, to_hour):
    """The scenario starts at midnight in winter: civil hours are those of the run."""
    office = {"staffed": {"from_hour": from_hour, "to_hour": to_hour}}
    moves = {"kinds": ["icu"], "above": 0.6, "below": 0.6}
    found = journal(plan(office=office, moves=moves))
    Audit(world(), sample(world(), 0), found).walk()
    rows = found.where(Event.BROUGHT)
    hour = found.time_s[rows] // H % 24
    by_day = (hour >= 7) & (hour < 22)
    on_duty = by_day if from_hour == 7 else ~by_day
    assert set(found.detail[rows[on_duty]].tolist()) == {Office.TAKEN_ON}
    assert set(found.detail[rows[~on_duty]].tolist()) == {Office.NOT_STAFFED}
    moved = found.time_s[found.where(Event.MOVED)] // H % 24
    assert len(moved) >= 5
    assert (((moved >= 7) & (moved < 22)) == (from_hour == 7)).all()


def test_an_outage_is_felt_from_its_first_second_to_its_last():
    found = journal(plan(office={"outage": [{"from_day": 2, "to_day": 4}]}))
    rows = found.where(Event.BROUGHT)
    day = found.time_s[rows] / 86400
    assert ((found.detail[rows] == Office.OUT) == ((day >= 2) & (day < 4))).all()


def test_an_auditor_sees_nothing_wrong():
    for said in ({"mandate": "advice"}, {"mandate": "command"}, {"office": {"requests_per_h": 1}}):
        found = journal(plan(**said))
        Audit(world(), sample(world(), 0), found).walk()


# ---------------------------------------------------------------- what each keeps


def reserves(mandate, staffed=(4, 6, 8), day=0.0, **content):
    here = geography(scenario(abc(**content)))
    situation = empty(here, round(day * 86400))
    beds = situation.staffed.copy()
    beds[:, 0] = staffed
    director = Director(plan(mandate=mandate), here)
    directive = director.directive(nothing_reported(here, situation.time_s), replace(situation, staffed=beds))
    order = directive.order_of(0)
    assert order is not None
    return order.reserve


def test_under_advice_a_region_keeps_by_its_own_rule():
    """Of 4, 6 and 8 beds: taken are under 75 % when more than 1, 1 and 2 are free."""
    advice = {"level": "advice", "accept_below": 0.75}
    assert reserves(advice) == (1, 1, 2)
    assert reserves(advice | {"regions": {"c": {"accept_below": 0.25}}}) == (1, 1, 6)
    assert reserves({"level": "advice", "accept_below": 1}) == (1, 1, 1), "the order's own reserve holds too"
    assert reserves(advice, staffed=(40, 0, 10)) == (10, 1, 2)


def test_under_agreement_a_region_keeps_what_it_has_agreed_to():
    assert reserves({"level": "agreement", "regions": {"b": {"reserve": 3}}}) == (1, 3, 1)
    assert reserves({"level": "command", "regions": {"b": {"reserve": 3}}}) == (1, 1, 1)


def test_the_legal_state_limits_refusal():
    states = [
        {"from_day": 2, "state": "extraordinary_event", "regions": ["a"]},
        {"from_day": 4, "state": "heightened"},
        {"from_day": 6, "state": "normal"},
    ]
    mandate = {"level": "advice", "accept_below": 0.5, "no_refusal_from": "heightened"}
    found = [reserves(mandate, day=day, legal_state=states) for day in (0, 2, 4, 6)]
    assert found == [(2, 3, 4), (2, 3, 4), (0, 0, 0), (2, 3, 4)]
    mandate["no_refusal_from"] = "extraordinary_event"
    assert reserves(mandate, day=3, legal_state=states) == (0, 3, 4)
    assert reserves(mandate, day=3) == (2, 3, 4)
