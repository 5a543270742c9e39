"""What is taken away in a replication: where and when by chance, how much in whole numbers.

Uniforms are keyed by the disruption's name, so that none moves another; the number of regions drawn and
every amount grow with what they are drawn from, so that ladders are nested.
"""

from collections.abc import Iterator

import numpy as np

from nspl_sim.demand import quantiles
from nspl_sim.demand.chance import Chance
from nspl_sim.demand.effects import Effect, effects
from nspl_sim.demand.rates import Window
from nspl_sim.demand.spells import Spell, in_full, spells
from nspl_sim.scenario.civil import Civil
from nspl_sim.scenario.disruptions import Disruption, Drawn, OfficeOutage
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.staffing import stretches
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.disruptions import Disruption as Row
from nspl_sim.vocabulary.disruptions import Disruptions, What

AT_ITS_BEGINNING = (What.MORTALITY, What.EVACUATION)
"""What acts when a disruption begins and at no other time."""


def disruptions(scenario: Scenario, chance: Chance) -> Disruptions:
    """Return every row of what *scenario* takes away, within its run and in order."""
    window = Window.of(scenario)
    rows = [
        row
        for number, name in enumerate(sorted(scenario.disruptions))
        for row in _rows(scenario.disruptions[name], name, number, scenario, chance, window)
    ]
    return tuple(sorted(r for r in rows if r.from_s < min(r.to_s, window.end_s) and r.amount))


def _rows(
    one: Disruption, name: str, number: int, scenario: Scenario, chance: Chance, window: Window
) -> Iterator[Row]:
    """Yield the rows of one disruption, region by region."""
    full = in_full(one, name, scenario, chance)
    lasting = [part.within(window.first_s, NEVER) for part in spells(one, full, scenario)]
    at_once = [Spell(full.from_s, NEVER)] * (full.from_s >= window.first_s)
    for key in _where(one, name, scenario, chance):
        region = scenario.region_keys.index(key) if key else -1
        for effect in effects(one, scenario.kinds):
            what, kind = int(effect.what), scenario.kinds.index(effect.kind) if effect.kind else -1
            for there, from_s, to_s in _there(effect, key, scenario, window):
                for part in at_once if effect.what in AT_ITS_BEGINNING else lasting:
                    spell = part.within(from_s, to_s)
                    amount = part.part_of(effect.taken(there))
                    yield Row(spell.from_s, what, region, kind, number, amount, spell.to_s)


def _there(effect: Effect, key: str, scenario: Scenario, window: Window) -> list[tuple[int, int, int]]:
    """Return how much there is to take from, from when and to when: beds by the hour; of endless none."""
    if effect.what is What.TEAMS:
        return [(scenario.regions[key].icu_teams, window.first_s, NEVER)]
    if effect.what is not What.BEDS:
        return [(0, window.first_s, NEVER)]
    unit = scenario.regions[key].units.get(effect.kind or "")
    if unit is None or unit.beds == "unlimited":
        return []
    return stretches(unit, Civil.of(scenario), window.first_s, window.end_s)


# ---------------------------------------------------------------- where


def _where(one: Disruption, name: str, scenario: Scenario, chance: Chance) -> list[str]:
    """Return the keys of the regions that are hit, in alphabetical order; "" for the joint office."""
    if isinstance(one, OfficeOutage):
        return [""]
    pool = [key for key in scenario.region_keys if _in_question(one, key, scenario)]
    return sorted(_drawn(one.drawn, pool, name, chance)) if one.drawn else pool


def _in_question(one: Disruption, key: str, scenario: Scenario) -> bool:
    """Return whether the region *key* is one of those meant, and has care that can be disrupted."""
    if not scenario.regions[key].has_care:
        return False
    if one.regions is not None:
        return key in one.regions
    return one.civil_areas is None or scenario.regions[key].civil_area in one.civil_areas


def _drawn(drawn: Drawn, pool: list[str], name: str, chance: Chance) -> list[str]:
    """Return as many of *pool* as are drawn: the first to come, were each to come at a rate of its weight."""
    count = drawn.count
    if count is None:
        u_count = float(chance.uniforms(1, name, "", "disruption regions")[0])
        count = quantiles.poisson(drawn.mean or 0.0, u_count)

    def comes(key: str) -> float:
        u = float(chance.uniforms(1, name, key, "disruption place")[0])
        return float(-np.log(u) / drawn.weights.get(key, 1.0))

    return sorted(pool, key=lambda key: (comes(key), key))[:count]
