"""Supplies: items and kinds of unit that consumption names, and items that nobody consumes."""

from collections.abc import Iterator

from nspl_sim.reading.showing import nearest
from nspl_sim.scenario.aliases import kind_meant
from nspl_sim.scenario.checks.case import Case
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text


def consumed(case: Case) -> Iterator[Problem]:
    """Yield what classes consume that is no supply, and by the day in a kind of unit that no region has."""
    known = case.keys(("supplies",))
    kinds = sorted({kind for region in case.scenario.regions.values() for kind in region.units})
    for name, spec in case.scenario.classes.items():
        for item, use in spec.consumes.items():
            at = ("classes", name, "consumes", item)
            if item not in known:
                rule = text("is no item of supplies in this scenario")
                yield case.problem(rule, at, nearest(item, known), key=True)
            for kind in use.per_day:
                if kind not in kinds:
                    rule = text("is a kind of unit that no region has")
                    meant = kind_meant(kind, kinds) or nearest(kind, kinds)
                    yield case.problem(rule, (*at, "per_day", kind), meant, key=True)


def unused(case: Case) -> Iterator[Problem]:
    """Warn of supplies that no class consumes."""
    used = {item for spec in case.scenario.classes.values() for item in spec.consumes}
    for item in case.scenario.supplies:
        if item not in used:
            rule = text("is consumed by no patient class, and lasts for ever")
            yield case.problem(rule, ("supplies", item), key=True, warning=True)
