"""Names that must lead somewhere: regions, classes, modes of transport (kinds of unit: kinds.py)."""

from collections import defaultdict
from collections.abc import Iterator

from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import dotted, nearest
from nspl_sim.scenario.checks.case import Case
from nspl_sim.scenario.meant import class_meant
from nspl_sim.scenario.streams import TableStream
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text

MOST_PLACES = 6
"""Of the places where a region still stands that was taken away, so many are told."""


def regions(case: Case) -> Iterator[Problem]:
    """Yield every place that names a region which is not there; of one that was taken away, once."""
    orphans: dict[str, list[Loc]] = defaultdict(list)
    for loc, written, is_key in _named_regions(case):
        if written in case.removed and written not in case.regions.keys:
            orphans[written].append(loc)
        elif written not in case.regions.keys:
            rule = text("is no region of this scenario")
            yield case.problem(rule, loc, case.regions.nearest(written), is_key)
    for key, locs in orphans.items():
        rule = text(
            "is taken away, but still stands in {count} places, which must change too: {places}",
            count=len(locs),
            places=", ".join(dotted(loc) for loc in locs[:MOST_PLACES]) + ", …" * (len(locs) > MOST_PLACES),
        )
        yield case.removed[key].shown_at.problem(rule, dotted(("regions", key)), "null")


def _named_regions(case: Case) -> Iterator[tuple[Loc, str, bool]]:
    """Yield where a region is named, its name, and whether it stands there as a key."""
    for name, stream in case.scenario.streams.items():
        at: Loc = ("streams", name)
        if isinstance(stream, TableStream):
            for number, patient in enumerate(stream.patients):
                yield (*at, "patients", number, "region"), patient.region, False
            continue
        yield from (((*at, "regions", key), key, True) for key in stream.regions)
        yield from (((*at, "icu_factor", key), key, True) for key in getattr(stream, "icu_factor", {}))
    transport = case.scenario.transport
    for number, key in enumerate(transport.islands):
        yield ("transport", "islands", number), key, False
    for key, row in transport.distances_km.items():
        yield ("transport", "distances_km", key), key, True
        yield from ((("transport", "distances_km", key, other), other, True) for other in row)


def classes(case: Case) -> Iterator[Problem]:
    """Yield every place that names a patient class which is not there."""
    for loc, written, is_key in _named_classes(case):
        if written not in case.classes:
            rule = text("is no patient class of this scenario")
            yield case.problem(rule, loc, class_meant(written, case.root), is_key)


def _named_classes(case: Case) -> Iterator[tuple[Loc, str, bool]]:
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
    """Yield every region's vehicles of a mode which is not there."""
    for key, region in case.scenario.regions.items():
        for mode in region.vehicles:
            if mode not in case.modes:
                rule = text("is no mode of transport of this scenario")
                yield case.problem(rule, ("regions", key, "vehicles", mode), nearest(mode, case.modes), True)


def marking(case: Case) -> Iterator[Problem]:
    """Yield the problem that a marking is required and none is given."""
    if case.scenario.marking_required and not (case.scenario.marking or "").strip():
        yield case.problem(text("is missing, and marking_required says that there must be one"), ("marking",))
