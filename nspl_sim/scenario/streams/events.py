"""Events that hurt many at one moment: one at a given time, or a campaign of strikes."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from nspl_sim.reading.numbers import Key, NonNegative, Positive, Share, Urgency, whole
from nspl_sim.reading.part import Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario.base import one_of
from nspl_sim.scenario.stays import Duration, Spread
from nspl_sim.scenario.streams.base import LONGEST_H, Classes, Day, FromDay, Regions, StreamBase
from nspl_sim.vocabulary.text import text


class Size(Part):
    """How many arrive at hospitals."""

    family: Literal["fixed", "lognormal"]
    value: Annotated[int, BeforeValidator(whole), Field(ge=1, le=10**12)] | None = None
    """Of family: fixed."""
    median: Annotated[Positive, Field(ge=1)] | None = None
    """Of family: lognormal."""
    sigma: Spread | None = None
    """Of family: lognormal: spread of the logarithm."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        wanted = {"fixed": {"value"}, "lognormal": {"median", "sigma"}}[self.family]
        given = {n for n in ("value", "median", "sigma") if getattr(self, n) is not None}
        if given != wanted:
            told = {"family": self.family, "names": ", ".join(sorted(wanted))}
            raise wrong("size", text("must have {names} for family: {family}, and no other figure", **told))
        return self


class Around(Part):
    """Where the casualties of an event come to hospital: its own region, and the nearest by road.

    An island, to which no road leads, has the regions nearest by distance.
    """

    share: Share = 0.6
    """Share of the casualties who come to the region of the event; the rest are split evenly."""
    nearest: Annotated[int, BeforeValidator(whole), Field(ge=1, le=1000)] = 2
    """Among so many of the nearest other regions."""


class EventPlace(Around):
    """The region of one event, and how its casualties are spread from there."""

    region: Key
    """Where it happens."""


class EventBase(StreamBase):
    """What events have in common: how many, by which curve, and who."""

    size: Size
    """How many come to hospital from each event."""
    first_arrival_h: Annotated[NonNegative, Field(le=LONGEST_H)] = 0.5
    """From the event to the first arrival."""
    arrival: Duration
    """From the first arrival; the source's curve is lognormal with median 1 h, sigma 0.9."""
    arrival_factor: dict[Urgency, Positive] = {}
    """By urgency: the light casualties come first (sources-clinical, section 3)."""
    classes: Classes


class MassCasualtyStream(EventBase):
    """One mass-casualty event: everybody is hurt at one moment and arrives by a curve."""

    kind: Literal["mass_casualty"]
    at_day: Day
    """When it happens; 0.5 is noon of the first day."""
    regions: Regions | None = None
    """Share of the casualties by the region whose hospitals they come to."""
    place: EventPlace | None = None
    """Instead of ``regions``: the region of the event; the nearest take their part."""

    @model_validator(mode="after")
    def _placed(self) -> Self:
        one_of(self, "regions", "place")
        return self


class StrikesStream(EventBase):
    """A campaign of strikes: events at random times (a compound Poisson process). The rate is a dial."""

    kind: Literal["strikes"]
    events_per_day: Annotated[Positive, Field(le=1000)]
    """On average, in the nation."""
    from_day: FromDay
    days: Annotated[Positive, Field(le=3650)]
    """How long the campaign lasts."""
    regions: Regions
    """Share of the events by the region that is struck."""
    place: Around | None = None
    """How an event's casualties are spread from the region that is struck. None: all come to it."""
    scaled: Literal["events", "sizes"] = "events"
    """What ``scale`` multiplies: the number of events, or the casualties of each."""
