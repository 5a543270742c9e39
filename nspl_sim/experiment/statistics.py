"""Paired statistics: the same patients under two plans, replication by replication.

Both plans meet the same luck, so their difference within a replication varies less than either of
them; its interval is Student's t on the differences. Nothing here draws, and nothing imports pandas.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from nspl_sim.vocabulary.patients import Floats

Better = Literal["lower", "higher", "neither"]

CONFIDENCE = 0.95
FEWEST_ALIKE = 6
"""A difference that is the same in so many replications is settled by its sign alone (2 / 2^6 < 5 %);
of fewer, that they do not vary says nothing of how they would."""
LARGEST_N = 2**40
"""More replications than this settle nothing that anybody could run."""


@dataclass(frozen=True)
class Interval:
    """A mean over replications and its confidence interval; NaN where ``n`` is too small."""

    mean: float
    low: float
    high: float
    n: int
    sd: float
    standard_error: float


@dataclass(frozen=True)
class Paired:
    """A plan beside its reference over the ``n`` replications in which both have a value."""

    mean: float
    """Of the plan."""
    reference: float
    """Mean of the reference."""
    difference: float
    """Plan minus reference."""
    low: float
    high: float
    n: int
    better: int | None
    """Replications in which the plan is better; None where neither direction is."""
    worse: int | None
    ties: int
    correlation: float
    """Of plan and reference over replications; NaN where one of them does not vary."""
    variance_ratio: float
    """Variance of the difference / that of the difference of independent replications."""
    standard_error: float
    resolved: bool
    """Whether the interval excludes zero; of fewer than six differences, if they are not all alike."""
    more_needed: int | None
    """About how many more replications would make it exclude zero; None where none would."""

    @property
    def standard_error_ratio(self) -> float:
        """Return the standard error against that with independent seeds for the two plans."""
        return math.sqrt(self.variance_ratio)


def interval(values: ArrayLike, confidence: float = CONFIDENCE) -> Interval:
    """Return the mean of *values* (replications,) with its t interval; NaN are left out."""
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    n = len(known)
    mean = float(known.mean()) if n else math.nan
    sd = float(known.std(ddof=1)) if n > 1 else math.nan
    error = sd / math.sqrt(n) if n > 1 else math.nan
    half = t_quantile(n, confidence) * error
    return Interval(mean, mean - half, mean + half, n, sd, error)


def ratio(
    above: ArrayLike, below: ArrayLike, confidence: float = CONFIDENCE
) -> tuple[float, float, float] | None:
    """Return mean(*above*) / mean(*below*) and its interval (Fieller 1954), both (replications,).

    Entry k of both is replication k. None unless the interval of *below* leaves out zero: then the ratio
    may be anything.
    """
    top, bottom = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    both = ~(np.isnan(top) | np.isnan(bottom))
    top, bottom = top[both], bottom[both]
    n, a, b = len(top), interval(top).mean, interval(bottom).mean
    if n < 2:
        return None
    (of_a, of_ab), (_, of_b) = np.cov(top, bottom) / n * t_quantile(n, confidence) ** 2
    if b**2 <= of_b:
        return None
    middle, square = a * b - of_ab, b**2 - of_b
    half = math.sqrt(max(0.0, middle**2 - square * (a**2 - of_a)))
    return a / b, (middle - half) / square, (middle + half) / square


def paired(
    values: ArrayLike, reference: ArrayLike, better: Better = "lower", confidence: float = CONFIDENCE
) -> Paired:
    """Return how *values* of a plan differ from those of the *reference*, both (replications,).

    Entry k of both is replication k. A pair with NaN in either is left out; ``n`` says how many stayed.
    """
    ours, theirs = np.asarray(values, dtype=float), np.asarray(reference, dtype=float)
    if ours.shape != theirs.shape or ours.ndim != 1:
        raise ValueError(f"pairs need two rows of one length, not {ours.shape} and {theirs.shape}")
    both = ~(np.isnan(ours) | np.isnan(theirs))
    ours, theirs = ours[both], theirs[both]
    difference = ours - theirs
    found = interval(difference, confidence)
    too_alike = found.sd == 0 and found.mean != 0 and found.n < FEWEST_ALIKE
    lower, higher = int((difference < 0).sum()), int((difference > 0).sum())
    return Paired(
        mean=interval(ours).mean,
        reference=interval(theirs).mean,
        difference=found.mean,
        low=found.low,
        high=found.high,
        n=found.n,
        better={"lower": lower, "higher": higher, "neither": None}[better],
        worse={"lower": higher, "higher": lower, "neither": None}[better],
        ties=found.n - lower - higher,
        correlation=_correlation(ours, theirs),
        variance_ratio=_variance_ratio(ours, theirs),
        standard_error=found.standard_error,
        resolved=(found.low > 0 or found.high < 0) and not too_alike,
        more_needed=FEWEST_ALIKE - found.n if too_alike else more_needed(found, confidence),
    )


def more_needed(found: Interval, confidence: float = CONFIDENCE) -> int | None:
    """Return how many more replications would make *found* exclude zero at its mean and sd.

    0 when it does already; None when the mean is 0, the sd unknown, or no number that can be run
    would do. The half width t · sd / √n falls as n grows, so the first n that will do is halved in on.
    """
    if not found.n or found.mean == 0 or math.isnan(found.sd):
        return None

    def excludes_zero(n: int) -> bool:
        return t_quantile(n, confidence) * found.sd / math.sqrt(n) < abs(found.mean)

    if excludes_zero(found.n):
        return 0
    too_few, enough = found.n, 2 * found.n
    while not excludes_zero(enough):
        if enough > LARGEST_N:
            return None
        too_few, enough = enough, 2 * enough
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        too_few, enough = (too_few, middle) if excludes_zero(middle) else (middle, enough)
    return enough - found.n


def t_quantile(n: int, confidence: float = CONFIDENCE) -> float:
    """Return Student's t for a two-sided interval from *n* values; NaN below two."""
    return float(stdtrit(n - 1, (1 + confidence) / 2)) if n > 1 else math.nan


def _correlation(a: Floats, b: Floats) -> float:
    if len(a) < 2 or not np.ptp(a) or not np.ptp(b):
        return math.nan
    a, b = a - a.mean(), b - b.mean()
    return float((a @ b) / math.sqrt((a @ a) * (b @ b)))


def _variance_ratio(a: Floats, b: Floats) -> float:
    independent = a.var(ddof=1) + b.var(ddof=1) if len(a) > 1 else 0.0
    return float((a - b).var(ddof=1) / independent) if independent else math.nan
