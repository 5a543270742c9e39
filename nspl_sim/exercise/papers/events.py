"""The played part of the journal in the columns that animation tools of event logs read."""

from typing import Any

import numpy as np

from nspl_sim.exercise.listing.material import Material
from nspl_sim.paper.tables import csv_bytes
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import MINUTE

_KINDS = {
    Event.ARRIVED: "arrival_departure",
    Event.DISCHARGED: "arrival_departure",
    Event.LEFT: "arrival_departure",
    Event.DIED_WAITING: "arrival_departure",
    Event.DIED_ON_THE_WAY: "arrival_departure",
    Event.REFUSED: "arrival_departure",
    Event.ASKED: "queue",
    Event.BOARDED: "queue",
    Event.PLACED: "queue",
    Event.ADMITTED: "resource_use",
    Event.DEPARTED: "resource_use_end",
}
"""What each event is to such a tool; others are left out."""


def table(material: Material) -> bytes:
    """Return a row an event: entity_id, pathway, event_type, event, time in minutes, resource_id."""
    line = material.line
    journal, demand = line.course.journal, line.course.demand
    rows = np.flatnonzero(
        np.isin(journal.event, list(_KINDS)) & (journal.time_s >= line.from_s) & (journal.time_s <= line.to_s)
    )
    chosen = journal.only(rows)
    regions, kinds = (*demand.regions, ""), (*demand.kinds, "")
    events = {int(e): e for e in _KINDS}
    columns: dict[str, Any] = {
        "entity_id": chosen.patient,
        "pathway": [demand.classes[k] for k in demand.klass[chosen.patient].tolist()],
        "event_type": [_KINDS[events[e]] for e in chosen.event.tolist()],
        "event": [_named(events[e]) for e in chosen.event.tolist()],
        "time": [round((t - line.from_s) / MINUTE, 2) for t in chosen.time_s.tolist()],
        "resource_id": [
            f"{regions[r]}:{kinds[k]}"
            for r, k in zip(chosen.region.tolist(), chosen.unit.tolist(), strict=True)
        ],
    }
    return csv_bytes(columns, "en")


def _named(event: Event) -> str:
    """Return ``arrival`` and ``depart``, which such tools look for, else our own verb."""
    if event is Event.ARRIVED:
        return "arrival"
    return "depart" if _KINDS[event] == "arrival_departure" else event.name.lower()
