"""Disruptions: names that must lead somewhere, times within the run, and what would take nothing away."""

from collections.abc import Iterator

from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import nearest
from nspl_sim.scenario.aliases import kind_meant
from nspl_sim.scenario.checks.case import Case
from nspl_sim.scenario.checks.times import before_the_end, not_before_the_run
from nspl_sim.scenario.disruptions import (
    BedsLost,
    Disruption,
    HospitalHit,
    ItOutage,
    OfficeOutage,
    StaffLost,
    first_day,
)
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text


def names(case: Case) -> Iterator[Problem]:
    """Yield every unit kind and stream that a disruption names and that is not there."""
    regions = case.scenario.regions.values()
    kinds = sorted({kind for region in regions for kind in region.units})
    streams = case.keys(("streams",))
    for name, one in case.scenario.disruptions.items():
        at: Loc = ("disruptions", name)
        units = one.units if isinstance(one, BedsLost | StaffLost) else ()
        for number, kind in enumerate(units):
            if kind not in kinds:
                rule = text("is a kind of unit that no region has")
                yield case.problem(
                    rule, (*at, "units", number), kind_meant(kind, kinds) or nearest(kind, kinds)
                )
        if one.with_stream is not None and one.with_stream not in streams:
            rule = text("is no stream of this scenario")
            yield case.problem(rule, (*at, "with_stream"), nearest(one.with_stream, streams))


def times(case: Case) -> Iterator[Problem]:
    """Yield disruptions outside the run, and those that wait for a stream that never begins to come."""
    for name, one in case.scenario.disruptions.items():
        at: Loc = ("disruptions", name)
        if one.from_day is not None and one.from_day >= case.horizon_day:
            yield case.problem(before_the_end(case), (*at, "from_day"))
        elif (over_day := _over_day(one)) is not None and over_day <= case.begin_day:
            yield case.problem(not_before_the_run(case), (*at, "from_day"))
        stream = case.scenario.streams.get(one.with_stream or "")
        if stream is not None and first_day(stream) is None:
            rule = text("is a stream whose patients come all along: no day is the first; give from_day")
            yield case.problem(rule, (*at, "with_stream"))


def _over_day(one: Disruption) -> float | None:
    """Return the day on which all is made good, where that is told and not drawn."""
    told = one.from_day is not None and one.days is not None
    return (one.from_day or 0.0) + (one.days or 0.0) + one.recovery_days if told else None


def effects(case: Case) -> Iterator[Problem]:
    """Warn of disruptions that take nothing away."""
    for name, one in case.scenario.disruptions.items():
        if not one.scale or not _takes_something(one, case):
            rule = text("takes nothing away, and has no effect")
            yield case.problem(rule, ("disruptions", name), key=True, warning=True)


def _takes_something(one: Disruption, case: Case) -> bool:
    match one:
        case BedsLost():
            return bool(one.share or one.beds) and _has_beds(set(one.units), case)
        case OfficeOutage():
            return True
        case HospitalHit():
            return bool(one.share) and _has_beds(set(case.scenario.kinds), case)
        case ItOutage():
            asking = one.ask_factor > 1 or one.mortality_relative_risk > 1 or one.throughput < 1
            return asking or one.blind or bool(one.planned_stopped or one.diverted)
        case StaffLost():
            teams = any(region.icu_teams for region in case.scenario.regions.values())
            return bool(one.share) and (_has_beds(one.kinds(), case) or ("intensive" in one.skills and teams))


def _has_beds(kinds: set[str], case: Case) -> bool:
    """Return whether any region has beds of *kinds* that can be lost: some, and not without end."""
    units = (u for r in case.scenario.regions.values() for k, u in r.units.items() if k in kinds)
    return any(isinstance(unit.beds, int) and unit.beds for unit in units)
