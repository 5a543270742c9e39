"""Patients present at the start: each place once, of kinds and classes that fit, and no other beginning."""

from collections import Counter
from collections.abc import Iterator

from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import nearest
from nspl_sim.scenario.aliases import kind_meant
from nspl_sim.scenario.checks.case import Case
from nspl_sim.scenario.present import PresentPatients
from nspl_sim.scenario.streams import PlannedStream, PoissonStream
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text


def beginning(case: Case) -> Iterator[Problem]:
    """Yield a warm-up or an equilibrium beside the patients present: the run has one beginning."""
    if not case.scenario.present:
        return
    if case.scenario.warm_up_days:
        rule = text("must be 0 where present says who lies there when the run begins")
        yield case.problem(rule, ("warm_up_days",))
    if case.scenario.starts != "empty":
        rule = text("must be empty where present says who lies there when the run begins")
        yield case.problem(rule, ("starts",), "empty")


def entries(case: Case) -> Iterator[Problem]:
    """Yield every entry that nobody can fit, and every one that is there twice."""
    there = sorted({kind for region in case.scenario.regions.values() for kind in region.units})
    seen: set[tuple[str, str, str | None]] = set()
    for number, one in enumerate(case.scenario.present):
        at: Loc = ("present", number)
        key = (one.region, one.kind, one.class_)
        if key in seen:
            yield case.problem(text("says the same region, kind and class again"), (*at, "region"))
        seen.add(key)
        if one.kind not in there:
            meant = kind_meant(one.kind, there) or nearest(one.kind, there)
            yield case.problem(text("is a kind of unit that no region has"), (*at, "kind"), meant)
        elif one.class_ in case.scenario.classes:
            if one.kind not in _kinds(case, one.class_):
                rule = text("never needs {kind}", kind=one.kind)
                yield case.problem(rule, (*at, "class"))
        elif one.class_ is None and one.count and not _is_fed(case, one):
            rule = text(
                "is a region to which no stream with a constant rate brings patients of {kind}: give class",
                kind=one.kind,
            )
            yield case.problem(rule, (*at, "region"))


def _kinds(case: Case, klass: str) -> set[str]:
    """Return the kinds of unit that patients of *klass* may need."""
    ways = case.scenario.classes[klass].pathways
    return {stage.kind for way in ways if way.share for stage in way.stages}


def _is_fed(case: Case, one: PresentPatients) -> bool:
    return any(
        share and klass in case.scenario.classes and one.kind in _kinds(case, klass)
        for stream in case.scenario.streams.values()
        if isinstance(stream, PoissonStream | PlannedStream)
        if (stream.per_day or stream.per_year) and stream.scale and stream.regions.get(one.region)
        for klass, share in stream.classes.items()
    )


def beds(case: Case) -> Iterator[Problem]:
    """Warn of more patients than staffed beds: who has none waits in line."""
    lying: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], int] = {}
    for number, one in enumerate(case.scenario.present):
        lying[one.region, one.kind] += one.count
        last[one.region, one.kind] = number
    for (region, kind), count in lying.items():
        unit = case.scenario.regions[region].units.get(kind) if region in case.scenario.regions else None
        staffed = unit.beds if unit is not None else 0
        if isinstance(staffed, int) and count > staffed:
            rule = text(
                "makes {count} patients in {beds} staffed beds: the others wait in line",
                count=count,
                beds=staffed,
            )
            yield case.problem(rule, ("present", last[region, kind], "count"), warning=True)
