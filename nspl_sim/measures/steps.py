"""Integer step functions of time, one for each unit: levels, exact integrals, spans of one level.

A level holds from the second of its change on: the level at t counts every change at or before t.
Changes that fall on the same second are one change; the order between them cannot be seen.
"""

from dataclasses import dataclass, field
from functools import cached_property

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
        begin, scale, key = self._key
        reached = np.cumsum(value * (self.to_s - self.from_s))
        start = np.append(np.zeros(1, dtype=reached.dtype), reached[:-1])
        span = np.searchsorted(key, unit * scale + time_s - begin, "right")
        return np.asarray(start[span - 1] + value[span - 1] * (time_s - self.from_s[span - 1]))

    @cached_property
    def _key(self) -> tuple[int, int, Ints]:
        """Return the first second, a number greater than all seconds after it, and unit and time as one."""
        begin = int(self.from_s.min())
        scale = int(self.to_s.max()) - begin + 1
        return begin, scale, self.unit * scale + self.from_s - begin

    def above(self, limit: Ints, from_s: Ints, to_s: Ints) -> Bools:
        """Return whether a level is above its unit's *limit* all through from_s <= t < to_s.

        Shape (intervals, units).
        """
        lack = (self.level <= limit[self.unit]).astype(np.int64)
        units = np.arange(self.units)
        reached = (self.integral(lack, units, time_s[:, None]) for time_s in (from_s, to_s))
        return np.asarray(np.equal(*reached))


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
        spans = self.spans(int(from_s.min()), int(to_s.max()) + 1)
        return spans.above(np.zeros_like(self.base), from_s, to_s)

    def at(self, times_s: Ints) -> Ints:
        """Return the levels at *times_s*, which rise. Shape (units, times)."""
        units, columns = len(self.base), len(times_s) + 1
        place = self.unit * columns + np.searchsorted(times_s, self.time_s)
        grid = totals(place, self.change, units * columns).reshape(units, columns)
        grid[:, 0] += self.base
        return np.cumsum(grid[:, :-1], axis=1)

    def above_0(self, from_s: int, to_s: int) -> Ints:
        """Return level x seconds over from_s <= t < to_s where the level is above 0, by unit."""
        key, level, first = self._levels(from_s, to_s)
        lasts = np.append(key[1:], len(self.base) * (to_s - from_s + 1)) - key
        lasts[np.append(first[1:], len(key)) - 1] -= 1  # the second between two units is none
        return np.asarray(np.add.reduceat(np.maximum(level, 0) * lasts, first))

    def spans(self, from_s: int, to_s: int) -> Spans:
        """Return the pieces of from_s <= t < to_s in which a unit's level stays the same."""
        key, level, first = self._levels(from_s, to_s)
        unit = key // (to_s - from_s + 1)
        since = key - unit * (to_s - from_s + 1)
        until = np.append(since[1:], to_s - from_s)
        until[first[1:] - 1] = to_s - from_s
        real = np.flatnonzero(until > since)
        return Spans(len(self.base), unit[real], since[real] + from_s, until[real] + from_s, level[real])

    def _levels(self, from_s: int, to_s: int) -> tuple[Ints, Ints, Ints]:
        """Return every change and the level it makes, in order, and which is the first of each unit.

        A change is unit x (to_s - from_s + 1) + seconds since from_s; each unit begins with one at from_s.
        """
        units, width = len(self.base), to_s - from_s + 1
        key = self.unit * width + (np.clip(self.time_s, from_s, to_s) - from_s)
        order, key = sorted_by(np.concatenate((np.arange(units) * width, key)))
        running = np.cumsum(np.concatenate((self.base, self.change))[order])
        first = np.searchsorted(key, np.arange(units) * width)
        before = np.append(0, running)[first]
        running -= np.repeat(before, np.diff(np.append(first, len(key))))
        return key, running, first


def sorted_by(key: Ints) -> tuple[Ints, Ints]:
    """Return the order that sorts *key*, and the key sorted: both in one number, which sorts fastest."""
    bits = len(key).bit_length()
    both = key << bits | np.arange(len(key))
    both.sort()
    return both & (1 << bits) - 1, both >> bits


def totals(unit: Ints, values: Ints, units: int) -> Ints:
    """Return the sum of integer *values* by *unit*, exactly. Shape (units,)."""
    result = np.zeros(units, dtype=np.int64)
    np.add.at(result, unit, values)
    return result
