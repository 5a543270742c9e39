"""A directive as one row of whole numbers, and how the loop reads it.

The row: how many still walk it; six numbers a region (``ASK`` and those after it, region by region);
then for each kind of unit: whether there is an order and whose, what each receiver keeps, its quota,
and for each sender how many it asks and whom.
"""

from dataclasses import replace

import numpy as np

from nspl_sim.engine.columns import KINDS, REGIONS, Ints, State
from nspl_sim.engine.jit import compiled
from nspl_sim.policies.receivers import Walks
from nspl_sim.policies.rules import Directive, StandingOrder

REFERRALS, WITHIN, WAYS_OUT, TODAY, FIRST = range(5)
"""Slots: of referrals, of hospitals among those of their own region, of in-patients to be evacuated, of
today's order for those whom the joint office does not take on; from ``FIRST`` on those that have been in
force."""
USED = 0
OF_PEOPLE = 2
"""In the place that says whether there is an order: people decided it where no rule speaks of the kind."""
ASK, PARALLEL, LONGEST, RETRY, HELPS, FETCHES, TERMS = range(7)


def size(regions: int, kinds: int) -> int:
    """Return the numbers of a row."""
    return 1 + TERMS * regions + kinds * (1 + 2 * regions + regions * (regions + 1))


def as_row(directive: Directive, regions: int, kinds: int) -> Ints:
    """Return *directive* as a row that nobody walks yet."""
    terms = (
        directive.ask_s,
        directive.parallel,
        directive.max_s,
        directive.retry_s,
        directive.helps,
        directive.fetches or (False,) * regions,
    )
    orders = [_order(directive.order_of(kind), regions) for kind in range(kinds)]
    return np.concatenate([np.zeros(1, dtype=np.int64), np.array(terms, dtype=np.int64).ravel(), *orders])


def past(directive: Directive, within: Directive) -> Directive:
    """Return *directive* without the hospitals of the own region, who have been asked when it is walked."""
    own = {order.kind: order.receivers for order in within.orders}
    if not own:
        return directive
    orders = [
        replace(order, receivers=_others(order.receivers, own[order.kind])) if order.kind in own else order
        for order in directive.orders
    ]
    return replace(directive, orders=tuple(orders))


def _others(asked: Walks, own: Walks) -> Walks:
    pairs = zip(asked, own, strict=True)
    return tuple(tuple(r for r in receivers if r not in of_house) for receivers, of_house in pairs)


def _order(order: StandingOrder | None, regions: int) -> Ints:
    row = np.zeros(1 + 2 * regions + regions * (regions + 1), dtype=np.int64)
    if order is not None:
        row[0] = OF_PEOPLE if order.of_people else 1
        row[1 : 1 + regions] = order.reserve
        row[1 + regions : 1 + 2 * regions] = order.quota
        asked = row[1 + 2 * regions :].reshape(regions, regions + 1)
        for sender, receivers in enumerate(order.receivers):
            asked[sender, 0] = len(receivers)
            asked[sender, 1 : 1 + len(receivers)] = receivers
    return row


@compiled
def term(s: State, slot: int, what: int, region: int) -> int:
    """Return what the directive says of *region*."""
    return s.directives[slot, 1 + what * s.n[REGIONS] + region]


@compiled
def order_at(s: State, kind: int) -> int:
    """Return where the order of *kind* begins in every row."""
    regions = s.n[REGIONS]
    return 1 + TERMS * regions + kind * (1 + 2 * regions + regions * (regions + 1))


@compiled
def asked_by(s: State, kind: int, sender: int) -> int:
    """Return where it says how many *sender* asks about *kind*; whom stands behind."""
    regions = s.n[REGIONS]
    return order_at(s, kind) + 1 + 2 * regions + sender * (regions + 1)


@compiled
def kept_by(s: State, slot: int, unit: int) -> int:
    """Return how many beds of *unit* its region keeps; 0 where there is no order of the kind."""
    return s.directives[slot, order_at(s, unit % s.n[KINDS]) + 1 + unit // s.n[KINDS]]


@compiled
def quota_of(s: State, slot: int, unit: int) -> int:
    """Return how many times *unit* says yes between reviews; fewer than 0: no limit."""
    at = order_at(s, unit % s.n[KINDS])
    if not s.directives[slot, at]:
        return -1
    return s.directives[slot, at + 1 + s.n[REGIONS] + unit // s.n[KINDS]]
