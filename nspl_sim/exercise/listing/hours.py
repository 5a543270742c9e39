"""The clock hours in the room as columns: every hour that is played, those without any inject too."""

from datetime import date, datetime

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


def named(day: date, material: Material) -> str:
    """Return a date in words."""
    return numbers.date(datetime(day.year, day.month, day.day), material.language.code)
