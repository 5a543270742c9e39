"""``sweden-detailed``: theatres by day and night, burn centres, paediatric intensive care, municipal places.

Rules (capacities-rules): what is opened as a kind of its own is taken out of the beds it lies in. Who is
operated on and gets a bed goes through a theatre first, for the first operation and the turnover after
it; later operations are only measured. Burns and children have their operations in their own unit.
Intermediate care is left out: no figure says who lies there and how long.
"""

from pathlib import Path
from typing import Any

from compiling.class_basis import of_class
from compiling.classes import ORDINARY, shortened, stay
from compiling.figures import Figure, Reference, Row, number
from compiling.regions import capacity, of_region
from compiling.streams import closed_on_one, of_volume

TURNOVER_MIN = 20
SPREAD = 0.5
"""Standard deviation of an operation over its mean; assumed."""

OWN_UNIT = {"burn_major": "burn", "paed_picu": "paediatric_icu"}
"""The kind in which these classes have their intensive care; they are operated on there."""

DAY = (7, 17)
WEEKDAYS = [1] * 5 + [0] * 2
HOURS = [0] * 7 + [1.5] + [1] * 8 + [0] * 8
"""Planned operations begin from seven, more at first, the last before four: most are done at five."""

ICU_OCCUPANCY = "icu_occupancy_normal"


def patch(ref: Reference, folder: Path) -> dict[str, Any]:
    """Return the patch as a tree of figures."""
    return {
        "regions": {key: region(ref, key) for key in ref.regions},
        "unit_kinds": {
            "burn": {"referral": "nearest"},
            "paediatric_icu": {"referral": "nearest"},
            "theatre": {"needs_next": True},
        },
        "classes": {key: patient_class(ref, row) for key, row in ref.classes.items()},
        "streams": streams(ref),
        "transport": {"team_kinds": ["burn", "icu", "paediatric_icu"]},
    }


# ------------------------------------------------------------------ regions


def region(ref: Reference, key: str) -> dict[str, Any]:
    """Return a region's units, of which some are opened as kinds of their own, and its municipal places."""
    burn, paediatric = of(ref, key, "burn_beds"), of(ref, key, "paediatric_icu_beds")
    burn_icu = of(ref, key, "burn_beds_of_which_icu")
    icu = of_region(ref.regions[key], "icu_beds", "staffed beds")
    ward = capacity(ref, key, "ward_beds", "staffed beds")
    units: dict[str, Any] = {
        "theatre": {
            "beds": of(ref, key, "theatres"),
            "hours": {
                "from_hour": DAY[0],
                "to_hour": DAY[1],
                "otherwise": of(ref, key, "theatres_night"),
            },
        }
    }
    if burn.value or paediatric.value:
        units["icu"] = {"beds": less(icu, burn_icu.value + paediatric.value)}
    if burn.value:
        units["burn"] = {"beds": burn}
        units["ward"] = {"beds": less(ward, burn.value - burn_icu.value)}
    if paediatric.value:
        units["paediatric_icu"] = {"beds": paediatric}
    return {"units": units, "municipal": {"places_per_day": of(ref, key, "municipal_places_per_day")}}


def of(ref: Reference, key: str, column: str) -> Figure:
    """Return a figure of capacities.csv whose rule stands in capacities-rules."""
    row = ref.capacities[key]
    unit = "patients a day" if column.endswith("per_day") else "staffed beds"
    source = f"capacities-rules: {column}"
    return Figure(number(row[column]), unit, row[f"{column}_basis"], source, "capacities.csv", key, column)


def less(beds: Figure, taken: float) -> Figure:
    """Return *beds* less those that are opened as a kind of their own."""
    source = f"rule: less {taken:g} opened as a kind of their own | {beds.source}"
    return beds._replace(value=beds.value - taken, basis="estimated", source=source)


# ------------------------------------------------------------------ patient classes


def patient_class(ref: Reference, row: Row) -> dict[str, Any]:
    """Return a class's pathways with theatres, its need of municipal care and its operating hours."""
    found: dict[str, Any] = {"pathways": pathways(ref, row)}
    if float(row["p_municipal"]):
        source = "class table; 580 beds held over the whole nation (SKR 2023)"
        found["municipal_share"] = Figure(
            number(row["p_municipal"]),
            "share",
            row["p_municipal_basis"],
            source,
            "patient_classes.csv",
            row["key"],
            "p_municipal",
        )
    operations = float(row["p_theatre"] or 0) * float(row["ops_mean"] or 0)  # ops_mean: of those operated
    hours = operations * float(row["first_op_min"] or 0) / 60
    if hours:
        rule = "rule: share operated x mean number of their operations x length of the first"
        found["operating_h"] = of_class(row, "first_op_min", "h")._replace(
            value=round(hours, 4), basis="estimated", source=rule
        )
    return found


def pathways(ref: Reference, row: Row) -> list[Any]:
    """Return the pathways whose share is not 0, each with and without a theatre before it."""
    ward = ["ward"] if row["ward_family"] else []
    intensive = OWN_UNIT.get(row["key"], "icu")
    ways = {"p_icu": [intensive, *ward], "p_ward_only": ward, "p_ed_discharge": []}
    operated = operated_share(ref, row)
    found = []
    for column, kinds in ways.items():
        share = of_class(row, column, "share")
        if not share.value:
            continue
        stages = [{"kind": kind, "stay": detailed_stay(ref, row, kind)} for kind in kinds]
        of_way = 0.0 if not kinds or kinds[0] in OWN_UNIT.values() else operated
        for factor, first in ((of_way, [operation(row)]), (1 - of_way, [])):
            if factor:
                found.append({"share": part(share, factor), "stages": [*first, *stages]})
    return _summing_to_one(found)


def _summing_to_one(found: list[Any]) -> list[Any]:
    """Return *found* with shares in millionths that add to exactly 1."""
    closed = closed_on_one({str(i): way["share"].value for i, way in enumerate(found)})
    return [way | {"share": way["share"]._replace(value=closed[str(i)])} for i, way in enumerate(found)]


def operated_share(ref: Reference, row: Row) -> float:
    """Return the share of those with a bed who are operated on first.

    Ordinary patients are scaled to the published number of operations (theatre_volume_factor).
    """
    if not float(row["first_op_min"] or 0):
        return 0.0
    factor = of_volume(ref, "theatre_volume_factor", "factor").value if row["stream"] in ORDINARY else 1.0
    in_bed = 1 - float(row["p_ed_discharge"])
    return min(1.0, float(row["p_theatre"]) * factor / in_bed) if in_bed else 0.0


def part(share: Figure, factor: float) -> Figure:
    """Return the part of a pathway's share that takes this way."""
    if factor == 1:
        return share
    source = f"rule: {share.column} x {factor:.4g}, operated on or not (p_theatre) | {share.source}"
    return share._replace(value=share.value * factor, basis="estimated", source=source)


def operation(row: Row) -> dict[str, Any]:
    """Return the theatre stage: the first operation with the turnover after it."""
    minutes = of_class(row, "first_op_min", "h")
    mean = (minutes.value + TURNOVER_MIN) / 60
    rule = f"rule: first operation + {TURNOVER_MIN} min turnover (theatre_turnover_min) | {minutes.source}"
    spread = f"a spread of {SPREAD:g} x the mean"
    return {
        "kind": "theatre",
        "stay": {
            "family": "lognormal",
            "mean_h": minutes._replace(value=round(mean, 4), basis="estimated", source=rule),
            "sd_h": minutes._replace(value=round(mean * SPREAD, 4), basis="assumed", source=spread),
        },
    }


def detailed_stay(ref: Reference, row: Row, kind: str) -> dict[str, Any]:
    """Return a stay; ordinary ward stays by the factor of a world in which some wait for municipal care."""
    column = "icu" if kind in OWN_UNIT.values() else kind
    found = stay(ref, row, column)
    if column != "ward" or row["stream"] not in ORDINARY or row["ward_family"] != "lognormal":
        return found
    factor = of_volume(ref, "ward_stay_factor_with_municipal", "factor")
    mu = shortened(of_class(row, "ward_p1", "ln days"), factor)
    return found | {"mu": mu._replace(source=mu.source.replace("ward_stay_factor", factor.row))}


# ------------------------------------------------------------------ streams


def streams(ref: Reference) -> dict[str, Any]:
    """Return the ordinary streams' weights of intensive care, planned care by day, and sick children."""
    factors = {key: icu_factor(ref, key) for key in ref.regions}
    ordinary = {name: {"icu_factor": factors} for name in ("emergency", "planned", "obstetric")}
    source = "more at seven, the last before four: nearly even theatres, few at work after five"
    ordinary["planned"]["profile"] = {
        "weekday": [Figure(w, "weight", "assumed", "weekdays") for w in WEEKDAYS],
        "hour": [Figure(w, "weight", "assumed", source) for w in HOURS],
    }
    return {**ordinary, "children": children(ref)}


def children_in_beds(ref: Reference) -> float:
    """Return the mean number of children in paediatric intensive care: beds x the nation's ICU occupancy."""
    beds = sum(float(row["paediatric_icu_beds"]) for row in ref.capacities.values())
    return beds * float(ref.national[ICU_OCCUPANCY]["value"])


def children(ref: Reference) -> dict[str, Any]:
    """Return the stream of children to paediatric intensive care, by population."""
    mean_days = float(ref.classes["paed_picu"]["icu_mean_d"])
    rule = "rule: 27 beds x the nation's ICU occupancy / mean stay; no published number is used"
    per_year = Figure(
        round(children_in_beds(ref) / mean_days * 365),
        "admissions",
        "estimated",
        rule,
        "patient_classes.csv",
        "paed_picu",
        "icu_mean_d",
    )
    people = {key: float(row["population"]) for key, row in ref.regions.items()}
    by_people = closed_on_one(people)
    return {
        "title": "Children to paediatric intensive care",
        "kind": "poisson",
        "per_year": per_year,
        "regions": {
            key: Figure(share, "share", "estimated", "rule: by population", "regions.csv", key, "population")
            for key, share in by_people.items()
        },
        "classes": {"paed_picu": Figure(1, "share", "assumed", "one class")},
    }


def icu_factor(ref: Reference, key: str) -> Figure:
    """Return the weight of intensive care, lower where children lie in beds of their own."""
    row = ref.expected[key]
    column = "icu_share_factor"
    load = float(row["icu_load"])
    beds = {k: float(r["paediatric_icu_beds"]) for k, r in ref.capacities.items()}
    theirs = children_in_beds(ref) * beds[key] / sum(beds.values())
    source = "rule: the regional ICU load is 0.5 population + 0.5 ICU beds (the weights are assumed)"
    if theirs:
        source = f"rule: less the {theirs:.1f} children in beds of their own | {source}"
    value = round(float(row[column]) * (load - theirs) / load, 4)
    return Figure(value, "factor", "estimated", source, "ordinary_state_expected.csv", key, column)
