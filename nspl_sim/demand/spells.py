"""When a disruption is felt: from when to when, by which hours, and how it is made good step by step."""

from datetime import timedelta
from typing import NamedTuple

import numpy as np

from nspl_sim.demand import quantiles
from nspl_sim.demand.chance import Chance
from nspl_sim.scenario.civil import Civil
from nspl_sim.scenario.disruptions import Disruption, StaffLost, first_day
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import days, hours


class Spell(NamedTuple):
    """When a part of what is lost is lost: from the share ``upper`` of it down to the share ``lower``."""

    from_s: int
    to_s: int
    upper: float = 1.0
    lower: float = 0.0

    def within(self, from_s: int, to_s: int) -> "Spell":
        """Return what of it is within from_s <= t < to_s; empty where it begins at its end or later."""
        return self._replace(from_s=max(self.from_s, from_s), to_s=min(self.to_s, to_s))

    def part_of(self, amount: int) -> int:
        """Return the whole part of *amount* that is lost then; the parts of all spells add up to it."""
        return round(amount * self.upper) - round(amount * self.lower)


def in_full(one: Disruption, name: str, scenario: Scenario, chance: Chance) -> Spell:
    """Return when *one*, called *name*, is felt in full; one draw for all its regions."""
    if one.begins is not None:
        u = chance.uniforms(1, name, "", "disruption begins")
        from_s = int(quantiles.duration(one.begins, u)[0])
    elif one.from_day is not None:
        from_s = days(one.from_day)
    else:
        from_s = days(first_day(scenario.streams[one.with_stream or ""]) or 0.0)
    if one.days is not None:
        return Spell(from_s, from_s + max(1, days(one.days)))
    if one.lasts is not None:
        u = chance.uniforms(1, name, "", "disruption lasts")
        return Spell(from_s, from_s + int(quantiles.duration(one.lasts, u)[0]))
    return Spell(from_s, NEVER)


def spells(one: Disruption, full: Spell, scenario: Scenario) -> list[Spell]:
    """Return *full* and the recovery after it as parts that come back one by one, in their hours only."""
    steps = int(np.ceil(one.recovery_days))
    parts = [
        Spell(
            full.from_s, full.to_s + days(one.recovery_days * n / steps), 1 - (n - 1) / steps, 1 - n / steps
        )
        for n in range(1, steps + 1)
    ] or [full]
    if not isinstance(one, StaffLost) or (one.from_hour, one.to_hour) == (0, 24):
        return parts
    return [hour for part in parts for hour in _by_the_hour(one, part, scenario)]


def _by_the_hour(one: StaffLost, part: Spell, scenario: Scenario) -> list[Spell]:
    """Return *part* within the civil hours of each day of the run."""
    civil = Civil.of(scenario)
    end_s = min(part.to_s, days(scenario.horizon_days) + hours(scenario.cool_down_h))
    begin_s = max(part.from_s, -days(scenario.warm_up_days))
    first = civil.day(begin_s) - timedelta(days=1)
    found = []
    for number in range((civil.day(end_s) - first).days + 1):
        day = first + timedelta(days=number)
        until = day + timedelta(days=int(one.to_hour < one.from_hour))
        night = part.within(civil.second(day, one.from_hour), civil.second(until, one.to_hour))
        found.append(night.within(begin_s, end_s))
    return [spell for spell in found if spell.from_s < spell.to_s]
