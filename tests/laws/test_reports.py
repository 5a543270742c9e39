"""Reports that are missing, late or wrong: what the office then knows, exactly; and that luck is nested."""

from functools import cache

import numpy as np
import pytest

from nspl_sim.demand.chance import Chance
from nspl_sim.demand.reports import report_luck
from nspl_sim.demand.sample import sample
from nspl_sim.policies.asking import Reporting
from nspl_sim.policies.directing import empty
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.policies.rules import UNKNOWN, replace
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.clock import Clock
from nspl_sim.system.reports import Reports
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.clock import Rank
from nspl_sim.vocabulary.reports import BLOCK_S, ReportLuck
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario

H = 3600


@cache
def world(**changes) -> Scenario:
    return scenario(abc(**changes))


def plan(**reporting) -> Plan:
    said = load_plan("coordinated").plan.written()
    return Plan.model_validate(said | {"name": "tried", "reporting": said["reporting"] | reporting})


def journal(tried: Plan) -> str:
    return simulate(world(), tried, sample(world(), 0)).fingerprint()


def test_faults_that_never_happen_change_nothing():
    never = {"missing_share": 0, "late_share": 0, "late_h": 6, "wrong_share": 0, "wrong_by": 0.5}
    assert journal(plan(**never)) == journal(plan())
    assert journal(plan(wrong_share=1, wrong_by=0)) == journal(plan())


@pytest.mark.parametrize(
    "faults",
    [{"missing_share": 0.5}, {"late_share": 0.5, "late_h": 24}, {"wrong_share": 1, "wrong_by": 1}],
)
def test_faults_are_felt(faults):
    assert journal(plan(**faults)) != journal(plan())


def test_a_report_always_late_is_a_longer_delay():
    assert journal(plan(late_share=1, late_h=6)) == journal(plan(delay_h=8))


def office(terms: Reporting, luck: list[list[list[float]]], hours: int, looks: list[int]) -> list[list[int]]:
    """Return what the office believes to lie in the intensive care of a, b and c at the hours *looks*.

    The truth at hour h is h in every region; luck is by block and region.
    """
    clock, here = Clock(0), geography(world())

    def truth():
        now = empty(here, clock.now_s)
        return replace(now, occupied=np.full_like(now.occupied, clock.now_s // H))

    reports = Reports(clock, here, ReportLuck(0, np.array(luck)), truth)
    seen: list[list[int]] = []

    def look() -> None:
        known = reports.newest
        seen.append([UNKNOWN] * 3 if known is None else known.occupied[:, 0].tolist())

    for hour in range(0, hours, 6):
        clock.call_at(hour * H, Rank.REPORT, 0, lambda: reports.take(terms))
    for hour in looks:
        clock.call_at(hour * H, Rank.REVIEW, 0, look)
    clock.run(until=hours * H)
    return seen


FINE, BAD = [0.9, 0.9, 0.9, 0.9], [0.1, 0.1, 0.1, 1.0]


def test_what_is_missing_leaves_the_former_report():
    terms = Reporting(delay_h=2, missing_share=0.5)
    luck = [[BAD, FINE, FINE], [FINE, BAD, FINE], [FINE, FINE, FINE], [BAD, BAD, BAD]]
    assert office(terms, luck, 24, [1, 3, 9, 15, 21]) == [
        [UNKNOWN] * 3,
        [UNKNOWN, 0, 0],
        [6, 0, 6],
        [12, 12, 12],
        [12, 12, 12],
    ]


def test_what_is_late_never_overwrites_what_is_newer():
    """The reports of hour 0 come at 10, after those of hour 6 at 8: only c, late again, has nothing newer."""
    terms = Reporting(delay_h=2, late_share=0.5, late_h=8)
    luck = [[BAD, BAD, BAD], [FINE, FINE, BAD], [FINE, FINE, FINE], [FINE] * 3]
    assert office(terms, luck, 20, [3, 9, 11, 15, 17]) == [
        [UNKNOWN] * 3,
        [6, 6, UNKNOWN],
        [6, 6, 0],
        [12, 12, 12],
        [12, 12, 12],
    ]


def test_a_wrong_report_is_off_by_a_share_of_what_it_counts():
    terms = Reporting(delay_h=0, wrong_share=0.5, wrong_by=0.5)
    up, down = [0.9, 0.9, 0.1, 1.0], [0.9, 0.9, 0.1, 0.0]
    luck = [[FINE] * 3, [FINE] * 3, [up, down, FINE]]
    assert office(terms, luck, 18, [12]) == [[18, 6, 12]]


def test_a_silent_region_is_silent_still():
    clock, here = Clock(0), geography(world())
    reports = Reports(clock, here, sample(world(), 0).report_luck, lambda: empty(here, clock.now_s))
    reports.silent[1] = 1
    reports.take(Reporting(delay_h=0))
    assert reports.newest is not None
    assert reports.newest.known.tolist() == [True, False, True]


def test_luck_is_nested_and_a_longer_run_moves_none():
    short, long = (report_luck(world(horizon_days=d), Chance(11, 3)) for d in (14, 28))
    both = short.u.shape[0]
    assert short.first_block == long.first_block == -6 * 86400 // BLOCK_S
    assert np.array_equal(short.u, long.u[:both])
    cold = report_luck(world(warm_up_days=0), Chance(11, 3))
    assert np.array_equal(cold.at(5 * H).missing, short.at(5 * H).missing)
    assert not np.array_equal(short.at(0).missing, short.at(6 * H).missing)
    assert np.array_equal(short.at(0).missing, short.at(6 * H - 1).missing)
    assert short.at(-1).late.shape == (3,)
