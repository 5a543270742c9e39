"""Where people live now: displaced patients come in another region, and are otherwise the same.

Two uniforms, keyed like all others by stream and home: one says who leaves, so that a larger share holds
those of a smaller one; the other says whereto.
"""

from collections.abc import Callable

import numpy as np

from nspl_sim.demand.pathways import chosen
from nspl_sim.scenario.displaced import Displaced
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import DAY, days
from nspl_sim.vocabulary.patients import Floats, Ints

Draw = Callable[[str], Floats]
"""One uniform for each patient of a group, by purpose."""


def living_in(scenario: Scenario, home: str, arrival_s: Ints, draw: Draw) -> Ints:
    """Return the region in which each patient of the region *home* lives at their arrival."""
    keys = scenario.region_keys
    found = np.full(len(arrival_s), keys.index(home), dtype=np.int64)
    for one in scenario.displaced:
        if home not in one.from_:
            continue
        away = np.flatnonzero(draw("displaced") < share_away(one, home, arrival_s))
        to = sorted(one.to)
        number = np.array([keys.index(key) for key in to], dtype=np.int64)
        found[away] = number[chosen(np.array([one.to[key] for key in to]), draw("displaced to")[away])]
    return found


def share_away(one: Displaced, home: str, time_s: Ints | Floats) -> Floats:
    """Return the share of the people of *home* who are away by *one* at each *time_s*."""
    since = np.asarray(time_s, dtype=float) - days(one.from_day)
    left = np.where(since >= 0, 1.0, 0.0)
    if one.ramp_days:
        left = np.clip(since / (one.ramp_days * DAY), 0.0, 1.0)
    if one.to_day is not None:
        left = np.where(np.asarray(time_s) < days(one.to_day), left, 0.0)
    return one.from_[home] * left


def share_living(scenario: Scenario, home: str, time_s: Ints | Floats) -> Floats:
    """Return where the people of *home* live at each *time_s*. Shape (regions, times), columns add to 1."""
    keys = scenario.region_keys
    found = np.zeros((len(keys), len(time_s)))
    found[keys.index(home)] = 1.0
    for one in scenario.displaced:
        if home in one.from_:
            away = share_away(one, home, time_s)
            found[keys.index(home)] -= away
            for key, share in one.to.items():
                found[keys.index(key)] += share * away
    return found
