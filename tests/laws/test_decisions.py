"""Decisions over a plan: without a change nothing changes; the hours before and the patients are the same.

Both engines tell the same of every decision.
"""

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from nspl_sim.demand.sample import sample
from nspl_sim.engine.ready import prepare
from nspl_sim.experiment.engines import compiled
from nspl_sim.experiment.foresight import foreseen
from nspl_sim.experiment.parting import parting
from nspl_sim.journal import Journal
from nspl_sim.policies.decided import Decided
from nspl_sim.policies.decision import LASTING, Decision, What
from nspl_sim.policies.directing import Director
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.policies.rules import Loan
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.simulate import geography, simulate
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.patients import Demand
from tests.laws.audit import Audit
from tests.random_worlds import allowed, plans, scenarios
from tests.worlds import abc, scenario

WORLD = scenario(abc())
A, B, C = range(3)
ICU, WARD = 0, 1
PLANS = ("alone", "today", "coordinated")
AT_S = 4 * DAY + 5 * HOUR + 1234


@cache
def demand(replication: int = 0) -> Demand:
    return sample(WORLD, replication)


@cache
def unbranched(plan: str) -> Journal:
    return simulate(WORLD, load_plan(plan).plan, demand())


def decided(*whats: dict[str, Any], at_s: int = AT_S, regions: tuple[str, ...] = ("a",)) -> list[Decision]:
    return [Decision(at_s, regions, What.model_validate(what)) for what in whats]


def branch(plan: str, decisions: list[Decision], until_s: int | None = None) -> Journal:
    return simulate(WORLD, load_plan(plan).plan, demand(), None, decisions, until_s)


def by_the_other_engine(plan: str, decisions: list[Decision], until_s: int | None = None) -> Journal:
    if why_not := prepare(lambda said: None):
        pytest.skip(f"no compiled engine here: {why_not}")
    return compiled(WORLD, load_plan(plan).plan, demand(), decisions=decisions, until_s=until_s)


NO_CHANGE: list[dict[str, Any]] = [
    {"lifts": ["planned", "surge_steps", "lends", "asks_first"]},
    {"lends": {"to": "b", "beds": 0}},
]
CHANGES: list[dict[str, Any]] = [
    {"asks_first": ["c"]},
    {"asks_only": []},
    {"asks_only": ["c", "b"], "asks_at_once": 2, "max_hours": 20},
    {"receives": False},
    {"keeps_free": 3, "receives_at_most": 1, "answer_minutes": 5},
    {"planned": {1: 0.5, 2: 0, 3: 0}},
    {"surge_steps": 2, "planned": {1: 0, 2: 0, 3: 0}},
    {"lends": {"to": "b", "beds": 2, "teams": 1, "lead_h": 3}},
    {"turns_away_from": 3, "kind": "ward"},
    {"fetches": True},
]
ONCE: list[dict[str, Any]] = [{"moves": {"to": "c", "patients": 2}}, {"brings_home": 0}]


@pytest.mark.parametrize("what", NO_CHANGE, ids=str)
@pytest.mark.parametrize("plan", PLANS)
def test_a_branch_without_a_change_is_the_unbranched_course(plan: str, what: dict[str, Any]) -> None:
    decisions = [one for at_s in (0, AT_S, 6 * HOUR, 5 * DAY) for one in decided(what, at_s=at_s)]
    assert parting(unbranched(plan), branch(plan, decisions)) is None
    assert parting(unbranched(plan), by_the_other_engine(plan, decisions)) is None


@pytest.mark.parametrize("plan", PLANS)
def test_a_decision_that_says_what_holds_anyway_changes_nothing(plan: str) -> None:
    """Of a plan whose orders never change: what it says itself, said by people, is no extra review."""
    directive = Director(load_plan(plan).plan, geography(WORLD)).at_start()
    order = directive.order_of(ICU)
    if plan == "coordinated" or order is None:
        pytest.skip("its orders change, or there are none")
    names = [WORLD.region_keys[r] for r in order.receivers[A]]
    what = {"asks_only": names, "asks_at_once": directive.parallel[A], "keeps_free": order.reserve[A]}
    assert parting(unbranched(plan), branch(plan, decided(what))) is None


@pytest.mark.parametrize("what", [*CHANGES, *ONCE], ids=str)
@pytest.mark.parametrize("plan", ["today", "coordinated"])
def test_before_the_hour_nothing_differs_and_both_engines_tell_the_same(
    plan: str, what: dict[str, Any]
) -> None:
    decisions = decided(what)
    journal, before = branch(plan, decisions), unbranched(plan)
    rows = int(np.searchsorted(before.time_s, AT_S))
    assert parting(journal.only(journal.time_s < AT_S), before.only(np.arange(len(before)) < rows)) is None
    Audit(WORLD, demand(), journal).walk()
    assert parting(journal, by_the_other_engine(plan, decisions)) is None


@st.composite
def everything(draw: Any, regions: tuple[str, ...], kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return anything that may be decided; a file's checks would refuse some of it, the system takes it."""
    region, others = st.sampled_from(regions), st.lists(st.sampled_from(regions), min_size=1, unique=True)
    few = st.integers(0, 2)
    told = {
        "asks_first": others,
        "asks_only": others,
        "asks_at_once": st.integers(1, 3),
        "max_hours": st.sampled_from([0.5, 2, 50]),
        "answer_minutes": st.sampled_from([0, 7, 20]),
        "receives": st.booleans(),
        "keeps_free": few,
        "receives_at_most": few,
        "fetches": st.booleans(),
        "planned": st.dictionaries(st.integers(1, 3), st.sampled_from([0, 0.5, 1]), min_size=1),
        "surge_steps": few,
        "lends": st.fixed_dictionaries({"to": region, "beds": few, "teams": few, "lead_h": few}),
        "moves": st.fixed_dictionaries({"to": region, "patients": st.integers(1, 3)}),
        "brings_home": few,
        "turns_away_from": st.integers(2, 5),
        "discharge_share": st.sampled_from([0, 0.5, 1]),
        "lifts": st.lists(st.sampled_from(LASTING), min_size=1, unique=True),
    }
    [one] = draw(st.lists(st.sampled_from(sorted(told)), min_size=1, max_size=1))
    return {"kind": draw(st.sampled_from(kinds)), one: draw(told[one])}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), plans(), st.data())
def test_both_engines_tell_the_same_of_any_decisions_in_any_world(
    content: dict[str, Any], plan_content: dict[str, Any], data: Any
) -> None:
    world, plan = allowed(Scenario, content), allowed(Plan, plan_content)
    assume(world is not None and plan is not None)
    people, keys = sample(world, 0), world.region_keys
    last_s = int(world.horizon_days * DAY)
    decisions, empty = [], []
    for at_s in data.draw(st.lists(st.integers(0, last_s - 1) | st.just(6 * HOUR), min_size=1, max_size=5)):
        what = What.model_validate(data.draw(everything(keys, world.kinds)))
        whose = data.draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
        others = (*(what.asks_first or ()), *(what.asks_only or ()))
        others += tuple(part.to for part in (what.lends, what.moves) if part)
        if not set(whose) & set(others):
            decisions.append(Decision(at_s, tuple(whose), what))
        lifted = What.model_validate({"kind": what.kind, "lifts": list(LASTING)})
        empty.append(Decision(at_s, tuple(whose), lifted))
    future = foreseen(world, plan, people) if plan.foresees else None
    journal = simulate(world, plan, people, future, decisions)
    unbranched = simulate(world, plan, people, future)
    assert parting(unbranched, simulate(world, plan, people, future, empty)) is None
    first_s = min((one.time_s for one in decisions), default=last_s)
    before = (one.only(one.time_s < first_s) for one in (journal, unbranched))
    assert parting(*before) is None
    if prepare(lambda said: None) is None:
        found = parting(journal, compiled(world, plan, people, future=future, decisions=decisions))
        assert found is None, found


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(PLANS))
def test_the_books_are_right_whatever_is_decided(data: Any, plan: str) -> None:
    decisions = []
    for _ in range(data.draw(st.integers(1, 6))):
        what = What.model_validate(data.draw(everything(("b", "c"), WORLD.kinds)))
        decisions.append(Decision(data.draw(st.integers(0, 13 * DAY)), ("a",), what))
    Audit(WORLD, demand(), branch(plan, decisions)).walk()


@pytest.mark.parametrize("what", CHANGES, ids=str)
def test_every_decision_makes_a_difference(what: dict[str, Any]) -> None:
    regions = ("c",) if "keeps_free" in what or "receives" in what or "fetches" in what else ("a",)
    journal = branch("today", decided(what, at_s=HOUR, regions=regions))
    assert journal.fingerprint() != unbranched("today").fingerprint()


def test_a_branch_shares_every_patient() -> None:
    """The table of patients is the very same; each arrives in both, at the same second."""
    was = demand().fingerprint()
    journal, before = branch("today", decided(*CHANGES[2:6])), unbranched("today")
    assert demand().fingerprint() == was
    for one in (journal, before):
        rows = one.where(Event.ARRIVED)
        assert np.array_equal(np.sort(one.patient[rows]), np.arange(len(demand())))
    mine, others = (
        dict(zip(j.patient[rows].tolist(), j.time_s[rows].tolist(), strict=True))
        for j in (journal, before)
        for rows in (j.where(Event.ARRIVED),)
    )
    assert mine == others


def test_what_is_lifted_is_again_as_the_plan_says() -> None:
    """A pause from one hour to the next: from then on the shares are the plan's."""
    world, plan = geography(WORLD), load_plan("today").plan
    said = Director(plan, world).at_start()
    pause = decided({"planned": {3: 0.25}, "surge_steps": 1}, at_s=10, regions=("a", "c"))
    over = Decided([*pause, *decided({"lifts": ["planned"]}, at_s=20, regions=("a",))], world)
    assert over.times_s == (10, 20)
    assert over.over(said, 9) is said
    assert over.over(said, 10).elective_share == ((1.0, 1.0, 0.25), (1.0, 1.0, 1.0), (1.0, 1.0, 0.25))
    assert over.over(said, 20).elective_share == ((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (1.0, 1.0, 0.25))
    assert over.over(said, 20).surge_steps == ((A, ICU, 1), (C, ICU, 1))
    everything = decided({"lifts": ["planned", "surge_steps"]}, at_s=30, regions=("a", "c"))
    both = Decided([*pause, *everything], world)
    assert both.over(said, 30) == said


def test_orders_are_laid_over() -> None:
    world = geography(WORLD)
    said = Director(load_plan("today").plan, world).at_start()
    [order] = said.orders
    assert order.receivers == ((B, C), (A, C), (B, A))

    def asked(*whats: dict[str, Any], regions: tuple[str, ...] = ("a",)) -> Any:
        found = Decided(decided(*whats, at_s=0, regions=regions), world).over(said, 0).order_of(ICU)
        assert found is not None
        return found

    assert asked({"asks_first": ["c"]}).receivers == ((C, B), (A, C), (B, A))
    assert asked({"asks_only": ["c"]}).receivers == ((C,), (A, C), (B, A))
    assert asked({"asks_only": ["c"]}, {"asks_first": ["b"]}).receivers == ((B, C), (A, C), (B, A))
    assert asked({"receives": False}, regions=("b",)).receivers == ((C,), (A, C), (A,))
    assert asked({"asks_only": ["c"]}, {"receives": False}, regions=("a",)).receivers[A] == (C,)
    kept = asked({"keeps_free": 4, "receives_at_most": 2}, regions=("b",))
    assert kept.reserve == (order.reserve[A], 4, order.reserve[C]) and kept.quota == (-1, 2, -1)


def test_staff_lent_by_decision_come_and_go() -> None:
    lends = {"lends": {"to": "b", "beds": 2, "lead_h": 3}}
    recalls = {"lends": {"to": "b", "beds": 0}}
    decisions = [*decided(lends, at_s=DAY), *decided(recalls, at_s=3 * DAY)]
    journal = branch("today", decisions)
    rows = [(t, e) for t, e, *_ in journal.rows() if e in (Event.LENT, Event.RECALLED)]
    assert rows == [(DAY, Event.LENT), (3 * DAY, Event.RECALLED)]
    world = geography(WORLD)
    said = Director(load_plan("today").plan, world).at_start()
    assert Decided(decisions, world).over(said, DAY).staff == (Loan(A, ICU, B, 2, 0, 3 * HOUR),)
    assert Decided(decisions, world).over(said, 3 * DAY).staff == ()


def test_a_move_is_made_once() -> None:
    """At the second of the decision, of those who lie there, and at no review after it."""
    decisions = decided({"moves": {"to": "c", "patients": 2}}, at_s=3 * DAY)
    journal = branch("today", decisions)
    assert parting(journal, by_the_other_engine("today", decisions)) is None
    rows = journal.where(Event.MOVED)
    assert len(rows) == 2
    assert set(journal.time_s[rows].tolist()) == {3 * DAY}
    assert set(journal.region[rows].tolist()) == {A} and set(journal.detail[rows].tolist()) == {C}


@pytest.mark.parametrize("plan", ["today", "coordinated"])
def test_a_run_that_ends_early_is_the_same_up_to_there(plan: str) -> None:
    until_s = 5 * DAY + 17
    before = unbranched(plan)
    expected = before.only(before.time_s < until_s)
    assert parting(expected, branch(plan, [], until_s)) is None
    assert parting(expected, by_the_other_engine(plan, [], until_s)) is None
