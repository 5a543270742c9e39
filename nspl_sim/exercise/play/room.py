"""Times in the room: as they are said, with the day where there are several, and as people type them."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from nspl_sim.exercise.play.names import heard
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.paper import numbers
from nspl_sim.paper.language import Language
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.text import Text, text

DAY, AT, TOMORROW = text("day"), text("at at-time"), text("tomorrow")
_HOUR = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?|(\d{1,2})(\d{2})")
_IN_SCENARIO = re.compile(r"d\+?(\d{1,4})\s+(?:kl\.?\s*)?(\d{1,2})[:.](\d{2})")


class Typed(NamedTuple):
    """A time in the room."""

    day: int | None
    """From 1; None: the day that is being played."""
    hour: int
    minute: int


# ------------------------------------------------------------ as it is said


def day_of(clock: ExerciseClock, wall: datetime) -> int:
    """Return the played day, from 0, that *wall* belongs to: the last that has begun by then."""
    return max((day for day in range(clock.days) if clock.morning(day) <= wall), default=0)


def said(clock: ExerciseClock, wall: datetime, language: Language) -> str:
    """Return ``day 2, Tuesday 9 March 08:00``; of an exercise of one day ``08:00``."""
    if clock.days == 1:
        return f"{wall:%H:%M}"
    date = numbers.weekday(wall, language.code)
    words = text("day {n}, {date} {time}", n=day_of(clock, wall) + 1, date=date, time=f"{wall:%H:%M}")
    return language.say(words)


def hour(clock: ExerciseClock, wall: datetime, today: int, language: Language) -> str:
    """Return ``08:00``, with ``day 2`` before it where that is another day than *today*, from 0; -1: always.

    Of an exercise of one day only ``08:00``.
    """
    day = day_of(clock, wall)
    if day == today or clock.days == 1:
        return f"{wall:%H:%M}"
    return language.say(text("day {n} {time}", n=day + 1, time=f"{wall:%H:%M}"))


def pause(clock: ExerciseClock, wall: datetime, day: int) -> Text | None:
    """Return that a break ends at *wall*, at the second at which it began; None where none does."""
    for begins, ends in clock.pauses(day):
        first, last = (clock.morning(day).astimezone(UTC) + timedelta(seconds=s) for s in (begins, ends))
        if wall == last:
            hours = (f"{at.astimezone(wall.tzinfo):%H:%M}" for at in (first, last))
            return text("Break {first} to {last}.", **dict(zip(("first", "last"), hours, strict=True)))
    return None


def both(clock: ExerciseClock, time_s: int) -> Text:
    """Return a second of the scenario in its own time, and in that of the room where it is played."""
    wall = clock.wall(time_s)
    if time_s > clock.to_s:
        return text("{when}, after ENDEX", when=clock.said(time_s))
    if wall is None:
        return text("{when}, over night", when=clock.said(time_s))
    there = f"{wall:%H:%M}"
    day = text("day {n} {time}", n=day_of(clock, wall) + 1, time=there) if clock.days > 1 else there
    return text("{when} ({wall} in the room)", when=clock.said(time_s), wall=day)


# ------------------------------------------------------------ as it is typed


def typed(written: str, today: int = 0) -> Typed | None:
    """Return the time in the room that ``9.15``, ``kl. 09:15``, ``915`` or ``dag 2 09:15`` means, if any.

    ``i morgon 9.15`` and ``9.15 imorgon`` are of the day after *today*, from 0.
    """
    parts = re.sub(r"\bi morgon\b", "imorgon", written.casefold()).split()
    day = None
    if len(parts) > 1 and not {parts[0], parts[-1]}.isdisjoint(heard(TOMORROW)):
        day, parts = today + 2, parts[1:] if parts[0] in heard(TOMORROW) else parts[:-1]
    if len(parts) > 2 and parts[0] in heard(DAY) and parts[1].isdigit():
        day, parts = int(parts[1]), parts[2:]
    if len(parts) > 1 and parts[0].strip(".") in heard(AT):
        parts = parts[1:]
    found = _HOUR.fullmatch(" ".join(parts).removeprefix("kl.").removeprefix("kl"))
    if found is None:
        return None
    at, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    return Typed(day, at, minute) if at < 24 and minute < 60 else None


def in_scenario(written: str) -> str:
    """Return ``D+5 6.00`` as a file would have it, ``D+5 06:00``; anything else stays as it is."""
    found = _IN_SCENARIO.fullmatch(written.strip().casefold())
    return f"D+{found[1]} {int(found[2]):02}:{found[3]}" if found else written


def second(clock: ExerciseClock, at: Typed, today: int) -> int:
    """Return the second of the scenario at a time of *today*, from 0, or of its own day; ``NEVER``: none.

    In a break it is the second at which the scenario stands.
    """
    day = today if at.day is None else at.day - 1
    if not 0 <= day < clock.days:
        return NEVER
    morning = clock.morning(day)
    wall = morning.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    wall = wall if wall >= morning else wall + timedelta(days=1)
    return min(clock.scenario(wall), clock.resting(wall)) if wall <= clock.evening(day) else NEVER
