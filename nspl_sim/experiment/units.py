"""What is left to do, handed out in units of some seconds."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from nspl_sim.experiment.executor import Unit
from nspl_sim.experiment.point import Point

UNIT_S = 15.0
"""What a unit should take: little to lose, and long beside what starting it costs."""

MOST_IN_A_UNIT = 1000


@dataclass
class Work:
    """Design points x replications, less what there is already.

    The first units hold one replication; from the time they take follows the size of those after. What is
    reckoned ahead goes by the units done last: what getting ready took, or a machine that was less busy, is
    soon forgotten.
    """

    points: Sequence[Point]
    replications: int | None
    """None while the time decides how many there will be."""
    workers: int
    there: Callable[[int], Set[int]] = lambda point: frozenset()
    """The replications of a design point, by its number, that are made already."""
    another: Callable[[int], bool] = lambda replication: True
    """Whether a replication of this number may be begun, where the time decides."""

    def __post_init__(self) -> None:
        self.began = time.monotonic()
        self.made = 0
        self.made_before = [len(self._wanted(self.there(p))) for p in range(len(self.points))]
        self._last: deque[tuple[int, float]] = deque(maxlen=4 * self.workers)

    def _wanted(self, replications: Set[int]) -> Set[int]:
        most = self.replications
        return replications if most is None else {k for k in replications if k < most}

    @property
    def total(self) -> int | None:
        """Return how many runs (replications x points) there will be in all."""
        return None if self.replications is None else self.replications * len(self.points)

    @property
    def done(self) -> int:
        """Return how many runs there are, those made before included."""
        return sum(self.made_before) + self.made

    def finished(self, unit: Unit, seconds: float) -> None:
        """Take note that *unit* is done, in so many *seconds* of one worker."""
        runs = len(unit.replications) * len(unit.points)
        self.made += runs
        self._last.append((runs, seconds))

    @property
    def each_s(self) -> float:
        """Return how many seconds of one worker a run takes, as of late; 0 while nobody knows."""
        runs = sum(runs for runs, _ in self._last)
        return sum(seconds for _, seconds in self._last) / runs if runs else 0.0

    @property
    def spent_s(self) -> float:
        """Return the seconds since work began."""
        return time.monotonic() - self.began

    def units(self) -> Iterator[Unit]:
        """Yield units, replications in rising order, the worlds of each in turn."""
        there = [self.there(point) for point in range(len(self.points))]
        first = 0
        while self._goes_on(first):
            size = self._size(first)
            block = range(first, first + size)
            for world in self._worlds():
                yield from _lacking(world, block, there)
            first += size

    def _goes_on(self, first: int) -> bool:
        return first < self.replications if self.replications is not None else self.another(first)

    def _size(self, first: int) -> int:
        """Return how many replications the next units hold."""
        if self.replications is None or not self.made:
            return 1
        left = self.replications - first
        each_s = self.each_s * len(self.points) / len(self._worlds())
        fair = -(-left // (2 * self.workers))
        return max(1, min(int(UNIT_S / max(each_s, 1e-3)), fair, MOST_IN_A_UNIT))

    def _worlds(self) -> list[list[int]]:
        """Return the design points of each world in a row."""
        numbers = range(len(self.points))
        return [list(world) for _, world in groupby(numbers, key=lambda p: id(self.points[p].scenario))]


def _lacking(world: Sequence[int], block: range, there: Sequence[Set[int]]) -> Iterator[Unit]:
    """Yield units of what *world* lacks: in each, all replications lack the same points."""
    missing = {k: tuple(p for p in world if k not in there[p]) for k in block}
    for lacks, run in groupby(block, key=missing.__getitem__):
        if lacks:
            yield Unit(tuple(run), lacks)
