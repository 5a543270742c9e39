"""What parts of a scenario file share: one of several keys, shares that add to one, times with their unit."""

from typing import Any, Self

from pydantic import model_validator

from nspl_sim.reading.part import Lasting, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.duration import UNITS
from nspl_sim.vocabulary.text import text

TOLERANCE = 1e-6
"""Shares must add to one within this."""


def one_of(part: Part, *names: str) -> str:
    """Return which one of the fields *names* was given; raise when none or several were."""
    given = [n for n in names if getattr(part, n) is not None]
    if not given:
        raise wrong("one_of", text("must have one of {names}", names=", ".join(names)))
    if len(given) > 1:
        told = {"names": ", ".join(names), "given": ", ".join(given)}
        raise wrong("one_of", text("must have only one of {names}; it has {given}", **told))
    return given[0]


def adds_to_one(shares: dict[Any, float]) -> dict[Any, float]:
    """Return *shares*; raise unless they add to one within :data:`TOLERANCE`. Nothing is normalised."""
    total = sum(shares.values())
    if abs(total - 1) > TOLERANCE:
        raise wrong("sum", text("must add to 1, but adds to {total}", total=f"{total:.9g}"))
    return shares


class Timed(Lasting):
    """A part whose times are written with the unit at the end of the key: ``mean_h``, ``mean_days``."""

    def seconds(self, name: str) -> float:
        """Return the field *name* (without its unit) in seconds."""
        for suffix, size in UNITS.items():
            value = getattr(self, name + suffix, None)
            if value is not None:
                return float(value) * size
        raise KeyError(name)

    @model_validator(mode="after")
    def _units_agree(self) -> Self:
        stems = {n[: -len(s)] for n in type(self).model_fields for s in UNITS if n.endswith(s)}
        for stem in sorted(stems):
            names = [stem + s for s in UNITS if stem + s in type(self).model_fields]
            fields = type(self).model_fields
            required = all(fields[n].json_schema_extra != {"optional": True} for n in names)
            given = [n for n in names if getattr(self, n) is not None]
            if len(given) > 1 or (required and len(names) > 1 and not given):
                one_of(self, *names)
        return self
