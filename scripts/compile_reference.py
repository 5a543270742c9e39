"""Compile a folder of reference figures into the tables that the package ships.

    python scripts/compile_reference.py REFERENCE_DIR

Every number of the shipped world is built as a :class:`Figure`, which carries its unit, basis and
source. The tree of figures is then split in two: ``world.json`` (the bare numbers, in the scenario
file's own format) and ``figures.csv`` (one row per number). So neither can hold what the other lacks.
``modes.json`` and ``mode_figures.csv`` are made the same way of the modes that a scenario may name.
Below this script there is only the standard library; beside it, the scenario format it writes for.
"""

import csv
import json
import math
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

TARGET = Path(__file__).resolve().parents[1] / "nspl_sim" / "scenario" / "sweden"
NO_DEATH_WAITING = ("obs_birth",)
"""Classes whose curve is left out. It is of haemorrhage untreated; a birth waits in the delivery ward with
all care at hand, and taken as it stands the curve would kill one in twelve after six hours without a bed."""

COPIED = ("casualty_profiles.csv", "outline_km.json")

BASES = ("assumed", "recalled", "estimated", "published")
"""From the weakest to the strongest."""

CLASSES = "patient_classes.csv"
VOLUMES = "ordinary_volumes.csv"
SHOCKS = "shock_archetypes.csv"
CASUALTIES = "casualty_profiles.csv"

Row = dict[str, str]
Table = dict[str, Row]


class Figure(NamedTuple):
    """A number and where it comes from; ``table``, ``row`` and ``column`` are of the reference folder."""

    value: float
    unit: str
    basis: str
    source: str
    table: str = ""
    row: str = ""
    column: str = ""


class Reference:
    """The tables of the reference folder, each by the key of its rows."""

    def __init__(self, folder: Path) -> None:
        self.regions = read(folder / "regions.csv", "key")
        self.capacities = read(folder / "capacities.csv", "region")
        self.classes = read(folder / CLASSES, "key")
        self.transport = read(folder / "transport.csv", "mode")
        self.distances = read(folder / "distances_km.csv", "key")
        self.national = read(folder / "national.csv", "name")
        self.volumes = read(folder / VOLUMES, "name")
        self.expected = read(folder / "ordinary_state_expected.csv", "region")
        self.casualties = said_in_full(read(folder / CASUALTIES, "archetype"))
        self.effects = read(folder / "effects.csv", "effect")
        self.shocks = read(folder / SHOCKS, "key")
        self.neighbours = bordering(json.loads((folder / "outline_km.json").read_text("utf-8")))
        self.tiles: dict[str, list[int]] = json.loads((folder / "tile_grid.json").read_text("utf-8"))


def bordering(outline: dict[str, list[list[list[float]]]]) -> dict[str, list[str]]:
    """Return, by region, those whose outlines share a point with its own: borders on land."""
    points = {key: {tuple(point) for ring in rings for point in ring} for key, rings in outline.items()}
    return {
        key: sorted(other for other in points if other != key and points[other] & points[key])
        for key in points
    }


def read(path: Path, key: str) -> Table:
    """Return the rows of a CSV file by their column *key*, in the file's order."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def said_in_full(table: Table) -> Table:
    """Return *table* with what the row above says in place of ``as above``."""
    above: Row = {}
    found: Table = {}
    for key, row in table.items():
        above = {column: above[column] if text == "as above" else text for column, text in row.items()}
        found[key] = above
    return found


def number(text: str) -> float:
    """Return the number written in *text*: an int when it has neither point nor exponent."""
    return int(text) if re.fullmatch(r"-?\d+", text) else round(float(text), 6)


def weakest(*bases: str) -> str:
    """Return the weakest of some bases."""
    return min(bases, key=BASES.index)


def short(text: str) -> str:
    """Return *text* without web addresses and not longer than a line or two."""
    bare = re.sub(r"\s*https?://\S+", "", text)
    bare = re.sub(r"\s*\|(\s*\|)*\s*", " | ", bare).strip(" |;")
    return textwrap.shorten(bare, 300, placeholder=" …")


# ------------------------------------------------------------------ regions

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


# ------------------------------------------------------------------ basis of a field of a patient class

FIELD_WORDS = {
    "share_in_stream": r"(?<!vent )\bshares?\b|\bbirths\b",
    "p_": r"\bp_icu\b|\bp\b|\bshares\b",
    "icu_p": r"\bicu_los\b|\bLOS\b(?! Sweden)",
    "ward_p": r"\bward_los\b|(?<!ICU )\bLOS\b",
    "mort_in_care": r"(?<!denial )(?<!wait )(?<!60-d )(?<!90-d )\bmort(ality)?\b|\bfatality|of 5 died|\b30-d",
    "mort_if_icu_denied": r"\bmort_if_icu_denied\b|\bdenial\b",
    "waitA": r"\bwaitA\b|\bwait\b",
    "waitB": r"\bwaitB\b|\bwait\b|\bhazard\b",
}
"""The words by which ``basis_by_field`` speaks of a column, by the start of the column's name."""

MODELLED = ("waitB", "mort_if_icu_denied", "min_stabilise_h", "transfer_or", "icu_delay")
"""Columns that are modelling choices wherever ``basis_by_field`` does not say otherwise."""

DERIVED = re.compile(r"\b(fit|fitted|derived|rule|range|less)\b")
"""Words that say that a published number was converted, which makes an estimate of it."""


def clauses(row: Row) -> list[str]:
    """Return the clauses of ``basis_by_field``: between semicolons that stand in no bracket."""
    return [c.strip() for c in re.split(r";(?![^(]*\))", row["basis_by_field"])]


def spoken_basis(row: Row, column: str) -> tuple[str, str] | None:
    """Return the basis that ``basis_by_field`` states for *column*, and the clause; None when it is silent.

    A clause speaks of a column when it holds one of the column's words outside brackets. Its basis is
    the first basis word after that; without one, the row's basis if it cites a study in capitals,
    ``(CHEW)``. What is published, but fitted or derived or taken from a range, is estimated.
    """
    words = next((w for start, w in FIELD_WORDS.items() if column.startswith(start)), r"(?!)")
    for clause in clauses(row):
        bare = re.sub(r"\([^)]*\)", "", clause)
        if not (found := re.search(words, bare)):
            continue
        stated = re.search("|".join(BASES), bare[found.end() :])
        basis = stated[0] if stated else row["basis"] if re.search(r"\([A-Z]{3,}", clause) else ""
        if DERIVED.search(bare) and basis in ("published", ""):
            basis = "estimated"
        if basis:
            return basis, clause
    return None


def class_basis(row: Row, column: str) -> tuple[str, str]:
    """Return the basis and source of a class's figure.

    The clause about the field decides, else the row's basis. But a row's basis is that of its leading
    anchor, so "published" is not passed on to a field that no clause names: that counts as assumed.
    """
    cited = row["source"]
    if spoken := spoken_basis(row, column):
        basis, clause = spoken
        return basis, short(clause if basis == "assumed" else f"{clause} | {cited}")
    if row["basis"] in ("published", "assumed") or column.startswith(MODELLED):
        return "assumed", "modelling choice: the class table names no source for this field"
    return row["basis"], short(f"{row['basis_by_field']} | {cited}")


def of_class(row: Row, column: str, unit: str) -> Figure:
    """Return a figure of patient_classes.csv."""
    basis, source = class_basis(row, column)
    return Figure(number(row[column]), unit, basis, source, CLASSES, row["key"], column)


# ------------------------------------------------------------------ patient classes

IN_ENGLISH = {"sormland": "Södermanland"}
"""Region names that are another word in English; the others are written as in Swedish."""

ORDINARY = ("emergency", "elective", "obstetric")
"""Streams of the class table that make up the ordinary state."""

PLANNED = {
    "el_p1_cancer": (1, 28, "assumed", "target of at most 4 weeks in the class's description"),
    "el_p2_cardiac": (2, 56, "assumed", "8 weeks, chosen between priority 1 and the care guarantee"),
    "el_p3_benign": (3, 90, "recalled", "the care guarantee (vårdgaranti): treatment within 90 days"),
    "el_caesarean": (2, 7, "assumed", "cannot be put off beyond days; not pausable"),
}
"""Priority, latest acceptable wait in days, its basis and source, by class of planned care."""


def classes(ref: Reference) -> dict[str, Any]:
    """Return every patient class, in the table's order."""
    return {key: patient_class(ref, row) for key, row in ref.classes.items()}


def patient_class(ref: Reference, row: Row) -> dict[str, Any]:
    """Return one patient class; what the table leaves empty is left out."""
    triage = f"triage: {row['triage']}"
    urgency = Figure(
        number(row["urgency"]), "1-5", row["urgency_basis"], triage, CLASSES, row["key"], "urgency"
    )
    return {
        "title": row["description"],
        "urgency": urgency,
        "pathways": pathways(ref, row),
        **({} if row["key"] in NO_DEATH_WAITING else survival(ref, row, "dies_waiting", "waitB")),
        **survival(ref, row, "untreated", "waitA"),
        **mortality(row),
        **wait_hazard(ref, row),
        "transfer_odds_ratio": transfer_odds_ratio(row),
        "min_stabilise_h": of_class(row, "min_stabilise_h", "h"),
        **extra_stay(ref, row),
        **planned(ref, row),
    }


def pathways(ref: Reference, row: Row) -> list[Any]:
    """Return the pathways whose share is not 0: through intensive care, ward only, and no bed at all."""
    ward = ["ward"] if row["ward_family"] else []
    ways = {"p_icu": ["icu", *ward], "p_ward_only": ward, "p_ed_discharge": []}
    return [
        {
            "share": of_class(row, column, "share"),
            "stages": [{"kind": kind, "stay": stay(ref, row, kind)} for kind in kinds],
        }
        for column, kinds in ways.items()
        if float(row[column]) > 0
    ]


def stay(ref: Reference, row: Row, kind: str) -> dict[str, Any]:
    """Return how long a stage lasts; ordinary ward stays are multiplied by ``ward_stay_factor``."""
    family = row[f"{kind}_family"]
    if family == "weibull":
        shape, scale = of_class(row, f"{kind}_p1", "1"), of_class(row, f"{kind}_p2", "days")
        return {"family": family, "shape": shape, "scale_days": scale}
    if family != "lognormal":
        raise ValueError(f"{row['key']}: no rule for the family {family!r}")
    mu, sigma = of_class(row, f"{kind}_p1", "ln days"), of_class(row, f"{kind}_p2", "ln days")
    if kind == "ward" and row["stream"] in ORDINARY:
        mu = shortened(mu, ward_stay_factor(ref))
    return {"family": family, "mu": mu, "sigma": sigma}


def ward_stay_factor(ref: Reference) -> Figure:
    """Return the factor on ordinary ward stays, for a world where no wait for municipal care is a stage."""
    return of_volume(ref, "ward_stay_factor", "factor")


def shortened(mu: Figure, factor: Figure) -> Figure:
    """Return mu of ln(days) after the stay was multiplied by *factor*."""
    return mu._replace(
        value=round(mu.value + math.log(factor.value), 6),
        basis=weakest(mu.basis, factor.basis),
        source=f"{mu.column} + ln {factor.value} (ward_stay_factor) | {mu.source}",
    )


def survival(ref: Reference, row: Row, name: str, columns: str) -> dict[str, Any]:
    """Return the survival of a wait as ``{name: {tau_h, kappa}}``, or nothing when none is given.

    An untreated curve that effects.csv lists is our own fit to a published table: estimated.
    """
    if not row[f"{columns}_tau_h"]:
        return {}
    tau, kappa = of_class(row, f"{columns}_tau_h", "h"), of_class(row, f"{columns}_kappa", "1")
    listed = [e for key, e in ref.effects.items() if key.startswith("untreated_")]
    if fit := next((e for e in listed if e["value"] == f"{tau.value};{kappa.value}"), None):
        source = short(f"{fit['note'].replace(' to the table above', '')} | {fit['source']}")
        tau, kappa = (f._replace(basis="estimated", source=source) for f in (tau, kappa))
    return {name: {"tau_h": tau, "kappa": kappa}}


def mortality(row: Row) -> dict[str, Any]:
    """Return the mortality in care and, where given, when intensive care is denied (never lower)."""
    in_care = of_class(row, "mort_in_care", "share")
    if not row["mort_if_icu_denied"]:
        return {"mortality": in_care}
    denied = of_class(row, "mort_if_icu_denied", "share")
    return {
        "mortality": in_care,
        "mortality_if_denied": denied._replace(value=max(denied.value, in_care.value)),
    }


def wait_hazard(ref: Reference, row: Row) -> dict[str, Any]:
    """Return the hazard ratio of an hour's wait for intensive care; published where it is the study's."""
    if not row["icu_delay_hr_per_h"]:
        return {}
    ratio = of_class(row, "icu_delay_hr_per_h", "1/h")
    study = ref.effects["icu_wait_per_hour"]
    if ratio.value == number(study["value"]):
        ratio = ratio._replace(basis=study["basis"], source=short(f"{study['source']} | {study['note']}"))
    return {"wait_hazard_per_h": ratio}


def transfer_odds_ratio(row: Row) -> Figure:
    """Return the odds ratio of death for a capacity transfer."""
    source = "default 1.0 between the Swedish studies (0.71, 0.92, crude 1.25); range 0.8-1.25"
    return of_class(row, "transfer_or_base", "odds ratio")._replace(basis="assumed", source=source)


def extra_stay(ref: Reference, row: Row) -> dict[str, Any]:
    """Return the days that a capacity transfer adds to intensive care, for classes that need it."""
    if not float(row["p_icu"]):
        return {}
    effect = ref.effects["transfer_los_extra"]
    source = short(f"{effect['source']}; range {effect['low']}-{effect['high']} days")
    days = Figure(
        int(float(effect["value"])), "days", effect["basis"], source, "effects.csv", effect["effect"], "value"
    )
    return {"extra_stay_if_moved": {"family": "fixed", "value_days": days}}


def planned(ref: Reference, row: Row) -> dict[str, Any]:
    """Return priority and latest wait of planned care."""
    if row["key"] not in PLANNED:
        return {}
    priority, days, basis, source = PLANNED[row["key"]]
    rank = Figure(priority, "1-3", "assumed", f"triage: {row['triage']}", CLASSES, row["key"], "triage")
    fixed_date = {"pausable": False} if row["elective_wait_rule"] == "not pausable" else {}
    due = {"due_days": Figure(days, "days", basis, source)}
    return {"priority": rank} | fixed_date | due | waiting_harm(ref, row["key"])


def waiting_harm(ref: Reference, key: str) -> dict[str, Any]:
    """Return what a wait for planned care costs in the long run (sources-clinical, section 7)."""
    if key == "el_p1_cancer":
        note = "five-year mortality of cancer treated in time; assumed in the formula of cancer_delay"
        found: dict[str, Any] = {
            "harm": "later_deaths",
            "mortality_5y": Figure(0.35, "share", "assumed", note, "effects.csv", "cancer_delay", "note"),
            "hazard_ratio_per_4_weeks": of_effect(ref, "cancer_delay", "hazard ratio"),
        }
    elif key == "el_p2_cardiac":
        found = {
            "harm": "deaths_on_list",
            "per_100_years": of_effect(ref, "cabg_wait_all", "deaths per 100 patient-years"),
            "growth_per_month": of_effect(ref, "cabg_wait_growth", "relative risk per month"),
        }
    elif key == "el_p3_benign":
        lost = of_effect(ref, "benign_wait_qaly", "QALY per patient-year")
        found = {"harm": "lost_quality", "qaly_per_year": lost}
    else:
        return {}
    return {"waiting_harm": found}


def of_effect(ref: Reference, effect: str, unit: str) -> Figure:
    """Return a figure of effects.csv."""
    row = ref.effects[effect]
    limits = f"; range {row['low']}-{row['high']}" if row["low"] else ""
    return Figure(
        number(row["value"]),
        unit,
        row["basis"],
        short(row["source"]) + limits,
        "effects.csv",
        effect,
        "value",
    )


# ------------------------------------------------------------------ streams

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


# ------------------------------------------------------------------ transport

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


# ------------------------------------------------------------------ modes that a scenario may name

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


# ------------------------------------------------------------------ disruptions

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


# ------------------------------------------------------------------ casualties

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


# ------------------------------------------------------------------ what is written

PUBLISHED = (
    "inpatient_admissions_per_year",
    "unplanned_admission_share",
    "inpatient_mean_los_days_implied",
    "beds_somatic",
    "bed_occupancy_national",
    "bed_occupancy_ostergotland",
    "bed_occupancy_uppsala",
    "bed_occupancy_safe_limit",
    "overcrowding_per_100_beds",
    "discharge_ready_beds_per_day",
    "icu_beds_normal",
    "icu_admissions_per_year",
    "icu_bed_days_per_year",
    "icu_los_median_days",
    "icu_los_mean_days",
    "icu_occupancy_normal",
    "icu_free_capacity_target_low",
    "icu_free_capacity_target_high",
    "icu_transfer_share",
    "icu_capacity_transfer_share",
    "surgery_total_per_year",
    "waiting_for_surgery_over_90_days_share",
)
"""National figures that the ordinary state is compared with (rows of national.csv)."""


def published_rows(ref: Reference) -> Iterator[Row]:
    """Return what the ordinary state is compared with; the census is a rule on published days."""
    for key in PUBLISHED:
        row = ref.national[key]
        yield {
            "key": key,
            "value": row["value"],
            "unit": row["unit"],
            "year": row["period"].rstrip("-"),
            "basis": row["basis"],
            "source": short(row["source"]),
        }
    yield {
        "key": "icu_census",
        "value": ref.volumes["icu_census"]["target"],
        "unit": "patients",
        "year": "2019",
        "basis": "estimated",
        "source": "rule: icu_bed_days_per_year / 365",
    }


def figure_rows(world: Any, derived: dict[str, Figure]) -> Iterator[dict[str, object]]:
    """Return a row for every figure of the world, then for those that it only builds on."""
    for path, figure in [*cited(world), *derived.items()]:
        yield {"path": path, **figure._asdict()}


def cited(tree: Any, path: str = "") -> Iterator[tuple[str, Figure]]:
    """Return every figure of a tree with its dotted path."""
    if isinstance(tree, Figure):
        yield path, tree
    elif isinstance(tree, dict | list):
        for key, branch in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from cited(branch, f"{path}.{key}" if path else str(key))


def plain(tree: Any) -> Any:
    """Return a tree with the bare value in the place of each figure."""
    if isinstance(tree, Figure):
        return tree.value
    if isinstance(tree, dict):
        return {key: plain(branch) for key, branch in tree.items()}
    return [plain(branch) for branch in tree] if isinstance(tree, list) else tree


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as UTF-8 with commas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def compile_reference(folder: Path, target: Path = TARGET) -> None:
    """Write the shipped tables from the reference folder."""
    ref = Reference(folder)
    world = {
        "time_zone": "Europe/Stockholm",
        "starts": "equilibrium",
        "regions": regions(ref),
        "classes": classes(ref),
        "streams": streams(ref),
        "transport": transport(ref),
    }
    derived = {"ward_stay_factor": ward_stay_factor(ref)}
    target.mkdir(parents=True, exist_ok=True)
    text = json.dumps(plain(world), ensure_ascii=False, indent=1) + "\n"
    (target / "world.json").write_text(text, encoding="utf-8", newline="\n")
    write_csv(target / "figures.csv", ("path", *Figure._fields), figure_rows(world, derived))
    modes_by_name = archetypes(ref)
    text = json.dumps(plain(modes_by_name), ensure_ascii=False, indent=1) + "\n"
    (target / "modes.json").write_text(text, encoding="utf-8", newline="\n")
    write_csv(target / "mode_figures.csv", ("path", *Figure._fields), figure_rows(modes_by_name, {}))
    columns = ("key", "value", "unit", "year", "basis", "source")
    write_csv(target / "published.csv", columns, published_rows(ref))
    disruptions = shocks(ref)
    text = json.dumps(plain(disruptions), ensure_ascii=False, indent=1) + "\n"
    (target / "shock_archetypes.json").write_text(text, encoding="utf-8", newline="\n")
    write_csv(target / "shock_figures.csv", ("path", *Figure._fields), figure_rows(disruptions, {}))
    hurt = casualties(ref)
    text = json.dumps(plain(hurt), ensure_ascii=False, indent=1) + "\n"
    (target / "casualty_archetypes.json").write_text(text, encoding="utf-8", newline="\n")
    write_csv(target / "casualty_figures.csv", ("path", *Figure._fields), figure_rows(hurt, {}))
    for name in COPIED:
        shutil.copyfile(folder / name, target / name)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    compile_reference(Path(sys.argv[1]))
