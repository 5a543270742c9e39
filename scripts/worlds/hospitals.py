"""``sweden-hospitals``: each region as its hospitals, by stated estimated rules.

There is no published table of beds by hospital. ICU beds are those of SIR in week 12 of 2020 where they
are given, the rest of the region's by kind of hospital; ward beds, arrivals, population and vehicles by
kind of hospital. Aircraft and ICU ambulances stand at the main hospital. Distances are reckoned between
positions.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from compiling.figures import Figure, Reference, Row, number
from compiling.regions import VEHICLES, capacity, of_region, surge_step
from compiling.streams import arrival_shares, closed_on_one

ICU_WEIGHT = {"university": 5.0, "regional": 3.0, "county-district": 1.0}
WARD_WEIGHT = {"university": 6.0, "regional": 4.0, "county-district": 1.5}
"""Beds of a hospital of each kind, in proportion; assumed."""

NO_ICU_FACTOR = 0.001
"""Who needs intensive care is not taken to a hospital without it."""

TEAMS = ((60, 4), (21, 3), (10, 2), (0, 1))
"""Least ICU beds of a hospital and its teams: the rule for regions (capacities-rules: icu_teams)."""

AT_MAIN = ("icu_ambulance", "helicopter", "aircraft")

GENERIC = (
    "sjukhus sjukhuset lasarett lasarettet i universitetssjukhus universitetssjukhuset centralsjukhuset "
    "centrallasarettet lanssjukhus lanssjukhuset hallands skaraborgs vastmanlands skanes capio"
)

CALLED = {
    "Norrlands universitetssjukhus": "umea",
    "Alingsås lasarett": "alingsas",
    "Bollnäs sjukhus": "bollnas",
}
"""Short names that the rule would not find."""

STREAMS = ("emergency", "planned", "obstetric")
WARD_RULE = "rule: by kind of hospital (6 : 4 : 1.5, assumed)"


def patch(ref: Reference, folder: Path) -> dict[str, Any]:
    """Return the patch as a tree of figures: the regions go, and their hospitals come."""
    hospitals = by_region(folder)
    nodes: dict[str, Any] = {key: None for key in ref.regions}
    weights: dict[str, float] = {}
    factors: dict[str, Any] = {key: None for key in ref.regions}
    arrivals = arrival_shares(ref)
    for region, rows in hospitals.items():
        icu, ward = icu_beds(ref, region, rows), split(ref, region, "ward_beds", rows)
        share = closed_on_one({key: WARD_WEIGHT[row["kind"]] for key, row in rows.items()})
        for key in rows:
            nodes[key] = node(ref, region, rows, key, icu, ward)
            weights[key] = arrivals[region].value * share[key]
            base = float(ref.expected[region]["icu_share_factor"])
            own = icu[key] / sum(icu.values()) / share[key]
            factors[key] = Figure(
                round(max(base * own, NO_ICU_FACTOR), 4),
                "factor",
                "estimated",
                "rule: the region's intensive care by its hospitals' ICU beds",
                "ordinary_state_expected.csv",
                region,
                "icu_share_factor",
            )
    shares = {
        key: Figure(
            value, "share", "estimated", f"rule: the region's arrivals, {WARD_RULE[6:]}", "hospitals.csv"
        )
        for key, value in closed_on_one(weights).items()
    }
    return {
        "regions": nodes,
        "streams": {name: {"regions": shares, "icu_factor": factors} for name in STREAMS},
        "transport": {
            "distances_km": None,
            "islands": [key for key in hospitals["gotland"]],
        },
    }


def by_region(folder: Path) -> dict[str, dict[str, Row]]:
    """Return the hospitals of each region by their key, in the table's order."""
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    with (folder / "hospitals.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = f"{row['region']}_{short_name(row['name'])}"
            if key in found[row["region"]]:
                raise ValueError(f"two hospitals would be called {key}")
            found[row["region"]][key] = row
    return dict(found)


def short_name(name: str) -> str:
    """Return the last word of a hospital's name that is not what every hospital is called.

    A genitive before such a word loses its s: *Kungälvs sjukhus* is ``kungalv``.
    """
    if name in CALLED:
        return CALLED[name]
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    words = [word for word in re.split(r"[^a-z]+", plain) if word and word not in GENERIC.split()]
    last = words[-1]
    return last.removesuffix("s") if not plain.endswith(last) else last


# ------------------------------------------------------------------ one hospital


def node(
    ref: Reference,
    region: str,
    rows: Mapping[str, Row],
    key: str,
    icu: Mapping[str, int],
    ward: Mapping[str, int],
) -> dict[str, Any]:
    """Return one hospital as a node of its own."""
    row, of = rows[key], ref.regions[region]
    people = split(ref, region, "population", rows)[key]
    source = "hospitals.csv: map data or memory to 1-3 km"
    return {
        "name": {"sv": row["name"], "en": row["name"]},
        "region": region,
        "civil_area": of["civil_area"],
        "care_region": of["care_region"],
        "population": estimated(people, "persons", WARD_RULE, row, "kind"),
        "position": {
            axis: Figure(
                number(row[axis]), "degrees", row["coord_basis"], source, "hospitals.csv", row["name"], axis
            )
            for axis in ("lat", "lon")
        },
        "units": units(ref, region, row, key, icu, ward[key]),
        "icu_teams": estimated(
            next(teams for least, teams in TEAMS if icu[key] >= least),
            "teams",
            "rule: by the hospital's ICU beds, at least one that can go along",
            row,
            "has_icu",
        ),
        "vehicles": {mode: vehicles(ref, region, rows, key, mode) for mode in VEHICLES},
    }


def units(
    ref: Reference, region: str, row: Row, key: str, icu: Mapping[str, int], ward: int
) -> dict[str, Any]:
    """Return the wards, and the ICU with its surge steps where there is one."""
    found = {"ward": {"beds": estimated(ward, "staffed beds", WARD_RULE, row, "kind")}}
    if not icu[key]:
        return found
    rule = "rule: SIR 2020 week 12 where given, the rest by kind of hospital (5 : 3 : 1, assumed)"
    steps = []
    for step in (1, 2):
        whole = surge_step(ref, region, step)
        shares = allotted(whole["beds"].value, {k: float(n) for k, n in icu.items() if n})
        beds = estimated(shares[key], "staffed beds", "rule: the region's step by ICU beds", row, "has_icu")
        steps.append(whole | {"beds": beds})
    beds = estimated(icu[key], "staffed beds", rule, row, "icu_beds_sir_2020w12")
    return {"icu": {"beds": beds, "surge": steps}, **found}


def vehicles(ref: Reference, region: str, rows: Mapping[str, Row], key: str, mode: str) -> Figure:
    """Return the vehicles of *mode* at one hospital: at the main one, or shared and at least one each."""
    whole = capacity(ref, region, VEHICLES[mode], "vehicles")
    row = rows[key]
    main = next((k for k, r in rows.items() if r["is_main"] == "1"), next(iter(rows)))
    if mode in AT_MAIN:
        value = int(whole.value) if key == main else 0
        return estimated(value, "vehicles", "rule: at the main hospital", row, "is_main")
    share = allotted(whole.value, {k: WARD_WEIGHT[r["kind"]] for k, r in rows.items()})[key]
    return estimated(max(1, share), "vehicles", f"{WARD_RULE}, at least one each", row, "kind")


def estimated(value: float, unit: str, rule: str, row: Row, column: str) -> Figure:
    """Return a figure that a rule gives."""
    return Figure(value, unit, "estimated", rule, "hospitals.csv", row["name"], column)


# ------------------------------------------------------------------ allotting


def icu_beds(ref: Reference, region: str, rows: Mapping[str, Row]) -> dict[str, int]:
    """Return the region's ICU beds by hospital; where what SIR gives leaves too few, all in proportion."""
    whole = int(of_region(ref.regions[region], "icu_beds", "staffed beds").value)
    with_icu = {key: row for key, row in rows.items() if row["has_icu"] == "1"}
    told = {
        key: int(row["icu_beds_sir_2020w12"]) for key, row in with_icu.items() if row["icu_beds_sir_2020w12"]
    }
    others = {key: ICU_WEIGHT[row["kind"]] for key, row in with_icu.items() if key not in told}
    rest = whole - sum(told.values())
    if others and rest >= len(others):
        found = told | allotted(rest, others, least=1)
    else:
        found = allotted(
            whole, {k: float(told.get(k, ICU_WEIGHT[r["kind"]])) for k, r in with_icu.items()}, 1
        )
    return {key: found.get(key, 0) for key in rows}


def split(ref: Reference, region: str, column: str, rows: Mapping[str, Row]) -> dict[str, int]:
    """Return a region's figure by hospital, in proportion to the kinds of hospital."""
    table = ref.capacities if column in ref.capacities[region] else ref.regions
    return allotted(float(table[region][column]), {k: WARD_WEIGHT[r["kind"]] for k, r in rows.items()})


def allotted(whole: float, weights: Mapping[str, float], least: int = 0) -> dict[str, int]:
    """Return *whole* in whole parts by weight and largest remainder, each at least *least*."""
    left = int(whole) - least * len(weights)
    shares = closed_on_one(dict(weights))
    parts = {key: share * left for key, share in shares.items()}
    found = {key: least + int(part) for key, part in parts.items()}
    missing = int(whole) - sum(found.values())
    for key in sorted(parts, key=lambda k: (int(parts[k]) - parts[k], k))[:missing]:
        found[key] += 1
    return found
