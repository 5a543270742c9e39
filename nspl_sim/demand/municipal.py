"""Who waits for municipal care, and how long where days are drawn; and who does so when warm-up begins."""

from collections.abc import Callable

import numpy as np

from nspl_sim.demand import quantiles
from nspl_sim.demand.pathways import Course, chosen, with_factor
from nspl_sim.demand.present import stages_of
from nspl_sim.demand.streams import Arrivals, Setting
from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.ready import mean_waits_s
from nspl_sim.scenario.streams import PlannedStream, PoissonStream, Stream
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import FIRST_PRESENT, Floats, Ints

FIRST_READY = 2 * FIRST_PRESENT
"""Numbers from here on are of those who are ready for discharge when warm-up begins."""

Draw = Callable[[str], Floats]
"""One uniform for each patient of a group, by purpose."""


def waits_s(scenario: Scenario, found: list[Course], course: Ints, region: Ints, draw: Draw) -> Ints:
    """Return how long each waits: 0 not at all, ``NEVER`` until there is a place. Shape (patients,)."""
    waits = np.zeros(len(course), dtype=np.int64)
    if not any(one.spec.municipal_share for one in found):
        return waits
    share = np.array([one.spec.municipal_share for one in found])[course]
    needs = draw("municipal") < share
    own = [scenario.regions[key].municipal for key in scenario.region_keys]
    places = np.array([one is not None and one.places_per_day is not None for one in own])
    factor = np.array([one.wait_factor if one is not None else 1.0 for one in own])
    waits[needs & places[region]] = NEVER
    for number, one in enumerate(found):
        rows = np.flatnonzero(needs & (course == number))
        if one.spec.municipal_wait is not None and len(rows):
            drawn = quantiles.duration(one.spec.municipal_wait, draw("municipal wait")[rows])
            waits[rows] = quantiles.whole_seconds(drawn * factor[region[rows]], zero_allowed=True)
    return waits


def ready(stream: Stream, found: list[Course], setting: Setting) -> list[Arrivals]:
    """Return those of *stream* who keep a bed at the start only because they wait for municipal care."""
    scenario = setting.scenario
    if not isinstance(stream, PoissonStream | PlannedStream):
        return []
    if not any(one.spec.municipal_share for one in found):
        return []
    per_day = stream.per_day if stream.per_day is not None else (stream.per_year or 0.0) / 365
    last = [(c, s) for c, s in stages_of(found) if s == len(found[c].pathway.stages) - 1]
    rows = np.array([stages_of(found).index(one) for one in last], dtype=np.int64)
    if not per_day or not last:
        return []
    waits, here = mean_waits_s(scenario), []
    for key in sorted(stream.regions):
        share = with_factor(found, stream.icu_factor.get(key, 1.0))
        own = [_mean_days(scenario, found[c].spec, key, waits.get(key, 0.0)) for c, _ in last]
        waiting = share[[c for c, _ in last]] * np.array(own)
        mean = per_day * stream.regions[key] * stream.scale * waiting.sum()
        count = quantiles.poisson(mean, float(setting.uniforms(1, key, "ready count")[0]))
        times = np.full(count, setting.window.first_s, dtype=np.int64)
        under_way = np.zeros(0, dtype=np.int64)
        if count:
            under_way = rows[chosen(waiting, setting.uniforms(count, key, "ready stage"))]
        region = np.full(count, scenario.region_keys.index(key), dtype=np.int64)
        number = FIRST_READY + np.arange(count, dtype=np.int64)
        here.append(Arrivals(key, region, number, times, times, under_way, is_ready=True))
    return here


def _mean_days(scenario: Scenario, spec: PatientClass, region: str, for_place_s: float) -> float:
    """Return the mean days of waiting of a patient of the class, those who need not wait included."""
    own = scenario.regions[region].municipal
    if spec.municipal_wait is not None:
        mean_s = spec.municipal_wait.mean_s() * (own.wait_factor if own is not None else 1.0)
    else:
        mean_s = for_place_s
    return spec.municipal_share * mean_s / DAY


def left_of_wait(
    scenario: Scenario, spec: PatientClass, region: Ints, u_length: Floats, u_left: Floats
) -> Ints:
    """Return what is left of the waits of those who are ready at the start, in whole seconds."""
    keys = scenario.region_keys
    if spec.municipal_wait is None:
        waits = mean_waits_s(scenario)
        length = np.array([waits.get(key, 0.0) for key in keys])[region]
    else:
        own = [scenario.regions[key].municipal for key in keys]
        factor = np.array([one.wait_factor if one is not None else 1.0 for one in own])
        length = quantiles.length_biased(spec.municipal_wait, u_length) * factor[region]
    return quantiles.whole_seconds(length * u_left)
