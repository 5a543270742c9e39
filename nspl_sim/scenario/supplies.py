"""Supplies: what patients consume, how much of it regions have, and what comes in. No figure is shipped."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from nspl_sim.reading.numbers import Key, Line, NonNegative
from nspl_sim.reading.part import Lasting, Part
from nspl_sim.scenario.base import one_of


class Consumption(Part):
    """What one patient of a class consumes of one item, in its unit."""

    per_patient: NonNegative = 0.0
    """At the first admission, in that region."""
    per_day: dict[Key, NonNegative] = {}
    """For each day in a bed, by kind of unit."""


class Supply(Lasting):
    """One item, such as blood or oxygen: each region's stock at the start, and what it gets."""

    title: Line | None = None
    unit: Annotated[Line, Field(min_length=1, max_length=40)]
    """What stock and consumption are counted in, such as ``m3``; only shown."""
    stock: dict[Key, NonNegative] | None = None
    """By region. A region that has no stock of it here is not asked how long it lasts."""
    stock_days: NonNegative | None = None
    """The stock as days of ``ordinary_per_day``, the same in every region; instead of ``stock``."""
    ordinary_per_day: dict[Key, NonNegative] | None = None
    """By region: what is consumed on an ordinary day, for ``stock_days``."""
    resupply_per_day: dict[Key, NonNegative] = {}
    """By region: what comes in, evenly, from the start on; 0 where none is given."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        one_of(self, "stock", "stock_days")
        if self.stock is None:
            one_of(self, "ordinary_per_day")
        elif self.ordinary_per_day is not None:
            one_of(self, "stock", "ordinary_per_day")
        return self

    def at_start(self, region: str) -> float | None:
        """Return the stock of *region* at the start, None where none is told."""
        if self.stock is not None:
            return self.stock.get(region)
        ordinary = (self.ordinary_per_day or {}).get(region)
        return None if ordinary is None else ordinary * (self.stock_days or 0.0)
