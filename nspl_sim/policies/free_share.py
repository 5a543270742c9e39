"""Free beds as a share of staffed ones: what national pictures of intensive care are drawn with."""

import numpy as np
from numpy.typing import NDArray

from nspl_sim.policies.beds import has_beds, reported
from nspl_sim.policies.rules import Floats, Situation


def counted(situation: Situation, kind: int) -> NDArray[np.bool_]:
    """Return, by region, whether its beds of *kind* are reported and so count in a free share."""
    found: NDArray[np.bool_] = reported(situation, kind) & has_beds(situation.geography, kind)
    return found


def free_share(situation: Situation, kind: int, group: NDArray[np.int64]) -> tuple[Floats, NDArray[np.bool_]]:
    """Return, by region, the share of staffed beds of *kind* that is free in its group, and if it is known.

    *group* holds a number for each region, from 0. Crowded units do not hide free beds elsewhere: no
    region has fewer than none. In a group without staffed beds the share is 0.
    """
    counts = counted(situation, kind)
    staffed = np.where(counts, situation.staffed[:, kind], 0)
    free = np.where(counts, np.maximum(situation.free(kind), 0), 0)
    size = int(group.max()) + 1
    beds = np.bincount(group, weights=staffed, minlength=size)
    open_beds = np.bincount(group, weights=free, minlength=size)
    share = np.divide(open_beds, beds, out=np.zeros(size), where=beds > 0)
    known = np.bincount(group, weights=counts, minlength=size) > 0
    return share[group], known[group]
