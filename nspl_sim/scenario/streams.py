"""Streams: one source of arrivals each. A new kind of stream is one class here and one function in demand."""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from nspl_sim.reading.numbers import (
    Key,
    Line,
    NonNegative,
    Positive,
    PositiveWhole,
    Real,
    Share,
    Urgency,
    Whole,
    whole,
)
from nspl_sim.reading.part import Lasting, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario.base import Timed, adds_to_one, one_of
from nspl_sim.scenario.stays import (
    Duration,
    Exponential,
    Fixed,
    Gamma,
    Lognormal,
    Spread,
    Uniform,
    spread_fits,
)
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.duration import misjudged
from nspl_sim.vocabulary.text import text

LONGEST_H = 87_600
"""Ten years, as long as the longest run: no named patient stays longer."""

Shares = Annotated[dict[Key, Share], Field(min_length=1), AfterValidator(adds_to_one)]
Classes = Shares
Regions = Shares


Day = Annotated[Real, Field(ge=-36_500, le=36_500)]
"""A day of the run or before or after it, within a hundred years of the start."""


class Point(Part):
    """The rate on one day."""

    day: Day
    per_day: NonNegative


def _in_order(points: list[Point]) -> list[Point]:
    if any(a.day > b.day for a, b in pairwise(points)):
        raise wrong("order", text("must be in the order of their days"))
    for number, (a, b) in enumerate(pairwise(points)):
        if 0 < (b.day - a.day) * DAY < 1:
            rule = text("is less than a second after the point before it")
            raise wrong("too_close", rule, number + 1, "day")
    return points


Points = Annotated[list[Point], Field(max_length=10_000), AfterValidator(_in_order)]


class LinearRate(Part):
    """Straight lines between points; 0 before the first and after the last."""

    shape: Literal["linear"]
    points: Annotated[Points, Field(min_length=2)]


class StepRate(Part):
    """From each point's day on, its rate until the next; 0 before the first."""

    shape: Literal["steps"]
    points: Annotated[Points, Field(min_length=1)]


class GaussianRate(Lasting):
    """peak · exp(-(day - centre)² / (2 sd²)); 0 before ``from_day``."""

    shape: Literal["gaussian"]
    peak_per_day: Positive
    centre_day: Day
    sd_days: Positive
    from_day: Day = -36500.0


class GammaRate(Lasting):
    """total · gamma density from ``from_day`` on (an epidemic wave)."""

    shape: Literal["gamma"]
    total: Positive
    gamma_shape: Annotated[Positive, Field(ge=1, le=1000)]
    scale_days: Positive
    from_day: Day = 0.0


Rate = Annotated[LinearRate | StepRate | GaussianRate | GammaRate, Field(discriminator="shape")]


LEAST_WEIGHT = 0.001
"""Weights are relative; a largest one under this is a slip of the pen."""


class Profile(Part):
    """Relative weights of weekdays (Monday first) and hours of civil time; their mean does not matter."""

    weekday: Annotated[list[NonNegative], Field(min_length=7, max_length=7)] = [1.0] * 7
    hour: Annotated[list[NonNegative], Field(min_length=24, max_length=24)] = [1.0] * 24

    @model_validator(mode="after")
    def _some(self) -> Self:
        for name in ("weekday", "hour"):
            if max(getattr(self, name)) < LEAST_WEIGHT:
                rule = text("must have some weight of at least {least}", least=LEAST_WEIGHT)
                raise wrong("weights", rule, name)
        return self


class StreamBase(Lasting):
    """What all streams share."""

    title: Line | None = None
    scale: Annotated[NonNegative, Field(le=1000)] = 1.0
    """Severity: the patients at a lower scale are among those at a higher one."""
    group: Literal["own", "other", "military", "allied"] = "own"


class PoissonStream(StreamBase):
    """Ordinary emergencies, or any flow with a known rate: a Poisson process."""

    kind: Literal["poisson"]
    per_day: Annotated[NonNegative, Field(le=1e7)] | None = None
    per_year: Annotated[NonNegative, Field(le=1e9)] | None = None
    rate: Rate | None = None
    regions: Regions
    classes: Classes
    icu_factor: dict[Key, Positive] = {}
    """By region: multiplies the share of patients whose pathway holds intensive care."""
    profile: Profile | None = None

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        one_of(self, "per_day", "per_year", "rate")
        return self


class PlannedStream(StreamBase):
    """Planned care: weekday arrivals; the classes say their priority."""

    kind: Literal["planned"]
    per_day: Annotated[NonNegative, Field(le=1e7)] | None = None
    per_year: Annotated[NonNegative, Field(le=1e9)] | None = None
    regions: Regions
    classes: Classes
    icu_factor: dict[Key, Positive] = {}
    profile: Profile = Profile(
        weekday=[1.0] * 5 + [0.0] * 2, hour=[0.0] * 7 + [3.0, 2.0, 2.0, 1.0, 1.0, 1.0] + [0.0] * 11
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        one_of(self, "per_day", "per_year")
        return self


class DayRate(Part):
    """Wounded in action for each 1000 troops on a day; drawn anew each day (a Cox process)."""

    family: Literal["lognormal", "exponential", "fixed"]
    mean: Annotated[Positive, Field(le=1000)]
    sd: Spread | None = None

    @model_validator(mode="after")
    def _sd(self) -> Self:
        if self.sd is None and self.family == "lognormal":
            raise wrong("sd", text("is missing; a lognormal rate needs it"), "sd")
        if self.sd is not None and self.family != "lognormal":
            raise wrong("sd", text("belongs only to family: lognormal"), "sd")
        if self.sd is not None:
            spread_fits(self.mean, self.sd, "sd")
        return self


class CombatStream(StreamBase):
    """War casualties: the day's rate is drawn first, then the wounded within the day."""

    kind: Literal["combat"]
    group: Literal["own", "other", "military", "allied"] = "military"
    troops: PositiveWhole
    per_1000_per_day: DayRate
    from_day: Annotated[NonNegative, Field(le=3650)]
    days: Annotated[Positive, Field(le=3650)]
    regions: Regions
    classes: Classes
    evacuation: Duration | None = None
    """From wounding to arrival at the first hospital."""


class Size(Part):
    """How many arrive at hospitals."""

    family: Literal["fixed", "lognormal"]
    value: Annotated[int, BeforeValidator(whole), Field(ge=1, le=10**12)] | None = None
    median: Annotated[Positive, Field(ge=1)] | None = None
    sigma: Spread | None = None

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        wanted = {"fixed": {"value"}, "lognormal": {"median", "sigma"}}[self.family]
        given = {n for n in ("value", "median", "sigma") if getattr(self, n) is not None}
        if given != wanted:
            told = {"family": self.family, "names": ", ".join(sorted(wanted))}
            raise wrong("size", text("must have {names} for family: {family}, and no other figure", **told))
        return self


class MassCasualtyStream(StreamBase):
    """One mass-casualty event: everybody is hurt at one moment and arrives by a curve."""

    kind: Literal["mass_casualty"]
    at_day: Day
    size: Size
    first_arrival_h: Annotated[NonNegative, Field(le=LONGEST_H)] = 0.5
    arrival: Duration
    """From the first arrival; the source's curve is lognormal with median 1 h, sigma 0.9."""
    arrival_factor: dict[Urgency, Positive] = {}
    """By urgency: the light casualties come first (sources-clinical, section 3)."""
    regions: Regions
    classes: Classes


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
    stay_h: Hours
    dies_waiting_h: Hours | None = None


class GivenPatient(Part):
    """One patient of a user's own table; what is not given is drawn from the class."""

    arrival_h: Real
    region: Key
    class_: Annotated[Key, Field(alias="class")]
    stages: list[GivenStage] | None = None
    urgency: Urgency | None = None


class TableStream(StreamBase):
    """A user's own table of patients: a register or an exercise."""

    kind: Literal["table"]
    patients: Annotated[list[GivenPatient], Field(min_length=1, max_length=1_000_000)]


Stream = Annotated[
    PoissonStream | PlannedStream | CombatStream | MassCasualtyStream | TableStream,
    Field(discriminator="kind"),
]

__all__ = [
    "CombatStream",
    "DayRate",
    "Exponential",
    "Fixed",
    "Gamma",
    "GivenPatient",
    "Lognormal",
    "MassCasualtyStream",
    "PlannedStream",
    "PoissonStream",
    "Profile",
    "Rate",
    "Size",
    "Stream",
    "TableStream",
    "Timed",
    "Uniform",
    "Whole",
]
