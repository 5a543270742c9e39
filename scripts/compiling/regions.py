"""Regions: beds, surge steps, teams, vehicles, place on the map."""

from typing import Any

from compiling.figures import Figure, Reference, Row, number, short

IN_ENGLISH = {"sormland": "Södermanland"}
"""Region names that are another word in English; the others are written as in Swedish."""

CAPACITY_RULES = {
    "ward_beds": "somatic beds less ICU beds; psychiatric beds take no casualties",
    "icu_surge_step1_beds": "rule: 15 percent of ICU beds, in recovery rooms",
    "icu_surge_step1_lead_h": "ICU surge by recovery rooms: within 12 h",
    "icu_surge_step1_pause_share": "rule: each place costs a theatre team, 80 places of 530 theatres",
    "icu_surge_step2_beds": "rule: up to 1.4 x ICU beds, the prudent war ceiling",
    "icu_surge_step2_lead_h": "a week; the pace of spring 2020 would need about 16 days",
    "icu_surge_step2_pause_share": "rule: planned care fell 35 percent in March-June 2020",
    "icu_teams": "by ICU beds: under 10, 1; 10-20, 2; 21-59, 3; 60 and more, 4; range 1-4",
    "icu_ambulances": "Region Stockholm 2019-11; Läkartidningen 2022-07; Sahlgrenskaliv 2021-02; else 0",
    "road_ambulances_for_transfers": "10 percent of ambulances, at least 1; range 5-20 percent",
    "fixed_wing": "Svenskt Ambulansflyg: six PC-24 over three bases; an even split",
}
"""Short forms of the rules behind capacities.csv, by column."""

VEHICLES = {
    "icu_ambulance": "icu_ambulances",
    "ambulance": "road_ambulances_for_transfers",
    "helicopter": "helicopters",
    "aircraft": "fixed_wing",
}
"""Column of capacities.csv by mode of transport."""


def regions(ref: Reference) -> dict[str, Any]:
    """Return the regions, in the order of their county codes."""
    return {key: region(ref, key) for key in ref.regions}


def region(ref: Reference, key: str) -> dict[str, Any]:
    """Return one region: names, place, beds, teams and vehicles."""
    row = ref.regions[key]
    return {
        "name": {"sv": row["short_name_sv"], "en": IN_ENGLISH.get(row["key"], row["short_name_sv"])},
        "code": row["code"],
        "civil_area": row["civil_area"],
        "care_region": row["care_region"],
        "neighbours": ref.neighbours[key],
        "population": of_region(row, "population", "persons"),
        "position": {axis: position(row, axis) for axis in ("lat", "lon")},
        "tile": [tile(key, cell) for cell in ref.tiles[key]],
        "units": units(ref, key),
        "icu_teams": capacity(ref, key, "icu_teams", "teams"),
        "vehicles": {mode: capacity(ref, key, column, "vehicles") for mode, column in VEHICLES.items()},
    }


def of_region(row: Row, column: str, unit: str) -> Figure:
    """Return a figure of regions.csv, which has a basis and a source for each."""
    basis, source = row[f"{column}_basis"], short(row[f"{column}_source"])
    return Figure(number(row[column]), unit, basis, source, "regions.csv", row["key"], column)


def position(row: Row, axis: str) -> Figure:
    """Return the latitude or longitude of the main hospital."""
    source = "public map data (published) or from memory to 1-3 km (recalled)"
    return Figure(number(row[axis]), "degrees", row["lat_lon_basis"], source, "regions.csv", row["key"], axis)


def tile(key: str, cell: int) -> Figure:
    """Return a column or row of the tile map."""
    source = "drawn for figures; 40 of 42 neighbour links kept"
    return Figure(cell, "cell", "assumed", source, "tile_grid.json", key)


def units(ref: Reference, key: str) -> dict[str, Any]:
    """Return the ICU, with the surge steps that are open in war, and the wards."""
    return {
        "icu": {
            "beds": of_region(ref.regions[key], "icu_beds", "staffed beds"),
            "surge": [surge_step(ref, key, step) for step in (1, 2)],
        },
        "ward": {"beds": capacity(ref, key, "ward_beds", "staffed beds")},
    }


def surge_step(ref: Reference, key: str, step: int) -> dict[str, Any]:
    """Return a surge step. Step 3, the ceiling of 2020 in 35 days, is closed by default in war: left out."""
    column = f"icu_surge_step{step}"
    found = {
        "beds": capacity(ref, key, f"{column}_beds", "staffed beds"),
        "lead_h": capacity(ref, key, f"{column}_lead_h", "h"),
    }
    if step == 1:
        source = "72 h before theatre output suffers (icu_surge_fast_pacu)"
        found["lasts_h"] = Figure(72, "h", "assumed", source, "effects.csv", "icu_surge_fast_pacu", "note")
    return found | {"pause_share": capacity(ref, key, f"{column}_pause_share", "share")}


def capacity(ref: Reference, key: str, column: str, unit: str) -> Figure:
    """Return a figure of capacities.csv; the source is the rule behind its column."""
    row = ref.capacities[key]
    source = CAPACITY_RULES.get(column) or short(ref.regions[key][f"{column}_source"])
    if column == "ward_beds":
        source = short(f"{source} | {ref.regions[key]['beds_source']}")
    return Figure(number(row[column]), unit, row[f"{column}_basis"], source, "capacities.csv", key, column)
