"""When a mode of transport is closed: by weather that is drawn, or on days that the scenario says."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from nspl_sim.reading.numbers import Key, Share
from nspl_sim.reading.part import Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario.modes import Medium
from nspl_sim.scenario.streams import Day
from nspl_sim.vocabulary.text import text


class Weather(Part):
    """How often weather closes a mode: drawn before the run for each civil area and six hours.

    What is closed at a share is closed at every higher one.
    """

    closed_share: Share = 0.0
    """Share of the time in which it is closed."""
    by_civil_area: dict[Key, Share] = {}
    """Instead of ``closed_share`` in these civil areas. A region without one has weather of its own."""
    persistence: Annotated[Share, Field(le=0.99)] = 0.0
    """Correlation with the six hours before (of normal scores); 0: each six hours for themselves."""


class Closure(Part):
    """Modes that are closed from one day to another: everywhere, in some regions, or between two.

    Nobody departs from, arrives in or is fetched from a base in a closed region; trips under way go on.
    """

    modes: Annotated[list[Key], Field(min_length=1)] | None = None
    """Given neither these nor ``media``: every mode."""
    media: Annotated[list[Medium], Field(min_length=1)] | None = None
    """``air``, ``road`` or both."""
    regions: Annotated[list[Key], Field(min_length=1)] | None = None
    """Given neither these nor ``civil_areas``: everywhere."""
    civil_areas: Annotated[list[Key], Field(min_length=1)] | None = None
    """Whose regions it is closed in."""
    between: Annotated[list[Key], Field(min_length=2, max_length=2)] | None = None
    """Two regions: the way between them is cut, either way round; there is no way round it."""
    from_day: Day
    to_day: Day | None = None
    """None: to the end of the run."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.between and (self.regions or self.civil_areas):
            raise wrong("between", text("may not stand beside regions or civil_areas"), "between")
        if self.between and self.between[0] == self.between[1]:
            raise wrong("between", text("must be two regions"), "between")
        if self.to_day is not None and self.to_day <= self.from_day:
            raise wrong("order", text("must be after from_day"), "to_day")
        return self
