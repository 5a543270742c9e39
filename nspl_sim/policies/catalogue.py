"""Every rule of the package, by name; a new rule is one file and one line here."""

from nspl_sim.policies.elective import never_pause, threshold
from nspl_sim.policies.rules import registered
from nspl_sim.policies.support import (
    alone,
    as_listed,
    by_kind,
    civil_area_first,
    least_loaded,
    nearest,
    today,
)
from nspl_sim.policies.surge import at_occupancy, never

MODULES = (
    alone,
    as_listed,
    at_occupancy,
    by_kind,
    civil_area_first,
    least_loaded,
    nearest,
    never,
    never_pause,
    threshold,
    today,
)
"""One rule each; importing them fills the registry."""

__all__ = ["MODULES", "registered"]
