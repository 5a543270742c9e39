"""What every part of a scenario file shares: strict, frozen, unknown keys refused."""

from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

from nspl_sim.reading.numbers import Line
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE
from nspl_sim.vocabulary.text import text

UNITS = {"_days": DAY, "_h": HOUR, "_minutes": MINUTE}
"""Seconds in the unit that a key ends in."""

MOST_DAYS = 36_500
"""No time in a file is longer than a hundred years, and none that is not 0 shorter than a second."""

TOLERANCE = 1e-6
"""Shares must add to one within this."""


class Part(BaseModel):
    """A part of a file: no key that is not known, no value converted by guess."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Bilingual(Part):
    """The same line in Swedish and English."""

    sv: Line
    en: Line

    def in_language(self, language: str) -> str:
        """Return the line in *language* (``sv`` or ``en``)."""
        return self.en if language == "en" else self.sv


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


class Lasting(Part):
    """A part with durations, whose keys end in their unit: 0, or from a second to a hundred years.

    The clock counts whole seconds; what is shorter would be 0 in silence, and what is far shorter, or
    far longer, is beyond what numbers can hold.
    """

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        for name, second in durations(type(self)):
            given = getattr(self, name)
            for number, value in enumerate(given if isinstance(given, list) else [given]):
                at = (name, number) if isinstance(given, list) else (name,)
                if value and value * second < 1:
                    raise wrong("too_short", text("is less than a second; is the unit right?"), *at)
                if value and value * second > MOST_DAYS * DAY:
                    raise wrong("too_long", text("is more than a hundred years; is the unit right?"), *at)
        return self


@cache
def durations(part: type[Part]) -> tuple[tuple[str, int], ...]:
    """Return the fields of *part* that end in a unit of time, each with its unit in seconds."""
    return tuple((name, UNITS[u]) for name in part.model_fields for u in UNITS if name.endswith(u))


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
