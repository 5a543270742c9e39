"""Disruptions that a scenario may name."""

from typing import Any

from compiling.figures import SHOCKS, Figure, Reference, number, short

OUTAGES = ("cyber_national", "cyber_region")
OUTAGE_KEYS = {
    "volume": "diverted",
    "throughput": "throughput",
    "mortality": "mortality_relative_risk",
    "elective": "planned_stopped",
    "booking": "ask_factor",
}
"""Key of an outage by the end of a row's name."""
IN_FULL_DAYS = 7
HOSPITAL_LOSS = "infrastructure_hospital_loss"


def shocks(ref: Reference) -> dict[str, Any]:
    """Return each archetype as what a disruption of its kind takes from it."""
    hospital = f"{HOSPITAL_LOSS}_hospitals"
    lost = {
        "kind": "hospital_hit",
        "drawn": {"count": of_shock(ref, hospital, "regions_base", "regions")},
        "days": of_shock(ref, hospital, "duration_d_base", "days"),
    }
    return {**{name: outage(ref, name) for name in OUTAGES}, HOSPITAL_LOSS: lost}


def outage(ref: Reference, name: str) -> dict[str, Any]:
    """Return an outage; the rule that its rows state for the volume holds for all that it takes away."""
    volume = f"{name}_volume"
    regions = of_shock(ref, volume, "regions_base", "regions")
    lasts = of_shock(ref, volume, "duration_d_base", "days")
    rule = "rule: full in week 1, then linear recovery until the base duration is over"
    drawn = "mean" if "Poisson" in ref.shocks[volume]["place_rule"] else "count"
    keys = {end: key for end, key in OUTAGE_KEYS.items() if f"{name}_{end}" in ref.shocks}
    return {
        "kind": "it_outage",
        "drawn": {drawn: regions},
        "days": lasts._replace(value=IN_FULL_DAYS, basis="estimated", source=rule),
        "recovery_days": lasts._replace(value=lasts.value - IN_FULL_DAYS, basis="estimated", source=rule),
        **{key: of_shock(ref, f"{name}_{end}", "base") for end, key in keys.items()},
    }


def of_shock(ref: Reference, key: str, column: str, unit: str = "") -> Figure:
    """Return a figure of shock_archetypes.csv; how long and where are assumed there throughout."""
    row = ref.shocks[key]
    basis, source = (
        (row["basis"], short(row["source"].partition(" via ")[0]))
        if column == "base"
        else ("assumed", "assumed")
    )
    return Figure(number(row[column]), unit or row["unit"], basis, source, SHOCKS, key, column)
