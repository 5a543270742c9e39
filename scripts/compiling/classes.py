"""Patient classes: pathways, stays, survival of the wait, mortality, transfer, planned care."""

import math
from typing import Any

from compiling.class_basis import of_class
from compiling.figures import CLASSES, Figure, Reference, Row, number, short, weakest
from compiling.streams import of_volume

NO_DEATH_WAITING = ("obs_birth",)
"""Classes whose curve is left out. It is of haemorrhage untreated; a birth waits in the delivery ward with
all care at hand, and taken as it stands the curve would kill one in twelve after six hours without a bed."""

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
