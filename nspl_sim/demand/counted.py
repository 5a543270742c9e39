"""Who lies in the beds at the start as the user has counted them: whom they are, and how far they have come.

An entry says how many lie in a kind of unit in a region. Which class, pathway and stage each is in follows
the equilibrium law: as common as arrivals x mean stay. What is left of a stay: :mod:`.present`.
"""

from typing import NamedTuple

import numpy as np

from nspl_sim.demand.chance import Chance
from nspl_sim.demand.pathways import Course, chosen, courses, with_factor
from nspl_sim.demand.present import stages_of
from nspl_sim.demand.rates import Window
from nspl_sim.demand.streams import Arrivals
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.present import PresentPatients
from nspl_sim.scenario.streams import PlannedStream, PoissonStream
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import FIRST_PRESENT, PRESENT, Floats

BLOCK = 2**20
"""Room for the patients of one entry."""


class Mix(NamedTuple):
    """The courses that patients of one entry may be in, and how common each stage of them is."""

    found: list[Course]
    weight: Floats
    """By (course, stage); adds to 1."""


def mix(scenario: Scenario, one: PresentPatients) -> Mix:
    """Return what the patients of *one* may be in."""
    if one.class_ is not None:
        return _weighed(courses({one.class_: 1.0}, scenario.classes), one.kind, None)
    found: list[Course] = []
    rates: list[float] = []
    for name in sorted(scenario.streams):
        stream = scenario.streams[name]
        if not isinstance(stream, PoissonStream | PlannedStream):
            continue
        per_day = stream.per_day if stream.per_day is not None else (stream.per_year or 0.0) / 365
        own = courses(stream.classes, scenario.classes)
        share = with_factor(own, stream.icu_factor.get(one.region, 1.0))
        found += own
        rates += (per_day * stream.scale * stream.regions.get(one.region, 0.0) * share).tolist()
    return _weighed(found, one.kind, rates)


def _weighed(found: list[Course], kind: str, rates: list[float] | None) -> Mix:
    rate = [course.share for course in found] if rates is None else rates
    stages = [(c, found[c].pathway.stages[s]) for c, s in stages_of(found)]
    come = np.array([rate[c] * (need.kind == kind) for c, need in stages])
    weight = come * [need.stay.mean_s() / DAY for _, need in stages]
    weight = weight if weight.any() else come  # nobody stays at all
    return Mix(found, weight / weight.sum())


def counted(scenario: Scenario, chance: Chance) -> list[Arrivals]:
    """Return everybody whom ``present`` counts."""
    first_s = Window.of(scenario).first_s
    kinds, classes = scenario.kinds, ("", *sorted(scenario.classes))
    here = []
    for one in scenario.present:
        if not one.count:
            continue
        found, weight = mix(scenario, one)
        key = f"{one.region} {one.kind} {one.class_ or ''}"
        block = kinds.index(one.kind) * len(classes) + classes.index(one.class_ or "")
        times = np.full(one.count, first_s, dtype=np.int64)
        here.append(
            Arrivals(
                key,
                np.full(one.count, scenario.region_keys.index(one.region), dtype=np.int64),
                FIRST_PRESENT + block * BLOCK + np.arange(one.count, dtype=np.int64),
                times,
                times,
                chosen(weight, chance.uniforms(one.count, PRESENT, key, "present stage")),
                found=tuple(found),
            )
        )
    return here
