"""Every rule of the package, by name; a new rule is one file and one line here."""

from nspl_sim.policies.elective import always_pause, civil_area, national, never_pause, staged, threshold
from nspl_sim.policies.elective import forecast as elective_forecast
from nspl_sim.policies.rules import registered
from nspl_sim.policies.support import (
    alone,
    as_listed,
    by_kind,
    care_region_first,
    civil_area_first,
    fair_share,
    full_knowledge,
    least_loaded,
    nearest,
    neighbours,
    optimised,
    pooled,
    today,
)
from nspl_sim.policies.support import forecast as support_forecast
from nspl_sim.policies.surge import anticipatory, at_occupancy, never

MODULES = (
    alone,
    always_pause,
    anticipatory,
    as_listed,
    at_occupancy,
    by_kind,
    care_region_first,
    civil_area,
    civil_area_first,
    elective_forecast,
    fair_share,
    full_knowledge,
    least_loaded,
    national,
    nearest,
    neighbours,
    never,
    never_pause,
    optimised,
    pooled,
    staged,
    support_forecast,
    threshold,
    today,
)
"""One rule each; importing them fills the registry."""

__all__ = ["MODULES", "registered"]
