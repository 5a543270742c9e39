"""Means and ratios that are NaN, in silence, where there is nothing to take them over."""

import numpy as np
from numpy.typing import ArrayLike

from nspl_sim.vocabulary.patients import Floats


def mean(values: Floats) -> float:
    """Return the mean, NaN of nothing."""
    return float(np.mean(values)) if len(values) else np.nan


def median(values: Floats) -> float:
    """Return the median, NaN of nothing."""
    return float(np.median(values)) if len(values) else np.nan


def p90(values: Floats) -> float:
    """Return the 90 % point, NaN of nothing."""
    return float(np.quantile(values, 0.9)) if len(values) else np.nan


def p95(values: Floats) -> float:
    """Return the 95 % point, NaN of nothing."""
    return float(np.quantile(values, 0.95)) if len(values) else np.nan


def ratio(part: ArrayLike, whole: ArrayLike) -> Floats:
    """Return part / whole, NaN where the whole is 0 or not known. Any shape."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    undefined = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    return np.asarray(np.divide(part, whole, out=undefined, where=whole > 0))


def greatest(values: Floats) -> float:
    """Return the greatest of the known values, NaN when none is known."""
    known = values[~np.isnan(values)]
    return float(known.max()) if len(known) else np.nan


def least(values: Floats) -> float:
    """Return the least of the known values, NaN when none is known."""
    return -greatest(-values)
