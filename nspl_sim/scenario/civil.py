"""Civil time: which second of the run a day and hour of the scenario's time zone is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nspl_sim.scenario.model import Scenario


@dataclass(frozen=True)
class Civil:
    """The civil calendar of a scenario; model time is elapsed time, so summer time is crossed rightly."""

    start: datetime
    """The second 0, in universal time."""
    zone: ZoneInfo

    @classmethod
    def of(cls, scenario: Scenario) -> "Civil":
        """Return the calendar of *scenario*."""
        zone = ZoneInfo(scenario.time_zone)
        return cls(scenario.start.replace(tzinfo=zone).astimezone(UTC), zone)

    def day(self, time_s: int) -> date:
        """Return the civil day that the second *time_s* falls on."""
        return (self.start + timedelta(seconds=time_s)).astimezone(self.zone).date()

    def days(self, first_s: int, last_s: int) -> Iterator[date]:
        """Yield every civil day from that of *first_s* to that of *last_s*."""
        day, last = self.day(first_s), self.day(last_s)
        while day <= last:
            yield day
            day += timedelta(days=1)

    def second(self, day: date, hour: int) -> int:
        """Return the second at which *hour* (0 to 24) begins on *day*."""
        if hour == 24:
            day, hour = day + timedelta(days=1), 0
        at = datetime.combine(day, time(hour), self.zone)
        return round((at.astimezone(UTC) - self.start).total_seconds())
