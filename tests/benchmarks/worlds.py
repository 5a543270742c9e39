"""The shipped national scenario made longer, larger and finer, to hold the cost of a replication against."""

from typing import Any

from nspl_sim.scenario.load import load_shipped
from nspl_sim.scenario.model import Region, Scenario, SurgeStep, Unit


def national(days: float = 90.0) -> Scenario:
    """Return the national surge over *days*; its own 10 days of warm-up come before."""
    return load_shipped("national-surge").scenario.model_copy(update={"horizon_days": days})


def larger(world: Scenario, factor: int) -> Scenario:
    """Return *world* with *factor* times the patients, beds, teams and vehicles."""
    streams = {k: s.model_copy(update={"scale": s.scale * factor}) for k, s in world.streams.items()}
    regions = {key: _part(region, 0, 1, factor) for key, region in world.regions.items()}
    return world.model_copy(update={"streams": streams, "regions": regions})


def of_nodes(world: Scenario, nodes: int) -> Scenario:
    """Return *world* in so many nodes: regions split by population, or put together three by three.

    Patients, beds, teams and vehicles are those of the nation, but for what does not go into whole numbers.
    """
    if nodes < len(world.regions):
        return _together(world, len(world.regions) // nodes)
    parts = dict.fromkeys(world.regions, 1)
    people = {key: region.population or 1 for key, region in world.regions.items()}
    for _ in range(nodes - len(parts)):
        most = max(parts, key=lambda key: people[key] / parts[key])
        parts[most] += 1
    names = {key: [key, *(f"{key}_{i}" for i in range(2, n + 1))] for key, n in parts.items()}
    regions = {
        name: _part(world.regions[key], i, parts[key])
        for key in world.regions
        for i, name in enumerate(names[key])
    }
    shared = {key: {name: 1 / len(names[key]) for name in names[key]} for key in names}
    return _with(world, regions, shared)


def _together(world: Scenario, size: int) -> Scenario:
    keys = list(world.regions)
    groups = [keys[i : i + size] for i in range(0, len(keys), size)]
    regions = {group[0]: _sum([world.regions[key] for key in group]) for group in groups}
    return _with(world, regions, {key: {group[0]: 1.0} for group in groups for key in group})


def _with(world: Scenario, regions: dict[str, Region], shared: dict[str, dict[str, float]]) -> Scenario:
    """Return *world* with new *regions*; *shared* says which parts of the old ones they are."""
    streams = {}
    for key, stream in world.streams.items():
        shares: dict[str, float] = {}
        for region, share in stream.regions.items():
            for name, part in shared[region].items():
                shares[name] = shares.get(name, 0.0) + share * part
        plain = {"icu_factor": {}} if hasattr(stream, "icu_factor") else {}
        streams[key] = stream.model_copy(update={"regions": shares, **plain})
    there = [key for key in world.transport.islands if key in regions]
    transport = world.transport.model_copy(update={"islands": there})
    return world.model_copy(update={"regions": regions, "streams": streams, "transport": transport})


def _part(region: Region, number: int, parts: int, factor: int = 1) -> Region:
    """Return part *number* of *parts* of *region*, *factor* times as large."""

    def share(whole: int) -> int:
        return whole * factor * (number + 1) // parts - whole * factor * number // parts

    def unit(one: Unit) -> Unit:
        surge = [_step(step, max(1, share(step.beds))) for step in one.surge]
        beds = one.beds if one.beds == "unlimited" else share(one.beds)
        return one.model_copy(update={"beds": beds, "surge": surge})

    changed: dict[str, Any] = {
        "units": {kind: unit(one) for kind, one in region.units.items()},
        "icu_teams": share(region.icu_teams),
        "vehicles": {mode: share(n) for mode, n in region.vehicles.items()},
        "population": share(region.population or 0),
        "neighbours": None,
    }
    if region.position and number:  # some tens of km away
        lat, lon = region.position.lat + 0.1 * (number % 3), region.position.lon + 0.1 * (number // 3)
        changed["position"] = region.position.model_copy(update={"lat": lat, "lon": lon})
    return region.model_copy(update=changed)


def _step(step: SurgeStep, beds: int) -> SurgeStep:
    return step.model_copy(update={"beds": beds})


def _sum(regions: list[Region]) -> Region:
    """Return *regions* as one, where the first of them is."""

    def unit(kind: str) -> Unit:
        units = [region.units[kind] for region in regions if kind in region.units]
        beds = sum(0 if one.beds == "unlimited" else one.beds for one in units)
        first = units[0]
        surge = [
            _step(step, sum(one.surge[i].beds for one in units if len(one.surge) > i))
            for i, step in enumerate(first.surge)
        ]
        return first.model_copy(update={"beds": beds, "surge": surge})

    kinds = dict.fromkeys(kind for region in regions for kind in region.units)
    modes = dict.fromkeys(mode for region in regions for mode in region.vehicles)
    return regions[0].model_copy(
        update={
            "units": {kind: unit(kind) for kind in kinds},
            "icu_teams": sum(region.icu_teams for region in regions),
            "vehicles": {mode: sum(region.vehicles.get(mode, 0) for region in regions) for mode in modes},
            "population": sum(region.population or 0 for region in regions),
            "neighbours": None,
        }
    )
