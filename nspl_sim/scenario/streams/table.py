"""A user's own patients, named one by one: a register or an exercise."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from nspl_sim.reading.numbers import Key, NonNegative, Real, Urgency
from nspl_sim.reading.part import Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario.streams.base import LONGEST_H, StreamBase
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.duration import misjudged


def _some_or_none(value: float) -> float:
    """Return *value* in hours; less than a second would be 0 in silence."""
    if rule := misjudged(value, HOUR):
        raise wrong("duration", rule)
    return value


Hours = Annotated[NonNegative, Field(le=LONGEST_H), AfterValidator(_some_or_none)]
"""A time of a named patient: checked by itself, for there may be a million of them."""


class GivenStage(Part):
    """A stage of one named patient."""

    kind: Key
    """The kind of unit."""
    stay_h: Hours
    """How long the stay is."""
    dies_waiting_h: Hours | None = None
    """How long a wait for it is survived; else as the class has it for the first stage."""


class GivenPatient(Part):
    """One patient of a user's own table; what is not given is drawn from the class."""

    arrival_h: Real
    """After the start; negative within warm-up."""
    region: Key
    """The home region, by any of its names in a table."""
    class_: Annotated[Key, Field(alias="class")]
    """What is not given below is drawn from it."""
    stages: list[GivenStage] | None = None
    """In turn; else a pathway of the class."""
    urgency: Urgency | None = None
    """Else that of the class."""


class TableStream(StreamBase):
    """A user's own table of patients: a register or an exercise."""

    kind: Literal["table"]
    patients: Annotated[list[GivenPatient], Field(min_length=1, max_length=1_000_000)]
    """One entry a patient; or name a ``file``."""
