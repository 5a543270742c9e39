"""Transport of the ordinary world: modes, teams and distances."""

from typing import Any

from compiling.figures import Figure, Reference, Row, number, short

MODE_COLUMNS = {
    "speed_kmh": ("speed_kmh", "km/h"),
    "range_km": ("range_km", "km"),
    "activation_minutes": ("activation_min", "min"),
    "load_minutes": ("load_min_per_patient", "min"),
    "unload_minutes": ("unload_min_per_patient", "min"),
    "turn_minutes": ("fixed_turn_min", "min"),
}
"""Column of transport.csv and unit, by key of a mode."""

MODE_BASIS = {
    ("helicopter_hems", "speed_kmh"): "recalled",
    ("ambulance_aircraft_pc24", "activation_min"): "published",
}
"""What ``basis_by_field`` of transport.csv says; every other speed, range and time is assumed there."""

ROAD_LEG_MINUTES = 30
"""Between hospital and airfield, at each end of a flight (transport.csv: 20-40)."""


def transport(ref: Reference) -> dict[str, Any]:
    """Return modes, distances and what a transfer takes besides the drive."""
    detour = ref.national["road_detour_factor"]
    row = ref.transport["handover_icu"]
    handover = of_mode(row, "unload_min_per_patient", "min", "20-45 min at each end")
    return {
        "modes": modes(ref),
        "distances_km": distances(ref),
        "detour_factor": Figure(
            number(detour["value"]),
            "factor",
            detour["basis"],
            short(detour["source"]),
            "national.csv",
            "road_detour_factor",
            "value",
        ),
        "islands": ["gotland"],
        "team_kinds": ["icu"],
        "beds_per_team": Figure(1, "staffed beds", "assumed", "design: a team is the staff of one ICU bed"),
        "team_rest_minutes": Figure(30, "min", "assumed", "rule: team busy = out + transfer + back + 30 min"),
        "handover_minutes": handover,
    }


def modes(ref: Reference) -> dict[str, Any]:
    """Return the four modes that can carry an intensive care patient today."""
    return {
        "icu_ambulance": mode(ref, "ambulance_icu_road", "road"),
        "ambulance": team_in_ambulance(ref),
        "helicopter": mode(ref, "helicopter_hems", "air"),
        "aircraft": with_road_legs(mode(ref, "ambulance_aircraft_pc24", "air")),
    }


def mode(ref: Reference, name: str, medium: str) -> dict[str, Any]:
    """Return one mode as transport.csv gives it."""
    row = ref.transport[name]
    figures = {key: of_mode(row, column, unit) for key, (column, unit) in MODE_COLUMNS.items()}
    return {"title": row["description"], "medium": medium, **figures}


def of_mode(row: Row, column: str, unit: str, note: str = "") -> Figure:
    """Return a figure of transport.csv."""
    basis = MODE_BASIS.get((row["mode"], column), "assumed")
    cited = "" if row["source"] == "assumed" else row["source"]
    source = short(note or f"{row['basis_by_field']} | {cited}")
    return Figure(number(row[column]), unit, basis, source, "transport.csv", row["mode"], column)


def team_in_ambulance(ref: Reference) -> dict[str, Any]:
    """Return an ordinary ambulance with an ICU team: its own drive, the ICU patient's times."""
    vehicle, with_team = mode(ref, "ambulance_road", "road"), mode(ref, "ambulance_icu_road", "road")
    rule = "rule: an ordinary ambulance with an ICU team takes the time of the ICU ambulance row"
    times = {
        key: with_team[key]._replace(basis="estimated", source=rule)
        for key in ("activation_minutes", "load_minutes", "unload_minutes")
    }
    return vehicle | {"title": "Ordinary ambulance with an ICU team"} | times


def with_road_legs(flight: dict[str, Any]) -> dict[str, Any]:
    """Return a flight whose loading and unloading hold the road leg at their end."""
    note = f"at the aircraft + {ROAD_LEG_MINUTES} min road leg (20-40, assumed)"
    legs = {
        key: flight[key]._replace(value=flight[key].value + ROAD_LEG_MINUTES, source=note)
        for key in ("load_minutes", "unload_minutes")
    }
    title = f"{flight['title']}, with a road leg of {ROAD_LEG_MINUTES} min in loading and in unloading"
    return flight | {"title": title} | legs


def distances(ref: Reference) -> dict[str, Any]:
    """Return the road distance of each pair of regions once; to and from Gotland, through the air."""
    keys = list(ref.distances)
    return {
        a: {b: distance(a, b, ref.distances[a][b]) for b in keys[i + 1 :]}
        for i, a in enumerate(keys)
        if keys[i + 1 :]
    }


def distance(a: str, b: str, written: str) -> Figure:
    """Return one distance between main hospitals."""
    by_air = "gotland" in (a, b)
    source = "great circle, no road" if by_air else "rule: great circle x 1.20; mean error 5 percent"
    return Figure(number(written), "km", "estimated", source, "distances_km.csv", a, b)
