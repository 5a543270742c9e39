"""The back-test: a census out of a user's own daily admissions, held against what was observed.

Admissions are known, so their number is not drawn; only the hour of the day, the class's pathway and the
stay are. Beds are unlimited: what is tested is stays and timing, not capacity. With uncertain stays the
mean of the stay is drawn once a replication between two bounds, so that the band holds what is not known
of the parameter and not only the luck of the patients.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nspl_sim.demand.chance import Chance
from nspl_sim.experiment.course import course
from nspl_sim.experiment.stretched import longer
from nspl_sim.measures.course import Course
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.daily_table import Admissions, Observed, begin_of, day_of
from nspl_sim.scenario.model import Region, Scenario, Unit
from nspl_sim.scenario.streams import GivenPatient, PoissonStream, StepRate, TableStream
from nspl_sim.scenario.transport import Transport
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import Floats, Ints

STREAM = "admissions"
"""What the stream of the admissions is called, also in the keys of chance."""

MOST_PATIENTS = 1_000_000


@dataclass(frozen=True)
class Question:
    """What is to be tested, and how."""

    scenario: Scenario
    """Whose regions and classes are meant."""
    klass: str
    """Of admissions that name none."""
    kind: str
    """The kind of unit whose census was observed."""
    hour: float = 12.0
    """Of the day, at which it was counted."""
    mean_days: tuple[float, float] | None = None
    """Bounds of the mean stay of *klass* in *kind*; None: as it stands in the class."""


@dataclass(frozen=True, eq=False)
class Series:
    """Observed and simulated census by place and day. ``places``: region keys; an empty one is all."""

    places: tuple[str, ...]
    days: Floats
    """Days of the observations. Shape (days,)."""
    observed: Floats
    """Shape (places, days); NaN where nothing was observed."""
    simulated: Floats
    """Shape (replications, places, days)."""


@dataclass(frozen=True, eq=False)
class BackTest:
    """A question, the world that it was put to, and what came of it."""

    question: Question
    world: Scenario
    series: Series


def backtest(
    question: Question, admitted: Sequence[Admissions], observed: Sequence[Observed], replications: int
) -> BackTest:
    """Return the census of *replications* beside the *observed* one."""
    world = world_of(question, admitted, observed)
    places, days, seen = _observations(observed, world)
    at_s = np.array([round((day + question.hour / 24) * DAY) for day in days], dtype=np.int64)
    simulated = np.empty((replications, len(places), len(days)))
    for k in range(replications):
        by_region = census(question, world, admitted, k, at_s)
        for row, place in enumerate(places):
            one = by_region[world.region_keys.index(place)] if place else by_region.sum(axis=0)
            simulated[k, row] = one
    return BackTest(question, world, Series(places, np.array(days), seen, simulated))


def world_of(question: Question, admitted: Sequence[Admissions], observed: Sequence[Observed]) -> Scenario:
    """Return the world of the test: the regions and classes of the admissions, beds unlimited, no streams."""
    scenario = question.scenario
    begin = begin_of([*admitted, *observed], scenario.start)
    last = max(day_of(row, begin) for row in [*admitted, *observed])
    keys = sorted({row.region for row in admitted} | {row.region for row in observed if row.region})
    classes = {
        key: scenario.classes[key] for key in sorted({row.class_ or question.klass for row in admitted})
    }
    kinds = sorted({s.kind for c in classes.values() for p in c.pathways for s in p.stages} | {question.kind})
    units = {kind: Unit(beds="unlimited") for kind in kinds}
    return Scenario(
        format=1,
        name="backtest",
        marking=scenario.marking,
        start=begin,
        time_zone=scenario.time_zone,
        horizon_days=float(last + 1),
        seed=scenario.seed,
        regions={key: Region(name=scenario.regions[key].name, units=units) for key in keys},
        classes=classes,
        streams={},
        transport=Transport(instant=True),
    )


def census(
    question: Question, world: Scenario, admitted: Sequence[Admissions], replication: int, at_s: Ints
) -> Ints:
    """Return the simulated census at *at_s* of one replication. Shape (regions, times)."""
    chance = Chance(world.seed, replication)
    classes = _longer(question, world.classes, chance)
    stream = TableStream.model_construct(kind="table", patients=_patients(question, world, admitted, chance))
    one = world.model_copy(update={"streams": {STREAM: stream}, "classes": classes})
    demand, journal = course(one, load_plan("alone").plan, replication)
    stays = Course(one, demand, journal).stays
    found = np.zeros((len(world.regions), len(at_s)), dtype=np.int64)
    of_kind = stays.kind == world.kinds.index(question.kind)
    for region in range(len(world.regions)):
        chosen = of_kind & (stays.region == region)
        come, gone = np.sort(stays.from_s[chosen]), np.sort(stays.to_s[chosen])
        found[region] = np.searchsorted(come, at_s, "right") - np.searchsorted(gone, at_s, "right")
    return found


def _patients(
    question: Question, world: Scenario, admitted: Sequence[Admissions], chance: Chance
) -> list[GivenPatient]:
    """Return everybody admitted, each at an hour of their day; by region, then as in the table."""
    found = []
    for region in world.region_keys:
        rows = [row for row in admitted if row.region == region]
        count = sum(row.admissions for row in rows)
        hours = iter(24 * chance.uniforms(count, STREAM, region, "hour of the day"))
        for row in rows:
            begin_h, klass = 24 * day_of(row, world.start), row.class_ or question.klass
            found += [
                GivenPatient.model_construct(
                    arrival_h=begin_h + float(next(hours)),
                    region=region,
                    class_=klass,
                    stages=None,
                    urgency=None,
                )
                for _ in range(row.admissions)
            ]
    return found


def _longer(question: Question, classes: dict[str, PatientClass], chance: Chance) -> dict[str, PatientClass]:
    """Return *classes* with stays in the observed kind as long as this replication draws them."""
    if question.mean_days is None:
        return classes
    low, high = question.mean_days
    u = float(chance.uniforms(1, STREAM, "", "mean stay")[0])
    factor = (low + u * (high - low)) / mean_stay_days(classes[question.klass], question.kind)
    return {key: longer(one, question.kind, factor) for key, one in classes.items()}


def mean_stay_days(one: PatientClass, kind: str) -> float:
    """Return the mean stay in *kind* of those of the class who come there."""
    stages = [(p.share, s.stay.mean_s()) for p in one.pathways for s in p.stages if s.kind == kind]
    return sum(share * mean for share, mean in stages) / sum(share for share, _ in stages) / DAY


def as_rates(question: Question, world: Scenario, admitted: Sequence[Admissions]) -> Scenario:
    """Return *world* with the admissions as Poisson rates by day: for the exact mean census of the same."""
    streams: dict[str, Any] = {}
    by_flow: dict[tuple[str, str], dict[float, float]] = {}
    for row in admitted:
        days = by_flow.setdefault((row.region, row.class_ or question.klass), {})
        day = day_of(row, world.start)
        days[day] = days.get(day, 0.0) + row.admissions
    for number, ((region, klass), days) in enumerate(sorted(by_flow.items())):
        ends = {day + 1: 0.0 for day in days if day + 1 not in days}
        points = [{"day": day, "per_day": rate} for day, rate in sorted((days | ends).items())]
        rate = StepRate.model_validate({"shape": "steps", "points": points})
        streams[f"{STREAM}-{number}"] = PoissonStream(
            kind="poisson", rate=rate, regions={region: 1.0}, classes={klass: 1.0}
        )
    return world.model_copy(update={"streams": streams})


def _observations(
    observed: Sequence[Observed], world: Scenario
) -> tuple[tuple[str, ...], list[float], Floats]:
    """Return places, days and figures; the sum of all regions is a place of its own where it is known."""
    days = sorted({day_of(row, world.start) for row in observed})
    regions = sorted({row.region for row in observed if row.region})
    found = np.full((len(regions) + 1, len(days)), np.nan)
    for row in observed:
        place = regions.index(row.region) + 1 if row.region else 0
        found[place, days.index(day_of(row, world.start))] = row.census
    if set(regions) == set(world.region_keys):
        total = found[1:].sum(axis=0)
        found[0] = np.where(np.isnan(found[0]), total, found[0])
    places = ("", *regions)
    known = [p for p in range(len(places)) if not np.isnan(found[p]).all()]
    return tuple(places[p] for p in known), days, found[known]
