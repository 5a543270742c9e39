"""Who lies where on average, were beds unlimited: the exact mean census, without any simulation.

With Poisson arrivals at rate λ(u) and independent stays, the number in a stage is Poisson with mean
m(t) = ∫ λ(u) P(S > t − u) du, and what leaves the stage is again Poisson (Eick, Massey and Whitt 1993).
So stage follows stage. Any arrivals with a known mean have the same mean census; only with Poisson
arrivals is that also its variance.

What depends on what happens is left out: waiting for municipal care, and leaving for home early.

Arrivals are taken as even within each step of the grid, which for the hourly rates of a scenario is what
they are; the survival of stays is integrated in closed form (:mod:`nspl_sim.demand.limited`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy.signal import fftconvolve

from nspl_sim.demand.flows import Flow, flows, lying, steady_per_s
from nspl_sim.demand.limited import within
from nspl_sim.demand.rates import Window
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.stays import Duration
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.patients import Floats, Ints


@dataclass(frozen=True, eq=False)
class Census:
    """Mean patients in beds, were beds unlimited."""

    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    at_s: Ints
    """Shape (times,), from the first second of warm-up on."""
    mean: Floats
    """Shape (regions, kinds, times)."""

    def of(self, kind: str, region: str | None = None) -> Floats:
        """Return the mean census of *kind* by time, in one region or in the nation. Shape (times,)."""
        found = self.mean[:, self.kinds.index(kind)]
        return np.asarray(found.sum(axis=0) if region is None else found[self.regions.index(region)])

    def time_mean(self) -> Floats:
        """Return the mean over the measured window, by (region, kind): a time-weighted mean."""
        inside = self.at_s >= 0
        at, mean = self.at_s[inside], self.mean[:, :, inside]
        return np.asarray(np.trapezoid(mean, at, axis=2) / (at[-1] - at[0]))


def mean_census(scenario: Scenario, step_s: int = HOUR) -> Census:
    """Return the exact mean census of *scenario* at every *step_s*, were all beds unlimited.

    Raises ``TypeError`` for a kind of stream whose mean rate is not known here.
    """
    window = Window.of(scenario)
    at_s = np.arange(window.first_s, window.end_s + 1, step_s, dtype=np.int64)
    mean = np.zeros((len(scenario.regions), len(scenario.kinds), len(at_s)))
    coming = (flows(scenario.streams[name], scenario, window, at_s) for name in sorted(scenario.streams))
    for flow in chain(lying(scenario, at_s), *coming):
        for stage, here in enumerate(_stages(flow, step_s)):
            mean[:, scenario.kinds.index(flow.pathway.stages[stage].kind)] += here
    return Census(scenario.region_keys, scenario.kinds, at_s, mean)


@dataclass(frozen=True, eq=False)
class Steady:
    """What the streams with a constant rate amount to for ever: rate x mean stay (Little's law)."""

    lying: Floats
    """Mean patients in beds, were beds unlimited. Shape (regions, kinds)."""
    entered_per_day: Floats
    """Patients who begin a stage of that kind each day. Shape (regions, kinds)."""


def steady(scenario: Scenario) -> Steady:
    """Return the ordinary load of *scenario*: of those of its streams that have a constant rate."""
    window, shape = Window.of(scenario), (len(scenario.regions), len(scenario.kinds))
    lying, entered = np.zeros(shape), np.zeros(shape)
    at_s = np.array([window.first_s, window.end_s], dtype=np.int64)
    always = scenario.model_copy(update={"starts": "equilibrium"})
    for name in sorted(scenario.streams):
        if not steady_per_s(scenario.streams[name]):
            continue
        for flow in flows(scenario.streams[name], always, window, at_s):
            for number, stage in enumerate(flow.pathway.stages):
                kind, mean_s = scenario.kinds.index(stage.kind), stage.stay.mean_s()
                lying[:, kind] += flow.there[:, number]
                entered[:, kind] += flow.there[:, number] / mean_s * DAY if mean_s else 0.0
    return Steady(lying, entered)


def _stages(flow: Flow, step_s: int) -> Iterator[Floats]:
    """Yield the mean number in each stage in turn. Shapes (regions, times)."""
    begun = flow.reached
    for stage, need in enumerate(flow.pathway.stages):
        lying = flow.there[:, stage, None] * _left(need.stay, begun.shape[1], step_s)
        here = lying + staying(begun, need.stay, step_s)
        begun = begun + flow.there[:, stage, None] - here
        yield here


def staying(begun: Floats, stay: Duration, step_s: int) -> Floats:
    """Return how many of those who have *begun* a *stay* are still there. Shapes (rows, times)."""
    inside = within(stay, _ages(begun.shape[1], step_s))
    share = np.concatenate(([0.0], np.diff(inside) / step_s))
    entered = np.diff(begun, axis=1, append=begun[:, -1:])
    return np.asarray(fftconvolve(entered, share[None, :], axes=1)[:, : begun.shape[1]])


def _left(stay: Duration, times: int, step_s: int) -> Floats:
    """Return the share of those met under way who are still there, by the equilibrium law."""
    mean = stay.mean_s()
    if mean == 0:
        return np.zeros(times)
    return 1 - within(stay, _ages(times, step_s)) / mean


def _ages(times: int, step_s: int) -> Floats:
    return np.arange(times, dtype=np.float64) * step_s
