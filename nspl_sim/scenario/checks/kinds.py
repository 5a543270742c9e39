"""Kinds of unit: those that patients need, that regions have, and that transport carries agree."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from nspl_sim.reading.node import find
from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import nearest, slug
from nspl_sim.scenario.aliases import kind_meant
from nspl_sim.scenario.checks.case import Case
from nspl_sim.scenario.streams import TableStream
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text


def needed(case: Case) -> Iterator[Problem]:
    """Yield every stage in a kind of unit that no region has."""
    there = {kind for region in case.scenario.regions.values() for kind in region.units}
    for loc, kind in _stages(case):
        if kind not in there:
            rule = text("is a kind of unit that no region has")
            yield case.problem(rule, (*loc, "kind"), nearest(kind, sorted(there)))


def _stages(case: Case) -> Iterator[tuple[Loc, str]]:
    for name, one in case.scenario.classes.items():
        for i, pathway in enumerate(one.pathways):
            for j, stage in enumerate(pathway.stages):
                yield ("classes", name, "pathways", i, "stages", j), stage.kind
    for name, stream in case.scenario.streams.items():
        for i, patient in enumerate(stream.patients if isinstance(stream, TableStream) else ()):
            for j, given in enumerate(patient.stages or []):
                yield ("streams", name, "patients", i, "stages", j), given.kind


ALIKE = 0.7
"""A kind that nobody needs is a misspelt one when it is so like one that is needed."""


def carried(case: Case) -> Iterator[Problem]:
    """Yield kinds that transport names and no region has: refused where another was meant, else told."""
    there = sorted({kind for region in case.scenario.regions.values() for kind in region.units})
    for loc, kind in _carried(case):
        if kind in there or find(case.root, loc) is None:
            continue
        if meant := kind_meant(kind, there) or nearest(kind, there):
            yield case.problem(text("is a kind of unit that no region has"), loc, meant)
        else:
            rule = text("is a kind of unit that no region has, and has no effect")
            yield case.problem(rule, loc, warning=True)


def _carried(case: Case) -> Iterator[tuple[Loc, str]]:
    for i, kind in enumerate(case.scenario.transport.team_kinds):
        yield ("transport", "team_kinds", i), kind
    for kind in case.scenario.transport.place_of:
        yield ("transport", "place_of", kind), kind
    for key, mode in case.scenario.transport.modes.items():
        for i, kind in enumerate(mode.kinds or ()):
            yield ("transport", "modes", key, "kinds", i), kind


def unneeded(case: Case) -> Iterator[Problem]:
    """Yield beds of a kind that no patient needs: refused where a needed kind was meant, else told once."""
    wanted = sorted(case.needed_kinds)
    told: set[str] = set()
    for key in case.regions.keys if wanted else ():
        for kind in case.keys(("regions", key, "units")):
            loc: Loc = ("regions", key, "units", kind)
            if kind in wanted or not isinstance(kind, str):
                continue
            if meant := kind_meant(kind, wanted) or _most_alike(kind, wanted):
                yield case.problem(text("is a kind of unit that no patient needs"), loc, meant, True)
            elif kind not in told:
                told.add(kind)
                rule = text("is a kind of unit that no patient needs, and has no effect")
                yield case.problem(rule, loc, key=True, warning=True)


def _most_alike(kind: str, needed: list[str]) -> str | None:
    likeness, found = max((SequenceMatcher(None, slug(kind), slug(one)).ratio(), one) for one in needed)
    return found if likeness >= ALIKE else None
