"""What is wrong with something long: the first problems as they are, of the others only how many."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from nspl_sim.vocabulary.errors import Problem

MOST_KEPT = 100


class Collected:
    """Takes problems in the order in which they are found."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._more = 0

    def __bool__(self) -> bool:
        return bool(self._kept)

    @property
    def full(self) -> bool:
        """Return whether problems are only counted by now."""
        return len(self._kept) >= MOST_KEPT

    def add(self, find: Callable[[], Iterable[Problem]]) -> None:
        """Take the problems that *find* gives; once enough are kept it counts as one and is not asked."""
        if self.full:
            self._more += 1
        else:
            self._kept += find()

    @property
    def problems(self) -> list[Problem]:
        """Return the problems; the last of them says for how many others it stands."""
        if not self._more:
            return self._kept
        return [*self._kept[:-1], replace(self._kept[-1], more=self._more)]
