"""Modes of transport: how fast, how far, what they carry, and the reference table they are named from."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from nspl_sim.reading.numbers import Key, Line, NonNegative, Positive, PositiveWhole, Share, Whole
from nspl_sim.reading.part import Lasting, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.reading.showing import nearest
from nspl_sim.scenario import sweden
from nspl_sim.vocabulary.text import text

Medium = Literal["road", "air", "rail", "sea"]
PlaceType = Literal["seated", "stretcher", "icu"]
PLACE_TYPES: tuple[PlaceType, ...] = ("seated", "stretcher", "icu")
"""What a patient can need of a vehicle, in the order of their numbers."""


class Places(Part):
    """What a vehicle carries at once, by type of place; none stands in for another."""

    seated: Whole = 0
    """Patients who sit."""
    stretcher: Whole = 0
    """Patients who lie."""
    icu: Whole = 0
    """For an intensive care patient with a team."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not any(self.by_type()):
            raise wrong("places", text("must have at least one place"))
        if sum(self.by_type()) > MOST_PLACES:
            raise wrong("places", text("may have at most {most} places in all", most=MOST_PLACES))
        return self

    def by_type(self) -> tuple[int, int, int]:
        """Return the number of places in the order of :data:`PLACE_TYPES`."""
        return self.seated, self.stretcher, self.icu


MOST_PLACES = 10_000


class Mode(Lasting):
    """One mode of transport; figures and names as in the reference table of transport."""

    archetype: Annotated[Key, Field(json_schema_extra={"enum": sorted(sweden.modes())})] | None = None
    """A mode of the reference table (``city_bus_converted``): what is not said here is as there."""
    title: Line | None = None
    medium: Medium
    """Road vehicles come from the sender's own base and reach no island; the others fly, run or sail
    from any base that lends them."""
    speed_kmh: Annotated[Positive, Field(ge=1, le=2000)]
    """On average, door to door."""
    range_km: Positive = 20_000.0
    """Farther it is not used."""
    activation_minutes: NonNegative = 0.0
    """From the yes until it leaves its base."""
    access_minutes: NonNegative = 0.0
    """Between hospital and airfield, station or quay: once at each end, for all on board together."""
    load_minutes: NonNegative = 0.0
    """For each patient."""
    unload_minutes: NonNegative = 0.0
    """For each patient."""
    turn_minutes: NonNegative = 0.0
    """At the base after a trip, until it can leave again."""
    kinds: Annotated[list[Key], Field(min_length=1)] | None = None
    """Unit kinds whose patients it carries; None: all for whom it has a place."""
    capacity: Places | None = None
    """Places by type. It then collects patients of one sender for one receiving region, and leaves when
    the places of a type are full or at the next review. None: one patient at a time, of any kind."""
    patients_per_team: Annotated[PositiveWhole, Field(le=1000)] = 1
    """With ``capacity``: so many intensive care patients on board share a team of the sender."""
    unavailable_share: Share = 0.0
    """Of its vehicles out of service, drawn for each vehicle and day before the run."""

    @model_validator(mode="before")
    @classmethod
    def _as_the_archetype(cls, given: Any) -> Any:
        """Fill in from the reference table what *given* does not say."""
        name = given.get("archetype") if isinstance(given, dict) else None
        if not isinstance(name, str):
            return given
        known = sweden.modes()
        if name not in known:
            rule = text("is no mode of the reference table: {names}", names=", ".join(known))
            raise wrong("archetype", rule, "archetype", suggestion=nearest(name, known))
        return {**known[name], **given}
