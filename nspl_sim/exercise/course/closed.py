"""Ways that are closed: by the scenario from one day to another, or by the weather at a second."""

from collections.abc import Iterator
from dataclasses import dataclass

from nspl_sim.scenario.closures import Closure
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import days
from nspl_sim.vocabulary.closures import ALL, ANYWHERE
from nspl_sim.vocabulary.patients import Demand


@dataclass(frozen=True)
class Closed:
    """Modes that are closed in from_s <= t < to_s."""

    modes: tuple[str, ...]
    """Keys, in alphabetical order."""
    regions: tuple[int, ...]
    from_s: int
    to_s: int
    between: bool = False
    """The way between the two regions, not the regions themselves."""


def closed_by_day(scenario: Scenario) -> Iterator[Closed]:
    """Yield what the scenario closes, in its order; nothing where transfers take no time."""
    if scenario.transport.instant:
        return
    for one in scenario.transport.closures:
        to_s = NEVER if one.to_day is None else days(one.to_day)
        modes = tuple(key for key in sorted(scenario.transport.modes) if _closes(one, key, scenario))
        if modes:
            yield Closed(modes, _regions(one, scenario), days(one.from_day), to_s, bool(one.between))


def _closes(one: Closure, mode: str, scenario: Scenario) -> bool:
    medium = scenario.transport.modes[mode].medium
    return not (one.modes or one.media) or mode in (one.modes or ()) or medium in (one.media or ())


def _regions(one: Closure, scenario: Scenario) -> tuple[int, ...]:
    """Return the regions in which it is closed, or the two of a way; all where it names none."""
    keys, areas = scenario.region_keys, one.civil_areas or ()
    if one.between:
        return tuple(sorted(keys.index(key) for key in one.between))
    named = (one.regions or one.civil_areas) is not None
    here = (key in (one.regions or ()) or scenario.regions[key].civil_area in areas for key in keys)
    return tuple(number for number, is_here in enumerate(here) if is_here or not named)


def closed_by_weather(scenario: Scenario, demand: Demand, time_s: int) -> list[Closed]:
    """Return what is closed at *time_s* and not by the scenario's days, modes of equal regions together."""
    given = {
        (mode, region)
        for one in closed_by_day(scenario)
        if one.from_s <= time_s < one.to_s and not one.between
        for mode in one.modes
        for region in one.regions
    }
    names, where = sorted(scenario.transport.modes), dict[str, list[int]]()
    for mode, region, other, vehicles, from_s, to_s in demand.closures.rows():
        is_closed = vehicles == ALL and other == ANYWHERE and from_s <= time_s < to_s
        if is_closed and (names[mode], region) not in given:
            where.setdefault(names[mode], []).append(region)
    alike: dict[tuple[int, ...], list[str]] = {}
    for name, regions in where.items():
        alike.setdefault(tuple(sorted(regions)), []).append(name)
    return [Closed(tuple(modes), regions, time_s, NEVER) for regions, modes in alike.items()]
