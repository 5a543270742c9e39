"""Where the patients of a stream come: shares by region, also where the file says no more than a place."""

import math

from nspl_sim.scenario.distances import by_road_km, distance_km
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.streams import Around, MassCasualtyStream, Stream, StrikesStream, TableStream

Shares = dict[str, float]


def around(scenario: Scenario, region: str, spread: Around) -> Shares:
    """Return the shares of the casualties of an event in *region*; those who are not there come nowhere.

    The rest goes to the nearest regions with beds: by road, then by distance, then in alphabetical order.
    """
    keys = scenario.region_keys
    if region not in keys:  # told by a check of its own
        return {region: 1.0}
    road_km = by_road_km(scenario)[keys.index(region)]

    def way(other: str) -> tuple[float, float, str]:
        km = distance_km(scenario, region, other)
        return float(road_km[keys.index(other)]), math.inf if math.isnan(km) else km, other

    possible = (key for key in keys if key != region and scenario.regions[key].has_care)
    others = sorted(possible, key=way)[: spread.nearest]
    if not others or spread.share == 1:
        return {region: 1.0}
    return {region: spread.share} | {key: (1 - spread.share) / len(others) for key in others}


def shares(scenario: Scenario, stream: Stream) -> Shares:
    """Return which share of the patients of *stream* each region gets; of a table none, for it names them."""
    match stream:
        case TableStream():
            return {}
        case MassCasualtyStream(place=place) if place is not None:
            return around(scenario, place.region, place)
        case StrikesStream(place=place) if place is not None:
            found: Shares = {}
            for struck, share in stream.regions.items():
                for key, part in around(scenario, struck, place).items():
                    found[key] = found.get(key, 0.0) + share * part
            return found
        case _:
            return dict(stream.regions or {})
