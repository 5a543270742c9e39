"""Planned care as a debt: the list's age, what comes late, and what the wait costs, by hand."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from nspl_sim.measures import debt
from nspl_sim.measures.registry import evaluate
from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.load import load_scenario, load_shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.waiting_harm import DeathsOnList, LaterDeaths, LostQuality
from nspl_sim.vocabulary.care import Event
from tests.unit.handmade import Book, world

CANCER = {"harm": "later_deaths", "mortality_5y": 0.35, "hazard_ratio_per_4_weeks": 1.07}
HEART = {"harm": "deaths_on_list", "per_100_years": 5.8, "growth_per_month": 1.11}
BENIGN = {"harm": "lost_quality", "qaly_per_year": 0.15}


def harmed(horizon_days: int = 120, **harm: dict[str, Any]) -> Scenario:
    """Return the handmade world whose classes have *harm* by name."""
    one = world(horizon_days=horizon_days)
    classes = {
        key: PatientClass.model_validate(
            spec.model_dump(exclude_none=True, exclude_unset=True) | {"waiting_harm": harm[key]}
        )
        if key in harm
        else spec
        for key, spec in one.classes.items()
    }
    return one.model_copy(update={"classes": classes})


def put_off(book: Book, day: float, klass: str, home: str = "a", until: float | None = None) -> None:
    """Add one whose care is put off on *day* and begins *until* days later, if at all."""
    p = book.patient(24 * day, klass, home)
    book.note(24 * day, Event.POSTPONED, p, home, "ward", 1)
    if until is not None:
        book.note(24 * (day + until), Event.RELEASED, p, home, "ward", 1)
        book.bed(24 * (day + until), p, home, "ward", 0)
        book.note(24 * (day + until) + 1, Event.DISCHARGED, p, home, "ward")


# ---------------------------------------------------------------- formulas


def test_later_deaths_as_the_source_has_it() -> None:
    harm = LaterDeaths.model_validate(CANCER)
    found = debt.later_deaths(harm, np.array([0.0, 28.0, 84.0]))
    assert found == pytest.approx([0, 0.35 * 0.07, 0.35 * (1.07**3 - 1)])
    assert debt.later_deaths(harm, np.array([36500.0])) == pytest.approx([0.65]), "nobody dies twice"


def test_deaths_on_the_list_integrate_the_hazard() -> None:
    harm = DeathsOnList.model_validate(HEART)
    steps = 100_000
    for days in (30.0, 365.25):
        months = (np.arange(steps) + 0.5) / steps * days / 365.25 * 12
        hazard = (0.058 * 1.11**months).mean() * days / 365.25
        assert debt.deaths_on_list(harm, np.array([days])) == pytest.approx(1 - math.exp(-hazard), rel=1e-8)
    flat = DeathsOnList.model_validate(HEART | {"growth_per_month": 1})
    assert debt.deaths_on_list(flat, np.array([365.25])) == pytest.approx(1 - math.exp(-0.058))


def test_quality_is_lost_in_proportion() -> None:
    harm = LostQuality.model_validate(BENIGN)
    assert debt.lost_quality(harm, np.array([365.25, 0])) == pytest.approx([0.15, 0])


# ---------------------------------------------------------------- in a course


def test_harm_counts_from_the_planned_day_until_care_begins_or_the_window_ends() -> None:
    book = Book(harmed(cancer=CANCER, hip=BENIGN))
    put_off(book, 0, "cancer", until=28)
    put_off(book, 64, "cancer", "b")
    put_off(book, 0, "hip", until=73.05)
    values = evaluate(book.course())
    assert values["planned_harm_later_deaths.a"] == pytest.approx(0.35 * 0.07)
    assert values["planned_harm_later_deaths.b"] == pytest.approx(0.35 * (1.07**2 - 1)), "so far"
    assert values["planned_harm_later_deaths"] == pytest.approx(0.35 * (0.07 + 1.07**2 - 1))
    assert values["planned_harm_lost_qaly.a"] == pytest.approx(0.03)
    assert math.isnan(values["planned_harm_deaths_on_list"]), "no class says it"
    assert values["deaths_all"] == 0, "never added to deaths"


def test_care_on_its_day_and_care_put_off_before_the_window_cost_nothing() -> None:
    book = Book(harmed(cancer=CANCER))
    p = book.patient(0, "cancer")
    book.bed(30, p, "a", "ward", 0, asked=0)
    book.note(31, Event.DISCHARGED, p, "a", "ward")
    put_off(book, -0.5, "cancer")
    assert evaluate(book.course())["planned_harm_later_deaths"] == 0


def test_the_age_of_the_list_and_what_is_late() -> None:
    book = Book(world(horizon_days=120))
    for day in (0, 20, 100, 110):
        put_off(book, day, "hip", "b")
    put_off(book, 50, "cancer", until=1)
    put_off(book, 50, "cancer", until=3)
    values = evaluate(book.course())
    assert values["planned_list_age_median_days"] == values["planned_list_age_median_days.b"] == 60
    assert values["planned_list_age_p90_days"] == pytest.approx(120 - 20 * 0.3)
    assert math.isnan(values["planned_list_age_median_days.a"])
    assert values["planned_over_90_days.b"] == 2 and values["planned_over_90_days.a"] == 0
    assert (values["planned_cancer_late"], values["planned_late_priority_3"]) == (1, 2)
    assert values["planned_late_priority_2"] == 0 and values["planned_late_priority_3.b"] == 2


# ---------------------------------------------------------------- reading


def test_shipped_classes_have_the_figures_of_the_source() -> None:
    classes = load_shipped("ordinary-week").scenario.classes
    found = {k: c.waiting_harm.model_dump() for k, c in classes.items() if c.waiting_harm}
    assert found == {"el_p1_cancer": CANCER, "el_p2_cardiac": HEART, "el_p3_benign": BENIGN}


@pytest.mark.parametrize(
    "harm",
    [
        {"harm": "later"},
        {"harm": "later_deaths", "mortality_5y": 0.35},
        CANCER | {"mortality_5y": 1.2},
        CANCER | {"hazard_ratio_per_4_weeks": 0.9},
        HEART | {"qaly_per_year": 0.1},
        BENIGN | {"qaly_per_year": -0.1},
    ],
)
def test_bad_harm_is_refused(harm: dict[str, Any]) -> None:
    spec = {"urgency": 3, "priority": 1, "pathways": [{"share": 1, "stages": []}]}
    PatientClass.model_validate(spec | {"waiting_harm": CANCER})
    with pytest.raises(ValidationError):
        PatientClass.model_validate(spec | {"waiting_harm": harm})


def test_harm_without_a_wait_is_told(tmp_path: Path) -> None:
    file = tmp_path / "world.yaml"
    file.write_text(
        "format: 1\nname: bare\nstart: 2027-01-04\nhorizon_days: 3\n"
        "regions: {a: {units: {icu: {beds: 1}}}}\n"
        "classes: {ill: {urgency: 1, waiting_harm: {harm: lost_quality, qaly_per_year: 0.1}, "
        "pathways: [{share: 1, stages: [{kind: icu, stay: {family: fixed, value_h: 1}}]}]}}\n"
        "streams: {s: {kind: poisson, per_day: 1, regions: {a: 1}, classes: {ill: 1}}}\n"
    )
    told = [(p.path, p.line) for p in load_scenario(file).warnings]
    assert ("classes.ill.waiting_harm", 6) in told
