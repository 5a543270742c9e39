"""Units: staffed beds of one kind in one region, by the hour where they are; and what a kind of unit is."""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from nspl_sim.reading.numbers import Key, NonNegative, Positive, Share, Urgency, Whole, whole
from nspl_sim.reading.part import Lasting, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import text

Beds = Whole | Literal["unlimited"]
Weekday = Annotated[int, BeforeValidator(whole), Field(ge=1, le=7)]
Hour = Annotated[int, BeforeValidator(whole), Field(ge=0, le=24)]


class SurgeStep(Lasting):
    """Beds that a step adds, and what it takes (capacities-rules: surge steps)."""

    beds: Whole
    """Staffed beds that it adds."""
    lead_h: NonNegative
    """From the order until it is open."""
    lasts_h: Positive | None = None
    """Then it closes, unless the next step is open. None: as long as it is wanted."""
    pause_share: Share = 0.0
    """Share of planned care that must be paused while it is open; a level, not a sum."""


class Hours(Part):
    """The civil hours in which all beds of a unit are staffed; a unit that loses beds drains."""

    from_hour: Hour
    """From this hour of the day on, 0 to 23."""
    to_hour: Hour
    """Until this hour of the day, 1 to 24."""
    weekdays: Annotated[list[Weekday], Field(min_length=1, max_length=7)] = [1, 2, 3, 4, 5]
    """The days of the week, 1 for Monday to 7 for Sunday."""
    otherwise: Whole = 0
    """Beds staffed at all other hours."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.from_hour < self.to_hour:
            raise wrong("order", text("must be after from_hour"), "to_hour")
        return self


class Unit(Part):
    """All beds of one kind in one region. A bed is a staffed bed."""

    beds: Beds
    """Staffed beds on an ordinary day."""
    hours: Hours | None = None
    """When ``beds`` are staffed. None: always."""
    keep_free: dict[Urgency, Whole] = {}
    """By urgency: such a patient enters only if more than so many beds are free."""
    surge: Annotated[list[SurgeStep], Field(max_length=9)] = []
    """Steps that may be opened, in order."""

    @model_validator(mode="after")
    def _monotone(self) -> Self:
        levels = self.kept()
        if any(a > b for a, b in pairwise(levels)):
            raise wrong("keep_free", text("may not fall as urgency lessens"), "keep_free")
        return self

    @model_validator(mode="after")
    def _limited(self) -> Self:
        if self.hours is not None and self.beds == "unlimited":
            raise wrong("hours", text("does not go with unlimited beds"), "hours")
        return self

    def kept(self) -> tuple[int, ...]:
        """Return the beds kept free from urgency 1 to 5."""
        levels, last = [], 0
        for urgency in range(1, 6):
            last = self.keep_free.get(urgency, last)
            levels.append(last)
        return tuple(levels)

    @property
    def is_empty(self) -> bool:
        """Return whether it never has a bed, at any hour or by any step."""
        by_night = self.hours.otherwise if self.hours else 0
        return not self.beds and not by_night and not any(step.beds for step in self.surge)


class UnitKind(Part):
    """What holds for a kind of unit in every region."""

    referral: Literal["nearest"] | Annotated[list[Key], Field(min_length=1)] | None = None
    """Whom a region without any such bed sends its patients to under every plan: the nearest that has one
    first, or the regions listed, in that order. None: its patients wait, unless a plan says whom to ask."""
    needs_next: bool = False
    """Planned care that begins here goes ahead only if a bed of the next stage is free too: nobody is
    operated on without a bed afterwards."""
    no_bed: Literal["wait", "leave", "die_waiting"] | None = None
    """What patients do when every attempt for such a bed was in vain. None: as their class says."""
