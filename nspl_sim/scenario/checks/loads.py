"""Offered load: how many beds the arrivals would fill on average, beside how many there are."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from nspl_sim.reading.node import find, place_of
from nspl_sim.reading.place import Loc
from nspl_sim.scenario.checks.case import Case, rate_of
from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.expected import patients
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.places import shares
from nspl_sim.scenario.streams import EpidemicStream, PlannedStream, PoissonStream, Stream, TableStream
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text, text

FAR_ABOVE = 3
"""An offered load of more than so many times the beds is told."""

INTENSIVE = "icu"
"""The kind of unit whose share ``icu_factor`` multiplies."""


@dataclass
class _Load:
    """What comes to one kind of unit in one region."""

    per_day: float = 0.0
    beds: float = 0.0
    """Arrivals a day times mean stay in days."""
    by_stream: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, stream: str, per_day: float, stay_days: float) -> None:
        self.per_day += per_day
        self.beds += per_day * stay_days
        self.by_stream[stream] += per_day * stay_days


def offered(case: Case) -> Iterator[Problem]:
    """Warn, for each kind of unit, of the region whose load is furthest above its beds."""
    worst: dict[str, tuple[float, str]] = {}
    crowded: dict[str, int] = defaultdict(int)
    loads = _loads(case)
    for (region, kind), load in sorted(loads.items()):
        beds = _beds(case, region, kind)
        if beds is None or load.beds <= FAR_ABOVE * beds:
            continue
        crowded[kind] += 1
        times = load.beds / max(beds, 1)
        if times > worst.get(kind, (0.0, ""))[0]:
            worst[kind] = (times, region)
    for kind, (times, region) in sorted(worst.items()):
        yield _told(case, kind, region, loads[region, kind], times, crowded[kind])


def _told(case: Case, kind: str, region: str, load: _Load, times: float, crowded: int) -> Problem:
    name = max(sorted(load.by_stream), key=lambda name: load.by_stream[name])
    stream, beds = case.scenario.streams[name], _beds(case, region, kind)
    rule = text(
        "gives {kind} in {region} {per_day} arrivals a day x {stay} days = {load} beds, {found}",
        kind=kind,
        region=region,
        per_day=_shown(load.per_day),
        stay=_shown(load.beds / load.per_day),
        load=_shown(load.beds),
        found=_against(beds, times, crowded, _has_own(case, region, kind)),
    )
    if beds and isinstance(stream, PoissonStream | PlannedStream):
        rule = text("{rule}; is the rate for a day?", rule=rule)
    return case.problem(rule, _figure(case, name, region, kind), warning=True)


def _against(beds: int | None, times: float, crowded: int, own: bool) -> Text:
    """Return what the load is set against: the region's own beds, those of all regions, or none at all."""
    told = {"times": _shown(times), "beds": beds, "crowded": crowded}
    if not beds:
        return text("but no region has any: nobody gets one (regions so crowded: {crowded})", **told)
    if not own:
        return text(
            "{times} times the {beds} beds of all regions; it has none (regions so crowded: {crowded})",
            **told,
        )
    return text("{times} times its {beds} beds (regions so crowded: {crowded})", **told)


def _figure(case: Case, name: str, region: str, kind: str) -> Loc:
    """Return the figure to look at: the beds where the file itself says them and not the rate."""
    rate = rate_of(case.scenario.streams[name], ("streams", name))
    beds: Loc = ("regions", region, "units", kind, "beds")
    own, found = case.root.place.file, find(case.root, beds)
    if place_of(case.root, rate).file != own and found is not None and found.place.file == own:
        return beds
    return rate


def _has_own(case: Case, region: str, kind: str) -> bool:
    unit = case.scenario.regions[region].units.get(kind)
    return unit is not None and bool(unit.beds)


def _shown(figure: float) -> int | float:
    """Return *figure* with three figures, or whole; a number, so that it is written as in the language."""
    found = float(f"{figure:.3g}") if figure < 1000 else float(f"{figure:.0f}")
    return int(found) if found.is_integer() else found


def _beds(case: Case, region: str, kind: str) -> int | None:
    """Return the beds of *kind* in *region*, or in all regions where it has none; None for unlimited."""
    own = case.scenario.regions[region].units.get(kind)
    if own is not None and own.beds == "unlimited":
        return None
    if own is not None and own.beds:
        return int(own.beds)
    units = [r.units[kind].beds for r in case.scenario.regions.values() if kind in r.units]
    return None if "unlimited" in units else sum(int(beds) for beds in units)


def _loads(case: Case) -> dict[tuple[str, str], _Load]:
    days = case.end_day - case.begin_day
    loads: dict[tuple[str, str], _Load] = defaultdict(_Load)
    for name, stream in sorted(case.scenario.streams.items()):
        if isinstance(stream, TableStream):
            _add_given(case, name, stream, days, loads)
            continue
        per_day = patients(stream, case.begin_day, case.end_day) / days
        needs = [
            need
            for key, share in stream.classes.items()
            for need in _needs(case.scenario.classes[key], share)
        ]
        for region, share in shares(case.scenario, stream).items():
            factor = _icu_factor(case, stream, region)
            for kind, of_all, stay in needs:
                weight = factor if kind == INTENSIVE else 1.0
                loads[region, kind].add(name, per_day * share * of_all * weight, stay)
    return loads


def _icu_factor(case: Case, stream: Stream, region: str) -> float:
    """Return what multiplies the patients of intensive care in *region*."""
    if isinstance(stream, EpidemicStream) and stream.icu_share is not None:
        before = intensive_share(case.scenario, stream)
        return stream.icu_share / before if before else 1.0
    factors: dict[str, float] = getattr(stream, "icu_factor", {})
    return factors.get(region, 1.0)


def intensive_share(scenario: Scenario, stream: EpidemicStream) -> float:
    """Return the share of *stream* whose pathway holds intensive care, as its classes have it."""
    return sum(
        share * pathway.share
        for key, share in stream.classes.items()
        for pathway in scenario.classes[key].pathways
        if any(stage.kind == INTENSIVE for stage in pathway.stages)
    )


def _needs(one: PatientClass, share: float) -> Iterator[tuple[str, float, float]]:
    """Yield each stage's kind, its share of the stream's patients, and its mean stay in days."""
    for pathway in one.pathways:
        for stage in pathway.stages:
            yield stage.kind, share * pathway.share, stage.stay.mean_s() / DAY


def _add_given(
    case: Case, name: str, stream: TableStream, days: float, loads: dict[tuple[str, str], _Load]
) -> None:
    for patient in stream.patients:
        if patient.stages is not None:
            needs = [(given.kind, 1.0, given.stay_h * HOUR / DAY) for given in patient.stages]
        else:
            needs = list(_needs(case.scenario.classes[patient.class_], 1.0))
        for kind, share, stay in needs:
            loads[patient.region, kind].add(name, share / days, stay)
