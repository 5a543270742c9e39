"""What every part of a plan file shares: strict, frozen, unknown keys refused."""

from pydantic import BaseModel, ConfigDict

from nspl_sim.reading.numbers import Line


class Part(BaseModel):
    """A part of a file: no key that is not known, no value converted by guess."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Bilingual(Part):
    """The same line in Swedish and English."""

    sv: Line
    en: Line

    def in_language(self, language: str) -> str:
        """Return the line in *language* (``sv`` or ``en``)."""
        return self.en if language == "en" else self.sv
