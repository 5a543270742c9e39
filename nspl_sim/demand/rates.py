"""Expected arrivals by time, as a rising line with knots: what a Poisson process is turned by."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from scipy import special

from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import (
    GammaRate,
    GaussianRate,
    LinearRate,
    PlannedStream,
    PoissonStream,
    Profile,
    Rate,
    StepRate,
)
from nspl_sim.vocabulary.clock import DAY, HOUR, days, hours
from nspl_sim.vocabulary.patients import Floats, Ints


@dataclass(frozen=True)
class Expected:
    """Cumulative expected arrivals: ``reached`` at ``knot_s``, straight lines between."""

    knot_s: Floats
    reached: Floats

    @property
    def total(self) -> float:
        """Return the expected arrivals of the whole run."""
        return float(self.reached[-1])

    def times(self, u: Floats) -> Ints:
        """Return the second at which a share *u* of all expected arrivals is reached."""
        return np.floor(np.interp(u * self.total, self.reached, self.knot_s)).astype(np.int64)


@dataclass(frozen=True)
class Window:
    """From the first second of warm-up to the end of cool-down, with the civil clock."""

    start: datetime
    zone: ZoneInfo
    first_s: int
    end_s: int

    @classmethod
    def of(cls, scenario: Scenario) -> "Window":
        """Return the window of *scenario*."""
        return cls(
            scenario.start.replace(tzinfo=ZoneInfo(scenario.time_zone)),
            ZoneInfo(scenario.time_zone),
            -days(scenario.warm_up_days),
            days(scenario.horizon_days) + hours(scenario.cool_down_h),
        )

    def civil(self, time_s: int) -> datetime:
        """Return the civil time of *time_s*; elapsed time, so summer time is crossed rightly."""
        return (self.start.astimezone(UTC) + timedelta(seconds=time_s)).astimezone(self.zone)

    def hourly(self, first_s: int | None = None, end_s: int | None = None) -> Ints:
        """Return the knots of whole civil hours from *first_s* to *end_s*; not given: of the whole window."""
        first_s = self.first_s if first_s is None else first_s
        end_s = self.end_s if end_s is None else end_s
        into_hour = self.civil(first_s).minute * 60 + self.civil(first_s).second
        inner = np.arange(first_s - into_hour + HOUR, end_s, HOUR, dtype=np.int64)
        return np.concatenate(([first_s], inner[inner > first_s], [end_s]))


def expected(stream: PoissonStream | PlannedStream, window: Window) -> Expected:
    """Return the nation's expected arrivals of *stream* over *window*, before its scale."""
    if stream.profile is None and getattr(stream, "rate", None) is None:
        knots = np.array([window.first_s, window.end_s], dtype=np.int64)
    else:
        knots = window.hourly()
    reached = _base(stream, knots / DAY)
    steps = np.diff(reached)
    if stream.profile is not None:
        steps = steps * _weights(stream.profile, window, knots[:-1])
    return Expected(knots.astype(float), np.concatenate(([0.0], np.cumsum(steps))))


def wave(rate: GammaRate, window: Window) -> Expected:
    """Return the expected arrivals of an epidemic wave over *window*."""
    knots = window.hourly()
    reached = _cumulative(rate, knots / DAY)
    return Expected(knots.astype(float), reached - reached[0])


def of_the_day(begin_s: int, end_s: int, hour: list[float], window: Window) -> Expected:
    """Return how a day's arrivals fall on its civil hours, by relative weights.

    Where summer time leaves out the only hour that has a weight, all hours are alike.
    """
    knots = window.hourly(begin_s, end_s)
    steps = np.diff(knots).astype(float)
    weighted = steps * np.array([hour[window.civil(int(t)).hour] for t in knots[:-1]])
    reached = np.cumsum(weighted if weighted.any() else steps)
    return Expected(knots.astype(float), np.concatenate(([0.0], reached)))


def _base(stream: PoissonStream | PlannedStream, day: Floats) -> Floats:
    """Return cumulative expected arrivals at *day*, but for a constant."""
    if isinstance(stream, PoissonStream) and stream.rate is not None:
        return _cumulative(stream.rate, day)
    per_day = stream.per_day if stream.per_day is not None else (stream.per_year or 0.0) / 365
    return per_day * day


def _cumulative(rate: Rate, day: Floats) -> Floats:
    """Return the integral of *rate* up to *day*, but for a constant."""
    match rate:
        case GaussianRate():
            area = rate.peak_per_day * rate.sd_days * np.sqrt(2 * np.pi)
            begun = np.maximum(day, rate.from_day)
            return np.asarray(area * special.ndtr((begun - rate.centre_day) / rate.sd_days))
        case GammaRate():
            x = np.maximum(day - rate.from_day, 0) / rate.scale_days
            return np.asarray(rate.total * special.gammainc(rate.gamma_shape, x))
        case LinearRate() | StepRate():
            return _by_points(rate, day)


def _by_points(rate: LinearRate | StepRate, day: Floats) -> Floats:
    points = sorted(rate.points, key=lambda p: p.day)
    at = np.array([p.day for p in points])
    level = np.array([p.per_day for p in points])
    if isinstance(rate, StepRate):
        reached = np.concatenate(([0.0], np.cumsum(np.diff(at) * level[:-1])))
        piece = np.clip(np.searchsorted(at, day, side="right") - 1, 0, None)
        return np.asarray(reached[piece] + np.maximum(day - at[piece], 0) * level[piece])
    reached = np.concatenate(([0.0], np.cumsum(np.diff(at) * (level[1:] + level[:-1]) / 2)))
    inside = np.clip(day, at[0], at[-1])
    piece = np.clip(np.searchsorted(at, inside, side="right") - 1, 0, len(at) - 2)
    into = inside - at[piece]
    width = np.maximum(at[piece + 1] - at[piece], 1e-300)
    slope = (level[piece + 1] - level[piece]) / width
    return np.asarray(reached[piece] + level[piece] * into + slope * into**2 / 2)


def _weights(profile: Profile, window: Window, knot_s: Ints) -> Floats:
    """Return the profile's weight in each hour that begins at *knot_s*; 1 on the mean of a week."""
    civil = [window.civil(int(t)) for t in knot_s]
    weekday = np.array(profile.weekday) / np.mean(profile.weekday)
    hour = np.array(profile.hour) / np.mean(profile.hour)
    return np.array([weekday[c.weekday()] * hour[c.hour] for c in civil])
