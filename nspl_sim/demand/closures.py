"""Closed modes and vehicles out of service: given by day, or drawn by civil area and by vehicle."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import special

from nspl_sim.demand.chance import Chance
from nspl_sim.demand.rates import Window
from nspl_sim.scenario.closures import Closure, Weather
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import DAY, HOUR, days
from nspl_sim.vocabulary.closures import ALL, ANYWHERE, Closures
from nspl_sim.vocabulary.patients import Floats

BLOCK_S = 6 * HOUR
"""Weather is drawn for so long at a time, from the start on."""

Row = tuple[int, int, int, int, int, int]


def closures(scenario: Scenario, chance: Chance) -> Closures:
    """Return all closures of one replication: the same whatever the plan."""
    if scenario.transport.instant:
        return Closures.of([])
    drawn = _Drawn(scenario, chance, Window.of(scenario), sorted(scenario.transport.modes))
    return Closures.of([*drawn.given(), *drawn.weather(), *drawn.out_of_service()])


@dataclass(frozen=True)
class _Drawn:
    scenario: Scenario
    chance: Chance
    window: Window
    modes: list[str]

    def given(self) -> Iterator[Row]:
        """Yield what the scenario closes by day."""
        keys = self.scenario.region_keys
        for closure in self.scenario.transport.closures:
            from_s = max(days(closure.from_day), self.window.first_s)
            to_s = (
                self.window.end_s if closure.to_day is None else min(days(closure.to_day), self.window.end_s)
            )
            if from_s >= to_s:
                continue
            if closure.between:
                a, b = sorted(keys.index(key) for key in closure.between)
                places = [(a, b)]
            else:
                places = [(r, ANYWHERE) for r, key in enumerate(keys) if self._covers(closure, key)]
            for mode, name in enumerate(self.modes):
                if self._closes(closure, name):
                    yield from ((mode, a, b, ALL, from_s, to_s) for a, b in places)

    def _closes(self, closure: Closure, name: str) -> bool:
        if closure.modes is None and closure.media is None:
            return True
        medium = self.scenario.transport.modes[name].medium
        return name in (closure.modes or ()) or medium in (closure.media or ())

    def _covers(self, closure: Closure, key: str) -> bool:
        if closure.regions is None and closure.civil_areas is None:
            return True
        area = self.scenario.regions[key].civil_area
        return key in (closure.regions or ()) or area in (closure.civil_areas or ())

    def weather(self) -> Iterator[Row]:
        """Yield the blocks of six hours in which weather closes a mode in a civil area."""
        keys, regions = self.scenario.region_keys, self.scenario.regions
        for mode, name in enumerate(self.modes):
            weather = self.scenario.transport.weather.get(name)
            if weather is None:
                continue
            for area in dict.fromkeys(regions[key].civil_area or key for key in keys):
                inside = [r for r, key in enumerate(keys) if (regions[key].civil_area or key) == area]
                share = weather.by_civil_area.get(area, weather.closed_share)
                for block in self._closed_blocks(weather, share, name, area) if share else ():
                    span = (block * BLOCK_S, (block + 1) * BLOCK_S)
                    yield from ((mode, region, ANYWHERE, ALL, *span) for region in inside)

    def _closed_blocks(self, weather: Weather, share: float, mode: str, area: str) -> list[int]:
        """Return the numbers of the closed blocks, 0 being the one that begins at the start.

        Before the start the chain runs backwards, so that a longer warm-up moves no weather after it.
        """
        before, after = -(self.window.first_s // BLOCK_S), -(-self.window.end_s // BLOCK_S)
        u = self.chance.uniforms(after, "transport", area, f"weather {mode}")
        past = self.chance.uniforms(before, "transport", area, f"weather before {mode}")
        both = _chained(np.concatenate((u[:1], past)), weather.persistence)[:0:-1]
        return (
            np.flatnonzero(np.concatenate((both, _chained(u, weather.persistence))) < share) - before
        ).tolist()

    def out_of_service(self) -> Iterator[Row]:
        """Yield how many vehicles of each base are out of service, day by day."""
        first, end = self.window.first_s // DAY, -(-self.window.end_s // DAY)
        for mode, name in enumerate(self.modes):
            share = self.scenario.transport.modes[name].unavailable_share
            for region, key in enumerate(self.scenario.region_keys if share else ()):
                lacking = np.zeros(end - first, dtype=np.int64)
                for vehicle in range(self.scenario.regions[key].vehicles.get(name, 0)):
                    u = self.chance.uniforms(end, "transport", key, f"in service {name} {vehicle}")
                    past = self.chance.uniforms(
                        -first, "transport", key, f"in service before {name} {vehicle}"
                    )
                    lacking += np.concatenate((past[::-1], u)) < share
                for day in np.flatnonzero(lacking).tolist():
                    span = ((first + day) * DAY, (first + day + 1) * DAY)
                    yield (mode, region, ANYWHERE, int(lacking[day]), *span)


def _chained(u: Floats, persistence: float) -> Floats:
    """Return uniforms of which each is correlated with the one before: a Gaussian chain of order one."""
    if not persistence or len(u) < 2:
        return u
    score = special.ndtri(u)
    fresh = np.sqrt(1 - persistence**2)
    for number in range(1, len(score)):
        score[number] = persistence * score[number - 1] + fresh * score[number]
    return np.asarray(special.ndtr(score))
