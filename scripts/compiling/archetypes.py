"""Modes of transport that a scenario may name."""

from typing import Any

from compiling.figures import Figure, Reference, Row
from compiling.transport import ROAD_LEG_MINUTES, mode, of_mode

MEDIA = {
    "ambulance_road": "road",
    "ambulance_icu_road": "road",
    "multi_stretcher_ambulance": "road",
    "ambulance_bus_regional": "road",
    "city_bus_converted": "road",
    "helicopter_hems": "air",
    "helicopter_mil": "air",
    "ambulance_aircraft_pc24": "air",
    "snam_b737": "air",
    "mil_c17": "air",
    "mil_c130": "air",
    "hospital_train_icu": "rail",
    "hospital_train_ward": "rail",
    "taxi_bus_walking": "road",
}
"""Medium by row of transport.csv."""

PLACES = {"seated": "cap_seated", "stretcher": "cap_stretcher", "icu": "cap_icu"}
"""Column of transport.csv by type of place."""

SAID_OF_A_MODE = {
    "multi_stretcher_ambulance": {"cap_stretcher": "published"},
    "ambulance_bus_regional": {"cap_seated": "published", "cap_stretcher": "published"},
    "city_bus_converted": {
        "cap_seated": "estimated",
        "cap_stretcher": "estimated",
        "activation_min": "published",
    },
    "helicopter_mil": {"speed_kmh": "recalled", "cap_stretcher": "recalled", "cap_icu": "published"},
    "ambulance_aircraft_pc24": {"cap_seated": "published", "cap_stretcher": "published"},
    "snam_b737": {
        "cap_seated": "published",
        "cap_stretcher": "published",
        "cap_icu": "published",
        "activation_min": "published",
        "range_km": "published",
    },
    "mil_c17": {"cap_seated": "published", "cap_stretcher": "published"},
    "mil_c130": {"cap_stretcher": "published"},
    "hospital_train_icu": {
        "cap_stretcher": "published",
        "cap_icu": "published",
        "activation_min": "published",
    },
    "hospital_train_ward": {"cap_seated": "recalled", "cap_stretcher": "recalled", "cap_icu": "recalled"},
}
"""What ``basis_by_field`` says of columns that :data:`MODE_BASIS` does not name; the others are assumed."""

SHARED_TEAMS = {
    "mil_c17": (3, "published", "one critical care air transport team for 3 ventilated"),
    "mil_c130": (3, "assumed", "two critical care air transport teams for 6 (assumed)"),
    "hospital_train_icu": (4, "published", "6 staff for each 4 patients"),
}
"""Intensive care patients that share a team (``crew_medical``), by row of transport.csv."""

WITH_ACCESS = (
    "ambulance_aircraft_pc24",
    "snam_b737",
    "mil_c17",
    "mil_c130",
    "hospital_train_icu",
    "hospital_train_ward",
)
"""Rows with a road leg between hospital and airfield or station at each end."""

IN_WORDS = {"multi_stretcher_ambulance": "Ambulance with four stretchers (Dalarna-Uppsala)"}
"""Titles by row of transport.csv whose description is not in English."""

FERRY = {
    "speed_kmh": (45, "km/h", "Gotland-mainland in about 3 h 15 min by a fast ferry, with road legs slower"),
    "range_km": (500, "km", "the Baltic crossings"),
    "activation_minutes": (240, "min", "waits for the next sailing, or is called in"),
    "load_minutes": (5, "min", "as the city bus, which drives on board"),
    "unload_minutes": (5, "min", "as the city bus"),
    "turn_minutes": (60, "min", "in harbour"),
    "unavailable_share": (0.05, "share", "as other modes"),
}
FERRY_PLACES = {"seated": 60, "stretcher": 12, "icu": 0}


def archetypes(ref: Reference) -> dict[str, Any]:
    """Return every mode of transport.csv, as a partial mode of a scenario file; last, a ferry."""
    return {name: archetype(ref, name, medium) for name, medium in MEDIA.items()} | {"ferry": ferry()}


def archetype(ref: Reference, name: str, medium: str) -> dict[str, Any]:
    """Return one mode with its places, its shared teams and what of it is out of service."""
    row = ref.transport[name]
    found = mode(ref, name, medium)
    found["title"] = IN_WORDS.get(name, found["title"])
    found = {
        key: stated(row, figure) if isinstance(figure, Figure) else figure for key, figure in found.items()
    }
    if name in WITH_ACCESS:
        found["access_minutes"] = Figure(ROAD_LEG_MINUTES, "min", "assumed", "20-40 min at each end")
    found["capacity"] = {
        place: stated(row, of_mode(row, column, "patients")) for place, column in PLACES.items()
    }
    if name in SHARED_TEAMS:
        patients, basis, source = SHARED_TEAMS[name]
        found["patients_per_team"] = Figure(
            patients, "patients", basis, source, "transport.csv", name, "crew_medical"
        )
    share = of_mode(row, "unavailable_share", "share", "out of service; of helicopters mostly weather")
    return found | {"unavailable_share": share}


def stated(row: Row, figure: Figure) -> Figure:
    """Return *figure* with the basis that ``basis_by_field`` states for its column."""
    basis = SAID_OF_A_MODE.get(row["mode"], {}).get(figure.column)
    return figure._replace(basis=basis) if basis else figure


def ferry() -> dict[str, Any]:
    """Return a ferry, which transport.csv has not: every figure is assumed."""
    places = {
        place: Figure(count, "patients", "assumed", "two converted buses on the car deck, saloon seats")
        for place, count in FERRY_PLACES.items()
    }
    figures = {key: Figure(value, unit, "assumed", why) for key, (value, unit, why) in FERRY.items()}
    return {
        "title": "Ferry with converted buses on the car deck",
        "medium": "sea",
        "capacity": places,
        **figures,
    }
