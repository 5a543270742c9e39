"""Kinds of parameter that rules share: what a figure of a rule may be. Below it: reading.numbers."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from nspl_sim.reading.numbers import Key, NonNegative, PositiveWhole, Priority, Share, Whole, real
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import text


def in_a_row(value: Any) -> tuple[Any, ...]:
    """Return the list *value*, which may be empty, as a rule holds it."""
    if not isinstance(value, list | tuple):
        meant = f"[{value}]" if isinstance(value, str) and value.isprintable() and value else None
        raise wrong("list", text("must be a list"), suggestion=meant)
    return tuple(value)


def several(value: Any) -> tuple[Any, ...]:
    """Return the list *value*, which holds something, as a rule holds it."""
    if not in_a_row(value):
        raise wrong("list", text("must hold at least {least} entries", least=1))
    return tuple(value)


Kinds = Annotated[tuple[Key, ...], BeforeValidator(several)]
"""Unit kinds that a rule speaks of; one that the scenario lacks is ignored."""
Receivers = Annotated[tuple[Key, ...], BeforeValidator(in_a_row)]
"""Regions in the order in which they are asked; none: nobody is."""
Reserve = Annotated[Whole, Field(le=1000)]
"""Beds that each receiver keeps free."""
Load = Annotated[NonNegative, Field(le=10)]
"""(In beds + inbound + waiting) / staffed beds; 1 is full with nobody waiting."""
Band = Annotated[float, BeforeValidator(real), Field(ge=0.001, le=10)]
"""Loads are compared in steps of this size."""
Hours = Annotated[float, BeforeValidator(real), Field(ge=0, le=720)]
"""Hours ahead for which a rule reckons."""
Budget = Annotated[PositiveWhole, Field(le=10_000)]
"""Patients that may be placed between two reviews."""
Kilometres = Annotated[NonNegative, Field(le=40_000)]
"""A distance that is set against something else."""
PatientBand = Annotated[float, BeforeValidator(real), Field(ge=0.01, le=1000)]
"""Accounts of patients are compared in steps of this size."""
Priorities = Annotated[tuple[Priority, ...], BeforeValidator(several)]
"""Of planned care: 1 is the most urgent."""

__all__ = [
    "Band",
    "Budget",
    "Hours",
    "Key",
    "Kilometres",
    "Kinds",
    "Load",
    "PatientBand",
    "Priorities",
    "Receivers",
    "Reserve",
    "Share",
]
