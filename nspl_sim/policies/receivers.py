"""Whom a region can ask, and in which order: what the support rules share.

Everything but the groups of a single review is fixed for a scenario, and is worked out once for
each :class:`~nspl_sim.policies.rules.Geography`. Its neighbour below: beds.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nspl_sim.policies.beds import has_beds, kind_numbers, reported
from nspl_sim.policies.rules import Floats, Geography, Ints, Situation, StandingOrder

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


def in_steps(value: Floats, band: float) -> Floats:
    """Return *value* in whole steps of *band*, rounded down; 0.3 is three steps of 0.1."""
    return np.asarray(np.floor(np.round(value / band, 9)))  # 0.3 / 0.1 is a little under 3


def room_first(
    situation: Situation, kind: int, steps: Floats, room: NDArray[np.bool_], apart: Ints | None = None
) -> Ints:
    """Return the groups of :func:`walks`: those with *room*, the full, last those without a picture.

    Inside the first two, first by *apart* (0 or 1, by sender and receiver) where it is given, and then by
    *steps*, the fewest first; the unknown are by distance alone.
    """
    regions = len(steps)
    rank = np.unique(steps, return_inverse=True)[1].reshape(regions).astype(np.int64)
    group = np.where(room, 0, 2 * regions) + rank
    if apart is not None:
        group = group + regions * apart
    return np.where(reported(situation, kind), group, 4 * regions)


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
    group = outside(areas)
    return tuple(
        standing_order(geography, kind, walks(geography, kind, group), reserve)
        for kind in kind_numbers(geography, kinds)
    )


def outside(areas: Sequence[str]) -> Ints:
    """Return 0 where two regions share a named area, else 1. Shape (regions, regions)."""
    names = np.array(areas)
    return np.where((names[:, None] == names[None, :]) & (names != "")[:, None], 0, 1)
