"""Referrals: who needs a kind of unit that the region lacks is sent to one that has it, under every plan.

This is no capacity support and no plan can change it: a question takes as long as in today's order,
every region's aircraft may fly, nothing is kept in reserve and nobody is too far away but for the
range of the vehicles.
"""

from nspl_sim.policies.asking import Asking
from nspl_sim.policies.beds import has_beds
from nspl_sim.policies.receivers import nearest_first
from nspl_sim.policies.rules import Directive, Geography, StandingOrder
from nspl_sim.scenario.kinds import is_referred
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import days

_TERMS = Asking()
LONGEST_S = days(7)
"""No trip with a patient takes longer."""


def referrals(scenario: Scenario, geography: Geography) -> Directive:
    """Return the standing orders of all kinds with referral, with the terms under which they are walked."""
    regions = len(geography.regions)
    orders = tuple(
        StandingOrder(number, _receivers(scenario, geography, number), (0,) * regions, (-1,) * regions)
        for number, kind in enumerate(geography.kinds)
        if any(is_referred(scenario, key, kind) for key in geography.regions)
    )
    return Directive(
        orders=orders,
        ask_s=(_TERMS.ask_s,) * regions,
        parallel=(1,) * regions,
        max_s=(LONGEST_S,) * regions,
        retry_s=((_TERMS.retry_s if orders else 0),) * regions,
        review_s=0,
        helps=(True,) * regions,
        elective_share=(),
        surge_steps=(),
    )


def _receivers(scenario: Scenario, geography: Geography, kind: int) -> tuple[tuple[int, ...], ...]:
    """Return, by sender, the regions with such beds: the nearest first, or in the order that is given."""
    name, possible = geography.kinds[kind], has_beds(geography, kind)
    said = scenario.unit_kinds[name].referral
    listed = None if said == "nearest" else [geography.regions.index(key) for key in said or ()]
    near = nearest_first(geography).tolist()
    return tuple(
        tuple(r for r in listed or near[sender] if possible[r]) if is_referred(scenario, key, name) else ()
        for sender, key in enumerate(geography.regions)
    )
