"""Transport without effect is told: closures outside the run, modes that carry nobody or lead nowhere."""

from collections.abc import Iterator

from nspl_sim.scenario.checks.case import Case
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text


def closures(case: Case) -> Iterator[Problem]:
    """Warn of closures before or after the run."""
    for number, closure in enumerate(case.scenario.transport.closures):
        over = closure.to_day is not None and closure.to_day <= case.begin_day
        if over or closure.from_day >= case.end_day:
            rule = text("lies outside the run, and has no effect")
            yield case.problem(rule, ("transport", "closures", number, "from_day"), warning=True)


def instant(case: Case) -> Iterator[Problem]:
    """Warn of closures and weather where a transfer takes no vehicle."""
    transport = case.scenario.transport
    for name in ("closures", "weather"):
        if transport.instant and getattr(transport, name):
            rule = text("has no effect where transport is instant")
            yield case.problem(rule, ("transport", name), key=True, warning=True)


def carry_nobody(case: Case) -> Iterator[Problem]:
    """Warn of modes without a place for anybody, and of modes by sea in a world without links."""
    transport = case.scenario.transport
    kinds = sorted({kind for region in case.scenario.regions.values() for kind in region.units})
    for name, mode in transport.modes.items():
        carried = [kind for kind in kinds if mode.kinds is None or kind in mode.kinds]
        if mode.capacity is not None and carried:
            places = {transport.place_type(kind) for kind in carried}
            if not any(getattr(mode.capacity, place) for place in places):
                rule = text(
                    "has none of the places that its patients need ({places}): it carries nobody",
                    places=", ".join(sorted(places)),
                )
                yield case.problem(rule, ("transport", "modes", name, "capacity"), key=True, warning=True)
        if mode.medium == "sea" and not transport.links.get("sea"):
            rule = text("goes by sea, and transport.links.sea names no regions: it leads nowhere")
            yield case.problem(rule, ("transport", "modes", name, "medium"), warning=True)
