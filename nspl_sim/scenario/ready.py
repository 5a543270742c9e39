"""How many of a region's residents are ready for discharge a day and wait for municipal care, on average."""

from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import PlannedStream, PoissonStream

DAYS_A_YEAR = 365


def waiting_share(one: PatientClass) -> float:
    """Return the share of the class's patients who wait: in need of municipal care, after some stage."""
    return one.municipal_share * sum(way.share for way in one.pathways if way.stages)


def ready_per_day(scenario: Scenario) -> dict[str, float]:
    """Return, by home region, the patients a day of the streams with a constant rate who must wait.

    The regions' own weight of intensive care is left out: it moves the mix of classes a little. Classes and
    regions that are not there count for nothing; a check tells of them.
    """
    found = dict.fromkeys(scenario.regions, 0.0)
    for stream in scenario.streams.values():
        if not isinstance(stream, PoissonStream | PlannedStream):
            continue
        per_day = stream.per_day if stream.per_day is not None else (stream.per_year or 0.0) / DAYS_A_YEAR
        known = (key for key in stream.classes if key in scenario.classes)
        share = sum(stream.classes[key] * waiting_share(scenario.classes[key]) for key in known)
        for region in found:
            found[region] += per_day * stream.scale * stream.regions.get(region, 0.0) * share
    return found


def mean_waits_s(scenario: Scenario) -> dict[str, float]:
    """Return, by region with places, the mean seconds from ready to received in the ordinary state."""
    ready = ready_per_day(scenario)
    return {
        key: region.municipal.mean_wait_s(ready[key])
        for key, region in scenario.regions.items()
        if region.municipal is not None and region.municipal.gap_s is not None
        if region.municipal.places_per_day is not None
    }
