"""Streams of casualties that a scenario may name."""

import math
from typing import Any

from compiling.figures import CASUALTIES, Figure, Reference, Row, number, short, weakest

CASUALTY_TITLES = {
    "lsco_host_flow_low": "Allied wounded evacuated to Sweden, low flow",
    "lsco_host_flow_high": "Allied wounded evacuated to Sweden, high flow",
    "lsco_host_flow_french": "Allied wounded evacuated to Sweden, after the French scenario",
    "lsco_us_planning": "Wounded by the American planning figure, not scaled",
    "combat_moderate": "Wounded in ground combat, moderate intensity",
    "combat_high": "Wounded in ground combat, high intensity",
    "combat_ukraine_rate": "Wounded in ground combat, rate of the war in Ukraine",
    "dnbi_background": "Disease and non-battle injury in a mobilised force",
    "missile_city_single": "A missile or drone hits an inhabited area",
    "missile_campaign": "A campaign of missile and drone strikes",
    "civil_war_background": "Civilians injured by the war, all over the country",
    "mci_bomb_city": "Bombing or explosion in a city",
    "mci_shooting": "Mass shooting",
    "mci_vehicle": "Vehicle attack",
    "mega_attack": "Armed attack on many sites in a region",
    "mci_train": "Train accident",
    "mci_fire_burns": "Indoor fire with many burns",
    "chem_release_nerve": "Nerve agent in a public place",
    "chem_release_industrial": "Release of chlorine or ammonia",
    "pandemic_covid_wave1": "Wave of COVID-19 like that of spring 2020",
    "pandemic_second_wave": "Wave of COVID-19 like that of winter 2020-21",
    "pandemic_flu_severe": "Severe influenza pandemic",
}
SIZE_BASIS = {
    "lsco_host_flow_low": "assumed",
    "lsco_host_flow_high": "assumed",
    "lsco_host_flow_french": "assumed",
    "combat_moderate": "published",
    "combat_high": "published",
    "dnbi_background": "published",
    "pandemic_flu_severe": "assumed",
}
"""Basis of how many come, by ``basis_by_field``. Else the row's, but not above estimated: sizes and curves
were fitted to published events."""
MIX_BASIS = {
    "pandemic_covid_wave1": "published",
    "pandemic_flu_severe": "published",
    "chem_release_nerve": "published",
    "mci_train": "estimated",
    "missile_city_single": "estimated",
    "missile_campaign": "estimated",
}
"""Basis of the mix of classes where it is not assumed."""
LIGHT_FIRST = {"1": 1.3, "2": 1.3, "4": 0.8}
"""By urgency (T1, T2, T3): sources-clinical, section 3."""
EVACUATION_SIGMA = 0.6
FLU_HOSPITALISED = 0.01
"""Of the ill; the row names 0.5-2 percent as its base."""
STRIKE_EVENT = "missile_city_single"
"""Of these the campaign is made."""


def casualties(ref: Reference) -> dict[str, Any]:
    """Return each archetype as what a stream takes from it; where and when the user must say."""
    return {name: casualty_stream(ref, row) for name, row in ref.casualties.items()}


def casualty_stream(ref: Reference, row: Row) -> dict[str, Any]:
    """Return the stream that one row describes."""
    made = {
        "batch": host_nation,
        "cox_daily": combat,
        "poisson": combat,
        "uniform_24h": civilians,
        "gamma_curve_days": epidemic,
    }.get(row["arrival_family"], strikes if row["size_family"] == "compound_poisson" else event)
    title = {"title": CASUALTY_TITLES[row["archetype"]]}
    return {"kind": "", **title, **made(ref, row), "classes": class_mix(ref, row)}


def of_profile(
    row: Row, column: str, value: float, unit: str, basis: str = "assumed", rule: str = ""
) -> Figure:
    """Return a figure of casualty_profiles.csv; *rule* says what was done to it."""
    source = short(" | ".join(part for part in (rule, row["basis_by_field"], row["source"]) if part))
    return Figure(value, unit, basis, source, CASUALTIES, row["archetype"], column)


def of_size(row: Row, column: str, value: float, unit: str, rule: str = "") -> Figure:
    """Return a figure that says how many come."""
    basis = SIZE_BASIS.get(row["archetype"], weakest(row["basis"], "estimated"))
    return of_profile(row, column, value, unit, basis, rule)


def class_mix(ref: Reference, row: Row) -> dict[str, Figure]:
    """Return the shares of patient classes; a stream of the class table stands for all its classes."""
    found: dict[str, float] = {}
    for part in row["class_mix"].split(";"):
        name, share = part.split(":")
        of_stream = {
            key: float(c["share_in_stream"]) for key, c in ref.classes.items() if c["stream"] == name
        }
        for key, weight in (of_stream or {name: 1.0}).items():
            found[key] = found.get(key, 0.0) + float(share) * weight
    basis = MIX_BASIS.get(row["archetype"], "assumed")
    shares = {key: number(f"{share:.6g}") for key, share in found.items()}
    return {key: of_profile(row, "class_mix", share, "share", basis) for key, share in shares.items()}


def lasting(row: Row) -> Figure:
    """Return for how many days they come."""
    return of_profile(row, "duration_d", number(row["duration_d"]), "days")


def host_nation(ref: Reference, row: Row) -> dict[str, Any]:
    """Return a flow in batches; a constant day has no shape."""
    shape = {}
    if row["size_family"] == "gamma":
        shape = {"gamma_shape": of_profile(row, "size_p1", number(row["size_p1"]), "1")}
    ends = {
        end: of_profile(row, f"batch_{end}", int(row[f"batch_{end}"]), "patients") for end in ("low", "high")
    }
    per_day = of_size(row, "size_mean", number(row["size_mean"]), "patients a day")
    return (
        {"kind": "host_nation", "group": "allied", "per_day": per_day}
        | shape
        | {
            "days": lasting(row),
            "batch": ends,
        }
    )


def combat(ref: Reference, row: Row) -> dict[str, Any]:
    """Return fighting by a rate for each 1000 troops."""
    rate: dict[str, Any] = {"family": row["size_family"]}
    rate["mean"] = of_size(row, "size_mean", number(row["size_mean"]), "per 1000 troops a day")
    if row["size_family"] == "lognormal":
        sd = round(rate["mean"].value * math.sqrt(math.expm1(float(row["size_p2"]) ** 2)), 2)
        rate["sd"] = of_size(row, "size_p2", sd, "per 1000 troops a day", "from mu and sigma of ln")
    return {"kind": "combat", "per_1000_per_day": rate, "days": lasting(row), **evacuation(row)}


def civilians(ref: Reference, row: Row) -> dict[str, Any]:
    """Return injuries all over a country: a negative binomial number a day is Poisson with a gamma mean."""
    mean, dispersion = float(row["size_p1"]), float(row["size_p2"])
    sd = round(mean / math.sqrt(dispersion), 2)
    rate = {
        "family": "gamma",
        "mean": of_size(row, "size_p1", number(row["size_p1"]), "per day"),
        "sd": of_size(row, "size_p2", sd, "per day", "mean / sqrt(dispersion)"),
    }
    found = {"kind": "combat", "group": "own", "per_day": rate, "days": lasting(row)}
    return found | evacuation(row)


def evacuation(row: Row) -> dict[str, Any]:
    """Return the way to hospital; its spread is chosen."""
    median = number(row["arrival_median_h"])
    mean = round(median * math.exp(EVACUATION_SIGMA**2 / 2), 4)
    rule = f"spread chosen: sigma {EVACUATION_SIGMA}"
    return {
        "evacuation": {
            "family": "lognormal",
            "median_h": of_profile(row, "arrival_median_h", median, "h"),
            "mean_h": of_profile(row, "arrival_median_h", mean, "h", rule=rule),
        }
    }


def event(ref: Reference, row: Row) -> dict[str, Any]:
    """Return one mass-casualty event."""
    return {"kind": "mass_casualty", **casualties_of(row)}


def casualties_of(row: Row) -> dict[str, Any]:
    """Return how many an event hurts, and how they come to hospital."""
    size = {
        "family": "lognormal",
        "median": of_size(row, "size_p1", round(math.exp(float(row["size_p1"]))), "patients", "exp(mu)"),
        "sigma": of_profile(row, "size_p2", number(row["size_p2"]), "ln patients"),
    }
    median = number(row["arrival_median_h"])
    mean = round(median * math.exp(float(row["arrival_p2"]) ** 2 / 2), 4)
    way = {
        "family": "lognormal",
        "median_h": of_profile(row, "arrival_median_h", median, "h"),
        "mean_h": of_profile(row, "arrival_p2", mean, "h", rule="median x exp(sigma^2 / 2)"),
    }
    rule = "the light casualties come first: T1 and T2 x 1.3, T3 x 0.8"
    return {
        "size": size,
        "first_arrival_h": of_profile(
            row, "first_arrival_delay_h", number(row["first_arrival_delay_h"]), "h"
        ),
        "arrival": way,
        "arrival_factor": {
            urgency: Figure(factor, "factor", "assumed", rule) for urgency, factor in LIGHT_FIRST.items()
        },
    }


def strikes(ref: Reference, row: Row) -> dict[str, Any]:
    """Return a campaign: its rate, of events each like a single one."""
    rate = of_profile(row, "size_p1", number(row["size_p1"]), "events a day", row["basis"])
    one = casualties_of(ref.casualties[STRIKE_EVENT])
    place = {
        "share": Figure(
            0.6, "share", "assumed", "60 percent to the two nearest hospitals, the rest regulated"
        ),
        "nearest": Figure(2, "regions", "assumed", "the rest to the two nearest regions"),
    }
    return {"kind": "strikes", "events_per_day": rate, "days": lasting(row), **one, "place": place}


def epidemic(ref: Reference, row: Row) -> dict[str, Any]:
    """Return a wave; of an influenza the attack rate, times the share of the ill who come to hospital."""
    total, rule = number(row["size_mean"]), ""
    if row["size_family"] == "attack_rate":
        people = sum(int(region["population"]) for region in ref.regions.values())
        total = int(round(people * float(row["size_p1"]) * FLU_HOSPITALISED, -3))
        rule = f"population x attack rate x {FLU_HOSPITALISED} (base 0.005-0.02 of the ill, assumed)"
    shape, scale = (
        of_size(row, f"arrival_p{n}", number(row[f"arrival_p{n}"]), u) for n, u in ((1, "1"), (2, "days"))
    )
    return {
        "kind": "epidemic",
        "total": of_size(row, "size_mean", total, "admissions", rule),
        "gamma_shape": shape,
        "scale_days": scale,
    }
