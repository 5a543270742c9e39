"""The patients whom a user named one by one: what the table says stands before what is drawn."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nspl_sim.demand.pathways import Course, chosen, courses, with_factor
from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.streams import TableStream
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import hours
from nspl_sim.vocabulary.patients import Floats, Ints


def courses_of(
    stream: TableStream, classes: Mapping[str, PatientClass], u: Floats
) -> tuple[list[Course], Ints]:
    """Return the courses of the classes that the table names, and which each patient takes."""
    keys = sorted({p.class_ for p in stream.patients})
    found: list[Course] = []
    course = np.zeros(len(u), dtype=np.int64)
    of_patient = np.array([keys.index(p.class_) for p in stream.patients])
    for number, key in enumerate(keys):
        rows = np.flatnonzero(of_patient == number)
        own = courses({key: 1.0}, classes)
        course[rows] = len(found) + chosen(with_factor(own, 1.0), u[rows])
        found += own
    return found, course


def as_given(columns: dict[str, Any], stream: TableStream, kinds: tuple[str, ...], dies_s: Ints) -> None:
    """Let what the table says stand; *dies_s* is how long a first wait is survived by the class."""
    for row, patient in enumerate(stream.patients):
        if patient.urgency is not None:
            columns["urgency"][row] = patient.urgency
        if patient.stages is None:
            continue
        columns["stage_count"][row] = len(patient.stages)
        for name in ("kind", "stay_s", "dies_waiting_s"):
            columns[name][row] = -1
        for index, stage in enumerate(patient.stages):
            columns["kind"][row, index] = kinds.index(stage.kind)
            columns["stay_s"][row, index] = _given_s(stage.stay_h)
            drawn = dies_s[row] if index == 0 else NEVER
            given = stage.dies_waiting_h
            columns["dies_waiting_s"][row, index] = drawn if given is None else _given_s(given)


def _given_s(given_h: float) -> int:
    """Return a given time in whole seconds: at least 1, unless it is exactly 0."""
    return max(1, hours(given_h)) if given_h else 0
