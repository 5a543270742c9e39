"""What was decided and held: a decision replaced within the hour, or by an equal one, is not told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from nspl_sim.policies.decided import Decided, InForce, Key
from nspl_sim.policies.decision import Decision
from nspl_sim.policies.rules import Geography
from nspl_sim.vocabulary.clock import HOUR

BRIEF_S = HOUR
"""What held for less of the scenario's time is not told, unless it held at ENDEX."""


@dataclass(frozen=True)
class Held:
    """One thing that a region decided, in from_s <= t < to_s."""

    name: str
    region: int
    kind: int
    """Of the unit; -1 where it is about none."""
    other: int
    """The region that it is with; -1: none."""
    value: Any
    """As a directive holds it; of planned care the shares by priority, of what is done once as decided."""
    from_s: int
    to_s: int


def held(decisions: Sequence[Decision], geography: Geography, to_s: int) -> list[Held]:
    """Return what held before second *to_s*, ENDEX, by region in order of time."""
    made = [one for one in decisions if one.time_s < to_s]
    found = [*_lasting(Decided(made, geography), to_s), *_once(made, geography)]
    return sorted(found, key=lambda one: (one.region, one.from_s, one.to_s, one.name, one.kind, one.other))


def _lasting(decided: Decided, to_s: int) -> Iterator[Held]:
    """Yield what lasts, piece by piece."""
    times = (*decided.times_s, to_s)
    for key in sorted({_key(key) for time_s in decided.times_s for key in decided.in_force(time_s)}):
        for value, from_s, until_s in _pieces(decided, key, times):
            yield Held(*key, value, from_s, until_s)


def _key(key: Key) -> Key:
    """Return *key*; planned care has one for all priorities."""
    return ("planned", key[1], -1, -1) if key[0] == "planned" else key


def _value(now: InForce, key: Key) -> Any:
    """Return what is in force of *key*; None: nothing."""
    if key[0] != "planned":
        return now.get(key)
    return {k[2]: share for k, share in sorted(now.items()) if _key(k) == key} or None


def _pieces(decided: Decided, key: Key, times: Sequence[int]) -> list[tuple[Any, int, int]]:
    """Return the values of *key* with from when to when each held; equal ones that follow are one."""
    pairs = pairwise(times)
    found = _joined((_value(decided.in_force(from_s), key), from_s, to_s) for from_s, to_s in pairs)
    lasting = (one for one in found if one[2] - one[1] >= BRIEF_S or one[2] == times[-1])
    return [one for one in _joined(lasting) if one[0] is not None]


def _joined(pieces: Iterable[tuple[Any, int, int]]) -> list[tuple[Any, int, int]]:
    """Return *pieces* in order of time; those of one value are one, what lay between them too."""
    found: list[tuple[Any, int, int]] = []
    for value, from_s, until_s in pieces:
        if found and found[-1][0] == value:
            found[-1] = (value, found[-1][1], until_s)
        else:
            found.append((value, from_s, until_s))
    return found


def _once(decisions: Sequence[Decision], geography: Geography) -> Iterator[Held]:
    for one in decisions:
        kind = geography.kinds.index(one.what.kind) if one.what.kind in geography.kinds else -1
        for key in one.regions:
            region = geography.regions.index(key)
            if one.what.moves is not None:
                to = geography.regions.index(one.what.moves.to)
                yield Held("moves", region, kind, to, one.what.moves.patients, one.time_s, one.time_s)
            if one.what.brings_home is not None:
                yield Held("brings_home", region, kind, -1, one.what.brings_home, one.time_s, one.time_s)
