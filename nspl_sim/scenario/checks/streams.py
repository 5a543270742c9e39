"""Streams that contradict themselves, or the world that they are part of."""

import math
from collections.abc import Iterator

from nspl_sim.reading.place import Loc
from nspl_sim.scenario.checks.case import Case
from nspl_sim.scenario.checks.loads import intensive_share
from nspl_sim.scenario.distances import distance_km
from nspl_sim.scenario.streams import Around, EpidemicStream, MassCasualtyStream, StrikesStream
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text


def places(case: Case) -> Iterator[Problem]:
    """Yield every event whose casualties cannot be spread over the nearest regions."""
    for name, stream in case.scenario.streams.items():
        at: Loc = ("streams", name, "place")
        if isinstance(stream, MassCasualtyStream) and stream.place is not None:
            yield from _spread(case, stream.place, [stream.place.region], at)
        if isinstance(stream, StrikesStream) and stream.place is not None:
            yield from _spread(case, stream.place, sorted(stream.regions), at)


def _spread(case: Case, place: Around, regions: list[str], at: Loc) -> Iterator[Problem]:
    if place.share == 1:
        return
    keys = case.scenario.region_keys
    if place.nearest > len(keys) - 1:
        rule = text("is more than the other regions, of which there are {count}", count=len(keys) - 1)
        yield case.problem(rule, (*at, "nearest"))
        return
    for region in regions:
        if region not in keys:
            continue
        others = [key for key in keys if key != region]
        far = next((key for key in others if math.isnan(distance_km(case.scenario, region, key))), None)
        if far is not None:
            rule = text(
                "needs every distance from {region}: give transport.distances_km.{region}.{other}, or the "
                "position of both",
                region=region,
                other=far,
            )
            yield case.problem(rule, at)
            return


def shares_of_intensive_care(case: Case) -> Iterator[Problem]:
    """Yield every ``icu_share`` that the stream's classes cannot have; warn of delays that do nothing."""
    for name, stream in case.scenario.streams.items():
        if not isinstance(stream, EpidemicStream):
            continue
        at: Loc = ("streams", name)
        if stream.icu_share is not None and set(stream.classes) <= set(case.scenario.classes):
            before = intensive_share(case.scenario, stream)
            if before == 0 or (before > 1 - 1e-9 and stream.icu_share < 1):
                rule = text("needs both classes with intensive care and classes without it")
                yield case.problem(rule, (*at, "icu_share"))
        for key in sorted(set(stream.delay_days) - set(stream.regions)):
            if key in case.regions.keys:
                rule = text("is a region that no patient of the stream comes to: the delay has no effect")
                yield case.problem(rule, (*at, "delay_days", key), key=True, warning=True)
