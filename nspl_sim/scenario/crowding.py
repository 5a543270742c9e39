"""What very full wards do to the patients in them: an option, off unless a scenario says it."""

from typing import Annotated

from pydantic import Field

from nspl_sim.reading.numbers import Positive
from nspl_sim.reading.part import Part


class WardCrowding(Part):
    """A higher risk of dying in very full wards (sources-clinical, section 5; Madsen 2014, Denmark)."""

    from_occupancy: Annotated[Positive, Field(ge=0.5, le=2)] = 0.95
    """Patients / staffed ward beds of a region from which its wards count as crowded (0.95-1.0)."""
    relative_risk: Annotated[Positive, Field(ge=1, le=3)] = 1.09
    """Of dying in care, for the share of the time in wards that was crowded (1.00-1.12)."""
