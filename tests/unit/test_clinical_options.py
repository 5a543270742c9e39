"""Clinical options that are off by default: crowded wards, and the university hospital."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from nspl_sim.measures import outcome
from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.load import load_scenario
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.shipped import worlds
from nspl_sim.scenario.sweden import world as sweden
from nspl_sim.vocabulary.care import Arm, Event
from tests.unit.handmade import Book, world


def in_wards(scenario: Scenario) -> Book:
    """Return 0 and 1 in a's two ward beds for 24 and 12 of their hours together, 2 alone in b."""
    book = Book(scenario)
    for hour, until, region in ((0, 24, "a"), (12, 24, "a"), (0, 24, "b")):
        p = book.patient(hour, "ill", region)
        book.bed(hour, p, region, "ward", 0)
        book.note(until, Event.DISCHARGED, p, region, "ward")
    return book


def test_off_by_default() -> None:
    course = in_wards(world()).course()
    assert outcome.crowded_ward_risk(course).tolist() == [1, 1, 1]
    assert outcome.mortality_in_care(course, Arm.FULL).tolist() == [0.02] * 3


def test_the_share_of_time_in_a_crowded_ward_counts() -> None:
    course = in_wards(world(ward_crowding={"relative_risk": 1.1, "from_occupancy": 1.0})).course()
    assert outcome.crowded_ward_risk(course) == pytest.approx([1.05, 1.1, 1.0])
    found = outcome.mortality_in_care(course, Arm.NONE)
    assert found == pytest.approx([0.02 * 1.05, 0.02 * 1.1, 0.02])
    assert outcome.mortality_in_care(course, Arm.NONE, "strain").tolist() == [0.02] * 3


def test_crowding_is_from_an_occupancy_on() -> None:
    for limit, crowded in ((0.5, True), (1.01, False)):
        course = in_wards(world(ward_crowding={"from_occupancy": limit})).course()
        assert bool(outcome.crowded_ward_risk(course)[1] > 1) is crowded


def test_never_both_with_strain() -> None:
    book = Book(world(ward_crowding={"from_occupancy": 0.5}))
    p = book.patient(0)
    book.bed(0, p, "a", "icu", 0)
    book.bed(10, p, "a", "ward", 1)
    book.note(20, Event.DISCHARGED, p, "a", "ward")
    assert outcome.crowded_ward_risk(book.course()).tolist() == [1]


def test_the_university_hospital_by_share_of_time() -> None:
    regions: dict[str, Any] = {
        key: {"units": {"icu": {"beds": 2}, "ward": {"beds": 2}}, "university_hospital": key == "b"}
        for key in "ab"
    }
    scenario = world(regions=regions)
    spec = scenario.classes["critical"].model_copy(
        update={"university_odds_ratio": 0.59, "transfer_odds_ratio": 1.0, "wait_hazard_per_h": 1.0}
    )
    book = Book(scenario.model_copy(update={"classes": scenario.classes | {"critical": spec}}))
    for home in "ab":
        p = book.patient(0, home=home)
        book.bed(0, p, home, "icu", 0)
        book.bed(10, p, "b", "ward", 1)
        book.note(20, Event.DISCHARGED, p, "b", "ward")
    found = outcome.mortality_in_care(book.course(), Arm.NONE)
    odds = np.array([0.59**0.5, 0.59]) / 9
    assert found == pytest.approx(odds / (1 + odds))


def test_a_benefit_is_not_counted_twice() -> None:
    stages = [{"share": 1, "stages": []}]
    given = {"urgency": 1, "pathways": stages, "university_odds_ratio": 0.59}
    PatientClass.model_validate(given | {"transfer_odds_ratio": 1.25})
    with pytest.raises(ValidationError, match="twice"):
        PatientClass.model_validate(given | {"transfer_odds_ratio": 0.71})


def test_what_comes_to_nothing_is_told(tmp_path: Path) -> None:
    file = tmp_path / "world.yaml"
    file.write_text(
        "format: 1\nname: bare\nstart: 2027-01-04\nhorizon_days: 3\nward_crowding: {}\n"
        "regions: {a: {units: {icu: {beds: 1}}}}\n"
        "classes: {ill: {urgency: 1, university_odds_ratio: 0.59, "
        "pathways: [{share: 1, stages: [{kind: icu, stay: {family: fixed, value_h: 1}}]}]}}\n"
        "streams: {s: {kind: poisson, per_day: 1, regions: {a: 1}, classes: {ill: 1}}}\n"
    )
    told = [(p.path, str(p.rule)) for p in load_scenario(file).warnings]
    assert ("ward_crowding", "has no effect: no patient needs a ward bed") in told
    paths = [path for path, _ in told]
    assert "classes.ill.university_odds_ratio" in paths


def refused(mortality: float) -> float:
    """Return mortality without a ventilator's need when intensive care is refused (Sinuff 2004, OR 3.04)."""
    odds = mortality / (1 - mortality)
    return 3.04 * odds / (1 + 3.04 * odds)


def test_denied_care_lies_between_refused_and_unventilated() -> None:
    assert refused(0.1) == pytest.approx(0.2525, abs=1e-4)
    assert "sweden" in worlds()
    outside = []
    for key, spec in sweden()["classes"].items():
        ceiling = spec.get("mortality_if_denied")
        in_icu = any(s["kind"] == "icu" for p in spec["pathways"] for s in p["stages"])
        if ceiling is None or not in_icu or math.isclose(ceiling, spec["mortality"]):
            continue
        if not refused(spec["mortality"]) - 0.01 <= ceiling <= 0.98:
            outside.append((key, spec["mortality"], ceiling, round(refused(spec["mortality"]), 3)))
    assert outside == []
