"""How many patients a stream makes on average; an estimate for checks and tables, never for a run."""

import math
from itertools import pairwise

from nspl_sim.scenario.streams import (
    CombatStream,
    EpidemicStream,
    EventStream,
    GammaRate,
    GaussianRate,
    HostNationStream,
    LinearRate,
    MassCasualtyStream,
    PlannedStream,
    PoissonStream,
    Rate,
    StepRate,
    Stream,
    StrikesStream,
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
        case StrikesStream():
            return stream.events_per_day * _overlap(stream, begin, end) * event_size(stream) * _events(stream)
        case HostNationStream():
            return stream.per_day * _overlap(stream, begin, end) * stream.scale
        case CombatStream():
            return stream.thousands * stream.a_day.mean * _overlap(stream, begin, end) * stream.scale
        case EpidemicStream():
            waves = (share * _area(stream.wave(key), begin, end) for key, share in stream.regions.items())
            return sum(waves) * stream.scale
        case PoissonStream() | PlannedStream():
            return _flow(stream, begin, end) * stream.scale


def event_size(stream: EventStream) -> float:
    """Return the expected casualties of one event, infinite where the figure has no name."""
    size, scale = stream.size, size_scale(stream)
    if size.median is None or size.sigma is None:
        return (size.value or 0.0) * scale
    exponent = size.sigma**2 / 2
    return size.median * math.exp(exponent) * scale if exponent < 600 else math.inf


def size_scale(stream: EventStream) -> float:
    """Return what the casualties of each event are multiplied by."""
    return 1.0 if isinstance(stream, StrikesStream) and stream.scaled == "events" else stream.scale


def event_count(stream: StrikesStream) -> float:
    """Return the expected number of events of the whole campaign."""
    return stream.events_per_day * stream.days * _events(stream)


def _events(stream: StrikesStream) -> float:
    """Return what the number of events is multiplied by."""
    return stream.scale if stream.scaled == "events" else 1.0


def _overlap(stream: CombatStream | HostNationStream | StrikesStream, begin: float, end: float) -> float:
    """Return the days from *begin* to *end* on which somebody of *stream* may be hurt or come."""
    return max(0.0, min(end, stream.from_day + stream.days) - max(begin, stream.from_day))


def _flow(stream: PoissonStream | PlannedStream, begin: float, end: float) -> float:
    rate = stream.rate if isinstance(stream, PoissonStream) else None
    if rate is not None:
        return _area(rate, begin, end)
    per_day = stream.per_day if stream.per_day is not None else (stream.per_year or 0.0) / DAYS_A_YEAR
    return per_day * (end - begin)


def _area(rate: Rate, begin: float, end: float) -> float:
    """Return the integral of *rate*."""
    match rate:
        case GammaRate():
            return rate.total * (_reached(rate, end) - _reached(rate, begin))
        case GaussianRate():
            area = rate.peak_per_day * rate.sd_days * math.sqrt(2 * math.pi)
            start = max(begin, rate.from_day)
            return max(0.0, area * (_below(rate, end) - _below(rate, start)))
        case LinearRate() | StepRate():
            return _by_points(rate, begin, end)


def _reached(rate: GammaRate, day: float) -> float:
    """Return the share of an epidemic wave before *day*: the regularised lower incomplete gamma function."""
    shape, x = rate.gamma_shape, (day - rate.from_day) / rate.scale_days
    if x <= 0:
        return 0.0
    if x > shape + 40 * math.sqrt(shape) + 40:
        return 1.0
    term = total = math.exp(shape * math.log(x) - x - math.lgamma(shape + 1))
    divisor = shape
    while term > 1e-12 * total or divisor < x:
        divisor += 1
        term *= x / divisor
        total += term
    return min(1.0, total)


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
