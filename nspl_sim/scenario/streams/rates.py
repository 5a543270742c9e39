"""Rates over time, and how the arrivals of a day or week are spread."""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from nspl_sim.reading.numbers import NonNegative, Positive
from nspl_sim.reading.part import Lasting, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario.streams.base import Day
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.text import text


class Point(Part):
    """The rate on one day."""

    day: Day
    """0 is the start of the scenario."""
    per_day: NonNegative
    """Patients a day in the nation."""


def _in_order(points: list[Point]) -> list[Point]:
    if any(a.day > b.day for a, b in pairwise(points)):
        raise wrong("order", text("must be in the order of their days"))
    for number, (a, b) in enumerate(pairwise(points)):
        if 0 < (b.day - a.day) * DAY < 1:
            rule = text("is less than a second after the point before it")
            raise wrong("too_close", rule, number + 1, "day")
    return points


Points = Annotated[list[Point], Field(max_length=10_000), AfterValidator(_in_order)]


class LinearRate(Part):
    """Straight lines between points; 0 before the first and after the last."""

    shape: Literal["linear"]
    points: Annotated[Points, Field(min_length=2)]
    """At least two, in the order of their days."""


class StepRate(Part):
    """From each point's day on, its rate until the next; 0 before the first."""

    shape: Literal["steps"]
    points: Annotated[Points, Field(min_length=1)]
    """In the order of their days."""


class GaussianRate(Lasting):
    """peak · exp(-(day - centre)² / (2 sd²)); 0 before ``from_day``."""

    shape: Literal["gaussian"]
    peak_per_day: Positive
    """Patients on the day of the peak."""
    centre_day: Day
    """The day of the peak."""
    sd_days: Positive
    """Standard deviation of the curve."""
    from_day: Day = -36500.0


class GammaRate(Lasting):
    """total · gamma density from ``from_day`` on (an epidemic wave)."""

    shape: Literal["gamma"]
    total: Positive
    """Patients of the whole wave."""
    gamma_shape: Annotated[Positive, Field(ge=1, le=1000)]
    """Shape of the density; the peak comes (shape - 1) x scale after ``from_day``."""
    scale_days: Positive
    """Scale of the density."""
    from_day: Day = 0.0


Rate = Annotated[LinearRate | StepRate | GaussianRate | GammaRate, Field(discriminator="shape")]


LEAST_WEIGHT = 0.001
"""Weights are relative; a largest one under this is a slip of the pen."""


class Profile(Part):
    """Relative weights of weekdays (Monday first) and hours of civil time; their mean does not matter."""

    weekday: Annotated[list[NonNegative], Field(min_length=7, max_length=7)] = [1.0] * 7
    """Seven weights, Monday first."""
    hour: Annotated[list[NonNegative], Field(min_length=24, max_length=24)] = [1.0] * 24
    """Twenty-four weights, the hour from midnight first."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        for name in ("weekday", "hour"):
            if max(getattr(self, name)) < LEAST_WEIGHT:
                rule = text("must have some weight of at least {least}", least=LEAST_WEIGHT)
                raise wrong("weights", rule, name)
        return self
