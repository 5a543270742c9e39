"""Staff lent between regions: by a picture written by hand, and beds and teams to the second."""

from functools import cache

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.policies.directing import Director, empty
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.policies.rules import Loan, replace
from nspl_sim.policies.staff.to_the_most_pressed import ToTheMostPressed
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.care import Event
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, drained, scenario

H = 3600
RULE = ToTheMostPressed(above=1.0, below=0.75, beds=2, at_most=2, lead_h=12)
TO_A = Loan(2, 0, 0, 2, 0, 12 * H)
"""c lends to a."""


@cache
def world() -> Scenario:
    return scenario(abc())


def loans(*in_beds, held=(), rule=RULE, staffed=(4, 6, 8)):
    """Return the loans when a, b and c report so many of 4, 6 and 8 beds; b is 60 km from a, c 200."""
    here = geography(world())
    base, ward = empty(here, 0), np.zeros(3, dtype=np.int64)
    made = Director(load_plan("today").plan, here).at_start()
    situation = replace(
        base,
        occupied=np.stack([np.array(in_beds), ward], axis=1),
        staffed=np.stack([np.array(staffed), ward + 9], axis=1),
        directive=replace(made, staff=tuple(held)),
    )
    return rule.loans(situation)


def test_the_nearest_with_room_lends_to_the_hardest_pressed():
    """Without 2 of its beds b must stay at 3 of 4, c at 4.5 of 6."""
    assert loans(4, 3, 4) == (Loan(1, 0, 0, 2, 0, 12 * H),)
    assert loans(4, 4, 4) == (TO_A,)
    assert loans(4, 4, 5) == ()
    assert loans(3, 3, 4) == (), "nobody is hard pressed"
    assert loans(5, 9, 4) == (Loan(2, 0, 1, 2, 0, 12 * H),), "b is at 150 %, a at 125 %; c has staff for one"


def test_a_loan_lasts_until_it_is_not_needed_or_the_lender_is_pressed():
    lent = {"held": (TO_A,), "staffed": (6, 6, 6)}
    assert loans(6, 6, 4, **lent) == (TO_A,)
    assert loans(4, 4, 4, **lent) == (TO_A,), "4 of the 4 that would be left"
    assert loans(3, 4, 4, **lent) == ()
    assert loans(6, 4, 6, **lent) == ()


def test_what_is_unknown_changes_no_loan():
    assert loans(3, 4, 4, held=(TO_A,), staffed=(-1, 6, 6)) == (TO_A,)
    assert loans(9, 3, 4, staffed=(-1, 6, 8)) == ()


# ---------------------------------------------------------------- in the system


def plan(**staff) -> Plan:
    said = load_plan("coordinated").plan.written() | {"name": "tried"}
    rule = {"rule": "to-the-most-pressed", "below": 0.7, "lead_h": 10} | staff
    return Plan.model_validate(said | {"staff": rule})


def test_nothing_lent_changes_nothing():
    people = sample(world(), 0)
    never = plan(above=10, below=0)
    plain = load_plan("coordinated").plan
    assert simulate(world(), never, people).fingerprint() == simulate(world(), plain, people).fingerprint()


@cache
def lent():
    return simulate(world(), plan(teams=1), sample(world(), 0))


def test_the_lender_lacks_them_at_once_and_the_borrower_has_them_after_the_way():
    journal = lent()
    Audit(world(), sample(world(), 0), journal).walk()
    rows = list(journal.rows())
    begun = [row for row in rows if row[1] == Event.LENT]
    ended = [row for row in rows if row[1] == Event.RECALLED]
    assert len(begun) >= len(ended) >= 2
    changes = {(t, r, k): beds for t, e, _, r, k, beds in rows if e == Event.CHANGED}
    for time_s, _, _, lender, kind, borrower in begun:
        assert (time_s, lender, kind) in changes
        back = [t for t, _, _, a, _, b in ended if (a, b) == (lender, borrower) and t > time_s]
        if not back or back[0] > time_s + 10 * H:
            assert (time_s + 10 * H, borrower, kind) in changes
        else:
            assert (time_s + 10 * H, borrower, kind) not in changes, "they turned round on the way"


def test_no_bed_is_made_or_lost():
    """Staff are at work in one region or on the road, never in two."""
    journal, base = lent(), {(0, 0): 4, (1, 0): 6, (2, 0): 8}
    for row in journal.rows():
        if row[1] == Event.CHANGED:
            base[row[3], row[4]] = row[5]
            assert sum(base.values()) <= 18 + 2, "two of one second come one after the other"
    course = Course(world(), sample(world(), 0), journal)
    assert (course.open_beds.integral(0, course.horizon_s) > 0).all()


@pytest.mark.parametrize("teams", [0, 1])
def test_at_the_end_everybody_is_home(teams):
    calm = scenario(drained(abc()))
    people = sample(calm, 0)
    journal = simulate(calm, plan(teams=teams), people)
    audit = Audit(calm, people, journal).walk()
    assert [audit.base[r, 0] for r in range(3)] == [4, 6, 8]
    assert len(journal.where(Event.LENT)) == len(journal.where(Event.RECALLED)) > 0


def test_alone_lends_nothing():
    said = plan().written() | {"support": "alone"}
    journal = simulate(world(), Plan.model_validate(said), sample(world(), 0))
    assert not len(journal.where(Event.LENT))


def test_only_to_those_who_receive_from_those_who_give():
    for switch in ("gives", "receives"):
        said = plan().written() | {"taking_part": {"default": {switch: False}}}
        journal = simulate(world(), Plan.model_validate(said), sample(world(), 0))
        assert not len(journal.where(Event.LENT))
