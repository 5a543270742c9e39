"""What every part of a file shares: strict, frozen, unknown keys refused."""

from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from nspl_sim.reading.numbers import Line
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.duration import misjudged, unit_of


class Part(BaseModel):
    """A part of a file: no key that is not known, no value converted by guess."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Bilingual(Part):
    """The same line in Swedish and, where it is given, in English."""

    sv: Line
    en: Line | None = None

    def in_language(self, language: str) -> str:
        """Return the line in *language* (``sv`` or ``en``)."""
        return self.en if language == "en" and self.en else self.sv


class Lasting(Part):
    """A part with times, whose keys end in their unit; see :mod:`nspl_sim.vocabulary.duration`."""

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        for name in type(self).model_fields:
            if (second := unit_of(name)) is None:
                continue
            given = getattr(self, name)
            for number, value in enumerate(given if isinstance(given, list) else [given]):
                if isinstance(value, int | float) and (rule := misjudged(value, second)):
                    raise wrong("duration", rule, name, *([number] if isinstance(given, list) else []))
        return self
