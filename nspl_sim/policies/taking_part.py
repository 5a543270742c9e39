"""Who takes part in a plan, in what, and from when: four switches for each region.

Outside them a region lives under today's order, never at zero (see directing).
"""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from nspl_sim.reading.numbers import Key, NonNegative
from nspl_sim.reading.part import Lasting
from nspl_sim.vocabulary.clock import days

Day = Annotated[NonNegative, Field(le=3650)]


class Switches(Lasting):
    """What a region takes part in, from ``from_day`` on; before that day, in nothing."""

    shares_picture: bool = True
    """Else its figures are unknown to the office."""
    gives: bool = True
    """Else it stands last in every order and answers as today."""
    receives: bool = True
    """Else its patients are offered in today's order, one question at a time."""
    follows_pauses: bool = True
    """Else it pauses planned care by a rule of its own (``threshold`` with its defaults, on its current
    figures); matters for elective rules that are the office's."""
    from_day: Day = 0.0

    @property
    def from_s(self) -> int:
        """Return the second from which the switches act."""
        return days(self.from_day)


class TakingPart(Lasting):
    """The switches of all regions."""

    default: Switches = Switches()
    """Of every region that is not named."""
    regions: dict[Key, Switches] = Field(default_factory=dict)
    """By region; in a file, what is not given is as in ``default``."""

    @field_validator("regions")
    @classmethod
    def _filled_in(cls, regions: dict[str, Switches], info: ValidationInfo) -> dict[str, Switches]:
        default = info.data.get("default", Switches()).model_dump()
        return {k: Switches(**(default | s.model_dump(exclude_unset=True))) for k, s in regions.items()}

    def of(self, region: str) -> Switches:
        """Return the switches of *region*."""
        return self.regions.get(region, self.default)
