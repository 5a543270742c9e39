"""War casualties: the day's rate is drawn first, then the wounded within the day."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nspl_sim.reading.numbers import Positive, PositiveWhole
from nspl_sim.reading.part import Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario.base import one_of
from nspl_sim.scenario.stays import Duration, Spread, spread_fits
from nspl_sim.scenario.streams.base import Classes, FromDay, Regions, StreamBase
from nspl_sim.vocabulary.text import text


class DailyCount(Part):
    """How many on a day; drawn anew each day (a Cox process). Gamma makes it negative binomial."""

    family: Literal["lognormal", "exponential", "gamma", "fixed"]
    mean: Annotated[Positive, Field(le=1e6)]
    """Patients a day, on average."""
    sd: Spread | None = None
    """Standard deviation of the day's mean; of a lognormal or gamma only."""

    @model_validator(mode="after")
    def _sd(self) -> Self:
        if self.sd is None and self.family in ("lognormal", "gamma"):
            rule = text("is missing; family: {family} needs it", family=self.family)
            raise wrong("sd", rule, "sd")
        if self.sd is not None and self.family not in ("lognormal", "gamma"):
            raise wrong("sd", text("belongs only to family: lognormal and family: gamma"), "sd")
        if self.sd is not None:
            spread_fits(self.mean, self.sd, "sd")
        return self


class DayRate(DailyCount):
    """Wounded in action for each 1000 troops on a day; drawn anew each day (a Cox process)."""

    mean: Annotated[Positive, Field(le=1000)]
    """For each 1000 troops a day, on average."""


class CombatStream(StreamBase):
    """War casualties: the day's rate is drawn first, then the wounded within the day."""

    kind: Literal["combat"]
    group: Literal["own", "other", "military", "allied"] = "military"
    troops: PositiveWhole | None = None
    """With ``per_1000_per_day``: how many fight."""
    per_1000_per_day: DayRate | None = None
    """Wounded a day for each 1000 troops."""
    per_day: DailyCount | None = None
    """Instead of the two: wounded a day, such as civilians all over a country."""
    from_day: FromDay
    days: Annotated[Positive, Field(le=3650)]
    """How long there is fighting."""
    regions: Regions
    classes: Classes
    evacuation: Duration | None = None
    """From wounding to arrival at the first hospital."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        given = one_of(self, "per_1000_per_day", "per_day")
        if given == "per_1000_per_day" and self.troops is None:
            raise wrong("troops", text("is missing; per_1000_per_day needs it"), "troops")
        if given == "per_day" and self.troops is not None:
            raise wrong("troops", text("belongs to per_1000_per_day, not to per_day"), "troops")
        return self

    @property
    def a_day(self) -> DailyCount:
        """Return the distribution of a day's rate: in all, or for each 1000 troops."""
        found = self.per_day or self.per_1000_per_day
        assert found is not None
        return found

    @property
    def thousands(self) -> float:
        """Return what the day's rate is multiplied by."""
        return 1.0 if self.troops is None else self.troops / 1000
