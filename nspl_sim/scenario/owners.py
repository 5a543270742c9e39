"""Regions split into hospitals: which nodes have the same owner."""

from nspl_sim.scenario.model import Scenario


def owner_numbers(scenario: Scenario) -> tuple[int, ...]:
    """Return the number of each node's owner; equal for the hospitals of one region. By region number."""
    owners = [scenario.owner(key) for key in scenario.region_keys]
    first = {owner: number for number, owner in reversed(list(enumerate(owners)))}
    return tuple(first[owner] for owner in owners)


def housemates(scenario: Scenario) -> tuple[tuple[int, ...], ...]:
    """Return, by node, the others of the same owner; empty for a region that is not split."""
    owners = owner_numbers(scenario)
    return tuple(
        tuple(other for other, theirs in enumerate(owners) if theirs == own and other != number)
        for number, own in enumerate(owners)
    )
