"""Disruptions: what is taken away from regions during a run, from when and for how long.

Everything about them is settled before the run and is the same for every plan. A new kind of disruption
is one class here and one function in :mod:`nspl_sim.demand.disruptions`.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from nspl_sim.reading.numbers import Key, Line, NonNegative, Positive, PositiveWhole, Share, Whole
from nspl_sim.reading.part import Lasting, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario import sweden
from nspl_sim.scenario.base import one_of
from nspl_sim.scenario.stays import Duration
from nspl_sim.scenario.streams import (
    CombatStream,
    Day,
    EpidemicStream,
    GammaRate,
    GaussianRate,
    HostNationStream,
    LinearRate,
    MassCasualtyStream,
    PoissonStream,
    StepRate,
    Stream,
    StrikesStream,
    TableStream,
)
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.text import text

Skill = Literal["intensive", "theatre", "ward"]

STAFFED_BY: dict[Skill, tuple[str, ...]] = {
    "intensive": ("burn", "icu", "paediatric_icu", "stepdown", "theatre"),
    "theatre": ("theatre",),
    "ward": ("ward",),
}
"""Unit kinds whose beds need each skill; anaesthesia, which theatres need too, is of intensive care."""


class Drawn(Part):
    """Regions drawn by chance, the same for every plan; a larger number holds those of a smaller one."""

    count: PositiveWhole | None = None
    """How many regions; more than there are to draw from are all of them."""
    mean: Annotated[Positive, Field(le=1000)] | None = None
    """The number is drawn too, from a Poisson distribution with this mean; 0 comes out now and then."""
    weights: dict[Key, Positive] = {}
    """How readily each region is hit, beside the others; 1 where none is given."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        one_of(self, "count", "mean")
        return self


_ONE_OF = (
    {"regions", "civil_areas", "drawn"},
    {"days", "lasts"},
)
"""Keys of which one that is given stands for all."""


def _with_archetype(given: Any) -> Any:
    """Return *given* with what its archetype says and it does not say itself; it must be of its kind."""
    if not isinstance(given, dict) or not isinstance(given.get("archetype"), str):
        return given
    said = {key for key, value in given.items() if value is not None}
    for alike in _ONE_OF:
        said |= alike if alike & said else set()
    known = sweden.shock_archetypes()
    found, kind = known.get(given["archetype"], {}), given.get("kind")
    if found and found["kind"] != kind:
        rule = text(
            "is an archetype of {theirs}; those of {kind} are: {names}",
            theirs=found["kind"],
            kind=kind,
            names=", ".join(name for name, one in known.items() if one["kind"] == kind),
        )
        raise wrong("archetype", rule, "archetype")
    return {key: value for key, value in found.items() if key not in said} | given


class DisruptionBase(Lasting):
    """What all disruptions share: where, from when, how long."""

    title: Line | None = None
    scale: Annotated[NonNegative, Field(le=1000)] = 1.0
    """Severity: what is lost at a lower scale is part of what is lost at a higher one."""
    regions: Annotated[list[Key], Field(min_length=1)] | None = None
    """Regions that are hit, or that the hit ones are drawn from; None: all, or those of ``civil_areas``."""
    civil_areas: Annotated[list[Key], Field(min_length=1)] | None = None
    """Civil areas whose regions are hit, or drawn from."""
    drawn: Drawn | None = None
    """Only some of the regions, drawn by chance; None: all of them."""
    from_day: Day | None = None
    """Day of the run on which it begins."""
    begins: Duration | None = None
    """Drawn: how long after the start it begins; instead of ``from_day``."""
    with_stream: Key | None = None
    """It begins on the day on which the patients of this stream begin to come, as a call-up does."""
    days: Positive | None = None
    """How long it is felt in full; None, without ``lasts``: until the end of the run."""
    lasts: Duration | None = None
    """Drawn: how long it is felt in full; instead of ``days``."""
    recovery_days: Annotated[NonNegative, Field(le=3650)] = 0.0
    """After that, what is lost comes back in even steps, one a day, over so many days."""

    @model_validator(mode="after")
    def _when_and_where(self) -> Self:
        one_of(self, "from_day", "begins", "with_stream")
        if self.days is not None and self.lasts is not None:
            one_of(self, "days", "lasts")
        if self.regions is not None and self.civil_areas is not None:
            one_of(self, "regions", "civil_areas")
        if self.recovery_days and self.days is None and self.lasts is None:
            rule = text("needs days or lasts beside it: what never ends is never made good")
            raise wrong("recovery", rule, "recovery_days")
        return self


class BedsLost(DisruptionBase):
    """Beds are lost. A unit that loses beds drains; nobody is thrown out."""

    kind: Literal["beds_lost"]
    units: Annotated[list[Key], Field(min_length=1)]
    """Unit kinds that lose beds."""
    share: Share | None = None
    """Of the beds of each such unit, in whole beds."""
    beds: Whole | None = None
    """So many in each such unit, at most those that it has; instead of ``share``."""

    @model_validator(mode="after")
    def _how_many(self) -> Self:
        one_of(self, "share", "beds")
        return self


class StaffLost(DisruptionBase):
    """Staff are lost by skill: sick, called up, or cut off from work. Their beds and teams go with them."""

    kind: Literal["staff_lost"]
    share: Share
    """Of those with the skill in each region, in whole beds and whole teams."""
    skills: Annotated[list[Skill], Field(min_length=1)] = ["intensive", "theatre", "ward"]
    """``intensive`` (with anaesthesia) staffs intensive care, theatres and transfer teams. A unit that needs
    two of the skills loses its beds once."""
    units: list[Key] = []
    """Other unit kinds that they staff."""
    from_hour: Annotated[Whole, Field(le=23)] = 0
    """Civil hour from which they are missed each day; 0 and 24: round the clock."""
    to_hour: Annotated[Whole, Field(ge=1, le=24)] = 24
    """Civil hour until which they are missed; before ``from_hour``: until that hour of the next day."""

    @model_validator(mode="after")
    def _hours(self) -> Self:
        if self.from_hour == self.to_hour:
            raise wrong("hours", text("must differ from from_hour"), "to_hour")
        return self

    def kinds(self) -> set[str]:
        """Return the unit kinds that lose beds, whether or not any region has them."""
        return {kind for skill in self.skills for kind in STAFFED_BY[skill]} | set(self.units)


class ItOutage(DisruptionBase):
    """Computers are out: care is slower and less safe, the office is blind, planned care stops."""

    kind: Literal["it_outage"]
    archetype: Literal["cyber_national", "cyber_region"] | None = None
    """Take what is not said here from this row of the shipped archetypes, where, how long and how hard."""
    ask_factor: Annotated[Positive, Field(ge=1, le=100)] = 1.0
    """An answer takes so many times longer, asked of the region or by it: telephone in place of booking."""
    blind: bool = True
    """The region's part of the picture is not taken; the office sees the old one."""
    planned_stopped: Share = 0.0
    """Share of planned care that is stopped, whatever the plan lets through."""
    diverted: Share = 0.0
    """Share of ordinary emergencies that go to its neighbours: evenly the three nearest that are not hit."""
    throughput: Annotated[Share, Field(gt=0)] = 1.0
    """Pace of the care that is still given, as the share of all its beds that stay in use."""
    mortality_relative_risk: Annotated[Positive, Field(ge=1, le=10)] = 1.0
    """Of death in care, for those who lie in its beds when it begins."""

    @model_validator(mode="before")
    @classmethod
    def _filled(cls, given: Any) -> Any:
        return _with_archetype(given)


class HospitalHit(DisruptionBase):
    """A hospital is hit: beds of every kind are lost at once, and who no longer has one is evacuated."""

    kind: Literal["hospital_hit"]
    archetype: Literal["infrastructure_hospital_loss"] | None = None
    """Take what is not said here from this row of the shipped archetypes: where, and how long."""
    share: Share
    """Of the beds of every kind in the region; 1 where the region stands for the hospital."""
    evacuate: bool = True
    """In-patients beyond the beds that are left need a bed elsewhere, by the plan's standing order of their
    kind, and keep theirs until they depart. Else they stay where they lie, and nobody comes after them."""

    @model_validator(mode="before")
    @classmethod
    def _filled(cls, given: Any) -> Any:
        return _with_archetype(given)


class OfficeOutage(DisruptionBase):
    """The joint office cannot work: needs walk today's order, nothing is reviewed by it, nobody is moved.

    It concerns plans that say an ``office``; a time that is part of a plan is said there.
    """

    kind: Literal["office_outage"]

    @model_validator(mode="after")
    def _of_no_region(self) -> Self:
        for name in ("regions", "civil_areas", "drawn"):
            if getattr(self, name) is not None:
                raise wrong("of_no_region", text("does not go with an outage of the joint office"), name)
        if self.recovery_days:
            rule = text("does not go with an outage of the joint office")
            raise wrong("no_half", rule, "recovery_days")
        return self


Disruption = Annotated[
    BedsLost | StaffLost | HospitalHit | ItOutage | OfficeOutage, Field(discriminator="kind")
]


def first_day(stream: Stream) -> float | None:
    """Return the day on which the patients of *stream* begin to come; None where no day is the first."""
    match stream:
        case CombatStream() | EpidemicStream() | HostNationStream() | StrikesStream():
            return stream.from_day
        case MassCasualtyStream():
            return stream.at_day
        case TableStream():
            return min(patient.arrival_h for patient in stream.patients) * HOUR / DAY
        case PoissonStream():
            return _first_of_rate(stream)
        case _:
            return None


def _first_of_rate(stream: PoissonStream) -> float | None:
    match stream.rate:
        case GammaRate(from_day=day):
            return day
        case GaussianRate(from_day=day) if day > GaussianRate.model_fields["from_day"].default:
            return day
        case StepRate(points=points):
            return next((p.day for p in points if p.per_day), None)
        case LinearRate(points=points):
            risen = next((n for n, p in enumerate(points) if p.per_day), None)
            return None if risen is None else points[max(risen - 1, 0)].day
        case _:
            return None
