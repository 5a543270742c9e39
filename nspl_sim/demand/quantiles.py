"""Quantile functions: a uniform in, a value out. Nothing is rejected, so no patient is swapped.

A changed parameter moves the same person a little. Durations come out in whole seconds, half to
even, at least 1 s unless the scenario says exactly 0.
"""

from functools import singledispatch

import numpy as np
from scipy import special

from nspl_sim.scenario.classes import Survival
from nspl_sim.scenario.stays import (
    Duration,
    Empirical,
    Exponential,
    Fixed,
    Gamma,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
)
from nspl_sim.scenario.streams import DailyCount, DayRate, HostNationStream, Size
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.patients import Floats, Ints

_LONGEST_S = 1e11


def whole_seconds(values_s: Floats, *, zero_allowed: bool = False) -> Ints:
    """Return *values_s* rounded half to even, at least 1 unless exact zeros are allowed."""
    rounded = np.rint(np.minimum(values_s, _LONGEST_S)).astype(np.int64)
    if zero_allowed:
        return np.where(values_s == 0, 0, np.maximum(rounded, 1))
    return np.maximum(rounded, 1)


def duration(family: Duration, u: Floats) -> Ints:
    """Return the *u*-quantiles of *family* in whole seconds."""
    return whole_seconds(_quantile(family, u), zero_allowed=isinstance(family, Fixed | Empirical))


@singledispatch
def _quantile(family: Duration, u: Floats) -> Floats:
    """Return the *u*-quantiles of *family* in seconds."""
    raise TypeError(type(family).__name__)


@_quantile.register
def _(family: Fixed, u: Floats) -> Floats:
    return np.full(len(u), family.seconds("value"))


@_quantile.register
def _(family: Exponential, u: Floats) -> Floats:
    return -family.seconds("mean") * np.log1p(-u)


@_quantile.register
def _(family: Gamma, u: Floats) -> Floats:
    return _gamma(family.seconds("mean"), family.shape, u)


@_quantile.register
def _(family: Lognormal, u: Floats) -> Floats:
    mu, sigma = family.mu_sigma_days()
    return np.asarray(np.exp(mu + sigma * special.ndtri(u)) * DAY)


@_quantile.register
def _(family: Weibull, u: Floats) -> Floats:
    return family.seconds("scale") * (-np.log1p(-u)) ** (1 / family.shape)


@_quantile.register
def _(family: Triangular, u: Floats) -> Floats:
    low, mode, high = (family.seconds(n) for n in ("low", "mode", "high"))
    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1 - u) * width * (high - mode))
    return np.where(u * width < mode - low, rising, falling)


@_quantile.register
def _(family: Uniform, u: Floats) -> Floats:
    low, high = family.seconds("low"), family.seconds("high")
    return low + u * (high - low)


@_quantile.register
def _(family: Empirical, u: Floats) -> Floats:
    values, weights = _observed(family)
    return _by_weight(values, weights, u)


def _observed(family: Empirical) -> tuple[Floats, Floats]:
    """Return the observed values in seconds and their weights, of which the largest is 1."""
    values = np.array(family.values_s())
    weights = np.array(family.weights or [1.0] * len(values))
    return values, weights / weights.max()


def _by_weight(values: Floats, weights: Floats, u: Floats) -> Floats:
    """Return the *u*-quantiles of *values*, each as common as its weight says."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    return values[order][np.minimum(np.searchsorted(reached, u), len(values) - 1)]


@singledispatch
def length_biased(family: Duration, u: Floats) -> Floats:
    """Return, in seconds, the *u*-quantiles of a stay that is met under way.

    A long stay is met more often: density x f(x) / mean (Cox 1962, renewal theory). A uniform share
    of it is what is left. Families without a formula are turned on a grid of 2,000 steps.
    """
    grid = _quantile(family, (np.arange(2000) + 0.5) / 2000)
    return np.asarray(grid[np.minimum(np.searchsorted(np.cumsum(grid) / grid.sum(), u), 1999)])


@length_biased.register
def _(family: Fixed, u: Floats) -> Floats:
    return np.full(len(u), family.seconds("value"))


@length_biased.register
def _(family: Exponential, u: Floats) -> Floats:
    return np.asarray(special.gammaincinv(2.0, u) * family.seconds("mean"))


@length_biased.register
def _(family: Gamma, u: Floats) -> Floats:
    return np.asarray(special.gammaincinv(family.shape + 1, u) * (family.seconds("mean") / family.shape))


@length_biased.register
def _(family: Lognormal, u: Floats) -> Floats:
    mu, sigma = family.mu_sigma_days()
    return np.asarray(np.exp(mu + sigma**2 + sigma * special.ndtri(u)) * DAY)


@length_biased.register
def _(family: Weibull, u: Floats) -> Floats:
    reduced = special.gammaincinv(1 + 1 / family.shape, u)
    return np.asarray(family.seconds("scale") * reduced ** (1 / family.shape))


@length_biased.register
def _(family: Empirical, u: Floats) -> Floats:
    values, weights = _observed(family)
    return _by_weight(values, values * weights, u)


def survival_time(survival: Survival, u: Floats) -> Floats:
    """Return seconds until death with S(t) = exp(-(t / tau)^kappa) at the *u*-quantile of survival."""
    return survival.tau_h * HOUR * (-np.log(u)) ** (1 / survival.kappa)


def poisson(mean: float, u: float) -> int:
    """Return the *u*-quantile of a Poisson count; it grows with *mean*, so ladders are nested."""
    if mean <= 0:
        return 0
    guess = special.pdtrik(u, mean)
    count = 0 if np.isnan(guess) else int(np.ceil(guess))
    while count > 0 and special.pdtr(count - 1, mean) >= u:
        count -= 1
    while special.pdtr(count, mean) < u:
        count += 1
    return count


def day_rates(rate: DailyCount, u: Floats) -> Floats:
    """Return how many are hurt a day, in all or for each 1000 troops (sources-clinical, section 3).

    Of 1000 troops never more than 1000: on no day are more wounded than there are.
    """
    found = _day_rates(rate, u)
    return np.minimum(found, 1000.0) if isinstance(rate, DayRate) else found


def _day_rates(rate: DailyCount, u: Floats) -> Floats:
    if rate.family == "exponential":
        return -rate.mean * np.log1p(-u)
    if rate.family == "fixed" or rate.sd is None:
        return np.full(len(u), rate.mean)
    if rate.family == "gamma":
        return _gamma(rate.mean, (rate.mean / rate.sd) ** 2, u)
    variance = np.log1p((rate.sd / rate.mean) ** 2)
    return np.asarray(np.exp(np.log(rate.mean) - variance / 2 + np.sqrt(variance) * special.ndtri(u)))


def day_numbers(stream: HostNationStream, u: Floats) -> Floats:
    """Return how many come on each day, before the scale."""
    if stream.gamma_shape is None:
        return np.full(len(u), stream.per_day)
    return _gamma(stream.per_day, stream.gamma_shape, u)


def _gamma(mean: float, shape: float, u: Floats) -> Floats:
    return np.asarray(special.gammaincinv(shape, u) * (mean / shape))


def event_size(size: Size, scale: float, u: float) -> int:
    """Return how many an event sends to hospitals."""
    if size.family == "fixed" or size.median is None or size.sigma is None:
        return round((size.value or 0.0) * scale)
    return round(size.median * float(np.exp(size.sigma * special.ndtri(u))) * scale)
