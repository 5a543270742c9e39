"""The exercise clock: which second of the scenario is told at which time in the room."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from nspl_sim.demand.rates import Window
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.errors import EXIT_USAGE, NsplError
from nspl_sim.vocabulary.text import text

Night = Literal["stands", "runs"]


class BadClock(NsplError):
    """An exercise that the scenario has no time for."""

    exit_code = EXIT_USAGE


@dataclass(frozen=True)
class ExerciseClock:
    """STARTEX, tempo, played hours a day, number of days; and what the scenario does overnight."""

    window: Window
    startex: datetime
    """In the room, with its zone."""
    from_s: int
    """Second of the scenario at STARTEX."""
    tempo: float
    """Hours of the scenario in an hour in the room."""
    played_h: float
    """Hours played each day, from the time of STARTEX."""
    days: int
    night: Night = "stands"
    """Whether the scenario stands still over night, or goes on hour by hour without being played."""
    breaks: tuple[tuple[time, time], ...] = ()
    """From when to when in the room nothing is told, each day, in order: the scenario stands still."""

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        startex: datetime,
        begins: datetime | tuple[int, int, int] | None,
        tempo: float,
        played_h: float,
        days: int,
        night: Night,
        breaks: Sequence[str] = (),
    ) -> "ExerciseClock":
        """Return the clock; *begins* is the scenario's civil time at STARTEX, None its start.

        It may be day, hour and minute too, from the scenario's first day 0. *breaks* are as the roles
        write them: ``11:45-12:30``.

        Raises ``BadClock`` where the played time is not within the scenario's.
        """
        window, zone = Window.of(scenario), ZoneInfo(scenario.time_zone)
        if isinstance(begins, tuple):
            day, hour, minute = begins
            first_day = window.start.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
            begins = first_day + timedelta(days=day, hours=hour, minutes=minute)
        first = window.start if begins is None else begins.replace(tzinfo=zone)
        from_s = round((first - window.start.astimezone(UTC)).total_seconds())
        pauses = sorted(span(one) for one in breaks)
        clock = cls(window, startex.replace(tzinfo=zone), from_s, tempo, played_h, days, night, tuple(pauses))
        horizon_s = round(scenario.horizon_days * DAY)
        if not (from_s >= 0 and clock.to_s <= horizon_s):
            told = {
                "first": f"{clock.civil(from_s):%Y-%m-%dT%H:%M}",
                "last": f"{clock.civil(clock.to_s):%Y-%m-%dT%H:%M}",
                "start": f"{clock.civil(0):%Y-%m-%dT%H:%M}",
                "end": f"{clock.civil(horizon_s):%Y-%m-%dT%H:%M}",
            }
            rule = text("{first} to {last} would be played, but the scenario is {start} to {end}", **told)
            raise BadClock(rule)
        return clock

    @property
    def played_s(self) -> int:
        """Return the seconds of the scenario in a played day."""
        return round((round(self.played_h * HOUR) - sum(b - a for a, b in self.pauses(0))) * self.tempo)

    @property
    def round_s(self) -> int:
        """Return the seconds of the scenario from one STARTEX to the next morning's start."""
        return self.played_s + (round((24 - self.played_h) * HOUR) if self.night == "runs" else 0)

    @property
    def to_s(self) -> int:
        """Return the second of the scenario at ENDEX."""
        return self.from_s + (self.days - 1) * self.round_s + self.played_s

    def begins_s(self, day: int) -> int:
        """Return the second of the scenario at which played day *day* begins, from 0."""
        return self.from_s + day * self.round_s

    def ends_s(self, day: int) -> int:
        """Return the second at which it ends; where the night stands still the next day begins at it."""
        return self.begins_s(day) + self.played_s

    def day_of(self, time_s: int) -> int:
        """Return the played day of a second of the scenario, from 0; -1 where it is not played."""
        if not self.from_s <= time_s <= self.to_s:
            return -1
        day = min((time_s - self.from_s) // self.round_s, self.days - 1)
        return day if time_s - self.from_s - day * self.round_s <= self.played_s else -1

    def wall(self, time_s: int) -> datetime | None:
        """Return when a second of the scenario is told in the room, in whole minutes; None: never.

        At the second at which a break stands still it is the end of the break.
        """
        day = self.day_of(time_s)
        if day < 0:
            return None
        into_s = (time_s - self.from_s - day * self.round_s) / self.tempo
        for begins, ends in self.pauses(day):
            into_s += ends - begins if into_s >= begins else 0
        return _later(self.morning(day), int(into_s // 60) * 60)

    def morning(self, day: int) -> datetime:
        """Return when played day *day* begins in the room."""
        return self.startex + timedelta(days=day)

    def evening(self, day: int) -> datetime:
        """Return when played day *day* ends in the room."""
        return _later(self.morning(day), round(self.played_h * HOUR))

    def daily(self, at: time) -> list[int]:
        """Return the seconds of the scenario told at *at* in the room, on each day that plays it."""
        into = (self._into(day, at) for day in range(self.days))
        at_s = ((day, self._played(day, into_s)) for day, into_s in enumerate(into))
        return [
            self.from_s + day * self.round_s + math.ceil(into_s * self.tempo)
            for day, into_s in at_s
            if into_s is not None
        ]

    def scenario(self, wall: datetime) -> int:
        """Return the second of the scenario at a time in the room; ``NEVER`` where nothing is played."""
        for day in range(self.days):
            into_s = self._played(day, (wall - self.morning(day).astimezone(UTC)).total_seconds())
            if into_s is not None:
                return self.from_s + day * self.round_s + int(into_s * self.tempo)
        return NEVER

    def resting(self, wall: datetime) -> int:
        """Return the second at which the scenario stands in the break at *wall*; ``NEVER`` in none."""
        for day in range(self.days):
            for begins, ends in self.pauses(day):
                if _later(self.morning(day), begins) <= wall < _later(self.morning(day), ends):
                    return self.scenario(_later(self.morning(day), ends))
        return NEVER

    def pauses(self, day: int) -> list[tuple[int, int]]:
        """Return the breaks of a day that fall in its played hours, in seconds in the room since morning."""
        found, last_s = [], round(self.played_h * HOUR)
        for begins, ends in self.breaks:
            first, last = self._into(day, begins), self._into(day, ends)
            first = 0 if first > last else first
            if 0 <= first < last_s:
                found.append((round(first), round(min(last, last_s))))
        return found

    def played_from(self, wall: datetime, minutes: int) -> datetime:
        """Return the time in the room so many played minutes after *wall*: breaks do not count."""
        due = _later(wall, minutes * 60)
        for day in range(self.days):
            for begins, ends in self.pauses(day):
                first = _later(self.morning(day), begins)
                if wall < first <= due:
                    due = _later(due, ends - begins)
        return due

    def room_hours(self, day: int) -> list[datetime]:
        """Return the clock hours in the room that a day plays, whole or in part."""
        hour, found = self.morning(day).replace(minute=0, second=0), []
        while hour < self.evening(day):
            found.append(hour)
            hour = _later(hour, HOUR)
        return found

    def _into(self, day: int, at: time) -> float:
        """Return the seconds in the room from the morning of a day until it is *at*, within a day's time."""
        morning = self.morning(day)
        wall = datetime.combine(morning.date(), at, morning.tzinfo)
        if at < morning.timetz().replace(tzinfo=None):
            wall += timedelta(days=1)
        return (wall.astimezone(UTC) - morning.astimezone(UTC)).total_seconds()

    def _played(self, day: int, into_s: float) -> float | None:
        """Return the played seconds in the room of *into_s* since morning; None: in no day, or in a break."""
        if not 0 <= into_s <= round(self.played_h * HOUR):
            return None
        gone = 0
        for begins, ends in self.pauses(day):
            if begins <= into_s < ends:
                return None
            gone += ends - begins if into_s >= ends else 0
        return into_s - gone

    def offset(self, wall: datetime) -> str:
        """Return how long after STARTEX: ``T+02:15:00``."""
        minutes, seconds = divmod(round((wall - self.startex.astimezone(UTC)).total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"T+{hours:02}:{minutes:02}:{seconds:02}"

    def civil(self, time_s: int) -> datetime:
        """Return the scenario's civil time."""
        return self.window.civil(time_s)

    def said(self, time_s: int) -> str:
        """Return the scenario's time as exercises write it: ``D+2 14:30``."""
        civil = self.civil(time_s)
        return f"D+{(civil.date() - self.window.start.date()).days} {civil:%H:%M}"

    def hours(self, every_s: int = HOUR) -> list[int]:
        """Return the seconds of the scenario, each whole civil hour, that are played."""
        into_hour = self.civil(self.from_s).minute * 60 + self.civil(self.from_s).second
        first = self.from_s + (-into_hour) % HOUR
        return [t for t in range(first, self.to_s + 1, every_s) if self.day_of(t) >= 0]


def span(written: str) -> tuple[time, time]:
    """Return from when to when ``11:45-12:30`` is."""
    begins, _, ends = written.partition("-")
    return time.fromisoformat(begins), time.fromisoformat(ends)


def _later(when: datetime, seconds: int) -> datetime:
    """Return *when* so many real seconds later, summer time or not."""
    return (when.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(when.tzinfo)
