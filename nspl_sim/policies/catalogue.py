"""Every rule of the package, by name; a new rule is one file and one line here."""

from nspl_sim.policies.discharge import at_occupancy as discharge_at_occupancy
from nspl_sim.policies.discharge import none as no_discharge
from nspl_sim.policies.elective import always_pause, civil_area, national, never_pause, staged, threshold
from nspl_sim.policies.elective import forecast as elective_forecast
from nspl_sim.policies.rules import registered
from nspl_sim.policies.staff import none as no_staff
from nspl_sim.policies.staff import to_the_most_pressed
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
from nspl_sim.policies.triage import by_need, crisis_limit

MODULES = (
    alone,
    always_pause,
    anticipatory,
    as_listed,
    at_occupancy,
    by_kind,
    by_need,
    care_region_first,
    civil_area,
    civil_area_first,
    crisis_limit,
    discharge_at_occupancy,
    elective_forecast,
    fair_share,
    full_knowledge,
    least_loaded,
    national,
    nearest,
    neighbours,
    never,
    never_pause,
    no_discharge,
    no_staff,
    optimised,
    pooled,
    staged,
    support_forecast,
    threshold,
    to_the_most_pressed,
    today,
)
"""One rule each; importing them fills the registry."""

__all__ = ["MODULES", "registered"]
