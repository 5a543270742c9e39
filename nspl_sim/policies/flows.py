"""Whole patients from those who lack beds to those who have them, at least cost; for rules that optimise.

A transportation problem whose total is given: a network, so that a corner of the linear programme is
whole numbers (Dantzig 1951). HiGHS (dual simplex, Huangfu and Hall 2018) finds it. A limit on its steps
and not on its time keeps the answer the same on every machine; beyond it the cheapest ways are taken one
after the other.
"""

from functools import lru_cache
from zlib import crc32

import numpy as np

from nspl_sim.policies.rules import Floats, Geography, Ints

MOST_STEPS = 20_000
"""Simplex steps; a nation of 21 regions takes about fifty."""

_APART_KM = 1e-3


@lru_cache(maxsize=64)
def distinct_km(geography: Geography) -> Floats:
    """Return distances that no two sums of ways share: each with less than a metre more, by the two keys.

    So there is one best answer, whatever order the regions are numbered in. Shape (regions, regions).
    """
    keys = geography.regions
    more = [[crc32(f"{a}>{b}".encode()) / 2**32 for b in keys] for a in keys]
    km = geography.km + _APART_KM * np.array(more).reshape(geography.km.shape)
    km.flags.writeable = False
    return np.asarray(km)


def flows(supply: Ints, room: Ints, cost: Floats, most: int) -> Ints:
    """Return how many go from whom to whom: as many as can, at most *most*, at least total *cost*.

    Shapes: *supply* and *room* (regions,), *cost* and the answer (regions, regions). Who needs beds
    gives none: room beside a supply does not count.
    """
    found = np.zeros(cost.shape, dtype=np.int64)
    senders = np.flatnonzero(supply > 0)
    receivers = np.flatnonzero((room > 0) & (supply <= 0))
    total = min(int(supply[senders].sum()), int(room[receivers].sum()), most)
    if total > 0:
        ways = np.ix_(senders, receivers)
        given = (np.minimum(supply[senders], total), np.minimum(room[receivers], total), cost[ways], total)
        solved = _corner(*given)
        found[ways] = _cheapest_first(*given) if solved is None else solved
    return found


def _corner(supply: Ints, room: Ints, cost: Floats, total: int) -> Ints | None:
    """Return the best corner; None if it took too many steps."""
    from scipy.optimize import linprog

    rows, columns = cost.shape
    leaves, enters = np.kron(np.eye(rows), np.ones(columns)), np.tile(np.eye(columns), rows)
    answer = linprog(
        cost.ravel(),
        A_ub=np.vstack([leaves, enters]),
        b_ub=np.concatenate([supply, room]),
        A_eq=np.ones((1, rows * columns)),
        b_eq=[total],
        method="highs-ds",
        options={"maxiter": MOST_STEPS},
    )
    if answer.status != 0:
        return None
    return np.asarray(np.rint(answer.x), dtype=np.int64).reshape(rows, columns)


def _cheapest_first(supply: Ints, room: Ints, cost: Floats, total: int) -> Ints:
    """Return a good answer without a search: the cheapest way first, as many as it takes."""
    found = np.zeros(cost.shape, dtype=np.int64)
    left, open_beds = supply.copy(), room.copy()
    for way in np.argsort(cost, axis=None, kind="stable"):
        a, b = divmod(int(way), cost.shape[1])
        count = min(left[a], open_beds[b], total)
        found[a, b] = count
        left[a] -= count
        open_beds[b] -= count
        total -= count
    return found
