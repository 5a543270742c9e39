"""Decisions laid over a directive: what people have decided stands before what the plan's rules say."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Any, TypeVar

from nspl_sim.policies.decision import LASTING, Decision, What
from nspl_sim.policies.rules import Directive, Geography, Loan, StandingOrder, replace
from nspl_sim.vocabulary.clock import hours, minutes

_OF_A_KIND = {"asks_first", "asks_only", "receives", "keeps_free", "receives_at_most", "surge_steps"}
_OF_A_KIND |= {"turns_away_from"}
_ASKING = ("asks_first", "asks_only", "receives", "keeps_free", "receives_at_most")
"""What changes a standing order."""
_OTHER_WAY = {"asks_first": "asks_only", "asks_only": "asks_first"}
"""Two ways to say the same: the later stands."""

Key = tuple[str, int, int, int]
"""What, in which region, of which kind or priority, to which region; -1 where that says nothing."""
InForce = dict[Key, Any]
_T = TypeVar("_T")


class Decided:
    """All that was decided, in order of time; of one second in the order given."""

    def __init__(self, decisions: Iterable[Decision], geography: Geography) -> None:
        self._geography = geography
        self._decisions = sorted(decisions, key=lambda one: one.time_s)

    @cached_property
    def times_s(self) -> tuple[int, ...]:
        """Return the seconds at which something was decided."""
        return tuple(sorted({one.time_s for one in self._decisions}))

    # ------------------------------------------------------------ what is in force

    @cached_property
    def _in_force(self) -> list[InForce]:
        """Return what holds before the first of :attr:`times_s`, and from each of them on."""
        found: list[InForce] = [{}]
        for time_s in self.times_s:
            now = dict(found[-1])
            for one in self._decisions:
                if one.time_s == time_s:
                    for region in self._numbers(one.regions):
                        self._decide(now, region, one.what)
            found.append(now)
        return found

    def _numbers(self, regions: Iterable[str]) -> list[int]:
        return [self._geography.regions.index(key) for key in regions]

    def _decide(self, now: InForce, region: int, what: What) -> None:
        """Write into *now* what is decided for *region*."""
        kind = self._kind(what)
        lifted: tuple[str, ...] = tuple(what.lifts or ())
        for name in lifted:
            of_kind = kind if name in _OF_A_KIND else -1
            for key in [k for k in now if k[:2] == (name, region) and of_kind in (-1, k[2])]:
                del now[key]
        for name in what.said():
            if name not in LASTING:
                continue
            value = getattr(what, name)
            if name == "planned":
                now |= {(name, region, priority, -1): share for priority, share in value.items()}
            elif name == "lends":
                [to] = self._numbers([value.to])
                now.pop((name, region, kind, to), None)
                if value.beds:
                    lead_s = hours(value.lead_h)
                    now[name, region, kind, to] = Loan(region, kind, to, value.beds, value.teams, lead_s)
            else:
                place = kind if name in _OF_A_KIND else -1
                now.pop((_OTHER_WAY.get(name, ""), region, place, -1), None)
                now[name, region, place, -1] = self._plain(name, value)

    def _plain(self, name: str, value: Any) -> Any:
        """Return *value* as a directive holds it: seconds, and regions by number."""
        match name:
            case "asks_first" | "asks_only":
                return tuple(self._numbers(value))
            case "max_hours":
                return hours(value)
            case "answer_minutes":
                return minutes(value)
            case _:
                return value

    def _kind(self, what: What) -> int:
        kinds = self._geography.kinds
        return kinds.index(what.kind) if what.kind in kinds else -1

    # ------------------------------------------------------------ over a directive

    def over(self, said: Directive, time_s: int) -> Directive:
        """Return *said* with what has been decided up to *time_s*; itself, where nothing has."""
        now = self.in_force(time_s)
        if not now:
            return said
        regions, decided = len(self._geography.regions), {key[0] for key in now}
        fetches, cut = said.fetches, said.discharge_share
        if "fetches" in decided:
            fetches = _by_region(now, "fetches", fetches or (False,) * regions)
        if "discharge_share" in decided:
            cut = _by_region(now, "discharge_share", cut or (0.0,) * regions)
        return replace(
            said,
            orders=self._orders(now, said),
            ask_s=_by_region(now, "answer_minutes", said.ask_s),
            parallel=_by_region(now, "asks_at_once", said.parallel),
            max_s=_by_region(now, "max_hours", said.max_s),
            fetches=fetches,
            elective_share=_shares(now, said),
            surge_steps=_by_unit(now, "surge_steps", said.surge_steps),
            discharge_share=cut,
            staff=said.staff + tuple(v for k, v in now.items() if k[0] == "lends" and v not in said.staff),
            limits=_by_unit(now, "turns_away_from", said.limits),
        )

    def in_force(self, time_s: int) -> InForce:
        """Return all that has been decided up to *time_s* and neither replaced nor lifted."""
        return self._in_force[bisect_right(self.times_s, time_s)]

    def since(self, key: Key, time_s: int) -> int:
        """Return since when *key* has been as it is at *time_s*; the same again changes nothing."""
        value, found = self.in_force(time_s)[key], time_s
        for at_s in reversed(self.times_s[: bisect_right(self.times_s, time_s)]):
            if self.in_force(at_s).get(key) != value:
                break
            found = at_s
        return found

    def holds(self, name: str, region: int, kind: int, time_s: int) -> Any:
        """Return what was decided of *name* for a region's units of *kind* by *time_s*; None: nothing."""
        return self.in_force(time_s).get((name, region, kind, -1))

    def once(
        self, time_s: int
    ) -> tuple[tuple[tuple[int, int, int, int], ...], tuple[tuple[int, int, int], ...]]:
        """Return the moves and the return transfers that were decided at *time_s*, as directives say them."""
        moves, returns = [], []
        for one in self._decisions:
            kind, here = self._kind(one.what), one.time_s == time_s
            for region in self._numbers(one.regions) if here and kind >= 0 else ():
                if one.what.moves is not None:
                    [to] = self._numbers([one.what.moves.to])
                    moves.append((region, kind, to, one.what.moves.patients))
                if one.what.brings_home is not None:
                    returns.append((region, kind, one.what.brings_home))
        return tuple(moves), tuple(returns)

    def _orders(self, now: InForce, said: Directive) -> tuple[StandingOrder, ...]:
        kinds = {k[2] for k in now if k[0] in _ASKING} | {order.kind for order in said.orders}
        return tuple(self._order(now, kind, said.order_of(kind)) for kind in sorted(kinds))

    def _order(self, now: InForce, kind: int, said: StandingOrder | None) -> StandingOrder:
        """Return the order of *kind* with what was decided; one in which nobody is asked to begin with.

        Who does not receive is asked by no walk that begins, and says no in those under way.
        """
        regions = len(self._geography.regions)
        order = said or StandingOrder(kind, ((),) * regions, (0,) * regions, (-1,) * regions)
        receives = {k[1]: v for k, v in now.items() if k[0] == "receives" and k[2] == kind}
        walks = []
        for sender, planned in enumerate(order.receivers):
            only = now.get(("asks_only", sender, kind, -1))
            first = now.get(("asks_first", sender, kind, -1), ())
            walk = (*first, *(r for r in planned if r not in first)) if only is None else only
            if walk and only is None:
                walk += tuple(r for r, yes in receives.items() if yes and r not in (*walk, sender))
            walks.append(tuple(r for r in walk if receives.get(r, True)))
        quota = _by_region(now, "receives_at_most", order.quota, kind)
        return StandingOrder(
            kind,
            tuple(walks),
            _by_region(now, "keeps_free", order.reserve, kind),
            tuple(most if receives.get(r, True) else 0 for r, most in enumerate(quota)),
            of_people=said is None,
        )


def _by_region(now: InForce, name: str, said: tuple[_T, ...], kind: int = -1) -> tuple[_T, ...]:
    """Return *said*, one a region, with what was decided of *name*."""
    return tuple(now.get((name, region, kind, -1), value) for region, value in enumerate(said))


def _by_unit(
    now: InForce, name: str, said: tuple[tuple[int, int, int], ...]
) -> tuple[tuple[int, int, int], ...]:
    """Return *said*, figures above 0 by region and kind, with what was decided of *name*."""
    figures = {(region, kind): figure for region, kind, figure in said}
    figures |= {(k[1], k[2]): v for k, v in now.items() if k[0] == name}
    return tuple((*unit, figure) for unit, figure in sorted(figures.items()) if figure > 0)


def _shares(now: InForce, said: Directive) -> tuple[tuple[float, float, float], ...]:
    """Return the shares of planned care that go ahead, by region and priority."""
    found = []
    for region, shares in enumerate(said.elective_share):
        first, second, third = (
            now.get(("planned", region, priority, -1), share) for priority, share in enumerate(shares, 1)
        )
        found.append((first, second, third))
    return tuple(found)
