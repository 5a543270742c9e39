"""Tiny worlds that a person can check: regions A, B and C, a ward and an intensive care unit each."""

from typing import Any

from nspl_sim.scenario.model import Scenario

ICU_STAY = {"family": "lognormal", "mean_days": 2.7, "sd_days": 3.0}
WARD_STAY = {"family": "exponential", "mean_days": 4.0}


def abc(**changes: Any) -> dict[str, Any]:
    """Return a scenario file's content: three crowded regions with all that the model has."""
    regions = {
        key: {
            "care_region": care,
            "civil_area": "syd",
            "population": 100_000,
            "icu_teams": 2,
            "vehicles": {"ambulance": 1, "helicopter": flies},
            "units": {
                "icu": {
                    "beds": icu,
                    "keep_free": {3: 1},
                    "surge": [
                        {"beds": 2, "lead_h": 12, "lasts_h": 72, "pause_share": 0.15},
                        {"beds": 2, "lead_h": 48, "pause_share": 0.35},
                    ],
                },
                "ward": {"beds": ward},
            },
        }
        for key, care, icu, ward, flies in (("a", "x", 4, 30, 0), ("b", "x", 6, 40, 1), ("c", "y", 8, 40, 1))
    }
    classes = {
        "ill": {
            "urgency": 3,
            "mortality": 0.03,
            "mortality_if_denied": 0.3,
            "dies_waiting": {"tau_h": 300},
            "pathways": [
                {"share": 0.9, "stages": [{"kind": "ward", "stay": WARD_STAY}]},
                {"share": 0.1, "stages": []},
            ],
        },
        "critical": {
            "urgency": 1,
            "mortality": 0.15,
            "mortality_if_denied": 0.6,
            "wait_hazard_per_h": 1.015,
            "min_stabilise_h": 2,
            "dies_waiting": {"tau_h": 30, "kappa": 1.2},
            "extra_stay_if_moved": {"family": "fixed", "value_days": 2},
            "pathways": [
                {
                    "share": 1,
                    "stages": [{"kind": "icu", "stay": ICU_STAY}, {"kind": "ward", "stay": WARD_STAY}],
                }
            ],
        },
        "hip": {
            "urgency": 5,
            "priority": 3,
            "due_days": 90,
            "pathways": [
                {"share": 0.95, "stages": [{"kind": "ward", "stay": WARD_STAY}]},
                {
                    "share": 0.05,
                    "stages": [{"kind": "icu", "stay": ICU_STAY}, {"kind": "ward", "stay": WARD_STAY}],
                },
            ],
        },
        "cancer": {
            "urgency": 3,
            "priority": 1,
            "due_days": 28,
            "pathways": [{"share": 1, "stages": [{"kind": "ward", "stay": WARD_STAY}]}],
        },
    }
    share = {"a": 0.3, "b": 0.35, "c": 0.35}
    streams = {
        "emergency": {
            "kind": "poisson",
            "per_day": 22,
            "regions": share,
            "classes": {"ill": 0.85, "critical": 0.15},
            "profile": {"weekday": [1, 1, 1, 1, 1, 0.8, 0.8]},
        },
        "planned": {
            "kind": "planned",
            "per_day": 6,
            "regions": share,
            "classes": {"hip": 0.8, "cancer": 0.2},
        },
        "front": {
            "kind": "combat",
            "troops": 1000,
            "per_1000_per_day": {"family": "lognormal", "mean": 3.0, "sd": 4.0},
            "from_day": 2,
            "days": 6,
            "regions": {"a": 1},
            "classes": {"critical": 0.6, "ill": 0.4},
            "evacuation": {"family": "lognormal", "median_h": 6, "mean_h": 7.2},
        },
        "crash": {
            "kind": "mass_casualty",
            "at_day": 3.4,
            "size": {"family": "fixed", "value": 20},
            "arrival": {"family": "lognormal", "median_h": 1, "mean_h": 1.5},
            "arrival_factor": {1: 1.3},
            "regions": {"a": 0.7, "b": 0.3},
            "classes": {"critical": 0.5, "ill": 0.5},
        },
    }
    world = {
        "format": 1,
        "name": "abc",
        "start": "2027-01-04T00:00",
        "warm_up_days": 6,
        "horizon_days": 14,
        "cool_down_h": 24,
        "seed": 11,
        "regions": regions,
        "classes": classes,
        "streams": streams,
        "transport": {
            "modes": {
                "ambulance": {
                    "medium": "road",
                    "speed_kmh": 75,
                    "activation_minutes": 45,
                    "load_minutes": 45,
                    "unload_minutes": 30,
                    "turn_minutes": 30,
                    "range_km": 500,
                },
                "helicopter": {
                    "medium": "air",
                    "speed_kmh": 235,
                    "activation_minutes": 10,
                    "load_minutes": 30,
                    "unload_minutes": 30,
                    "turn_minutes": 10,
                },
            },
            "distances_km": {"a": {"b": 60, "c": 200}, "b": {"c": 150}},
        },
    }
    return world | changes


def drained(world: dict[str, Any]) -> dict[str, Any]:
    """Return *world* with arrivals for a week only and time enough for everybody to leave."""
    rate = {"shape": "steps", "points": [{"day": 0, "per_day": 25}, {"day": 7, "per_day": 0}]}
    emergency = world["streams"]["emergency"]
    emergency = {k: v for k, v in emergency.items() if k not in ("per_day", "profile")} | {"rate": rate}
    streams = world["streams"] | {"emergency": emergency}
    del streams["planned"]
    return world | {"streams": streams, "warm_up_days": 0, "horizon_days": 300, "cool_down_h": 0}


def scenario(content: dict[str, Any]) -> Scenario:
    """Return the validated scenario of *content*."""
    return Scenario.model_validate(content)
