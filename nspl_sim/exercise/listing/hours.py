"""The clock hours in the room as columns: every hour that is played, those without any inject too."""

from datetime import UTC, date, datetime, time, timedelta

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import Material
from nspl_sim.paper import numbers


def played(material: Material, day: date | None = None) -> list[str]:
    """Return the hours, of *day* alone if given: ``2027-03-08T09``; those of injects at the very end too."""
    clock = material.clock
    every = {f"{hour:%Y-%m-%dT%H}" for n in range(clock.days) for hour in clock.room_hours(n)}
    every |= {hour_of(one) for one in material.told}
    return sorted(hour for hour in every if day is None or hour[:10] == day.isoformat())


def days(material: Material) -> list[date]:
    """Return the dates in the room."""
    return sorted({date.fromisoformat(hour[:10]) for hour in played(material)})


def hour_of(one: Inject) -> str:
    """Return the clock hour of an inject."""
    return one.wall_clock[:13]


def head(hour: str, material: Material, day: date | None = None) -> str:
    """Return an hour as a column is called: ``09:00``, with its date in columns of several days."""
    alone = day is not None or len(days(material)) == 1
    return f"{hour[11:]}:00" if alone else f"{hour[5:10]} {hour[11:]}:00"


def said(wall: datetime, material: Material) -> str:
    """Return a time in the room: ``09:20``, with its date where several days are played."""
    return f"{wall:%H:%M}" if len(days(material)) == 1 else f"{wall:%m-%d %H:%M}"


def briefings(material: Material) -> list[str]:
    """Return the times of the briefings that are played, on any day: ``09:30``."""
    return [at for at in material.roles.briefings if material.clock.daily(time.fromisoformat(at))]


def breaks(material: Material) -> list[str]:
    """Return the breaks as far as they fall in played hours: ``11:45-12:30``."""
    clock = material.clock
    first = clock.morning(0).astimezone(UTC)
    found = []
    for pause in clock.pauses(0):
        begins, ends = ((first + timedelta(seconds=into)).astimezone(clock.startex.tzinfo) for into in pause)
        found.append(f"{begins:%H:%M}-{ends:%H:%M}")
    return found


def named(day: date, material: Material) -> str:
    """Return a date in words."""
    return numbers.date(datetime(day.year, day.month, day.day), material.language.code)
