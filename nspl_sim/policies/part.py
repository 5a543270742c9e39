"""What every part of a plan file shares: strict, frozen, unknown keys refused."""

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

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        """Refuse a time that is less than a second, or more than a hundred years."""
        for name in type(self).model_fields:
            value, second = getattr(self, name), unit_of(name)
            if second is not None and isinstance(value, float) and (rule := misjudged(value, second)):
                raise wrong("duration", rule, name)
        return self


class Bilingual(Part):
    """The same line in Swedish and English."""

    sv: Line
    en: Line

    def in_language(self, language: str) -> str:
        """Return the line in *language* (``sv`` or ``en``)."""
        return self.en if language == "en" else self.sv
