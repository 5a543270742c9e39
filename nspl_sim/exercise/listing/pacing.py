"""The rhythm of the day: who is given how much, how close together; what has no room comes later.

The weightiest choose first. What finds its minute taken, or its hour full, is told in the next minute with
room, counted and worded anew for that minute; what is no longer so by then is not told.
"""

from bisect import bisect, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.exercise.setting.roles import Limits
from nspl_sim.exercise.triggers.routine import FIXED
from nspl_sim.vocabulary.clock import MINUTE


@dataclass(frozen=True, eq=False)
class Candidate:
    """An inject at the time at which it comes about, and a way to tell it later."""

    inject: Inject
    later: Callable[[int], Inject | None]
    """The same, counted and worded anew at a later second; None where it is not so then."""
    until_s: int
    """From this second on its trigger has something newer to say of the region."""


@dataclass(frozen=True)
class Told:
    """What had been told when the rest was planned: it stays, and the rest comes after."""

    since_s: int = -1
    """Up to this second of the scenario."""
    at_s: Mapping[str, int] = field(default_factory=dict)
    """When, by number."""


NOTHING = Told()


@dataclass(eq=False)
class Day:
    """What has been put where."""

    limits: Limits
    hour: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By player and clock hour."""
    of_one: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By player and trigger."""
    walls: defaultdict[tuple[str, str], list[datetime]] = field(default_factory=lambda: defaultdict(list))
    """Times in the room, in order, of each player; and of each controller and trigger."""

    def put(self, one: Inject) -> Inject:
        """Count *one* at its time."""
        self.hour[one.player, _hour(one.wall)] += 1
        self.of_one[one.player, one.code] += one.code not in FIXED
        for key in _lanes(one):
            insort(self.walls[key], one.wall)
        return one

    def has_room(self, one: Inject, wall: datetime) -> bool:
        """Return whether the receiver's hour has room at *wall*."""
        return self.hour[one.player, _hour(wall)] < self.limits.most_per_hour

    def is_apart(self, one: Inject, wall: datetime) -> bool:
        """Return whether *wall* is far enough from all that its receiver, or its controller, has there."""
        apart = timedelta(minutes=self.limits.minutes_apart)
        for key in _lanes(one):
            there, place = self.walls[key], bisect(self.walls[key], wall)
            near = there[max(place - 1, 0) : place + 1]
            if any(abs(wall - other) < apart for other in near):
                return False
        return True


def paced(
    candidates: Iterable[Candidate],
    limits: Limits,
    clock: ExerciseClock,
    left_out: Counter[str],
    told: Told = NOTHING,
) -> list[Inject]:
    """Return what the limits let through, in order of time: the weightiest, then the first.

    What has a fixed time or has been *told* is counted, and never moved nor dropped. What is left out is
    counted by reason.
    """
    every, day = list(candidates), Day(limits)
    kept = [day.put(_as_told(one, told)) for one in every if _stays(one, told)]
    others = (one for one in every if not _stays(one, told))
    for one in sorted(others, key=lambda c: (-c.inject.weight, c.inject.time_s, c.inject.inject_id)):
        if day.of_one[one.inject.player, one.inject.code] >= limits.most_of_one:
            left_out["enough of one kind"] += 1
            continue
        found = _placed(one, day, clock, told.since_s)
        if found is None:
            left_out["enough in the hour"] += 1
        else:
            kept.append(day.put(found))
    return sorted(kept, key=lambda i: (i.wall_clock, i.time_s, -i.weight, i.inject_id))


def _stays(one: Candidate, told: Told) -> bool:
    return one.inject.code in FIXED or one.inject.inject_id in told.at_s


def _as_told(one: Candidate, told: Told) -> Inject:
    """Return *one* as it was told; at its own time where it has not been."""
    at_s = told.at_s.get(one.inject.inject_id, one.inject.time_s)
    return one.inject if at_s == one.inject.time_s else one.later(at_s) or one.inject


def _placed(one: Candidate, day: Day, clock: ExerciseClock, since_s: int) -> Inject | None:
    """Return *one* after *since_s*, at its own time or later; None where there is no room while it is so."""
    own = one.inject
    has_room = own.time_s > since_s and day.has_room(own, own.wall)
    if has_room and day.is_apart(own, own.wall):
        return own
    for time_s in _minutes(own.time_s, day.limits.latest_minutes, clock):
        wall = clock.wall(time_s)
        if time_s >= one.until_s or wall is None:
            break
        if time_s <= since_s:
            continue
        if day.has_room(own, wall) and day.is_apart(own, wall):
            later = one.later(time_s)
            if later is not None:
                return later
            break
    return own if has_room else None


def _minutes(time_s: int, most: int, clock: ExerciseClock) -> Iterable[int]:
    """Yield the seconds of the scenario in the minutes in the room that follow, at whole minutes of both.

    They are of the same played day, and before its end.
    """
    today = clock.day_of(time_s)
    ends_s = clock.ends_s(today)
    for minute in range(1, most + 1):
        later_s = time_s + round(minute * MINUTE * clock.tempo)
        later_s += -later_s % MINUTE
        if later_s >= ends_s:
            return
        yield later_s


def _lanes(one: Inject) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("", one.player), (one.controller, one.code)


def _hour(wall: datetime) -> str:
    return wall.isoformat()[:13]
