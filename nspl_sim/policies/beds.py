"""Where there are beds of a kind, and how hard they are pressed: what rules of all families share."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nspl_sim.policies.rules import Floats, Geography, Situation


def kind_numbers(geography: Geography, kinds: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of those of *kinds* that the scenario has, in alphabetical order."""
    return tuple(i for i, kind in enumerate(geography.kinds) if kind in kinds)


@lru_cache(maxsize=64)
def has_beds(geography: Geography, kind: int) -> NDArray[np.bool_]:
    """Return, by region, whether it has beds of *kind*, before or after a surge step."""
    surge = [sum(geography.surge_beds.get((r, kind), ())) for r in range(len(geography.regions))]
    found: NDArray[np.bool_] = (geography.base_beds[:, kind] > 0) | (np.array(surge) > 0)
    found.flags.writeable = False
    return found


def reported(situation: Situation, kind: int) -> NDArray[np.bool_]:
    """Return, by region, whether every figure that a load of *kind* is made of is known."""
    s = situation
    return (
        (s.staffed[:, kind] >= 0)
        & (s.occupied[:, kind] >= 0)
        & (s.inbound[:, kind] >= 0)
        & (s.waiting[:, kind] >= 0)
    )


def pressure(situation: Situation, kind: int) -> Floats:
    """Return the load of *kind* by region, and 0 where nobody needs a bed, though there be none."""
    wanted = situation.occupied[:, kind] + situation.inbound[:, kind] + situation.waiting[:, kind]
    return np.where(wanted > 0, situation.load(kind), 0.0)
