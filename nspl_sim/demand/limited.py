"""How much of a stay lies within its first x seconds: E[min(S, x)], exactly, for every family.

It is the integral of the survival function from 0 to x, and all that the mean census of unlimited beds
needs to know of a stay (Eick, Massey and Whitt 1993). Klugman, Panjer and Willmot give the formulas
under the name of limited expected values.
"""

from functools import singledispatch

import numpy as np
from scipy import special

from nspl_sim.demand import quantiles
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
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import Floats

_STEPS = 4000


@singledispatch
def within(family: Duration, x_s: Floats) -> Floats:
    """Return E[min(S, x)] in seconds for *x_s* >= 0; families without a formula by 4,000 quantiles."""
    grid = quantiles.duration(family, (np.arange(_STEPS) + 0.5) / _STEPS).astype(float)
    return _by_weight(grid, np.ones(_STEPS), x_s)


@within.register
def _(family: Fixed, x_s: Floats) -> Floats:
    return np.minimum(x_s, family.mean_s())


@within.register
def _(family: Exponential, x_s: Floats) -> Floats:
    mean = family.mean_s()
    return np.asarray(-mean * np.expm1(-x_s / mean))


@within.register
def _(family: Gamma, x_s: Floats) -> Floats:
    scaled = x_s * (family.shape / family.mean_s())
    ended = family.mean_s() * special.gammainc(family.shape + 1, scaled)
    return np.asarray(ended + x_s * special.gammaincc(family.shape, scaled))


@within.register
def _(family: Lognormal, x_s: Floats) -> Floats:
    mu, sigma = family.mu_sigma_days()
    z = (np.log(np.maximum(x_s, 1e-9) / DAY) - mu) / sigma
    return np.asarray(family.mean_s() * special.ndtr(z - sigma) + x_s * special.ndtr(-z))


@within.register
def _(family: Weibull, x_s: Floats) -> Floats:
    reduced = (x_s / family.seconds("scale")) ** family.shape
    ended = family.mean_s() * special.gammainc(1 + 1 / family.shape, reduced)
    return np.asarray(ended + x_s * np.exp(-reduced))


@within.register
def _(family: Triangular, x_s: Floats) -> Floats:
    low, mode, high = (family.seconds(n) for n in ("low", "mode", "high"))
    x, wide = np.clip(x_s, 0, high), high - low
    rising = x - np.maximum(x - low, 0) ** 3 / (3 * wide * (mode - low or 1.0))
    falling = family.mean_s() - (high - x) ** 3 / (3 * wide * (high - mode or 1.0))
    return np.where(x < mode, rising, falling)


@within.register
def _(family: Uniform, x_s: Floats) -> Floats:
    low, high = family.seconds("low"), family.seconds("high")
    into = np.clip(x_s, low, high) - low
    return np.minimum(x_s, low) + into - into**2 / (2 * (high - low))


@within.register
def _(family: Empirical, x_s: Floats) -> Floats:
    values = np.array(family.values_s())
    return _by_weight(values, np.array(family.weights or [1.0] * len(values)), x_s)


def _by_weight(values: Floats, weights: Floats, x_s: Floats) -> Floats:
    """Return E[min(V, x)] of *values*, each as common as its weight says."""
    order = np.argsort(values)
    values, share = values[order], weights[order] / weights.sum()
    below = np.searchsorted(values, x_s, side="right")
    ended = np.concatenate(([0.0], np.cumsum(values * share)))
    passed = np.concatenate(([0.0], np.cumsum(share)))
    return np.asarray(ended[below] + x_s * (1 - passed[below]))
