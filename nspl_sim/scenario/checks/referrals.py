"""Referrals: they lead to beds, and who needs what the region lacks has somewhere to go."""

from collections import defaultdict
from collections.abc import Iterator

from nspl_sim.reading.showing import nearest
from nspl_sim.scenario.aliases import kind_meant
from nspl_sim.scenario.checks.case import Case
from nspl_sim.scenario.kinds import is_referred, lacks
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.places import shares
from nspl_sim.scenario.streams import TableStream
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text


def described(case: Case) -> Iterator[Problem]:
    """Yield what is said of a kind that no region has: refused where another was meant, else told."""
    there = sorted({kind for region in case.scenario.regions.values() for kind in region.units})
    for kind in case.scenario.unit_kinds:
        loc = ("unit_kinds", kind)
        if kind in there:
            continue
        if meant := kind_meant(kind, there) or nearest(kind, there):
            yield case.problem(text("is a kind of unit that no region has"), loc, meant, True)
        else:
            rule = text("is a kind of unit that no region has, and has no effect")
            yield case.problem(rule, loc, key=True, warning=True)


def lead_somewhere(case: Case) -> Iterator[Problem]:
    """Warn of regions that patients are referred to and that have no such bed."""
    world = case.scenario
    for kind, said in world.unit_kinds.items():
        for number, key in enumerate(said.referral if isinstance(said.referral, list) else ()):
            if key in world.regions and lacks(world, key, kind):
                rule = text("has no {kind}, so it is never asked", kind=kind)
                yield case.problem(rule, ("unit_kinds", kind, "referral", number), warning=True)


def stranded(case: Case) -> Iterator[Problem]:
    """Warn, for each kind, of regions whose patients need it while it is lacking there without referral."""
    found: dict[str, set[str]] = defaultdict(set)
    for region, kind in _needed(case):
        if region in case.scenario.regions and _is_stranded(case.scenario, region, kind):
            found[kind].add(region)
    for kind, regions in sorted(found.items()):
        rule = text(
            "has no {kind}, which its patients need: without unit_kinds.{kind}.referral only a plan's "
            "standing order can give them a bed, or they wait in vain (regions like that: {count})",
            kind=kind,
            count=len(regions),
        )
        yield case.problem(rule, ("regions", min(regions)), key=True, warning=True)


def _is_stranded(scenario: Scenario, region: str, kind: str) -> bool:
    """Return whether such a bed is neither here, nor by referral, nor in the region's other hospitals."""
    if not lacks(scenario, region, kind) or is_referred(scenario, region, kind):
        return False
    owner = scenario.regions[region].region
    same = [key for key in scenario.regions if scenario.owner(key) == owner] if owner else []
    return all(lacks(scenario, key, kind) for key in same)


def _needed(case: Case) -> set[tuple[str, str]]:
    """Return every (region, kind) that somebody of some stream needs."""
    classes = case.scenario.classes
    of_class = {
        key: {stage.kind for way in one.pathways if way.share for stage in way.stages}
        for key, one in classes.items()
    }
    needed: set[tuple[str, str]] = set()
    for stream in case.scenario.streams.values():
        if isinstance(stream, TableStream):
            for patient in stream.patients:
                given = {s.kind for s in patient.stages} if patient.stages is not None else None
                kinds = of_class.get(patient.class_, set()) if given is None else given
                needed |= {(patient.region, kind) for kind in kinds}
            continue
        kinds = {k for key, share in stream.classes.items() if share for k in of_class.get(key, ())}
        needed |= {
            (key, kind) for key, share in shares(case.scenario, stream).items() if share for kind in kinds
        }
    return needed
