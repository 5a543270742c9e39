"""Whom a region can ask, and in which order: what the support rules share.

Everything but the groups of a single review is fixed for a scenario, and is worked out once for
each :class:`~nspl_sim.policies.rules.Geography`. Its neighbour below: beds.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from nspl_sim.policies.beds import has_beds, kind_numbers
from nspl_sim.policies.rules import Geography, Ints, StandingOrder

Walks = tuple[tuple[int, ...], ...]
"""By sending region: the receivers in order."""

_NOT_ASKED = np.iinfo(np.int64).max


@lru_cache(maxsize=64)
def nearest_first(geography: Geography) -> Ints:
    """Return, by region, all the others by (distance, key). Shape (regions, regions - 1)."""
    regions = len(geography.regions)
    near = np.array([geography.by_distance(r) for r in range(regions)], dtype=np.int64)
    near = near.reshape(regions, regions - 1)
    near.flags.writeable = False
    return near


def walks(geography: Geography, kind: int, group: Ints) -> Walks:
    """Return, by sender, everyone else with beds of *kind*, by (group, distance, key).

    *group* is by receiver, shape (regions,), or by sender and receiver, shape (regions, regions).
    """
    near, possible = nearest_first(geography), has_beds(geography, kind)
    groups = np.where(possible, group, _NOT_ASKED)
    by_near = groups[near] if groups.ndim == 1 else np.take_along_axis(groups, near, axis=1)
    ordered = np.take_along_axis(near, np.argsort(by_near, axis=1, kind="stable"), axis=1)
    lengths = int(possible.sum()) - possible.astype(np.int64)
    return tuple(tuple(row[:n]) for row, n in zip(ordered.tolist(), lengths.tolist(), strict=True))


def standing_order(geography: Geography, kind: int, receivers: Walks, reserve: int) -> StandingOrder:
    """Return the standing order in which every receiver keeps the same *reserve*, without quota."""
    regions = len(geography.regions)
    return StandingOrder(kind, receivers, (reserve,) * regions, (-1,) * regions)


@lru_cache(maxsize=64)
def fixed_orders(
    geography: Geography, kinds: tuple[str, ...], reserve: int, own_area: str = ""
) -> tuple[StandingOrder, ...]:
    """Return the orders that no situation changes: *own_area* (a field of Geography) first, then distance."""
    areas = getattr(geography, own_area) if own_area else ("",) * len(geography.regions)
    group = _outside(areas)
    return tuple(
        standing_order(geography, kind, walks(geography, kind, group), reserve)
        for kind in kind_numbers(geography, kinds)
    )


def _outside(areas: Sequence[str]) -> Ints:
    """Return 0 where two regions share a named area, else 1. Shape (regions, regions)."""
    names = np.array(areas)
    return np.where((names[:, None] == names[None, :]) & (names != "")[:, None], 0, 1)
