"""Which modes may depart from where, second by second. Known to nobody beforehand."""

from bisect import bisect_right
from collections import defaultdict

from nspl_sim.vocabulary.closures import ALL, ANYWHERE, Closures


class Airspace:
    """Looks up the table of closures; what is open at every second needs no row."""

    def __init__(self, closures: Closures) -> None:
        self._closed: dict[tuple[int, int, int], tuple[list[int], list[int]]] = {}
        """From and to of the spans in which a mode is closed at a region, or between two; in order."""
        self._lacking: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
        """By (mode, base): from when on how many vehicles are out of service."""
        days: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for mode, region, other, vehicles, from_s, to_s in closures.rows():
            if vehicles == ALL:
                spans = self._closed.setdefault((mode, region, other), ([], []))
                spans[0].append(from_s)
                spans[1].append(to_s)
            else:
                days[mode, region][from_s] = vehicles
                days[mode, region].setdefault(to_s, 0)
        for place, changes in days.items():
            times = sorted(changes)
            self._lacking[place] = (times, [changes[time_s] for time_s in times])

    def opens_s(self, mode: int, a: int, b: int, time_s: int) -> int:
        """Return the first second from *time_s* on at which *mode* is open at *a*, at *b* and between."""
        if not self._closed:
            return time_s
        gates = ((mode, a, ANYWHERE), (mode, b, ANYWHERE), (mode, min(a, b), max(a, b)))
        spans = [found for gate in gates if (found := self._closed.get(gate))]
        waited = True
        while waited:
            waited = False
            for begins, ends in spans:
                place = bisect_right(begins, time_s) - 1
                if place >= 0 and ends[place] > time_s:
                    time_s, waited = ends[place], True
        return time_s

    def lacking(self, mode: int, base: int, time_s: int) -> int:
        """Return how many vehicles of *base* are out of service."""
        changes = self._lacking.get((mode, base))
        if changes is None:
            return 0
        place = bisect_right(changes[0], time_s) - 1
        return changes[1][place] if place >= 0 else 0
