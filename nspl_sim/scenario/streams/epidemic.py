"""An epidemic wave: so many admissions in all, by a gamma curve (sources-clinical, section 3)."""

from typing import Annotated, Literal

from pydantic import Field

from nspl_sim.reading.numbers import Key, Positive, Share
from nspl_sim.scenario.streams.base import Classes, Day, Regions, StreamBase
from nspl_sim.scenario.streams.rates import GammaRate


class EpidemicStream(StreamBase):
    """A wave of the admissions of one epidemic; each region's begins when the epidemic reaches it."""

    kind: Literal["epidemic"]
    total: Annotated[Positive, Field(le=1e9)]
    """Admissions to hospital in the whole wave, on average."""
    gamma_shape: Annotated[Positive, Field(ge=1, le=1000)]
    """Shape of the gamma curve; spring 2020 in Sweden: 4."""
    scale_days: Positive
    """Scale of the gamma curve; admissions peak (shape - 1) x scale after ``from_day``. Spring 2020: 13."""
    from_day: Day
    """The day on which the wave begins; before the run, its first part is not seen."""
    delay_days: dict[Key, Annotated[Day, Field(ge=0)]] = {}
    """By region: so much later the wave begins there. Not named: 0."""
    regions: Regions
    classes: Classes
    icu_share: Annotated[Share, Field(gt=0)] | None = None
    """Share of the patients whose pathway holds intensive care; the others make room. None: as the classes
    have it."""

    def wave(self, region: str) -> GammaRate:
        """Return the curve of *region* as if all patients came there."""
        return GammaRate(
            shape="gamma",
            total=self.total,
            gamma_shape=self.gamma_shape,
            scale_days=self.scale_days,
            from_day=self.from_day + self.delay_days.get(region, 0.0),
        )
