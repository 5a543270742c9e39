"""Host-nation support and evacuations: wounded who come by ship, train or aircraft, many at a time."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from nspl_sim.reading.numbers import NonNegative, Positive, whole
from nspl_sim.reading.part import Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario.streams.base import Classes, FromDay, Regions, StreamBase, WholeDays
from nspl_sim.scenario.streams.rates import LEAST_WEIGHT
from nspl_sim.vocabulary.text import text

Heads = Annotated[int, BeforeValidator(whole), Field(ge=1, le=100_000)]


class Batch(Part):
    """How many arrive together; every number from the lowest to the highest is equally common."""

    low: Heads
    """The fewest who come together."""
    high: Heads
    """The most who come together."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise wrong("order", text("must have low <= high"))
        return self


class HostNationStream(StreamBase):
    """Patients in batches at ports of entry (sources-clinical, section 3).

    A day's number is drawn first and split into batches in order; the last batch of a day is what is left.
    ``scale`` multiplies the day's number: a lower one ends the day's line of patients earlier.
    """

    kind: Literal["host_nation"]
    group: Literal["own", "other", "military", "allied"] = "allied"
    per_day: Annotated[Positive, Field(le=100_000)]
    """Patients a day, on average."""
    gamma_shape: Annotated[Positive, Field(ge=0.05, le=1000)] | None = None
    """Shape of the gamma distribution of the day's number; the smaller, the more do days differ. None: every
    day is alike."""
    from_day: FromDay
    days: WholeDays
    """On so many days patients come."""
    batch: Batch
    """How many arrive together."""
    hour: Annotated[list[NonNegative], Field(min_length=24, max_length=24)] = [1.0] * 24
    """Relative weights of the civil hours in which batches arrive."""
    regions: Regions
    """Share of the batches by port of entry."""
    classes: Classes

    @model_validator(mode="after")
    def _some(self) -> Self:
        if max(self.hour) < LEAST_WEIGHT:
            rule = text("must have some weight of at least {least}", least=LEAST_WEIGHT)
            raise wrong("weights", rule, "hour")
        return self
