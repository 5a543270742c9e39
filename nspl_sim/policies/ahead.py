"""What load is to be expected some hours from now, from what is known now and nothing of the future.

Those who need a bed leave at the mean rate of the kind, and new needs arise as in the last day:
n(h) = n e^(-h/m) + a m (1 - e^(-h/m)), with n in beds, on their way and waiting, a needs an hour and m
the mean stay: the mean of an M/M/infinity system (Eick, Massey and Whitt 1993). Where the Situation
holds the future, n(h) is n and what the census to come has more than that of now.
"""

import numpy as np
from numpy.typing import NDArray

from nspl_sim.policies.beds import reported
from nspl_sim.policies.rules import Floats, Situation

DAY_H = 24


def foreseeable(situation: Situation, kind: int) -> NDArray[np.bool_]:
    """Return, by region, whether every figure that the expected load of *kind* is made of is known."""
    found: NDArray[np.bool_] = reported(situation, kind) & (situation.asked_24h[:, kind] >= 0)
    return found


def people(situation: Situation, kind: int) -> Floats:
    """Return those in beds, on their way and waiting, by region."""
    s = situation
    return (s.occupied[:, kind] + s.inbound[:, kind] + s.waiting[:, kind]).astype(float)


def expected(situation: Situation, kind: int, hours: Floats | float) -> Floats:
    """Return how many will need a bed of *kind* in *hours* (one for all, or one a region), by region."""
    now = people(situation, kind)
    ahead = np.broadcast_to(np.asarray(hours, dtype=float), len(situation.geography.regions))
    if situation.future is not None:
        hour = np.minimum(np.round(ahead).astype(np.int64), len(situation.future) - 1)
        change = situation.future[hour, np.arange(len(hour)), kind] - situation.future[0, :, kind]
        return np.asarray(np.maximum(now + change, 0.0))
    stays = situation.geography.mean_stay_h
    stay_h = stays[kind] if stays else 0.0
    if stay_h <= 0:
        return now
    stays_on = np.exp(-ahead / stay_h)
    rate = situation.asked_24h[:, kind] / DAY_H
    return np.asarray(now * stays_on + rate * stay_h * (1 - stays_on))


def beds_ahead(situation: Situation, kind: int) -> Floats:
    """Return the staffed beds with those of surge steps that are ordered, by region."""
    coming = np.maximum(situation.beds_coming[:, kind], 0)
    return (np.maximum(situation.staffed[:, kind], 0) + coming).astype(float)


def load_ahead(situation: Situation, kind: int, hours: Floats | float) -> Floats:
    """Return the expected load of *kind* by region: 0 where nobody will need a bed, inf without beds."""
    wanted, beds = expected(situation, kind, hours), beds_ahead(situation, kind)
    endless = np.where(wanted > 0, np.inf, 0.0)
    return np.asarray(np.divide(wanted, beds, out=endless, where=beds > 0))
