"""The shipped COVID classes by a gamma wave give Sweden's spring of 2020 (sources-clinical, 9.2)."""

from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.measures.course import Course
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario import sweden
from nspl_sim.scenario.model import Scenario
from tests.oracles.both import simulate

OBSERVED_PEAK = 558
"""Patients with COVID-19 in intensive care, late April 2020."""


def spring_2020(**more: Any) -> Scenario:
    """Return the wave of 20 000 admissions in one region without any limit of beds."""
    classes = sweden.world()["classes"]
    wave = {
        "kind": "epidemic",
        "total": 20_000,
        "gamma_shape": 4,
        "scale_days": 13,
        "from_day": 0,
        "regions": {"sweden": 1},
        "classes": {"pan_covid_icu": 0.12, "pan_covid_ward": 0.88},
    }
    return Scenario.model_validate(
        {
            "format": 1,
            "name": "spring-2020",
            "start": "2020-03-01T00:00",
            "horizon_days": 120,
            "regions": {"sweden": {"units": {k: {"beds": "unlimited"} for k in ("icu", "ward")}}},
            "classes": {key: classes[key] for key in wave["classes"]},
            "streams": {"covid": wave | more},
        }
    )


def test_mean_census_peaks_at_558_and_stays_above_500_for_four_weeks() -> None:
    world, plan = spring_2020(), load_plan("alone").plan
    runs = []
    for replication in range(3):
        table = sample(world, replication)
        runs.append(Course(world, table, simulate(world, plan, table)).census("icu", 86400)[0])
    census = np.mean(runs, axis=0)
    assert census.max() == pytest.approx(OBSERVED_PEAK, rel=0.10)
    assert 23 <= (census > 500).sum() <= 33
    assert 45 <= census.argmax() <= 60  # the source: day 53


def test_a_share_of_intensive_care_says_the_same_as_the_classes() -> None:
    even = {"pan_covid_icu": 0.5, "pan_covid_ward": 0.5}
    by_share = sample(spring_2020(classes=even, icu_share=0.12), 0)
    by_class = sample(spring_2020(), 0)
    assert by_share.fingerprint() == by_class.fingerprint()
