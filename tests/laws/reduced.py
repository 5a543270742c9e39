"""A shipped scenario made small: chosen regions, ten days, at most 1,200 patients; the same things happen."""

from functools import cache
from typing import Any

from nspl_sim.scenario.expected import patients
from nspl_sim.scenario.load import load_shipped
from nspl_sim.scenario.model import Scenario

MOST_PATIENTS = 1200
DAYS = 10
WARM_UP = 2


@cache
def reduced(name: str, regions: int = 5) -> Scenario:
    """Return the shipped scenario *name* with the regions that its events hit first, thinned to size."""
    whole = load_shipped(name).scenario
    content = whole.model_dump(mode="python", by_alias=True, exclude_none=True)
    content["start"] = whole.start.isoformat()
    content |= {"warm_up_days": min(WARM_UP, whole.warm_up_days), "horizon_days": DAYS, "cool_down_h": 24}
    kept = _chosen(content, regions)
    dropped = set(content["regions"]) - set(kept)
    content = _without(content, dropped)
    for stream in content["streams"].values():
        if stream.get("regions"):
            stream["regions"] = _to_one(stream["regions"])
    content["displaced"] = [
        moving | {"to": _to_one(moving["to"])}
        for moving in content["displaced"]
        if moving["from"] and moving["to"]
    ]
    small = Scenario.model_validate(content)
    return _thinned(content, small)


def _chosen(content: dict[str, Any], regions: int) -> list[str]:
    """Return the regions that most streams of few regions name: where something happens; then the largest."""
    events = [set(_named(stream, content["regions"])) for stream in content["streams"].values()]
    few = [named for named in events if 0 < len(named) < len(content["regions"])]
    weight = {key: sum(key in named for named in few) for key in content["regions"]}
    population = {key: region.get("population", 0) for key, region in content["regions"].items()}
    order = sorted(content["regions"], key=lambda key: (-weight[key], -population[key], key))
    return sorted(order[:regions])


def _named(part: Any, regions: Any) -> list[str]:
    """Return every region that stands anywhere in *part*, as a key or as a value."""
    if isinstance(part, dict):
        return [k for k in part if k in regions] + [n for v in part.values() for n in _named(v, regions)]
    if isinstance(part, list | tuple):
        return [n for item in part for n in _named(item, regions)]
    return [part] if isinstance(part, str) and part in regions else []


def _without(part: Any, dropped: set[str]) -> Any:
    """Return *part* without the *dropped* regions, whether they are keys, members of lists or values."""
    if isinstance(part, dict):
        held = {k: _without(v, dropped) for k, v in part.items() if k not in dropped}
        return {k: v for k, v in held.items() if not (isinstance(v, str) and v in dropped)}
    if isinstance(part, list):
        return [_without(item, dropped) for item in part if not (isinstance(item, str) and item in dropped)]
    return part


def _to_one(shares: dict[str, float]) -> dict[str, float]:
    total = sum(shares.values())
    return {key: share / total for key, share in shares.items()}


def _thinned(content: dict[str, Any], small: Scenario) -> Scenario:
    """Return *small* with fewer patients and, as far, fewer beds: as crowded as it was."""
    expected = sum(patients(stream, -WARM_UP, DAYS + 1) for stream in small.streams.values())
    lying = expected * 0.4 if small.starts == "equilibrium" else 0.0
    share = min(1.0, 0.8 * MOST_PATIENTS / (expected + lying))
    if share == 1:
        return small
    for stream in content["streams"].values():
        stream["scale"] = stream.get("scale", 1.0) * share
    for region in content["regions"].values():
        for unit in region["units"].values():
            if isinstance(unit["beds"], int):
                unit["beds"] = round(unit["beds"] * share) if unit["beds"] else 0
    return Scenario.model_validate(content)
