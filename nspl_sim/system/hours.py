"""Staffing by the hour: when units open and close by civil time, worked out before the run."""

from datetime import date

from nspl_sim.scenario.civil import Civil
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.units import Hours, Unit
from nspl_sim.system.capacity import Capacity
from nspl_sim.vocabulary.clock import DAY


def keep_hours(scenario: Scenario, capacity: Capacity, first_s: int, end_s: int) -> None:
    """Plan every change of staffing by the hour from *first_s* to *end_s*."""
    civil = Civil.of(scenario)
    for region, key in enumerate(scenario.region_keys):
        for kind, name in enumerate(scenario.kinds):
            unit = scenario.regions[key].units.get(name)
            if unit and unit.hours:
                for time_s, beds in changes(unit, unit.hours, civil, first_s, end_s):
                    capacity.change_at(time_s, (region, kind), beds)


def changes(unit: Unit, hours: Hours, civil: Civil, first_s: int, end_s: int) -> list[tuple[int, int]]:
    """Return (second, beds more or fewer) from the full staffing that *unit* begins with.

    What changed before *first_s* is one change at that second; two that meet at midnight are none.
    """
    full = int(unit.beds)
    levels = {first_s: hours.otherwise}
    for day in civil.days(first_s - DAY, end_s):
        if day.isoweekday() in hours.weekdays:
            opens_s, closes_s = _span(civil, day, hours)
            levels |= {max(opens_s, first_s): full} if closes_s > first_s else {}
            levels |= {max(closes_s, first_s): hours.otherwise}
    found, beds = [], full
    for time_s, level in sorted(levels.items()):
        if time_s < end_s and level != beds:
            found.append((time_s, level - beds))
            beds = level
    return found


def _span(civil: Civil, day: date, hours: Hours) -> tuple[int, int]:
    return civil.second(day, hours.from_hour), civil.second(day, hours.to_hour)
