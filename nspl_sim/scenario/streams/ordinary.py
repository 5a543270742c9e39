"""Ordinary care: emergencies, or any flow with a known rate, and planned care."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nspl_sim.reading.numbers import Key, NonNegative, Positive
from nspl_sim.scenario.base import one_of
from nspl_sim.scenario.streams.base import Classes, Regions, StreamBase
from nspl_sim.scenario.streams.rates import Profile, Rate


class PoissonStream(StreamBase):
    """Ordinary emergencies, or any flow with a known rate: a Poisson process."""

    kind: Literal["poisson"]
    per_day: Annotated[NonNegative, Field(le=1e7)] | None = None
    """Patients a day in the nation, at a constant rate."""
    per_year: Annotated[NonNegative, Field(le=1e9)] | None = None
    """The same for 365 days."""
    rate: Rate | None = None
    """A rate that changes over time, instead of the two."""
    regions: Regions
    classes: Classes
    icu_factor: dict[Key, Positive] = {}
    """By region: multiplies the share of patients whose pathway holds intensive care."""
    profile: Profile | None = None
    """How weekdays and hours differ. None: not at all."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        one_of(self, "per_day", "per_year", "rate")
        return self


class PlannedStream(StreamBase):
    """Planned care: weekday arrivals; the classes say their priority."""

    kind: Literal["planned"]
    per_day: Annotated[NonNegative, Field(le=1e7)] | None = None
    """Patients a day in the nation, weekends counted."""
    per_year: Annotated[NonNegative, Field(le=1e9)] | None = None
    """The same for 365 days."""
    regions: Regions
    classes: Classes
    icu_factor: dict[Key, Positive] = {}
    """By region: multiplies the share of patients whose pathway holds intensive care."""
    profile: Profile = Profile(
        weekday=[1.0] * 5 + [0.0] * 2, hour=[0.0] * 7 + [3.0, 2.0, 2.0, 1.0, 1.0, 1.0] + [0.0] * 11
    )
    """How weekdays and hours differ."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        one_of(self, "per_day", "per_year")
        return self
