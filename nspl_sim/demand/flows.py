"""Expected arrivals of every kind of stream, by pathway and region: means only, nothing is drawn.

A new kind of stream is one function here, as in :mod:`nspl_sim.demand.streams`. That some leave for their
home country before their stay is over (``repatriated_after``) is left out: the mean is then too high.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import singledispatch

import numpy as np

from nspl_sim.demand import quantiles
from nspl_sim.demand.counted import mix
from nspl_sim.demand.displaced import share_living
from nspl_sim.demand.pathways import Course, courses, factor_of, with_factor
from nspl_sim.demand.present import stages_of
from nspl_sim.demand.rates import Expected, Window, expected, of_the_day, wave
from nspl_sim.scenario.classes import Pathway, StageNeed
from nspl_sim.scenario.expected import event_count, event_size
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.places import shares
from nspl_sim.scenario.stays import Duration, Fixed
from nspl_sim.scenario.streams import (
    CombatStream,
    EpidemicStream,
    GivenPatient,
    HostNationStream,
    MassCasualtyStream,
    PlannedStream,
    PoissonStream,
    Stream,
    StrikesStream,
    TableStream,
)
from nspl_sim.vocabulary.clock import DAY, days, hours
from nspl_sim.vocabulary.patients import Floats, Ints

_Reached = Callable[[Floats | Ints], Floats]
_STEPS = 4000
"""So many quantiles stand for how long a way takes."""


@dataclass(frozen=True, eq=False)
class Flow:
    """All who take one pathway of one stream."""

    pathway: Pathway
    reached: Floats
    """Expected arrivals so far. Shape (regions, times)."""
    there: Floats
    """Expected to lie in each stage at the first time. Shape (regions, stages)."""


@singledispatch
def flows(stream: Stream, scenario: Scenario, window: Window, at_s: Ints) -> Iterator[Flow]:
    """Yield the flow of each pathway of *stream* at the times *at_s*, the first of which opens *window*."""
    raise TypeError(f"the mean rate of a stream of kind {stream.kind} is not known")


@flows.register(PoissonStream)
@flows.register(PlannedStream)
def _poisson(
    stream: PoissonStream | PlannedStream, scenario: Scenario, window: Window, at_s: Ints
) -> Iterator[Flow]:
    reached = _living(scenario, expected(stream, window), window, at_s) * stream.scale
    found = courses(stream.classes, scenario.classes)
    share = _shares(stream.regions, scenario, found, stream.icu_factor)
    steady = steady_per_s(stream) * stream.scale if scenario.starts == "equilibrium" else 0.0
    for number, course in enumerate(found):
        mean_s = np.array([stage.stay.mean_s() for stage in course.pathway.stages])
        come = np.einsum("h,hrt->rt", share[:, number], reached)
        yield Flow(course.pathway, come, share[:, number, None] * mean_s * steady)


def _living(scenario: Scenario, nation: Expected, window: Window, at_s: Ints) -> Floats:
    """Return how many have come of the people of each home, by where they live then.

    Shape (homes, regions, times), each home as if it had all arrivals. Displaced people are followed hour
    by hour.
    """
    keys = scenario.region_keys
    if not scenario.displaced:
        reached = np.interp(at_s, nation.knot_s, nation.reached)
        return np.eye(len(keys))[:, :, None] * reached
    knots = window.hourly()
    steps = np.diff(np.interp(knots, nation.knot_s, nation.reached))
    found = np.zeros((len(keys), len(keys), len(at_s)))
    for home, key in enumerate(keys):
        parts = share_living(scenario, key, (knots[1:] + knots[:-1]) / 2) * steps
        for region, part in enumerate(parts):
            found[home, region] = np.interp(at_s, knots, np.concatenate(([0.0], np.cumsum(part))))
    return found


def steady_per_s(stream: Stream) -> float:
    """Return the constant rate of *stream* before its scale, 0 where it has none."""
    if not isinstance(stream, PoissonStream | PlannedStream):
        return 0.0
    per_day = stream.per_day if stream.per_day is not None else (stream.per_year or 0.0) / 365
    return per_day / DAY


@flows.register
def _combat(stream: CombatStream, scenario: Scenario, window: Window, at_s: Ints) -> Iterator[Flow]:
    wounded = _evenly(stream.thousands * stream.a_day.mean * stream.scale, stream.from_day, stream.days)
    way = stream.evacuation
    come = wounded(at_s) if way is None else _delayed(wounded, _ways(way), at_s)
    yield from _spread(stream, scenario, come)


def _evenly(per_day: float, from_day: float, for_days: float) -> _Reached:
    """Return how many are hurt until a time, *per_day* from one day on for so many."""
    begin, end = from_day * DAY, (from_day + for_days) * DAY

    def hurt(until_s: Floats | Ints) -> Floats:
        return np.asarray((np.clip(until_s, begin, end) - begin) / DAY * per_day)

    return hurt


def _ways(way: Duration) -> Ints:
    """Return quantiles that stand for how long a way takes, in seconds."""
    return quantiles.duration(way, (np.arange(_STEPS) + 0.5) / _STEPS)


def _delayed(by: _Reached, took_s: Floats | Ints, at_s: Ints) -> Floats:
    """Return how many have come when each is under way for one of the times *took_s*."""
    return np.array([by(int(t) - took_s).mean() for t in at_s])


@flows.register
def _epidemic(stream: EpidemicStream, scenario: Scenario, window: Window, at_s: Ints) -> Iterator[Flow]:
    reached = np.zeros((len(scenario.regions), len(at_s)))
    for key, share in stream.regions.items():
        curve = wave(stream.wave(key), window)
        at = np.interp(at_s, curve.knot_s, curve.reached)
        reached[scenario.region_keys.index(key)] = at * share * stream.scale
    found = courses(stream.classes, scenario.classes)
    of_course = with_factor(found, factor_of(stream, "", found))
    for number, course in enumerate(found):
        yield _new(course.pathway, of_course[number] * reached)


@flows.register
def _host_nation(stream: HostNationStream, scenario: Scenario, window: Window, at_s: Ints) -> Iterator[Flow]:
    come = np.zeros(len(at_s))
    for day in range(stream.days):
        begin_s = days(stream.from_day + day)
        hourly = of_the_day(begin_s, begin_s + DAY, stream.hour, window)
        come += np.interp(at_s, hourly.knot_s, hourly.reached) / hourly.total
    yield from _spread(stream, scenario, come * stream.per_day * stream.scale)


@flows.register
def _strikes(stream: StrikesStream, scenario: Scenario, window: Window, at_s: Ints) -> Iterator[Flow]:
    hurt = _evenly(event_count(stream) / stream.days * event_size(stream), stream.from_day, stream.days)
    way = hours(stream.first_arrival_h)
    found = courses(stream.classes, scenario.classes)
    share = _shares(shares(scenario, stream), scenario, found, {})
    for number, course in enumerate(found):
        factor = stream.arrival_factor.get(course.spec.urgency, 1.0)
        took = quantiles.whole_seconds(way + _ways(stream.arrival).astype(np.float64) * factor)
        yield _new(course.pathway, share[:, number, None] * _delayed(hurt, took, at_s))


@flows.register
def _mass_casualty(
    stream: MassCasualtyStream, scenario: Scenario, window: Window, at_s: Ints
) -> Iterator[Flow]:
    begin = days(stream.at_day) + hours(stream.first_arrival_h)
    way = np.sort(_ways(stream.arrival))
    found = courses(stream.classes, scenario.classes)
    share = _shares(shares(scenario, stream), scenario, found, {})
    for number, course in enumerate(found):
        took = way * stream.arrival_factor.get(course.spec.urgency, 1.0)
        come = np.searchsorted(took, at_s - begin, side="left") / _STEPS
        first = np.searchsorted(took, window.first_s - begin, side="left") / _STEPS
        yield _new(course.pathway, share[:, number, None] * (come - first) * event_size(stream))


@flows.register
def _table(stream: TableStream, scenario: Scenario, window: Window, at_s: Ints) -> Iterator[Flow]:
    by_class: dict[str, list[GivenPatient]] = {}
    for patient in stream.patients:
        if window.first_s <= hours(patient.arrival_h) < window.end_s:
            if patient.stages is None:
                by_class.setdefault(patient.class_, []).append(patient)
            else:
                yield _new(_given(patient), _come([patient], scenario, at_s))
    for key, patients in sorted(by_class.items()):
        come = _come(patients, scenario, at_s)
        for course in courses({key: 1.0}, scenario.classes):
            yield _new(course.pathway, course.share * come)


def lying(scenario: Scenario, at_s: Ints) -> Iterator[Flow]:
    """Yield those whom ``present`` counts: they come from nowhere, and lie there at the first time."""
    keys = scenario.region_keys
    for one in scenario.present:
        found, weight = mix(scenario, one)
        there = np.zeros((len(found), len(keys), max(len(c.pathway.stages) for c in found)))
        for (number, stage), share in zip(stages_of(found), weight.tolist(), strict=True):
            there[number, keys.index(one.region), stage] = one.count * share
        nobody = np.zeros((len(keys), len(at_s)))
        for number, course in enumerate(found):
            yield Flow(course.pathway, nobody, there[number, :, : len(course.pathway.stages)])


def _given(patient: GivenPatient) -> Pathway:
    """Return the pathway that a table gives a patient."""
    stages = [
        StageNeed(kind=s.kind, stay=Fixed(family="fixed", value_h=s.stay_h)) for s in patient.stages or ()
    ]
    return Pathway(share=1.0, stages=stages)


def _come(patients: list[GivenPatient], scenario: Scenario, at_s: Ints) -> Floats:
    """Return how many of *patients* have come. Shape (regions, times)."""
    reached = np.zeros((len(scenario.regions), len(at_s)))
    for patient in patients:
        reached[scenario.region_keys.index(patient.region)] += at_s > hours(patient.arrival_h)
    return reached


def _spread(stream: CombatStream | HostNationStream, scenario: Scenario, reached: Floats) -> Iterator[Flow]:
    found = courses(stream.classes, scenario.classes)
    share = _shares(stream.regions, scenario, found, {})
    for number, course in enumerate(found):
        yield _new(course.pathway, share[:, number, None] * reached)


def _new(pathway: Pathway, reached: Floats) -> Flow:
    """Return a flow of whom nobody lies there at the start."""
    return Flow(pathway, reached, np.zeros((len(reached), len(pathway.stages))))


def _shares(
    regions: dict[str, float], scenario: Scenario, found: list[Course], icu_factor: dict[str, float]
) -> Floats:
    """Return the share of a stream that takes each course in each region. Shape (regions, courses)."""
    share = np.zeros((len(scenario.regions), len(found)))
    for key, of_region in regions.items():
        row = scenario.region_keys.index(key)
        share[row] = of_region * with_factor(found, icu_factor.get(key, 1.0))
    return share
