"""The times of every mode of transport in whole seconds, worked out before the run."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.scenario.distances import km_by
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.modes import PLACE_TYPES, Mode
from nspl_sim.vocabulary.clock import minutes

Table = list[list[int]]
FAR = 2**61
"""Seconds of a way that cannot be gone."""
NO_PLACE = -1


@dataclass(frozen=True)
class ModeTimes:
    """Whole seconds of one mode; tables by (from, to), loading and unloading by patients on board."""

    number: int
    roams: bool
    """Whether it comes from any base that lends it: all but road vehicles do."""
    collects: bool
    """Whether it has places by type, and waits for more patients."""
    places: tuple[int, ...]
    """On board, by type of place; one of any type where it does not collect."""
    place: tuple[int, ...]
    """By unit kind: the type that its patients need; :data:`NO_PLACE`: they are not carried."""
    patients_per_team: int
    way_s: Table
    activation_s: int
    load_s: tuple[int, ...]
    unload_s: tuple[int, ...]
    """With the hand-over."""
    turn_s: int


def mode_times(scenario: Scenario) -> list[ModeTimes]:
    """Return the times of every mode, in alphabetical order of their names."""
    modes = scenario.transport.modes
    return [_times(scenario, number, modes[name]) for number, name in enumerate(sorted(modes))]


def _times(scenario: Scenario, number: int, mode: Mode) -> ModeTimes:
    km = km_by(mode.medium, scenario)
    far = ~(km <= mode.range_km)
    way = np.rint(np.where(far, 0, km) / mode.speed_kmh * 3600).astype(np.int64)
    places = mode.capacity.by_type() if mode.capacity else (1,)
    patients = range(sum(places) + 1)
    load, unload = mode.load_minutes, mode.unload_minutes
    ends = mode.unload_minutes + scenario.transport.handover_minutes + mode.access_minutes
    return ModeTimes(
        number,
        mode.medium != "road",
        mode.capacity is not None,
        places,
        tuple(_place(scenario, mode, kind) for kind in scenario.kinds),
        mode.patients_per_team,
        np.where(far, FAR, way).tolist(),
        minutes(mode.activation_minutes),
        tuple(minutes(load + mode.access_minutes) + minutes(load * (n - 1)) if n else 0 for n in patients),
        tuple(minutes(ends) + minutes(unload * (n - 1)) if n else 0 for n in patients),
        minutes(mode.turn_minutes),
    )


def _place(scenario: Scenario, mode: Mode, kind: str) -> int:
    """Return the type of place that a patient of *kind* takes in *mode*."""
    if not scenario.transport.carries(mode, kind):
        return NO_PLACE
    return PLACE_TYPES.index(scenario.transport.place_type(kind)) if mode.capacity else 0
