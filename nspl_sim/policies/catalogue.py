"""Every rule of the package, by name; a new rule is one file and one line here."""

from nspl_sim.policies.elective import never_pause, threshold
from nspl_sim.policies.rules import REGISTRY
from nspl_sim.policies.support import alone, as_listed, civil_area_first, least_loaded, nearest, today
from nspl_sim.policies.surge import at_occupancy, never

MODULES = (
    alone,
    as_listed,
    at_occupancy,
    civil_area_first,
    least_loaded,
    nearest,
    never,
    never_pause,
    threshold,
    today,
)
"""One rule each; importing them fills the registry."""


def registered(family: str) -> dict[str, type]:
    """Return the rules of *family* by name, in alphabetical order."""
    return {name: rule for (of, name), rule in sorted(REGISTRY.items()) if of == family}
