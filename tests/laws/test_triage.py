"""A limit in a crisis: whom it turns away, when, and that it is off unless a plan names it."""

import numpy as np

from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.policies.sentences import clause
from nspl_sim.vocabulary.care import Event
from tests.laws.audit import Audit
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario


def plan(**triage) -> Plan:
    said = load_plan("coordinated").plan.written() | {"name": "tried"}
    return Plan.model_validate(said | {"triage": {"rule": "crisis-limit", "kinds": ["ward"]} | triage})


def test_by_need_is_what_there_is_without_a_rule():
    world = scenario(abc())
    people = sample(world, 0)
    plain = load_plan("coordinated").plan
    by_need = Plan.model_validate(plain.written() | {"triage": "by-need"})
    never = plan(above=10, urgency=5)
    found = {simulate(world, p, people).fingerprint() for p in (plain, by_need, never)}
    assert len(found) == 1


def test_the_less_urgent_are_turned_away_where_and_while_the_load_is_high():
    world = scenario(abc())
    people = sample(world, 0)
    journal = simulate(world, plan(above=0.9, urgency=3), people)
    Audit(world, people, journal).walk()
    refused = journal.patient[journal.where(Event.REFUSED)]
    assert len(refused) > 10
    assert (people.urgency[refused] >= 3).all() and (people.priority[refused] == 0).all()
    admitted = journal.patient[journal.where(Event.ADMITTED)]
    assert not set(refused.tolist()) & set(admitted.tolist())
    assert evaluate(Course(world, people, journal))["refused"] == len(refused[journal_in(people, refused)])
    none = simulate(world, plan(above=0.9, urgency=4), people)
    assert not len(none.where(Event.REFUSED)), "the ill are of urgency 3, and planned care is not touched"


def journal_in(people, rows):
    return (people.arrival_s[rows] >= 0) & (people.arrival_s[rows] < 14 * 86400)


def test_who_lies_in_a_bed_is_not_turned_away_from_the_next():
    """The critically ill go on to the ward after intensive care, whatever the load there."""
    world = scenario(abc())
    people = sample(world, 0)
    journal = simulate(world, plan(above=0, urgency=2), people)
    two = np.flatnonzero(people.stage_count == 2)
    assert not set(two.tolist()) & set(journal.patient[journal.where(Event.REFUSED)].tolist())


def test_it_says_so():
    said = [str(sentence) for sentence in clause(plan())]
    assert any("a limit for a crisis" in sentence for sentence in said)
    assert not any("by need" in str(sentence) for sentence in clause(load_plan("coordinated").plan))
