"""Who lies in the beds when warm-up begins, were beds unlimited: the equilibrium of the steady streams.

With Poisson arrivals and independent stays the number in each stage is Poisson with mean rate x
mean stay, and what is left of a stay is a uniform share of a length-biased one (Eick, Massey and
Whitt 1993). Long stays make a start from empty beds last for weeks; this ends it at once.
"""

import numpy as np

from nspl_sim.demand import quantiles
from nspl_sim.demand.pathways import Course, chosen, with_factor
from nspl_sim.demand.streams import Arrivals, Setting
from nspl_sim.scenario.streams import PlannedStream, PoissonStream, Stream
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import FIRST_PRESENT, Floats, Ints

UnderWay = list[tuple[int, int]]
"""(course, stage) by its number in :attr:`Arrivals.under_way`."""


def stages_of(found: list[Course]) -> UnderWay:
    """Return every (course, stage) that a patient can be in."""
    return [(c, s) for c, course in enumerate(found) for s in range(len(course.pathway.stages))]


def present(stream: Stream, found: list[Course], setting: Setting) -> list[Arrivals]:
    """Return those of *stream* who lie in a bed when the run begins; without a constant rate nobody does."""
    if not isinstance(stream, PoissonStream | PlannedStream):
        return []
    per_year = stream.per_year or 0.0
    per_day = stream.per_day if stream.per_day is not None else per_year / 365
    stages = stages_of(found)
    if not per_day or not stages:
        return []
    mean_days = np.array([found[c].pathway.stages[s].stay.mean_s() / DAY for c, s in stages])
    here = []
    for key in sorted(stream.regions):
        share = with_factor(found, stream.icu_factor.get(key, 1.0))
        weight = share[[c for c, _ in stages]] * mean_days
        mean = per_day * stream.regions[key] * stream.scale * weight.sum()
        count = quantiles.poisson(mean, float(setting.uniforms(1, key, "present count")[0]))
        times = np.full(count, setting.window.first_s, dtype=np.int64)
        here.append(
            Arrivals(
                key,
                np.full(count, setting.regions.index(key), dtype=np.int64),
                FIRST_PRESENT + np.arange(count, dtype=np.int64),
                times,
                times,
                chosen(weight, setting.uniforms(count, key, "present stage")),
            )
        )
    return here


def left_of_stay(course: Course, stage: int, u_length: Floats, u_left: Floats) -> Ints:
    """Return what is left of the stay that each is in, in whole seconds."""
    length = quantiles.length_biased(course.pathway.stages[stage].stay, u_length)
    return quantiles.whole_seconds(length * u_left)
