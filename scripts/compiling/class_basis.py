"""The basis of a field of a patient class, which the reference says in words."""

import re

from compiling.figures import BASES, CLASSES, Figure, Row, number, short

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
