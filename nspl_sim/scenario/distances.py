"""How far it is between regions: by road, through the air, by rail and by sea."""

from collections import deque
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from nspl_sim.scenario.model import Region, Scenario
from nspl_sim.scenario.modes import Medium

_EARTH_KM = 6371.0
_kept: deque[tuple[Scenario, NDArray[np.float64]]] = deque(maxlen=4)


def great_circle_km(a: Region, b: Region) -> float:
    """Return the great-circle distance (haversine); nan where a position is not given."""
    if a.position is None or b.position is None:
        return float("nan")
    lat_a, lon_a, lat_b, lon_b = np.radians([a.position.lat, a.position.lon, b.position.lat, b.position.lon])
    half = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    return float(2 * _EARTH_KM * np.arcsin(np.sqrt(half)))


def distance_km(scenario: Scenario, a: str, b: str) -> float:
    """Return the distance that orders are sorted by: as given, else reckoned; nan if it cannot be."""
    if a == b:
        return 0.0
    table, transport = scenario.transport.distances_km, scenario.transport
    given = table.get(a, {}).get(b, table.get(b, {}).get(a))
    if given is not None:
        return given
    straight = great_circle_km(scenario.regions[a], scenario.regions[b])
    return straight * (1.0 if {a, b} & set(transport.islands) else transport.detour_factor)


def distances_km(scenario: Scenario) -> NDArray[np.float64]:
    """Return shape (regions, regions); 0 where a distance is neither given nor reckonable.

    Asked for many times in a run, and by hundreds of nodes worth keeping: for the last few scenarios.
    """
    for known, table in _kept:
        if known.regions is scenario.regions and known.transport is scenario.transport:
            return table
    keys = scenario.region_keys
    found = np.array([[distance_km(scenario, a, b) for b in keys] for a in keys])
    table = np.asarray(np.nan_to_num(found))
    table.flags.writeable = False
    _kept.append((scenario, table))
    return table


def by_road_km(scenario: Scenario) -> NDArray[np.float64]:
    """Return road distances; inf between an island and anywhere else."""
    km = distances_km(scenario)
    keys = scenario.region_keys
    apart = np.array([key in scenario.transport.islands for key in keys])
    cut = (apart[:, None] | apart[None, :]) & ~np.eye(len(keys), dtype=bool)
    return np.where(cut, np.inf, km)


def by_air_km(scenario: Scenario) -> NDArray[np.float64]:
    """Return distances through the air: a given road distance less its detour."""
    km = distances_km(scenario)
    islands = np.array([key in scenario.transport.islands for key in scenario.region_keys])
    straight = islands[:, None] | islands[None, :]
    return np.where(straight, km, km / scenario.transport.detour_factor)


def by_rail_km(scenario: Scenario) -> NDArray[np.float64]:
    """Return distances by rail, those of the road: between linked regions, else wherever there is a road."""
    links = scenario.transport.links
    return _linked(scenario, links["rail"]) if "rail" in links else by_road_km(scenario)


def by_sea_km(scenario: Scenario) -> NDArray[np.float64]:
    """Return distances between regions that are linked by sea; inf between all others."""
    return _linked(scenario, scenario.transport.links.get("sea", {}))


def _linked(scenario: Scenario, links: Mapping[str, list[str]]) -> NDArray[np.float64]:
    """Return distances between regions that *links* name together; inf between all others."""
    number = {key: n for n, key in enumerate(scenario.region_keys)}
    near = np.eye(len(number), dtype=bool)
    for a, others in links.items():
        for b in others:
            near[number[a], number[b]] = near[number[b], number[a]] = True
    return np.where(near, distances_km(scenario), np.inf)


_BY_MEDIUM: dict[Medium, Callable[[Scenario], NDArray[np.float64]]] = {
    "road": by_road_km,
    "air": by_air_km,
    "rail": by_rail_km,
    "sea": by_sea_km,
}


def km_by(medium: Medium, scenario: Scenario) -> NDArray[np.float64]:
    """Return the distances of *medium*, shape (regions, regions); inf where it has no way."""
    return _BY_MEDIUM[medium](scenario)
