"""Every rule of the package, by name; a new rule is one file and one line here."""

from nspl_sim.policies.elective import always_pause, civil_area, national, never_pause, staged, threshold
from nspl_sim.policies.elective import forecast as elective_forecast
from nspl_sim.policies.rules import REGISTRY
from nspl_sim.policies.support import (
    alone,
    as_listed,
    care_region_first,
    civil_area_first,
    fair_share,
    least_loaded,
    nearest,
    neighbours,
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
    care_region_first,
    civil_area,
    civil_area_first,
    elective_forecast,
    fair_share,
    least_loaded,
    national,
    nearest,
    neighbours,
    never,
    never_pause,
    staged,
    support_forecast,
    threshold,
    today,
)
"""One rule each; importing them fills the registry."""


def registered(family: str) -> dict[str, type]:
    """Return the rules of *family* by name, in alphabetical order."""
    return {name: rule for (of, name), rule in sorted(REGISTRY.items()) if of == family}
