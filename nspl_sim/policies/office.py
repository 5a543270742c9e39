"""The joint office and its size: how many needs it takes on, when it is staffed, when it is out.

Beyond its size a need walks today's order with today's asking; see :mod:`nspl_sim.system.office`.
"""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from nspl_sim.policies.rules import Desk
from nspl_sim.policies.taking_part import Day
from nspl_sim.reading.numbers import Whole
from nspl_sim.reading.part import Lasting, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.clock import days
from nspl_sim.vocabulary.text import text

NO_LIMIT = -1
DAY_ROUND = (0, 24)


class Staffed(Part):
    """Civil hours in which the office is staffed, every day."""

    from_hour: Annotated[Whole, Field(le=23)] = 7
    """Civil hour of the day."""
    to_hour: Annotated[Whole, Field(ge=1, le=24)] = 22
    """Before ``from_hour``: until that hour of the next day."""

    @model_validator(mode="after")
    def _some_hours(self) -> Self:
        if self.from_hour == self.to_hour:
            raise wrong("hours", text("must differ from from_hour"), "to_hour")
        return self


class Outage(Lasting):
    """A time in which the office cannot work at all."""

    from_day: Day
    to_day: Day

    @model_validator(mode="after")
    def _lasts_some_time(self) -> Self:
        if self.to_day <= self.from_day:
            raise wrong("outage", text("must be after from_day"), "to_day")
        return self


def _none_if_always(value: Any) -> Any:
    return None if value == "always" else value


class Office(Part):
    """How much the joint office can do; a need beyond it is asked about under today's order."""

    requests_per_h: Annotated[Whole, Field(le=1_000_000)] | None = None
    """Needs that it takes on in each clock hour, those taken on anew at a retry included; not given: all."""
    staffed: Annotated[Staffed | None, BeforeValidator(_none_if_always)] = None
    """When it is staffed; else no need is taken on, nothing is reviewed by it and nobody is moved. Not
    given, or ``always``: day and night."""
    outage: Annotated[list[Outage], Field(max_length=100)] = []
    """When it is out of order, whoever is on duty."""

    def desk(self, members: tuple[bool, ...]) -> Desk:
        """Return the office as a directive says it; *members* are the regions that bring their needs."""
        hours = self.staffed
        limit = NO_LIMIT if self.requests_per_h is None else self.requests_per_h
        from_hour, to_hour = (hours.from_hour, hours.to_hour) if hours else DAY_ROUND
        out = tuple((days(o.from_day), days(o.to_day)) for o in self.outage)
        return Desk(limit, from_hour, to_hour, out, members)
