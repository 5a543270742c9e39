"""How many patients a stream makes on average; an estimate for checks and tables, never for a run."""

import math
from itertools import pairwise

from nspl_sim.scenario.streams import (
    CombatStream,
    GammaRate,
    GaussianRate,
    LinearRate,
    MassCasualtyStream,
    PlannedStream,
    PoissonStream,
    Rate,
    StepRate,
    Stream,
    TableStream,
)

DAYS_A_YEAR = 365


def patients(stream: Stream, begin: float, end: float) -> float:
    """Return the expected arrivals of *stream* from day *begin* to day *end*."""
    match stream:
        case TableStream():
            return float(len(stream.patients))
        case MassCasualtyStream():
            return event_size(stream)
        case CombatStream():
            days = max(0.0, min(end, stream.from_day + stream.days) - max(begin, stream.from_day))
            return stream.troops / 1000 * stream.per_1000_per_day.mean * days * stream.scale
        case PoissonStream() | PlannedStream():
            return _flow(stream, begin, end) * stream.scale


def event_size(stream: MassCasualtyStream) -> float:
    """Return the expected casualties of one event, infinite where the figure has no name."""
    size = stream.size
    if size.median is None or size.sigma is None:
        return (size.value or 0.0) * stream.scale
    exponent = size.sigma**2 / 2
    return size.median * math.exp(exponent) * stream.scale if exponent < 600 else math.inf


def _flow(stream: PoissonStream | PlannedStream, begin: float, end: float) -> float:
    rate = stream.rate if isinstance(stream, PoissonStream) else None
    if rate is not None:
        return _area(rate, begin, end)
    per_day = stream.per_day if stream.per_day is not None else (stream.per_year or 0.0) / DAYS_A_YEAR
    return per_day * (end - begin)


def _area(rate: Rate, begin: float, end: float) -> float:
    """Return the integral of *rate*; of an epidemic wave all of it, which is never too little."""
    match rate:
        case GammaRate():
            return rate.total if rate.from_day < end else 0.0
        case GaussianRate():
            area = rate.peak_per_day * rate.sd_days * math.sqrt(2 * math.pi)
            start = max(begin, rate.from_day)
            return max(0.0, area * (_below(rate, end) - _below(rate, start)))
        case LinearRate() | StepRate():
            return _by_points(rate, begin, end)


def _below(rate: GaussianRate, day: float) -> float:
    return (1 + math.erf((day - rate.centre_day) / rate.sd_days / math.sqrt(2))) / 2


def _by_points(rate: LinearRate | StepRate, begin: float, end: float) -> float:
    days = [min(max(point.day, begin), end) for point in rate.points]
    levels = [point.per_day for point in rate.points]
    if isinstance(rate, StepRate):
        return sum(level * (b - a) for level, a, b in zip(levels, days, [*days[1:], end], strict=True))
    area = 0.0
    for one, other in pairwise(rate.points):
        start, stop = min(max(one.day, begin), end), min(max(other.day, begin), end)
        if stop > start:
            slope = (other.per_day - one.per_day) / (other.day - one.day)
            area += (stop - start) * (one.per_day + slope * ((start + stop) / 2 - one.day))
    return area
