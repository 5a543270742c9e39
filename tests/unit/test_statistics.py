"""Paired statistics against closed forms and the reference library."""

import math

import numpy as np
import pytest
import scipy.stats

from nspl_sim.experiment.statistics import interval, more_needed, paired, t_quantile

PLAN = np.array([338.0, 341.5, 329.0, 350.0, 345.0, 322.0])
TODAY = np.array([412.0, 405.0, 420.5, 399.0, 431.0, 345.0])


def test_interval_is_students() -> None:
    found = interval(PLAN)
    low, high = scipy.stats.t.interval(0.95, len(PLAN) - 1, PLAN.mean(), scipy.stats.sem(PLAN))
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-12)
    assert found.standard_error == pytest.approx(scipy.stats.sem(PLAN))


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_paired_interval_is_that_of_the_paired_t_test(confidence: float) -> None:
    found = paired(PLAN, TODAY, confidence=confidence)
    expected = scipy.stats.ttest_rel(PLAN, TODAY).confidence_interval(confidence)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-12)
    assert found.difference == pytest.approx((PLAN - TODAY).mean())
    assert (found.mean, found.reference) == pytest.approx((PLAN.mean(), TODAY.mean()))
    assert found.correlation == pytest.approx(scipy.stats.pearsonr(PLAN, TODAY).statistic)


def test_resolved_agrees_with_the_test_at_its_level() -> None:
    assert paired(PLAN, TODAY).resolved
    noise = np.array([1.0, -1.2, 0.4, -0.3])
    assert not paired(noise, np.zeros(4)).resolved
    assert scipy.stats.ttest_1samp(noise, 0).pvalue > 0.05


def test_better_follows_the_direction() -> None:
    values, reference = [1.0, 2.0, 3.0, 5.0], [2.0, 3.0, 3.0, 4.0]
    lower, higher, neither = (paired(values, reference, b) for b in ("lower", "higher", "neither"))
    assert (lower.better, lower.worse, lower.ties) == (2, 1, 1)
    assert (higher.better, higher.worse, higher.ties) == (1, 2, 1)
    assert (neither.better, neither.worse, neither.ties) == (None, None, 1)


def test_one_replication_has_no_interval() -> None:
    found = paired([3.0], [5.0])
    assert (found.difference, found.n, found.better) == (-2.0, 1, 1)
    assert math.isnan(found.low) and math.isnan(found.high) and math.isnan(found.standard_error)
    assert not found.resolved and found.more_needed is None


def test_no_replication_is_all_undefined() -> None:
    found = paired([math.nan], [5.0])
    assert found.n == 0 and math.isnan(found.difference) and math.isnan(found.mean)
    assert not found.resolved and found.more_needed is None
    assert math.isnan(interval([]).mean)


def test_pairs_with_a_hole_are_left_out() -> None:
    holed = np.append(PLAN, [math.nan, 999.0])
    beside = np.append(TODAY, [1.0, math.nan])
    assert paired(holed, beside) == paired(PLAN, TODAY)
    assert paired(holed, beside).n == len(PLAN)


def test_equal_differences_leave_no_doubt() -> None:
    found = paired([1.0, 2.0, 7.0] * 2, [3.0, 4.0, 9.0] * 2)
    assert (found.low, found.high, found.difference) == (-2.0, -2.0, -2.0)
    assert found.resolved and found.more_needed == 0
    assert found.variance_ratio == 0 and found.standard_error_ratio == 0
    same = paired([1.0, 2.0], [1.0, 2.0])
    assert (same.low, same.high) == (0.0, 0.0)
    assert not same.resolved and same.more_needed is None and same.ties == 2


def test_variance_ratio_is_one_less_the_shared_part() -> None:
    found = paired(PLAN, TODAY)
    covariance = np.cov(PLAN, TODAY, ddof=1)
    expected = 1 - 2 * covariance[0, 1] / np.trace(covariance)
    assert found.variance_ratio == pytest.approx(expected)
    assert found.standard_error_ratio == pytest.approx(math.sqrt(expected))
    assert math.isnan(paired([1.0, 1.0], [2.0, 2.0]).variance_ratio)
    assert math.isnan(paired([1.0, 1.0], [2.0, 3.0]).correlation)


def test_more_needed_is_the_first_number_that_would_do() -> None:
    generator = np.arange(40) % 7 - 2.9
    found = interval(generator)
    more = more_needed(found)
    assert more is not None and more > 0

    def excludes(n: int) -> bool:
        return t_quantile(n) * found.sd / math.sqrt(n) < abs(found.mean)

    assert excludes(found.n + more) and not excludes(found.n + more - 1)
    normal = (1.96 * found.sd / found.mean) ** 2 - found.n
    assert more == pytest.approx(normal, rel=0.02, abs=3)


def test_more_needed_gives_up_where_nothing_would_do() -> None:
    assert paired([1.0, -1.0], [0.0, 0.0]).more_needed is None, "the mean is 0"
    assert paired([1.0, -1.0 + 1e-12], [0.0, 0.0]).more_needed is None, "no number that can be run"
    assert paired(PLAN, TODAY).more_needed == 0


def test_t_quantiles_are_the_reference_librarys() -> None:
    for n in (2, 3, 10, 1000):
        assert t_quantile(n) == pytest.approx(scipy.stats.t.ppf(0.975, n - 1), rel=1e-12)
    assert math.isnan(t_quantile(1))


def test_pairs_must_match() -> None:
    with pytest.raises(ValueError, match="one length"):
        paired([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="one length"):
        paired([[1.0]], [[1.0]])
