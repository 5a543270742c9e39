"""How long patients stay on average, by kind of unit: what an office knows from its statistics."""

from collections import defaultdict
from collections.abc import Iterator

from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.expected import patients
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import Stream, TableStream
from nspl_sim.vocabulary.clock import HOUR

MOST = 1e9
"""An event of endless size weighs no more than this many patients."""


def mean_stay_h(scenario: Scenario) -> tuple[float, ...]:
    """Return the mean stay in hours by kind, over all whom the streams expect; 0 where they expect nobody.

    An ``icu_factor`` of a region is left out: it changes how many come, hardly how long they stay.
    """
    begin, end = -scenario.warm_up_days, scenario.horizon_days + scenario.cool_down_h / 24
    count: dict[str, float] = defaultdict(float)
    total_h: dict[str, float] = defaultdict(float)
    for _, stream in sorted(scenario.streams.items()):
        expected = min(patients(stream, begin, end), MOST)
        for kind, share, stay_h in _needs(scenario, stream):
            count[kind] += expected * share
            total_h[kind] += expected * share * stay_h
    return tuple(total_h[kind] / count[kind] if count[kind] > 0 else 0.0 for kind in scenario.kinds)


def _needs(scenario: Scenario, stream: Stream) -> Iterator[tuple[str, float, float]]:
    """Yield each stage's kind, its share of the stream's patients, and its mean stay in hours."""
    if not isinstance(stream, TableStream):
        for key, share in stream.classes.items():
            yield from _of_class(scenario.classes[key], share)
        return
    each = 1 / max(1, len(stream.patients))
    for patient in stream.patients:
        if patient.stages is None:
            yield from _of_class(scenario.classes[patient.class_], each)
        else:
            yield from ((stage.kind, each, stage.stay_h) for stage in patient.stages)


def _of_class(one: PatientClass, share: float) -> Iterator[tuple[str, float, float]]:
    for pathway in one.pathways:
        for stage in pathway.stages:
            yield stage.kind, share * pathway.share, stage.stay.mean_s() / HOUR
