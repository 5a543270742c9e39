"""Municipal care: who is ready for discharge and must wait for it, and what the municipalities receive.

Either places, a flow and not beds: one patient at a time, first ready first; or drawn days. Never both.
What is reckoned here is the ordinary state, for the start of a run and for checks, by Little's law and
the mean wait of a queue with one server and fixed service times (M/D/1), as in capacities-rules.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nspl_sim.reading.numbers import NonNegative, Positive, Real
from nspl_sim.reading.part import Lasting, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.clock import DAY, hours
from nspl_sim.vocabulary.text import text

Day = Annotated[Real, Field(ge=-36_500, le=36_500)]


class Closed(Part):
    """A time in which no municipality of the region receives anybody."""

    from_day: Day
    to_day: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.from_day < self.to_day:
            raise wrong("order", text("must be after from_day"), "to_day")
        return self


class Municipal(Lasting):
    """What the municipalities of a region receive of its discharge-ready patients.

    They take them home from whatever region they lie in.
    """

    places_per_day: NonNegative | Literal["unlimited"] | None = None
    """One patient every 24 / this many hours, first ready first; 0: none. None: drawn days, if any."""
    floor_h: NonNegative = 48.0
    """Nobody is received earlier after being ready: the time that planning takes. Of places only."""
    wait_factor: Positive = 1.0
    """Multiplies the drawn days of this region's residents."""
    closed: Annotated[list[Closed], Field(max_length=100)] = []
    """When reception is down or refuses: nobody is received until it is over."""

    @model_validator(mode="after")
    def _either_or(self) -> Self:
        if self.places_per_day is not None and self.wait_factor != 1:
            raise wrong("either", text("is of drawn days and does not stand beside places"), "wait_factor")
        return self

    @property
    def floor_s(self) -> int:
        """Return the least seconds from ready to received."""
        return hours(self.floor_h)

    @property
    def gap_s(self) -> int | None:
        """Return the seconds between two who are received; None: nobody ever is."""
        if self.places_per_day in (None, "unlimited"):
            return 0
        per_day = float(self.places_per_day or 0)
        return round(DAY / per_day) if per_day else None

    def mean_wait_s(self, ready_per_day: float) -> float:
        """Return the mean seconds from ready to received when so many are ready a day (M/D/1).

        Where more are ready than received there is no ordinary state: the floor alone, without a queue.
        """
        gap_s = self.gap_s
        busy = ready_per_day * gap_s / DAY if gap_s else 0.0
        return self.floor_s + (busy * (gap_s or 0) / 2 / (1 - busy) if busy < 1 else 0.0)
