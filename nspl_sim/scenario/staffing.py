"""Staffing by the hour as times and beds: what a unit has when, by civil time."""

from datetime import date

from nspl_sim.scenario.civil import Civil
from nspl_sim.scenario.units import Hours, Unit
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import DAY


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


def stretches(unit: Unit, civil: Civil, first_s: int, end_s: int) -> list[tuple[int, int, int]]:
    """Return (beds, from, to) of each stretch of one staffing; the last has no end."""
    full = int(unit.beds)
    if unit.hours is None:
        return [(full, first_s, NEVER)]
    found, begun_s = [], first_s
    for time_s, more in changes(unit, unit.hours, civil, first_s, end_s):
        found.append((full, begun_s, time_s))
        full, begun_s = full + more, time_s
    return [*((b, f, t) for b, f, t in found if f < t), (full, begun_s, NEVER)]
