"""Orders that no plan can change: referrals, ways out, and hospitals of one region that help each other.

Neither is capacity support between regions. Who needs a kind of unit that the region lacks is sent to
one that has it: a question takes as long as in today's order. Where a region is split into its
hospitals, each asks the others first, which takes no time. Who is to be evacuated, from a kind of unit
that the plan has no order for, is asked about in today's order of regions. In all of them every aircraft
may fly, nothing is kept in reserve and nobody is too far away but for the range of the vehicles.
"""

from nspl_sim.policies.asking import Asking
from nspl_sim.policies.beds import has_beds
from nspl_sim.policies.receivers import Walks, fixed_orders, nearest_first
from nspl_sim.policies.rules import Directive, Geography, StandingOrder
from nspl_sim.scenario.kinds import is_referred
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.owners import housemates
from nspl_sim.vocabulary.clock import days

_TERMS = Asking()
LONGEST_S = days(7)
"""No trip with a patient takes longer."""


def referrals(scenario: Scenario, geography: Geography) -> Directive:
    """Return the standing orders of all kinds with referral, with the terms under which they are walked."""
    return _terms_of(
        geography,
        {
            number: _receivers(scenario, geography, number)
            for number, kind in enumerate(geography.kinds)
            if any(is_referred(scenario, key, kind) for key in geography.regions)
        },
        _TERMS.ask_s,
    )


def ways_out(geography: Geography) -> Directive:
    """Return the standing orders by which in-patients of any kind are evacuated."""
    orders = fixed_orders(geography, geography.kinds, 0, own_area="care_region")
    return _terms_of(geography, {order.kind: order.receivers for order in orders}, _TERMS.ask_s)


def within_regions(scenario: Scenario, geography: Geography) -> Directive:
    """Return the standing orders of hospitals among those of their own region, the nearest first."""
    near, others = nearest_first(geography).tolist(), housemates(scenario)
    walks = {
        number: tuple(
            tuple(r for r in nearest if r in own and possible[r])
            for nearest, own in zip(near, others, strict=True)
        )
        for number in range(len(geography.kinds))
        if any(others) and (possible := has_beds(geography, number)).any()
    }
    return _terms_of(geography, walks, 0)


def _terms_of(geography: Geography, walks: dict[int, Walks], ask_s: int) -> Directive:
    """Return the *walks* by kind as standing orders without reserve or quota, and their terms."""
    regions = len(geography.regions)
    nothing = (0,) * regions
    orders = tuple(StandingOrder(kind, walk, nothing, (-1,) * regions) for kind, walk in walks.items())
    return Directive(
        orders=orders,
        ask_s=(ask_s,) * regions,
        parallel=(1,) * regions,
        max_s=(LONGEST_S,) * regions,
        retry_s=((_TERMS.retry_s if orders else 0),) * regions,
        review_s=0,
        helps=(True,) * regions,
        elective_share=(),
        surge_steps=(),
    )


def _receivers(scenario: Scenario, geography: Geography, kind: int) -> Walks:
    """Return, by sender, the regions with such beds: the nearest first, or in the order that is given."""
    name, possible = geography.kinds[kind], has_beds(geography, kind)
    said = scenario.unit_kinds[name].referral
    listed = None if said == "nearest" else [geography.regions.index(key) for key in said or ()]
    near = nearest_first(geography).tolist()
    return tuple(
        tuple(r for r in listed or near[sender] if possible[r]) if is_referred(scenario, key, name) else ()
        for sender, key in enumerate(geography.regions)
    )
