"""What stands under the fields of a class in its source: the meaning of each, written once.

The schema and the reference pages say it to those who write files.
"""

import ast
import inspect
import sys
from itertools import pairwise

EVERYWHERE = {
    "format": "Version of the file format.",
    "name": "A short name, in files and results.",
    "title": "What people read instead of the name.",
    "description": "Free text for those who read the file.",
    "sv": "In Swedish.",
    "en": "In English; not given: the Swedish line.",
    "kind": "Says which kind this is.",
    "family": "Says which family this is.",
    "shape": "Says which shape this is.",
    "harm": "Says which kind of harm this is.",
    "kinds": "Unit kinds that it speaks of.",
    "regions": "Shares by region; they add to 1.",
    "classes": "Shares by class; they add to 1.",
    "group": "Whose patients these are, for measures by group.",
    "from_day": "The first day; 0 is the start of the scenario.",
    "to_day": "Until this day.",
    "pause_at": "Pause when the load reaches this.",
    "resume_at": "Resume when the load falls below this.",
    "paused_priorities": "Priorities of planned care that are paused.",
    "share_when_paused": "Of those priorities that still goes ahead.",
    "open_at": "The next step opens when the load reaches this.",
    "mean": "Mean.",
    "sd": "Standard deviation.",
    "median": "Half are shorter.",
    "q1": "A quarter are shorter.",
    "q3": "A quarter are longer.",
    "low": "The shortest.",
    "mode": "The most common.",
    "high": "The longest.",
    "scale": "What all times are multiplied by.",
}
"""What keys mean that mean the same wherever they stand; times are given in hours or in days."""


def described(model: type) -> dict[str, str]:
    """Return what each field of *model* means: the string that follows it, or what it means everywhere."""
    told: dict[str, str] = {}
    for one in reversed(model.__mro__):
        of_own = inspect.get_annotations(one)
        common = {name: _everywhere(name) for name in of_own}
        told |= {name: said for name, said in common.items() if said}
        told |= _under_fields(one)
    return told


def _everywhere(name: str) -> str | None:
    if name in EVERYWHERE:
        return EVERYWHERE[name]
    stem, _, unit = name.rpartition("_")
    return EVERYWHERE.get(stem) if unit in ("h", "days") and stem in _TIMES else None


_TIMES = ("mean", "sd", "median", "q1", "q3", "low", "mode", "high", "scale")


def _under_fields(model: type) -> dict[str, str]:
    """Return the strings that follow the fields in the source of *model* itself."""
    if not model.__module__.startswith("nspl_sim."):
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[model.__module__]))
    body = next((n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name == model.__name__), [])
    found = {}
    for field, told in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(told, ast.Expr)
            and isinstance(told.value, ast.Constant)
            and isinstance(told.value.value, str)
        ):
            found[field.target.id] = " ".join(told.value.value.split())
    return found
