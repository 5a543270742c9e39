"""How near a simulated census lies to an observed one, place by place.

The mean of the replications is what is scored; the band is scored by how many of the observed days it
holds. A fixed band of 80 or 95 % that holds far fewer says that the model is too sure of itself.
"""

from dataclasses import dataclass

import numpy as np

from nspl_sim.experiment.backtest import Series
from nspl_sim.vocabulary.patients import Floats

MOST_LAG_DAYS = 21
BANDS = (0.80, 0.95)


@dataclass(frozen=True)
class Score:
    """Of one place; days count from day 0 of the tables."""

    place: str
    days: int
    """Observed days."""
    wape: float
    """Σ|mean − observed| / Σ observed: weighted absolute percentage error, a share."""
    bias: float
    """Σ(mean − observed) / Σ observed, a share; above 0: too many are simulated."""
    peak_observed: float
    peak_day_observed: float
    peak_simulated: float
    """Greatest mean census on the observed days."""
    peak_day_simulated: float
    lag_days: float
    """By so many days the simulated course comes after the observed one (greatest cross-correlation)."""
    held_80: float
    """Share of observed days inside the band of 80 % of replications."""
    held_95: float

    @property
    def peak_error(self) -> float:
        """Return the error of the peak's size, a share."""
        return self.peak_simulated / self.peak_observed - 1 if self.peak_observed else np.nan

    @property
    def peak_day_error(self) -> float:
        """Return how many days too late the peak comes."""
        return self.peak_day_simulated - self.peak_day_observed


def scores(series: Series) -> list[Score]:
    """Return the score of every place."""
    return [_score(series, place) for place in range(len(series.places))]


def band(series: Series, place: int, share: float) -> tuple[Floats, Floats]:
    """Return the lower and upper limits that *share* of the replications lie between. Shapes (days,)."""
    ends = [(1 - share) / 2, (1 + share) / 2]
    low, high = np.quantile(series.simulated[:, place], ends, axis=0)
    return low, high


def _score(series: Series, place: int) -> Score:
    seen = series.observed[place]
    known = ~np.isnan(seen)
    observed, days = seen[known], series.days[known]
    mean = series.simulated[:, place].mean(axis=0)[known]
    held = []
    for share in BANDS:
        low, high = (limit[known] for limit in band(series, place, share))
        held.append(float(((low <= observed) & (observed <= high)).mean()))
    total = observed.sum()
    first, second = int(observed.argmax()), int(mean.argmax())
    return Score(
        series.places[place],
        len(days),
        float(np.abs(mean - observed).sum() / total) if total else np.nan,
        float((mean - observed).sum() / total) if total else np.nan,
        float(observed[first]),
        float(days[first]),
        float(mean[second]),
        float(days[second]),
        lag(days, observed, mean),
        *held,
    )


def lag(days: Floats, observed: Floats, simulated: Floats) -> float:
    """Return by how many whole days *simulated* comes after *observed*; NaN where a course never varies.

    Missing days are bridged by straight lines; the shift with the greatest correlation counts, of equal
    ones the smallest. At least half of the days, and seven, must overlap.
    """
    even = np.arange(np.ceil(days[0]), np.floor(days[-1]) + 1)
    a, b = np.interp(even, days, observed), np.interp(even, days, simulated)
    most = int(min(MOST_LAG_DAYS, len(even) - max(7, len(even) // 2)))
    best, found = -np.inf, np.nan
    for shift in sorted(range(-most, most + 1), key=abs):
        first, second = (a[: len(a) - shift], b[shift:]) if shift >= 0 else (a[-shift:], b[:shift])
        if np.ptp(first) == 0 or np.ptp(second) == 0:
            continue
        likeness = float(np.corrcoef(first, second)[0, 1])
        if likeness > best + 1e-12:
            best, found = likeness, float(shift)
    return found
