"""Does the ordinary state fit? Expected loads by the exact formula beside what they should be.

The ordinary state is that of the streams with a constant rate. *Now* is the scenario as it stands,
*before* the same without what was estimated to make it fit: ``icu_factor`` by region and, for shipped
classes, ``ward_stay_factor``. Simulated loads stand beside, since beds are not unlimited.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nspl_sim.demand.census import Steady, steady
from nspl_sim.demand.flows import steady_per_s
from nspl_sim.demand.pathways import INTENSIVE
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.run import run
from nspl_sim.experiment.stretched import longer
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import PlannedStream, PoissonStream
from nspl_sim.scenario.sweden import figures, published, world
from nspl_sim.vocabulary.patients import Floats

WARD = "ward"
"""The unit kind whose stays ``ward_stay_factor`` multiplies."""

Targets = dict[tuple[str, str], float]
"""Patients that should lie on average, by (region, kind)."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """Loads by (region, kind) of one scenario; all arrays have that shape, NaN: not known."""

    scenario: Scenario
    beds: Floats
    """Staffed beds; infinite where unlimited."""
    now: Steady
    before: Steady
    target: Floats
    simulated: Floats
    """Occupied over staffed beds under today's order."""

    def factor(self) -> Floats:
        """Return what present loads must be multiplied by to be the targets."""
        load = self.now.lying
        none = np.full(load.shape, np.nan)
        return np.asarray(np.divide(self.target, load, out=none, where=load > 0))

    def occupancy(self) -> Floats:
        """Return the expected load over staffed beds; NaN without beds, 0 where they are unlimited."""
        none = np.full(self.beds.shape, np.nan)
        return np.asarray(np.divide(self.now.lying, self.beds, out=none, where=self.beds > 0))

    def icu_factor(self) -> Floats:
        """Return, by region, the ``icu_factor`` that would make the load of intensive care its target.

        The factors there are now are taken to be alike in all streams, as they are in the shipped world.
        """
        kind = self.scenario.kinds.index(INTENSIVE)
        return self.factor()[:, kind] * _factors(self.scenario)


def calibrate(scenario: Scenario, targets: Targets | None = None, replications: int = 0) -> Calibration:
    """Return how the ordinary state of *scenario* lies against *targets* (else the published figures)."""
    ordinary = only_steady(scenario)
    wanted = targets if targets is not None else published_targets(ordinary)
    target = np.full((len(scenario.regions), len(scenario.kinds)), np.nan)
    for (region, kind), value in wanted.items():
        target[scenario.region_keys.index(region), scenario.kinds.index(kind)] = value
    beds = staffed(ordinary)
    simulated = _simulated(ordinary, replications) if replications else np.full(target.shape, np.nan)
    return Calibration(ordinary, beds, steady(ordinary), steady(uncalibrated(ordinary)), target, simulated)


def only_steady(scenario: Scenario) -> Scenario:
    """Return *scenario* with nothing but its streams of constant rate: nobody displaced, no disruption."""
    streams = {name: one for name, one in scenario.streams.items() if steady_per_s(one)}
    return scenario.model_copy(update={"streams": streams, "disruptions": {}, "displaced": []})


def staffed(scenario: Scenario) -> Floats:
    """Return staffed beds by (region, kind), infinite where unlimited."""
    beds = np.zeros((len(scenario.regions), len(scenario.kinds)))
    for r, key in enumerate(scenario.region_keys):
        for k, kind in enumerate(scenario.kinds):
            unit = scenario.regions[key].units.get(kind)
            beds[r, k] = 0 if unit is None else np.inf if unit.beds == "unlimited" else unit.beds
    return beds


def uncalibrated(scenario: Scenario) -> Scenario:
    """Return *scenario* without the factors that make the shipped ordinary state fit."""
    streams = {
        name: one.model_copy(update={"icu_factor": {}})
        if isinstance(one, PoissonStream | PlannedStream)
        else one
        for name, one in scenario.streams.items()
    }
    return scenario.model_copy(update={"streams": streams, "classes": _whole_stays(scenario.classes)})


def _whole_stays(classes: dict[str, PatientClass]) -> dict[str, PatientClass]:
    """Return *classes*; in those that are the shipped ones, ward stays are as in the table of classes."""
    factor = next(f.value for f in figures() if f.path == "ward_stay_factor")
    scaled = {f.path.split(".")[1] for f in figures() if "ward_stay_factor" in f.source and "." in f.path}
    shipped = world()["classes"]
    return {
        key: longer(one, WARD, 1 / factor)
        if key in scaled and PatientClass.model_validate(shipped[key]) == one
        else one
        for key, one in classes.items()
    }


def published_targets(scenario: Scenario) -> Targets:
    """Return what should lie there by published national figures.

    Intensive care: the mean census of the registry (SIR 2019), shared by ½ population and ½ beds, the
    shipped rule (estimated). Wards: the national occupancy of somatic beds (2010), alike in every region.
    """
    known = {row.key: float(row.value) for row in published()}
    regions = scenario.regions
    found: Targets = {}
    if INTENSIVE in scenario.kinds:
        beds = staffed(scenario)[:, scenario.kinds.index(INTENSIVE)]
        people = np.array([float(regions[key].population or 0) for key in scenario.region_keys])
        if np.isfinite(beds).all() and beds.sum() and people.sum():
            share = (people / people.sum() + beds / beds.sum()) / 2
            national = known["icu_occupancy_normal"] * beds.sum()
            found |= {(r, INTENSIVE): national * s for r, s in zip(scenario.region_keys, share, strict=True)}
    if WARD in scenario.kinds:
        beds = staffed(scenario)[:, scenario.kinds.index(WARD)]
        share = np.where(np.isfinite(beds), beds * known["bed_occupancy_national"], np.nan)
        found |= {(r, WARD): s for r, s in zip(scenario.region_keys, share.tolist(), strict=True)}
    return found


def _factors(scenario: Scenario) -> Floats:
    """Return the mean ``icu_factor`` of each region over the streams that have any, weighted by rate."""
    found, weight = np.zeros(len(scenario.regions)), 0.0
    for stream in scenario.streams.values():
        rate = steady_per_s(stream)
        factors: dict[str, Any] = getattr(stream, "icu_factor", {})
        found += rate * np.array([factors.get(key, 1.0) for key in scenario.region_keys])
        weight += rate
    return found / weight if weight else np.ones(len(found))


def _simulated(scenario: Scenario, replications: int) -> Floats:
    batch = run([Point(scenario, load_plan("today").plan, "today")], replications, workers=2)
    found = np.full((len(scenario.regions), len(scenario.kinds)), np.nan)
    for r, region in enumerate(scenario.region_keys):
        for k, kind in enumerate(scenario.kinds):
            name = f"{kind}_occupancy.{region}"
            if name in batch.measures:
                found[r, k] = float(batch.values(0, name).mean())
    return found
