"""People who leave their region: their ordinary care is needed where they live now."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from nspl_sim.reading.numbers import Key, NonNegative, Share
from nspl_sim.reading.part import Lasting
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario.streams.base import Day, Shares
from nspl_sim.vocabulary.text import text


class Displaced(Lasting):
    """A share of the people of some regions live in others for a time.

    Their emergencies (``poisson``) and planned care (``planned``) come with them: the same patients, in
    another region. Who lies in a bed when the run begins stays there, and nobody is displaced twice.
    """

    from_: Annotated[dict[Key, Annotated[Share, Field(gt=0)]], Field(alias="from", min_length=1)]
    """By region: the share of its people who leave."""
    to: Shares
    """Shares by the region that they come to."""
    from_day: Day
    to_day: Day | None = None
    """From this day on everybody is at home again. None: not within the run."""
    ramp_days: Annotated[NonNegative, Field(le=3650)] = 0.0
    """So long it takes, from ``from_day`` on, until all have left; evenly. 0: all at once."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.to_day is not None and self.to_day <= self.from_day:
            raise wrong("order", text("must be after from_day"), "to_day")
        for key in self.from_:
            if key in self.to:
                raise wrong(
                    "both", text("is left too: nobody is displaced to a region they leave"), "to", key
                )
        return self
