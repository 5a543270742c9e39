"""Displaced people: within the run, and out of each region only once at a time."""

import math
from collections.abc import Iterator

from nspl_sim.reading.place import Loc
from nspl_sim.scenario.checks.case import Case
from nspl_sim.scenario.checks.times import before_the_end
from nspl_sim.scenario.displaced import Displaced
from nspl_sim.scenario.streams import PlannedStream, PoissonStream
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text


def within_the_run(case: Case) -> Iterator[Problem]:
    """Yield those who leave after the run; warn of those who are back before it."""
    for number, one in enumerate(case.scenario.displaced):
        at: Loc = ("displaced", number)
        if one.from_day >= case.horizon_day:
            yield case.problem(before_the_end(case), (*at, "from_day"))
        elif one.to_day is not None and one.to_day <= case.begin_day:
            rule = text("is before the run begins: the displacement has no effect")
            yield case.problem(rule, (*at, "to_day"), warning=True)


def once(case: Case) -> Iterator[Problem]:
    """Yield every region that people leave by two entries at one time."""
    seen: list[tuple[int, Displaced]] = []
    for number, one in enumerate(case.scenario.displaced):
        for key in one.from_:
            for earlier, other in seen:
                if key in other.from_ and _overlap(one, other):
                    rule = text("is left at the same time by displaced.{number}", number=earlier)
                    yield case.problem(rule, ("displaced", number, "from", key), key=True)
        seen.append((number, one))


def _overlap(one: Displaced, other: Displaced) -> bool:
    ends = [math.inf if d.to_day is None else d.to_day for d in (one, other)]
    return one.from_day < ends[1] and other.from_day < ends[0]


def anybody(case: Case) -> Iterator[Problem]:
    """Warn of displaced people where no stream moves with them."""
    ordinary = (isinstance(s, PoissonStream | PlannedStream) for s in case.scenario.streams.values())
    if case.scenario.displaced and not any(ordinary):
        rule = text("has no effect: there is no stream of kind poisson or planned")
        yield case.problem(rule, ("displaced",), key=True, warning=True)
