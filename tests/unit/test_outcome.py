"""Death in care: the formulas, and whom they strike."""

from itertools import pairwise

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.measures import outcome
from nspl_sim.measures.course import Course
from nspl_sim.policies.plan import load_plan
from nspl_sim.system.simulate import simulate
from nspl_sim.vocabulary.care import Arm, Event, Outcome
from tests.unit.handmade import Book, full_story, world
from tests.worlds import abc, scenario

MORTALITY = np.array([0.0, 0.003, 0.1, 0.123456789, 0.19999, 0.2, 0.3, 0.7, 1.0])


def logit(p: float) -> float:
    return float(np.log(p / (1 - p)))


def expit(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


# ---------------------------------------------------------------- formulas


def test_without_delay_and_strain_mortality_is_the_same_to_the_last_bit() -> None:
    one = np.ones_like(MORTALITY)
    assert outcome.raised(MORTALITY, one).tolist() == MORTALITY.tolist()
    assert outcome.delayed(MORTALITY, one).tolist() == MORTALITY.tolist()


def test_odds_are_raised_on_the_logit_scale() -> None:
    for m in (0.01, 0.1, 0.5):
        for ratio in (0.8, 1.25, 2.0):
            found = outcome.raised(np.array([m]), np.array([ratio]))[0]
            assert found == pytest.approx(expit(logit(m) + np.log(ratio)), rel=1e-12)


def test_a_hazard_ratio_is_an_odds_ratio_while_mortality_is_small() -> None:
    ratio = np.array([1.43])
    assert outcome.delayed(np.array([0.1]), ratio)[0] == pytest.approx(expit(logit(0.1) + np.log(1.43)))
    assert outcome.delayed(np.array([0.2]), ratio)[0] == pytest.approx(1 - 0.8**1.43)


def test_strain_has_the_knots_of_the_source() -> None:
    rho = np.array([0.0, 0.85, 1.0, 1.25, 1.5, 2.0, 2.0001, 50.0])
    expected = [1.0, 1.0, 1.11, 1.24, 1.42, 1.59, 2.0, 2.0]
    assert np.exp(outcome.strain_log_odds(rho)) == pytest.approx(expected, rel=1e-12)
    between = outcome.strain_log_odds(np.array([1.125]))[0]
    assert between == pytest.approx((np.log(1.11) + np.log(1.24)) / 2), "linear in ln OR"


def test_more_never_kills_fewer() -> None:
    ratios = np.linspace(1, 3, 200)
    for m in MORTALITY:
        for formula in (outcome.raised, outcome.delayed):
            assert (np.diff(formula(np.full(200, m), ratios)) >= -1e-15).all()
    assert (np.diff(outcome.strain_log_odds(np.linspace(0, 3, 500))) >= 0).all()


# ---------------------------------------------------------------- in a course


def calm(u_outcome: float, klass: str = "critical") -> Book:
    """Return one patient in an ICU that is half full, admitted at once."""
    book = Book()
    p = book.patient(0, klass, u_outcome=u_outcome)
    book.bed(0, p, "a", "icu", 0)
    book.note(24, Event.DISCHARGED, p, "a", "icu")
    return book


def test_a_calm_run_returns_the_class_mortality_exactly() -> None:
    course = calm(0.5).course()
    for arm in Arm:
        assert outcome.mortality_in_care(course, arm).tolist() == [0.1]


@pytest.mark.parametrize(("u", "dies"), [(0.0999999, True), (0.1, False), (0.0, True), (0.9999, False)])
def test_who_dies_in_care_is_settled_by_u_outcome(u: float, dies: bool) -> None:
    course = calm(u).course()
    assert outcome.died_in_care(course, Arm.NONE).tolist() == [dies]
    assert outcome.settled(course, Arm.NONE)[0] == (Outcome.DIED_IN_CARE if dies else Outcome.DISCHARGED)
    assert not outcome.died_avoidably(course, Arm.NONE).any()


def test_care_that_the_end_of_the_run_cut_off_is_settled_too() -> None:
    book = calm(0.0)
    book.rows.pop()
    assert outcome.died_in_care(book.course(), Arm.FULL).all(), "a longer stay is no life saved"


def test_strain_is_averaged_over_the_stay() -> None:
    course = full_story().course()
    strain = outcome.mean_strain(course)
    assert strain[0] == pytest.approx(23 / 24 * np.log(1.11)), "alone for the first of 24 hours"
    assert strain[1] == pytest.approx(23 / 32 * np.log(1.11))
    assert strain[2:].tolist() == [0.0] * 10
    full = outcome.mortality_in_care(course, Arm.FULL)
    half = outcome.mortality_in_care(course, Arm.HALF)
    assert full[0] == pytest.approx(expit(logit(0.1) + strain[0]))
    assert half[0] == pytest.approx(expit(logit(0.1) + strain[0] / 2))
    assert outcome.mortality_in_care(course, Arm.NONE)[0] == 0.1


def test_strain_counts_every_stay_by_its_length() -> None:
    book = Book()
    twice, other = book.patient(0, stages=("icu", "ward", "icu")), book.patient(0)
    book.bed(0, twice, "a", "icu", 0)
    book.bed(10, twice, "a", "ward", 1)
    book.bed(20, twice, "a", "icu", 2)
    book.note(50, Event.DISCHARGED, twice, "a", "icu")
    book.bed(0, other, "a", "icu", 0)
    book.note(10, Event.DISCHARGED, other, "a", "icu")
    strain = outcome.mean_strain(book.course())
    assert strain == pytest.approx([10 / 40 * np.log(1.11), np.log(1.11)])


def test_an_icu_without_beds_of_its_own_is_under_the_highest_strain() -> None:
    regions = {"a": {"units": {"icu": {"beds": 0}}}, "b": {"units": {"icu": {"beds": "unlimited"}}}}
    planned = {"planned": {"kind": "planned", "per_day": 1, "regions": {"a": 1}, "classes": {"hip": 1}}}
    book = Book(world(regions=regions, streams=planned))
    for region in "ab":
        p = book.patient(0)
        book.bed(0, p, region, "icu", 0)
    assert outcome.mean_strain(book.course()) == pytest.approx([np.log(2), 0.0])


def test_transfer_and_wait_are_added_on_the_logit_scale() -> None:
    course = full_story().course()
    moved = outcome.mortality_in_care(course, Arm.FULL)[2]
    assert moved == pytest.approx(expit(logit(0.1) + 4 * np.log(1.015) + np.log(1.25)))
    assert outcome.capacity_transferred(course).nonzero()[0].tolist() == [2], "4 did not arrive"


def waited(hours: float, u: np.ndarray, mortality: float, ceiling: float | None = None) -> Course:
    """Return a course in which everybody waits *hours* for intensive care, one after the other."""
    scenario = world(horizon_days=3000)
    spec = scenario.classes["critical"].model_copy(
        update={"mortality": mortality, "mortality_if_denied": ceiling, "wait_hazard_per_h": 1.023}
    )
    classes = scenario.classes | {"critical": spec}
    book = Book(scenario.model_copy(update={"classes": classes}))
    for k, value in enumerate(u):
        begin = 200.0 * k
        p = book.patient(begin, u_outcome=float(value), stages=("icu",))
        book.bed(begin + hours, p, "a", "icu", 0, asked=begin)
        book.note(begin + hours + 24, Event.DISCHARGED, p, "a", "icu")
    return book.course()


@pytest.mark.parametrize("mortality", [0.05, 0.19, 0.2, 0.6])
def test_doubling_all_delays_never_lowers_deaths(mortality: float) -> None:
    u = (np.arange(300) + 0.5) / 300
    before = outcome.died(waited(0, u, mortality), Arm.FULL)
    assert before.sum() == (u < mortality).sum()
    for hours in (3, 6, 12, 24, 48):
        now = outcome.died(waited(hours, u, mortality), Arm.FULL)
        assert (now >= before).all()
        before = now
    assert before.sum() > (u < mortality).sum()


def test_hours_beyond_48_add_no_hazard_and_the_ceiling_holds() -> None:
    u = np.array([0.5])
    long, longer = (outcome.mortality_in_care(waited(h, u, 0.1), Arm.NONE)[0] for h in (48, 150))
    assert long == longer == pytest.approx(expit(logit(0.1) + 48 * np.log(1.023)))
    assert outcome.mortality_in_care(waited(48, u, 0.1, ceiling=0.15), Arm.NONE)[0] == 0.15


def test_an_avoidable_death_is_one_that_u_outcome_did_not_decide() -> None:
    u = np.array([0.05, 0.12, 0.5])
    course = waited(48, u, 0.1)
    assert outcome.died(course, Arm.NONE).tolist() == [True, True, False]
    assert outcome.died_avoidably(course, Arm.NONE).tolist() == [False, True, False]
    story = full_story()
    story.people[3]["u_outcome"] = 0.01
    avoidable = outcome.died_avoidably(story.course(), Arm.NONE)
    assert avoidable.nonzero()[0].tolist() == [4], "3 would have died all the same"


def test_strain_is_as_reckoned_stay_by_stay_in_a_crowded_world() -> None:
    crowded = scenario(abc())
    people = sample(crowded, 1)
    course = Course(crowded, people, simulate(crowded, load_plan("coordinated").plan, people))
    icu = course.kind_number("icu")
    stays = course.stays.only(course.stays.kind == icu)
    beds = [crowded.regions[r].units["icu"].beds for r in course.regions]
    suffered, lain = np.zeros(len(people)), np.zeros(len(people))
    for patient, region, begin, end in zip(
        stays.patient, stays.region, stays.from_s, stays.to_s, strict=True
    ):
        near = stays.only(stays.region == region)
        knots = np.unique(np.concatenate(([begin, end], near.from_s, near.to_s)))
        knots = knots[(knots >= begin) & (knots <= end)]
        for since, until in pairwise(knots):
            census = ((near.from_s <= since) & (near.to_s > since)).sum()
            strain = outcome.strain_log_odds(np.array([census / beds[region]]))[0]
            suffered[patient] += strain * (until - since)
        lain[patient] += end - begin
    expected = np.divide(suffered, lain, out=np.zeros(len(people)), where=lain > 0)
    assert expected.max() > 0.1
    assert outcome.mean_strain(course) == pytest.approx(expected, abs=1e-12)
    untouched = (expected == 0) & (outcome.wait_for_icu_h(course) == 0)
    assert (outcome.mortality_in_care(course, Arm.FULL) == outcome.mortality(course))[untouched].all()
