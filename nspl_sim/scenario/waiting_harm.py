"""What waiting for planned care does to a patient in the long run; counted apart from deaths in the model.

Nobody in the model dies of it and nothing waits less for it: it is reckoned after the run from how long
postponed care waited, in columns of its own, and is never added to deaths (sources-clinical, section 7).
"""

from typing import Annotated, Literal

from pydantic import Field

from nspl_sim.reading.numbers import Positive, Share
from nspl_sim.reading.part import Part


class LaterDeaths(Part):
    """A worse chance of cure: mortality_5y x (hazard_ratio_per_4_weeks^(weeks / 4) - 1) die, over years."""

    harm: Literal["later_deaths"]
    mortality_5y: Share
    """Of such patients within five years when they are treated in time (cancer: 0.35, assumed)."""
    hazard_ratio_per_4_weeks: Annotated[Positive, Field(ge=1, le=2)]
    """Of death from any cause for each four weeks of delay (cancer: 1.07, range 1.06-1.08; Hanna 2020)."""


class DeathsOnList(Part):
    """Deaths while on the list: a hazard of per_100_years / 100 a year that grows month by month."""

    harm: Literal["deaths_on_list"]
    per_100_years: Annotated[Positive, Field(le=200)]
    """Deaths for each 100 patient-years of waiting (heart surgery: 5.8; Rexius 2004)."""
    growth_per_month: Annotated[Positive, Field(ge=1, le=2)] = 1.0
    """What the hazard is multiplied by for each month waited (heart surgery: 1.11; Rexius 2004)."""


class LostQuality(Part):
    """Quality of life lost while waiting, in quality-adjusted life years."""

    harm: Literal["lost_quality"]
    qaly_per_year: Share
    """Lost for each year of waiting (benign surgery: 0.15, range 0.05-0.30, assumed)."""


WaitingHarm = Annotated[LaterDeaths | DeathsOnList | LostQuality, Field(discriminator="harm")]
