"""Kinds of unit that a region lacks, and whether its patients are referred to those that have them."""

from nspl_sim.scenario.model import Scenario


def lacks(scenario: Scenario, region: str, kind: str) -> bool:
    """Return whether *region* never has a bed of *kind*: none at any hour, none by any surge step."""
    unit = scenario.regions[region].units.get(kind)
    return unit is None or unit.is_empty


def is_referred(scenario: Scenario, region: str, kind: str) -> bool:
    """Return whether *region* refers patients who need *kind*, under every plan."""
    said = scenario.unit_kinds.get(kind)
    return said is not None and said.referral is not None and lacks(scenario, region, kind)
