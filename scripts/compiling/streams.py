"""Ordinary demand: emergencies, planned care and births, by region, hour and weekday."""

import math
from collections.abc import Iterable
from typing import Any

from compiling.class_basis import of_class
from compiling.figures import VOLUMES, Figure, Reference, Row, number, short

WEEKDAY = [1.09, 1.03, 1.01, 1.01, 1.02, 0.92, 0.92]
HOUR = [0.6] * 7 + [1.0] * 2 + [1.3] * 9 + [1.1] * 4 + [0.85] * 2
"""Emergencies by weekday (Monday first) and hour; both have the mean 1."""


def streams(ref: Reference) -> dict[str, Any]:
    """Return the three streams of the ordinary state. Intensive care patients come in all three."""
    return {
        "emergency": {
            **ordinary(ref, "Ordinary emergency admissions", "poisson", "emergency"),
            "profile": {
                "weekday": profile(WEEKDAY, "more on Mondays"),
                "hour": profile(HOUR, "fewer at night"),
            },
        },
        "planned": ordinary(ref, "Planned admissions", "planned", "elective"),
        "obstetric": ordinary(ref, "Births and acute obstetric admissions", "poisson", "obstetric"),
    }


def ordinary(ref: Reference, title: str, kind: str, stream: str) -> dict[str, Any]:
    """Return one ordinary stream: volume, regions, classes and the regions' weight of intensive care."""
    return {
        "title": title,
        "kind": kind,
        "per_year": of_volume(ref, f"{stream}_admissions_per_year", "admissions"),
        "regions": arrival_shares(ref),
        "classes": {
            key: of_class(row, "share_in_stream", "share")
            for key, row in ref.classes.items()
            if row["stream"] == stream
        },
        "icu_factor": {key: icu_factor(row) for key, row in ref.expected.items()},
    }


def of_volume(ref: Reference, name: str, unit: str) -> Figure:
    """Return a figure of ordinary_volumes.csv."""
    row = ref.volumes[name]
    return Figure(number(row["value"]), unit, row["basis"], short(row["source"]), VOLUMES, name, "value")


def arrival_shares(ref: Reference) -> dict[str, Figure]:
    """Return each region's share of ordinary arrivals, closed on exactly 1."""
    table, column = "ordinary_state_expected.csv", "arrival_share"
    source = "rule: 0.25 population + 0.75 ward beds (the weights are assumed), closed on 1"
    shares = closed_on_one({key: float(row[column]) for key, row in ref.expected.items()})
    return {k: Figure(v, "share", "estimated", source, table, k, column) for k, v in shares.items()}


def closed_on_one(weights: dict[str, float], parts: int = 1_000_000) -> dict[str, float]:
    """Return *weights* as shares in whole *parts* that add to exactly 1, by largest remainder."""
    total = sum(weights.values())
    exact = {key: weight / total * parts for key, weight in weights.items()}
    whole = {key: math.floor(value) for key, value in exact.items()}
    left = parts - sum(whole.values())
    for key in sorted(exact, key=lambda k: (whole[k] - exact[k], k))[:left]:
        whole[key] += 1
    return {key: count / parts for key, count in whole.items()}


def icu_factor(row: Row) -> Figure:
    """Return what multiplies the share of a region's arrivals that need intensive care."""
    table, column = "ordinary_state_expected.csv", "icu_share_factor"
    source = "rule: the regional ICU load is 0.5 population + 0.5 ICU beds (the weights are assumed)"
    return Figure(number(row[column]), "factor", "estimated", source, table, row["region"], column)


def profile(weights: Iterable[float], why: str) -> list[Figure]:
    """Return weights of a profile over time."""
    return [Figure(weight, "weight", "assumed", f"mild profile, {why}") for weight in weights]
