"""Expected planned care: what catching up and the price of a surge step are measured against."""

import numpy as np
from numpy.typing import NDArray

from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import PlannedStream
from nspl_sim.vocabulary.care import PRIORITIES


def planned_per_weekday(scenario: Scenario) -> NDArray[np.float64]:
    """Return expected planned arrivals that can be paused, shape (regions, 3 priorities, 7 weekdays)."""
    keys = scenario.region_keys
    volume = np.zeros((len(keys), len(PRIORITIES), 7))
    for name in sorted(scenario.streams):
        stream = scenario.streams[name]
        if not isinstance(stream, PlannedStream):
            continue
        per_day = stream.per_day if stream.per_day is not None else (stream.per_year or 0.0) / 365
        weekday = np.array(stream.profile.weekday) / np.mean(stream.profile.weekday)
        by_priority = np.zeros(len(PRIORITIES))
        for key, share in stream.classes.items():
            spec = scenario.classes[key]
            if spec.priority is not None and spec.pausable:
                by_priority[spec.priority - 1] += share
        by_region = np.array([stream.regions.get(key, 0.0) for key in keys])
        volume += per_day * stream.scale * np.einsum("r,p,w->rpw", by_region, by_priority, weekday)
    return volume
