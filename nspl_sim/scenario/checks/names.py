"""Names that must lead somewhere: regions, classes, modes of transport (kinds of unit: kinds.py)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import dotted, nearest
from nspl_sim.scenario.checks.case import Case
from nspl_sim.scenario.meant import class_meant
from nspl_sim.scenario.streams import MassCasualtyStream, TableStream
from nspl_sim.scenario.transport import Transport
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text, text

MOST_PLACES = 6
"""Of the places where a region still stands that was taken away, so many are told."""


Named = tuple[Loc, str, bool]
"""Where something is named, its name, and whether that stands there as a key."""


def regions(case: Case) -> Iterator[Problem]:
    """Yield every place that names a region which is not there."""
    rule = text("is no region of this scenario")
    lost = (named for named in _named_regions(case) if named[1] not in case.regions.keys)
    yield from _leading_nowhere(case, lost, ("regions",), rule, case.regions.nearest)


def _leading_nowhere(
    case: Case, lost: Iterable[Named], home: Loc, rule: Text, meant: Callable[[str], str | None]
) -> Iterator[Problem]:
    """Yield a problem for each name that leads nowhere; for what was taken away, one for all its names.

    *home* is where such names belong.
    """
    orphans: dict[Loc, list[Loc]] = defaultdict(list)
    for loc, written, is_key in lost:
        if taken := case.taken_with((*home, written)):
            orphans[taken].append(loc)
        else:
            yield case.problem(rule, loc, meant(written), is_key)
    for taken, locs in orphans.items():
        places = ", ".join(dotted(loc) for loc in locs[:MOST_PLACES]) + ", …" * (len(locs) > MOST_PLACES)
        told = text(
            "is taken away, but still stands in {count} places, which must change too: {places}",
            count=len(locs),
            places=places,
        )
        yield case.removed[taken].shown_at.problem(told, dotted(taken), "null")


def _named_regions(case: Case) -> Iterator[Named]:
    """Yield where a region is named, its name, and whether it stands there as a key."""
    for name, stream in case.scenario.streams.items():
        at: Loc = ("streams", name)
        if isinstance(stream, TableStream):
            for number, patient in enumerate(stream.patients):
                yield (*at, "patients", number, "region"), patient.region, False
            continue
        for field in ("regions", "icu_factor", "delay_days"):
            yield from (((*at, field, key), key, True) for key in getattr(stream, field, None) or {})
        if isinstance(stream, MassCasualtyStream) and stream.place is not None:
            yield (*at, "place", "region"), stream.place.region, False
    for key, region in case.scenario.regions.items():
        for number, other in enumerate(region.neighbours or ()):
            yield ("regions", key, "neighbours", number), other, False
    for kind, said in case.scenario.unit_kinds.items():
        for number, key in enumerate(said.referral if isinstance(said.referral, list) else ()):
            yield ("unit_kinds", kind, "referral", number), key, False
    for name, one in case.scenario.disruptions.items():
        at = ("disruptions", name)
        yield from (((*at, "regions", n), key, False) for n, key in enumerate(one.regions or ()))
        weights = one.drawn.weights if one.drawn else {}
        yield from (((*at, "drawn", "weights", key), key, True) for key in weights)
    for item, supply in case.scenario.supplies.items():
        for part in ("stock", "ordinary_per_day", "resupply_per_day"):
            told = getattr(supply, part) or {}
            yield from ((("supplies", item, part, key), key, True) for key in told)
    for number, change in enumerate(case.scenario.legal_state):
        for place, key in enumerate(change.regions or ()):
            yield ("legal_state", number, "regions", place), key, False
    for number, lying in enumerate(case.scenario.present):
        yield ("present", number, "region"), lying.region, False
    for number, left in enumerate(case.scenario.displaced):
        yield from ((("displaced", number, "from", key), key, True) for key in left.from_)
        yield from ((("displaced", number, "to", key), key, True) for key in left.to)
    transport = case.scenario.transport
    for number, key in enumerate(transport.islands):
        yield ("transport", "islands", number), key, False
    for key, row in transport.distances_km.items():
        yield ("transport", "distances_km", key), key, True
        yield from ((("transport", "distances_km", key, other), other, True) for other in row)
    yield from _linked_or_closed(transport)


def _linked_or_closed(transport: Transport) -> Iterator[Named]:
    for medium, links in transport.links.items():
        for key, others in links.items():
            yield ("transport", "links", medium, key), key, True
            yield from (
                (("transport", "links", medium, key, n), other, False) for n, other in enumerate(others)
            )
    for number, closure in enumerate(transport.closures):
        for name in ("regions", "between"):
            given = enumerate(getattr(closure, name) or ())
            yield from ((("transport", "closures", number, name, n), key, False) for n, key in given)


def classes(case: Case) -> Iterator[Problem]:
    """Yield every place that names a patient class which is not there."""
    rule = text("is no patient class of this scenario")
    lost = (named for named in _named_classes(case) if named[1] not in case.classes)
    yield from _leading_nowhere(case, lost, ("classes",), rule, lambda word: class_meant(word, case.root))


def _named_classes(case: Case) -> Iterator[Named]:
    for number, lying in enumerate(case.scenario.present):
        if lying.class_ is not None:
            yield ("present", number, "class"), lying.class_, False
    for name, stream in case.scenario.streams.items():
        if isinstance(stream, TableStream):
            for number, patient in enumerate(stream.patients):
                yield ("streams", name, "patients", number, "class"), patient.class_, False
        else:
            yield from ((("streams", name, "classes", key), key, True) for key in stream.classes)


def streams(case: Case) -> Iterator[Problem]:
    """Warn of a scenario without any stream: it runs, and nobody comes."""
    if not case.scenario.streams:
        yield case.problem(text("is empty: nobody arrives"), ("streams",), key=True, warning=True)


def modes(case: Case) -> Iterator[Problem]:
    """Yield every place that names a mode of transport which is not there."""
    rule = text("is no mode of transport of this scenario")
    lost = (named for named in _named_modes(case) if named[1] not in case.modes)
    home = ("transport", "modes")
    yield from _leading_nowhere(case, lost, home, rule, lambda word: nearest(word, case.modes))


def _named_modes(case: Case) -> Iterator[Named]:
    for key, region in case.scenario.regions.items():
        yield from ((("regions", key, "vehicles", mode), mode, True) for mode in region.vehicles)
    transport = case.scenario.transport
    yield from ((("transport", "weather", mode), mode, True) for mode in transport.weather)
    for number, closure in enumerate(transport.closures):
        given = enumerate(closure.modes or ())
        yield from ((("transport", "closures", number, "modes", n), mode, False) for n, mode in given)


def civil_areas(case: Case) -> Iterator[Problem]:
    """Yield every civil area in closures, weather and disruptions that no region lies in."""
    there = sorted({r.civil_area for r in case.scenario.regions.values() if r.civil_area})
    for loc, area, is_key in _named_areas(case):
        if area not in there:
            rule = text("is a civil area that no region lies in")
            yield case.problem(rule, loc, nearest(area, there), is_key)


def _named_areas(case: Case) -> Iterator[Named]:
    for name, one in case.scenario.disruptions.items():
        hit = enumerate(one.civil_areas or ())
        yield from ((("disruptions", name, "civil_areas", n), area, False) for n, area in hit)
    transport = case.scenario.transport
    for mode, weather in transport.weather.items():
        at: Loc = ("transport", "weather", mode, "by_civil_area")
        yield from (((*at, area), area, True) for area in weather.by_civil_area)
    for number, closure in enumerate(transport.closures):
        given = enumerate(closure.civil_areas or ())
        yield from ((("transport", "closures", number, "civil_areas", n), area, False) for n, area in given)


def marking(case: Case) -> Iterator[Problem]:
    """Yield the problem that a marking is required and none is given."""
    if case.scenario.marking_required and not (case.scenario.marking or "").strip():
        yield case.problem(text("is missing, and marking_required says that there must be one"), ("marking",))
