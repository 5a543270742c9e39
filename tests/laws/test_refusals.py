"""What a receiver decides holds at the answer, in walks that are under way too; and stops no evacuation."""

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.journal import Journal
from nspl_sim.policies.decision import Decision, What
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import Answer, Event
from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE
from tests.laws.audit import Audit
from tests.laws.test_hospital_hit import HIT, course_of, two
from tests.oracles.both import by_both
from tests.worlds import abc, scenario

WORLD = scenario(abc())
ICU = WORLD.kinds.index("icu")
HIT_AT_ALL = HIT | {"share": 1}


@cache
def course(plan: str, *decisions: tuple[int, str, str]) -> Journal:
    """Return the journal in which regions decided, by second, key and what; both engines tell the same."""
    made = [Decision(at_s, (key,), What.model_validate_json(what)) for at_s, key, what in decisions]
    people = sample(WORLD, 0)
    journal = by_both(WORLD, load_plan(plan).plan, people, decisions=made)
    Audit(WORLD, people, journal).walk()
    return journal


def from_others(journal: Journal, region: int, from_s: int) -> Any:
    """Return the rows of beds promised in *region* to patients of others from second *from_s* on."""
    rows = journal.where(Event.PLACED)
    there = (journal.region[rows] == region) & (journal.detail[rows] != region)
    return rows[there & (journal.unit[rows] == ICU) & (journal.time_s[rows] >= from_s)]


@pytest.mark.parametrize("plan", ["today", "coordinated"])
def test_who_does_not_receive_says_no_to_who_asked_before(plan: str) -> None:
    """Decided a minute before a yes: the question was under way, and the answer is no."""
    before = course(plan)
    for row in before.where(Event.PLACED).tolist():
        patient, region, at_s = (int(getattr(before, c)[row]) for c in ("patient", "region", "time_s"))
        asked = before.only((before.event == Event.REQUESTED) & (before.patient == patient))
        if before.unit[row] == ICU and at_s > DAY and at_s - int(asked.time_s[-1]) > MINUTE:
            break
    else:
        pytest.fail("nobody was asked for longer than a minute")
    key, decided_s = WORLD.region_keys[region], at_s - MINUTE
    journal = course(plan, (decided_s, key, '{"receives": false}'))
    assert not len(from_others(journal, region, decided_s))
    answers = journal.only((journal.event == Event.ANSWERED) & (journal.patient == patient))
    [said] = answers.detail[(answers.time_s == at_s) & (answers.region == region)].tolist()
    assert said == Answer.NO_QUOTA
    both = (decided_s, key, '{"receives": false}'), (decided_s, key, '{"receives": true}')
    again = course(plan, *both)
    assert len(from_others(again, region, decided_s))


@pytest.mark.parametrize("what", ['{"receives": false}', '{"receives": false, "receives_at_most": 9}'])
def test_nobody_is_moved_to_who_does_not_receive(what: str) -> None:
    moves = '{"moves": {"to": "c", "patients": 2}}'
    assert len(course("today", (3 * DAY, "a", moves)).where(Event.MOVED)) == 2
    journal = course("today", (3 * DAY, "c", what), (3 * DAY, "a", moves))
    assert not len(journal.where(Event.MOVED))


def ward(plan: str, *decisions: dict[str, Any], region: str = "b") -> Journal:
    """Return what happens to the two who lie in a ward that is hit, where *region* decided about wards."""
    content = two(HIT_AT_ALL).model_dump(mode="json", by_alias=True)
    world = Scenario.model_validate_json(json.dumps(content).replace('"icu"', '"ward"'))
    made = [Decision(HOUR, (region,), What.model_validate({"kind": "ward"} | one)) for one in decisions]
    people = sample(world, 0)
    journal = by_both(world, load_plan(plan).plan, people, decisions=made)
    Audit(world, people, journal).walk()
    return journal


@pytest.mark.parametrize("plan", ["today", "coordinated"])
@pytest.mark.parametrize(
    ("decided", "moved"),
    [
        ({"keeps_free": 0}, 2),
        ({"keeps_free": 2}, 2),
        ({"keeps_free": 3}, 1),
        ({"keeps_free": 4}, 0),
        ({"receives_at_most": 1}, 1),
        ({"receives": False}, 0),
        ({"receives": True}, 2),
    ],
    ids=str,
)
def test_a_decision_about_wards_keeps_beds_and_stops_no_evacuation(
    plan: str, decided: dict[str, Any], moved: int
) -> None:
    """No plan has an order for wards: who is evacuated is asked about as if nothing had been decided."""
    journal = ward(plan, decided)
    first = journal.only(journal.time_s < 3 * HOUR)
    assert len(first.where(Event.MOVED)) == moved
    assert np.count_nonzero(first.event == Event.REQUESTED) >= 2
    if moved == 2:
        assert [course_of(journal, p) for p in (0, 1)] == [course_of(ward(plan), p) for p in (0, 1)]


def test_whom_a_hit_region_asks_is_its_own_decision() -> None:
    """It names whom its wards ask: those who are evacuated ask them too."""
    journal = ward("today", {"asks_only": ["b"]}, region="a")
    assert [course_of(journal, p)[-1] for p in (0, 1)] == [(30, "discharged", "b")] * 2
