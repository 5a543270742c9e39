"""Patients and journals in words: every event has its sentence, in both languages."""

from dataclasses import replace

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.experiment.course import course
from nspl_sim.journal import Journal
from nspl_sim.paper.journal import columns
from nspl_sim.paper.language import Language
from nspl_sim.paper.patients import patients
from nspl_sim.paper.trace import Trace
from nspl_sim.policies.plan import load_plan
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.patients import FIRST_PRESENT
from tests.unit.paper_batches import world
from tests.worlds import abc, scenario

LANGUAGES = [Language("sv"), Language("en")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_run_is_told_line_by_line(language: Language) -> None:
    demand, journal = course(world(), load_plan("today").plan, 0)
    lines = list(Trace(world(), demand, language).lines(journal))
    assert len(lines) == len(journal)
    assert all("{" not in line for line in lines)
    arrived = next(line for line in lines if "rrives" in line or "kommer till" in line)
    assert arrived[4] == "-" and arrived[10] == " "


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", list(Event))
def test_every_event_has_a_sentence(event: Event, language: Language) -> None:
    fire = {"kind": "beds_lost", "units": ["icu", "ward"], "beds": 1, "from_day": 1}
    hit = scenario(abc(disruptions={"fire": fire}))
    row = [np.array([v], dtype=np.int64) for v in (3600, event, 0, 0, 0, 1)]
    [line] = Trace(hit, sample(hit, 0), language).lines(Journal(*row))
    assert len(line) > 25


def test_a_journal_in_columns_has_names_and_the_rows_of_the_record() -> None:
    demand, journal = course(world(), load_plan("coordinated").plan, 0)
    found = columns(world(), demand, journal)
    assert {len(values) for values in found.values()} == {len(journal)}
    assert list(found)[:6] == ["time_s", "event", "patient", "region", "unit", "detail"]
    assert set(found["region"]) == {"a", "b", "c", ""}
    assert found["civil_time"][0].endswith("+01:00")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_patients_is_in_words(language: Language) -> None:
    demand = sample(world(), 0)
    found = patients(world(), demand, language)
    assert {len(values) for values in found.values()} == {len(demand)}
    names = list(found)
    assert names[0] == "Patient"
    assert any("intensiv" in str(v) or "intensive" in str(v) for v in found[names[8]])


def told(demand, rows, whole=None):  # type: ignore[no-untyped-def]
    journal = Journal(*(np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)))
    return list(Trace(world(), demand, LANGUAGES[0], whole or journal).lines(journal))


def test_a_death_in_care_is_no_discharge_and_is_explained_once() -> None:
    demand, journal = course(world(), load_plan("today").plan, 0)
    lines = list(
        Trace(world(), replace(demand, u_outcome=demand.u_outcome * 0), LANGUAGES[0], journal).lines(journal)
    )
    dead = [line for line in lines if "avlider i vården" in line]
    assert dead and sum("avgörs först efter körningen" in line for line in dead) == 1


def test_who_lies_there_already_does_not_arrive() -> None:
    demand = sample(world(), 0)
    present = replace(demand, number=demand.number * 0 + FIRST_PRESENT)
    assert "ligger redan inne i a" in told(present, [(0, Event.ARRIVED, 0, 0, -1, -1)])[0]


def test_a_departure_that_waits_for_the_patient_says_so() -> None:
    demand = sample(world(), 0)
    slow = replace(demand, min_stabilise_s=demand.min_stabilise_s * 0 + 7200)
    arrival = int(demand.arrival_s[0])
    rows = [(arrival, Event.PLACED, 0, 1, 0, 0), (arrival + 7200, Event.DEPARTED, 0, 0, 0, -1)]
    assert "då patienten är stabil" in told(slow, rows)[0]
    assert "stabil" not in told(slow, [rows[0], (arrival + 9000, *rows[1][1:])])[0]


def test_a_step_that_never_opened_is_cancelled_and_not_closed() -> None:
    lines = told(
        sample(world(), 0),
        [
            (t, event, -1, 0, 0, 1)
            for t, event in enumerate(
                (Event.ORDERED, Event.CLOSED, Event.ORDERED, Event.OPENED, Event.CLOSED)
            )
        ],
    )
    assert "avbeställer" in lines[1] and "stänger" in lines[4]
