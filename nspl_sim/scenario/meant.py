"""What was most likely meant by what a scenario file says and may not say."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from nspl_sim.reading.node import Node, find, plain
from nspl_sim.reading.showing import MOST_SOUGHT, nearest
from nspl_sim.scenario.aliases import RegionNames
from nspl_sim.scenario.model import Region
from nspl_sim.scenario.region_table import in_a_region
from nspl_sim.vocabulary.endless import means_unlimited
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import text


def meant(problem: Problem, root: Node) -> Problem:
    """Return *problem*, found in the scenario *root*, with what was most likely meant."""
    if problem.rule == NOT_HERE:
        problem = _of_another_family(problem, root)
    match problem.path.split("."):
        case ["regions", *_] if _too_many(root):
            return problem
        case ["regions", key]:
            return _a_region(problem, key, root)
        case ["regions", _, "units", _, "beds"] if means_unlimited(problem.got):
            return replace(problem, suggestion="unlimited")
        case ["regions", _, own] if own not in Region.model_fields:
            return replace(problem, suggestion=in_a_region(own, root) or problem.suggestion)
        case ["streams", _, "kind"] if problem.suggestion is None:
            found = _stream_kind(problem.got)
            return replace(problem, suggestion=None if found == problem.got else found)
        case ["streams", _, "file"]:
            return replace(problem, rule=text("belongs only to a stream of kind: table"), suggestion=None)
        case ["streams", _, "regions" | "icu_factor" | "delay_days", key]:
            found = _region_names(root).nearest(key) if problem.got == key else None
            return replace(problem, suggestion=found or problem.suggestion)
        case ["streams", _, "classes", key]:
            found = class_meant(key, root) if problem.got == key else None
            return replace(problem, suggestion=found or problem.suggestion)
    return problem


def _too_many(root: Node) -> bool:
    """Return whether there are more regions than names are sought among, for each mistake anew."""
    regions = find(root, ("regions",))
    return regions is not None and isinstance(regions.value, dict) and len(regions.value) > MOST_SOUGHT // 5


NOT_HERE = text("is not a key that belongs here")


def _of_another_family(problem: Problem, root: Node) -> Problem:
    """Return *problem*; of a key that its family lacks, with the parameters that the family has."""
    around, steps = root, problem.path.split(".")[:-1]
    if steps and steps[-1] in _NO_TIMES:
        return problem
    for step in steps:
        below = find(around, (int(step),) if isinstance(around.value, list) else (step,))
        if below is None:
            return problem
        around = below
    family = find(around, ("family",))
    names = _PARAMETERS.get(family.value) if family and isinstance(family.value, str) else None
    if family is None or names is None:
        return problem
    rule = text(
        "is no key of family: {family}, which takes {names} (a time ends in its unit, _h or _days)",
        family=family.value,
        names=names,
    )
    return replace(problem, rule=rule)


_NO_TIMES = ("size", "per_1000_per_day", "per_day")
"""Parts with a family that are no time, and have parameters of their own."""

_PARAMETERS = {
    "fixed": "value",
    "exponential": "mean",
    "gamma": "mean, sd",
    "lognormal": "mean, sd | median, mean | median, q1, q3 | mu, sigma",
    "weibull": "shape, scale",
    "triangular": "low, mode, high",
    "uniform": "low, high",
    "empirical": "values, weights",
}
"""What is written of each family, without the unit that the key ends in."""


def _a_region(problem: Problem, key: str, root: Node) -> Problem:
    found = _region_names(root, key).nearest(key) if problem.got == key else None
    return replace(problem, suggestion=found or problem.suggestion)


def _region_names(root: Node, besides: str | None = None) -> RegionNames:
    regions = find(root, ("regions",))
    content = plain(regions) if regions else {}
    content = content if isinstance(content, dict) else {}
    return RegionNames({k: region for k, region in content.items() if str(k) != besides})


def class_meant(written: Any, root: Node) -> str | None:
    """Return the class in *root* that *written* is most like: its key, or its title."""
    known = dict(_classes(root))
    found = nearest(written, known)
    return known[found] if found else None


def _classes(root: Node) -> Iterator[tuple[str, str]]:
    """Yield every name of a class, and its key."""
    classes = find(root, ("classes",))
    for key in classes.value if classes and isinstance(classes.value, dict) else ():
        title = find(root, ("classes", key, "title"))
        if title is not None and isinstance(title.value, str):
            yield title.value, str(key)
    for key in classes.value if classes and isinstance(classes.value, dict) else ():
        yield str(key), str(key)


_STREAM_KINDS = {
    "poisson": ("emergency", "emergencies", "akut", "akutflöde"),
    "planned": ("elective", "planerad", "planerat", "planerade", "elektiv"),
    "epidemic": ("wave", "pandemic", "epidemi", "pandemi", "våg", "influenza"),
    "host_nation": (
        "flow",
        "evacuation",
        "allied",
        "batches",
        "värdland",
        "värdlandsstöd",
        "evakuering",
    ),
    "strikes": ("strike", "missiles", "campaign", "angrepp", "robotar", "anfall"),
    "combat": ("war", "battle", "military", "strid", "krig", "militär"),
    "mass_casualty": ("mci", "accident", "event", "masskada", "masskadehändelse", "olycka"),
    "table": ("list", "register", "csv", "file", "exercise", "tabell", "lista", "övning"),
}
"""What else the kinds of stream are called."""


def _stream_kind(written: str | None) -> str | None:
    word = (written or "").strip("'\"").casefold()
    by_name = {name: kind for kind, names in _STREAM_KINDS.items() for name in names}
    found = word if word in by_name else nearest(word, by_name)
    return by_name[found] if found else None
