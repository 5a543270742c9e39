"""Integer step functions of time, one for each unit: levels, exact integrals, spans of one level.

A level holds from the second of its change on: the level at t counts every change at or before t.
Changes that fall on the same second are one change; the order between them cannot be seen.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.patients import Floats, Ints

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Spans:
    """Pieces of time of one level, in order of (unit, time), without holes and none empty.

    Shapes: ``(spans,)``; ``units`` is their number. A span is from_s <= t < to_s.
    """

    units: int
    unit: Ints
    from_s: Ints
    to_s: Ints
    level: Ints

    def seconds(self, where: Bools) -> Ints:
        """Return the seconds of the spans chosen by *where*, by unit. Shape (units,)."""
        return totals(self.unit[where], (self.to_s - self.from_s)[where], self.units)

    def first_lasting(self, where: Bools, at_least_s: int) -> Ints:
        """Return by unit when *where* first begins to hold for *at_least_s* on end, else ``NEVER``."""
        goes_on = np.zeros(len(where), dtype=bool)
        goes_on[1:] = where[1:] & where[:-1] & (self.unit[1:] == self.unit[:-1])
        begins = np.flatnonzero(where & ~goes_on)
        ends = np.flatnonzero(where & ~np.append(goes_on[1:], False))
        long_enough = self.to_s[ends] - self.from_s[begins] >= at_least_s
        first = np.full(self.units, NEVER, dtype=np.int64)
        np.minimum.at(first, self.unit[begins[long_enough]], self.from_s[begins[long_enough]])
        return first

    def integral(self, value: Ints | Floats, unit: Ints, time_s: Ints) -> Floats:
        """Return the integral of *value*, one a span, to *time_s* of *unit*: only differences count.

        Shape: that of *unit* and *time_s* taken together; no time lies outside the spans.
        """
        begin = int(self.from_s.min())
        scale = int(self.to_s.max()) - begin + 1
        reached = np.cumsum(value * (self.to_s - self.from_s))
        start = np.append(np.zeros(1, dtype=reached.dtype), reached[:-1])
        span = np.searchsorted(
            self.unit * scale + self.from_s - begin, unit * scale + time_s - begin, "right"
        )
        return np.asarray(start[span - 1] + value[span - 1] * (time_s - self.from_s[span - 1]))


@dataclass(frozen=True, eq=False)
class Track:
    """The changes of from_s <= t < to_s in order of (unit, time), and the level that each makes.

    Shapes: ``first`` (units,), the others (changes,). Each unit begins with one at from_s.
    """

    from_s: int
    to_s: int
    first: Ints
    """Where the changes of each unit begin."""
    key: Ints
    """Unit x width + seconds since from_s."""
    level: Ints

    @property
    def width(self) -> int:
        """Return by how much the keys of two units differ."""
        return self.to_s - self.from_s + 1

    def lasts_s(self) -> Ints:
        """Return how long each level lasts, to to_s."""
        lasts = np.append(self.key[1:], len(self.first) * self.width) - self.key
        lasts[np.append(self.first, len(self.key))[1:] - 1] -= 1  # the second between two units is none
        return lasts

    def above_0(self) -> Ints:
        """Return level x seconds where the level is above 0, by unit: exact, in integers."""
        return np.asarray(np.add.reduceat(np.maximum(self.level, 0) * self.lasts_s(), self.first))

    def above(self, limit: Ints, from_s: Ints, to_s: Ints) -> Bools:
        """Return whether a level is above its unit's *limit* all through from_s <= t < to_s.

        Shape (intervals, units).
        """
        units = np.arange(len(self.first))
        lack = self.level <= np.repeat(limit, np.diff(np.append(self.first, len(self.key))))
        lasts_s = self.lasts_s()
        lacked_s = np.cumsum(lack * lasts_s)

        def until(time_s: Ints) -> Ints:
            key = units * self.width + (time_s[:, None] - self.from_s)
            place = np.searchsorted(self.key, key, "right") - 1
            left_s = np.where(lack[place], self.key[place] + lasts_s[place] - key, 0)
            return np.asarray(lacked_s[place] - left_s)

        return np.asarray(until(from_s) == until(to_s))


@dataclass(frozen=True, eq=False)
class Steps:
    """``base`` beds or patients to begin with; each ``change`` is added at its ``time_s``.

    Shapes: ``base`` (units,), the others (changes,), in any order.
    """

    base: Ints
    unit: Ints
    time_s: Ints
    change: Ints
    _apart: dict[int, list["Steps"]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def counting(cls, units: int, unit: Ints, from_s: Ints, to_s: Ints) -> "Steps":
        """Return how many of the intervals from_s <= t < to_s cover t, by unit."""
        real = to_s > from_s
        unit, one = unit[real], np.ones(int(real.sum()), dtype=np.int64)
        return cls(
            np.zeros(units, dtype=np.int64),
            np.concatenate((unit, unit)),
            np.concatenate((from_s[real], to_s[real])),
            np.concatenate((one, -one)),
        )

    def __add__(self, other: "Steps") -> "Steps":
        """Return the sum, unit by unit."""
        return Steps(
            self.base + other.base,
            np.concatenate((self.unit, other.unit)),
            np.concatenate((self.time_s, other.time_s)),
            np.concatenate((self.change, other.change)),
        )

    def __mul__(self, factor: int) -> "Steps":
        """Return *factor* times the level."""
        return Steps(self.base * factor, self.unit, self.time_s, self.change * factor)

    def __sub__(self, other: "Steps") -> "Steps":
        """Return the difference, unit by unit."""
        return self + other * -1

    def select(self, units: Ints) -> "Steps":
        """Return the step functions of *units* only, numbered anew in that order."""
        number = np.full(len(self.base), -1, dtype=np.int64)
        number[units] = np.arange(len(units))
        new = number[self.unit]
        kept = new >= 0
        return Steps(self.base[units], new[kept], self.time_s[kept], self.change[kept])

    def each(self, kinds: int) -> list["Steps"]:
        """Return the step functions of units numbered region x kinds + kind, apart by kind and by region."""
        if kinds not in self._apart:
            units = np.arange(0, len(self.base), kinds)
            self._apart[kinds] = [self.select(units + kind) for kind in range(kinds)]
        return self._apart[kinds]

    def total(self) -> "Steps":
        """Return the sum over all units as one unit."""
        return Steps(self.base.sum(keepdims=True), np.zeros_like(self.unit), self.time_s, self.change)

    def floored(self) -> "Steps":
        """Return the greater of the level and 0."""
        if not len(self.time_s):
            return Steps(np.maximum(self.base, 0), self.unit, self.time_s, self.change)
        spans = self.spans(int(self.time_s.min()), int(self.time_s.max()) + 1)
        base, level = np.maximum(self.base, 0), np.maximum(spans.level, 0)
        before = np.append(0, level[:-1])
        first = np.searchsorted(spans.unit, np.arange(len(base)))
        before[first] = base
        return Steps(base, spans.unit, spans.from_s, level - before)

    def integral(self, from_s: int, to_s: int) -> Ints:
        """Return level x seconds over from_s <= t < to_s, by unit: exact, in integers."""
        remaining = to_s - np.clip(self.time_s, from_s, to_s)
        return self.base * (to_s - from_s) + totals(self.unit, self.change * remaining, len(self.base))

    def lasts(self, from_s: Ints, to_s: Ints) -> Bools:
        """Return whether a level is above 0 all through from_s <= t < to_s. Shape (intervals, units)."""
        if not len(from_s):
            return np.empty((0, len(self.base)), dtype=bool)
        track = self.track(int(from_s.min()), int(to_s.max()) + 1)
        return track.above(np.zeros_like(self.base), from_s, to_s)

    def at(self, times_s: Ints) -> Ints:
        """Return the levels at *times_s*, which rise. Shape (units, times)."""
        units, columns = len(self.base), len(times_s) + 1
        place = self.unit * columns + np.searchsorted(times_s, self.time_s)
        grid = totals(place, self.change, units * columns).reshape(units, columns)
        grid[:, 0] += self.base
        return np.cumsum(grid[:, :-1], axis=1)

    def spans(self, from_s: int, to_s: int) -> Spans:
        """Return the pieces of from_s <= t < to_s in which a unit's level stays the same."""
        track = self.track(from_s, to_s)
        lasts_s = track.lasts_s()
        real = np.flatnonzero(lasts_s > 0)
        unit, level = track.key[real] // track.width, track.level[real]
        begins = track.key[real] - unit * track.width + from_s
        return Spans(len(self.base), unit, begins, begins + lasts_s[real], level)

    def track(self, from_s: int, to_s: int) -> Track:
        """Return every change of from_s <= t < to_s in order, and the level it makes."""
        units, width = len(self.base), to_s - from_s + 1
        key = self.unit * width + (np.clip(self.time_s, from_s, to_s) - from_s)
        order, key = sorted_by(np.concatenate((np.arange(units) * width, key)))
        level = np.concatenate((self.base, self.change))[order]
        np.cumsum(level, out=level)
        first = np.searchsorted(key, np.arange(units) * width)
        before = np.append(0, level)[first]
        level -= np.repeat(before, np.diff(np.append(first, len(key))))
        return Track(from_s, to_s, first, key, level)


def sorted_by(key: Ints) -> tuple[Ints, Ints]:
    """Return the order that sorts *key*, and the key sorted: both in one number, which sorts fastest."""
    bits = len(key).bit_length()
    both = key << bits | np.arange(len(key))
    both.sort()
    order = both & (1 << bits) - 1
    both >>= bits
    return order, both


def totals(unit: Ints, values: Ints, units: int) -> Ints:
    """Return the sum of integer *values* by *unit*, exactly. Shape (units,)."""
    result = np.zeros(units, dtype=np.int64)
    np.add.at(result, unit, values)
    return result
