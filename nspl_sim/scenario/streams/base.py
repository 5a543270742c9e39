"""What all streams share: their name, their ladder, and shares of regions and classes."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from nspl_sim.reading.numbers import Key, Line, NonNegative, Real, Share, whole
from nspl_sim.reading.part import Lasting
from nspl_sim.scenario import sweden
from nspl_sim.scenario.base import adds_to_one
from nspl_sim.scenario.stays import Duration

Shares = Annotated[dict[Key, Share], Field(min_length=1), AfterValidator(adds_to_one)]
Classes = Shares
Regions = Shares

Day = Annotated[Real, Field(ge=-36_500, le=36_500)]
"""A day of the run or before or after it, within a hundred years of the start."""

FromDay = Annotated[NonNegative, Field(le=3650)]
"""A day of the run from its start on."""

WholeDays = Annotated[int, BeforeValidator(whole), Field(ge=1, le=3650)]

LONGEST_H = 87_600
"""Ten years, as long as the longest run: no named patient stays longer."""


Archetype = Annotated[Key, Field(json_schema_extra={"enum": sorted(sweden.casualty_archetypes())})]


class StreamBase(Lasting):
    """What all streams share."""

    title: Line | None = None
    archetype: Archetype | None = None
    """A row of the shipped table of archetypes (``combat_high``): what is not said here, ``kind`` too, is as
    there. Where and when must be said."""
    made_from: Key | None = None
    """The archetype that the values come from, in a scenario that was written out; it fills in nothing."""
    scale: Annotated[NonNegative, Field(le=1000)] = 1.0
    """Severity: the patients at a lower scale are among those at a higher one."""
    repatriated_after: Duration | None = None
    """From arrival: after that time the patients leave for their home country, once they lie in a bed of
    their last stage; never out of intensive care, and never while they wait. None: they do not."""
    group: Literal["own", "other", "military", "allied"] = "own"
