"""Closed modes and vehicles out of service, looked up second by second."""

from collections import defaultdict

import numpy as np

from nspl_sim.engine.columns import HAS_CLOSURES, REGIONS, Ints, State
from nspl_sim.engine.jit import compiled
from nspl_sim.vocabulary.closures import ALL, ANYWHERE, Closures


def closures(given: Closures, modes: int, regions: int) -> tuple[Ints, Ints]:
    """Return ``gates`` and ``spans`` of :class:`~nspl_sim.engine.columns.State`."""
    found: dict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
    days: dict[tuple[int, int, int], dict[int, int]] = defaultdict(dict)
    for mode, region, other, vehicles, from_s, to_s in given.rows():
        if vehicles == ALL:
            found[mode, region, regions if other == ANYWHERE else other].append((from_s, to_s))
        else:
            days[mode, region, regions + 1][from_s] = vehicles
            days[mode, region, regions + 1].setdefault(to_s, 0)
    found |= {gate: sorted(changes.items()) for gate, changes in days.items()}
    gates = np.zeros((modes, regions, regions + 2, 2), dtype=np.int64)
    spans: list[tuple[int, int]] = []
    for gate, rows in found.items():
        gates[gate] = len(spans), len(spans) + len(rows)
        spans += rows
    return gates, np.array(spans, dtype=np.int64).reshape(-1, 2)


@compiled
def latest(s: State, mode: int, region: int, other: int, time_s: int) -> int:
    """Return the last row of ``spans`` at this gate that has begun by *time_s*; -1: none."""
    low, high = s.gates[mode, region, other, 0], s.gates[mode, region, other, 1]
    first = low
    while low < high:
        middle = (low + high) // 2
        if s.spans[middle, 0] <= time_s:
            low = middle + 1
        else:
            high = middle
    return low - 1 if low > first else -1


@compiled
def gate_opens_s(s: State, mode: int, region: int, other: int, time_s: int) -> int:
    """Return *time_s*, or when this gate opens again where it is closed then."""
    row = latest(s, mode, region, other, time_s)
    return s.spans[row, 1] if row >= 0 and s.spans[row, 1] > time_s else time_s


@compiled
def way_opens_s(s: State, mode: int, a: int, b: int, time_s: int) -> int:
    """Return the first second from *time_s* on at which *mode* is open at *a*, at *b* and between."""
    if not s.n[HAS_CLOSURES]:
        return time_s
    anywhere = s.n[REGIONS]
    while True:
        before = time_s
        time_s = gate_opens_s(s, mode, a, anywhere, time_s)
        time_s = gate_opens_s(s, mode, b, anywhere, time_s)
        time_s = gate_opens_s(s, mode, min(a, b), max(a, b), time_s)
        if time_s == before:
            return time_s


@compiled
def lacking(s: State, mode: int, base: int, time_s: int) -> int:
    """Return how many vehicles of *base* are out of service."""
    row = latest(s, mode, base, s.n[REGIONS] + 1, time_s)
    return s.spans[row, 1] if row >= 0 else 0
