"""A journal as columns of a file: the six of the record, names in place of numbers, and civil time."""

from typing import Any

import numpy as np

from nspl_sim.demand.rates import Window
from nspl_sim.journal import Journal
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.patients import Demand


def columns(scenario: Scenario, demand: Demand, journal: Journal) -> dict[str, Any]:
    """Return *journal* with words for event, region and unit; empty where the journal has -1."""
    events = {int(e): e.name.lower() for e in Event}
    window = Window.of(scenario)
    seconds, place = np.unique(journal.time_s, return_inverse=True)
    civil = [window.civil(s).isoformat(timespec="seconds") for s in seconds.tolist()]
    regions, kinds = (*demand.regions, ""), (*demand.kinds, "")
    return {
        "time_s": journal.time_s,
        "event": [events[e] for e in journal.event.tolist()],
        "patient": journal.patient,
        "region": [regions[r] for r in journal.region.tolist()],
        "unit": [kinds[k] for k in journal.unit.tolist()],
        "detail": journal.detail,
        "civil_time": [civil[i] for i in place.tolist()],
    }
