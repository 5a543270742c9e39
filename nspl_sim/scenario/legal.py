"""The legal state: what the law makes of the situation, by time and region. Data, not a finding of law."""

from typing import Annotated, Literal

from pydantic import Field

from nspl_sim.reading.numbers import Key, NonNegative
from nspl_sim.reading.part import Lasting

State = Literal["normal", "extraordinary_event", "heightened", "highest"]


class LegalChange(Lasting):
    """From a day on another legal state is in force, in all regions or in some."""

    from_day: Annotated[NonNegative, Field(le=3650)] = 0.0
    """Day of the run; the state before the first change is normal."""
    state: State
    """``normal``, ``extraordinary_event`` (extraordinär händelse), ``heightened`` (skärpt beredskap) or
    ``highest`` (högsta beredskap)."""
    regions: Annotated[list[Key], Field(min_length=1)] | None = None
    """Where it is in force; not given: everywhere."""
