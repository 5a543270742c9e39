"""Reads a plan, which is a file of its own: :func:`load_plan`, with the place of everything that is wrong.

Its neighbours below: levers (what a plan is), idle (what has no effect), yardsticks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError, create_model

from nspl_sim.policies.choosing import RuleOf
from nspl_sim.policies.idle import idle
from nspl_sim.policies.levers import Plan as Plan
from nspl_sim.policies.plan_text import yaml_text
from nspl_sim.policies.rules import FAMILIES, parameters
from nspl_sim.policies.yardsticks import MARK, YARDSTICKS, no_plan
from nspl_sim.reading.node import Node, find, place_of, plain, planted
from nspl_sim.reading.place import Loc, Place
from nspl_sim.reading.problems import problems
from nspl_sim.reading.schema import standard
from nspl_sim.reading.showing import dotted, escaped, nearest, slug
from nspl_sim.reading.tree import read_tree
from nspl_sim.vocabulary.endless import means_never
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import text

LIBRARY = Path(__file__).parent / "library"
"""The plans that come along."""

_IN_SWEDISH = {
    **dict.fromkeys(("idag", "i_dag", "dagens", "dagens_ordning", "nulage"), "today"),
    **dict.fromkeys(("samordnad", "samordnat", "samordning", "gemensam"), "coordinated"),
    **dict.fromkeys(("ensam", "ensamma", "var_for_sig"), "alone"),
}
"""The plan that comes along and that a Swedish word stands for, as a slug."""


@dataclass(frozen=True, eq=False)
class LoadedPlan:
    """A plan, what should be said about it, and where it came from."""

    plan: Plan
    warnings: tuple[Problem, ...]
    files: tuple[Path, ...]
    root: Node
    """The file as it was written: the place of what is found wrong later."""


def load_plan(path: str | Path) -> LoadedPlan:
    """Return the plan at *path*, or the one that comes along under that name, or a yardstick made of it.

    Raises ``InputRefused`` with every problem of the file.
    """
    name, mark, yardstick = str(path).rpartition(MARK)
    if mark and not Path(path).exists():
        return _as_yardstick(load_plan(name), yardstick)
    if str(path) in shipped_plans():
        return _shipped(str(path))
    path = Path(path)
    if not path.suffix and not path.exists():
        names = shipped_plans()
        rule = text("is neither a file nor a plan that comes along: {names}", names=", ".join(names))
        meant = _IN_SWEDISH.get(slug(path.name)) or nearest(path.name, names)
        raise InputRefused([Place(escaped(str(path))).problem(rule, suggestion=meant)])
    root = read_tree(path)
    plan = read_plan(plain(root), root)
    return LoadedPlan(plan, tuple(idle(plan, root)), (path,), root)


def _as_yardstick(loaded: LoadedPlan, name: str) -> LoadedPlan:
    if name not in YARDSTICKS:
        names = ", ".join(YARDSTICKS)
        rule = text("is no yardstick that a plan can be made into; there is: {names}", names=names)
        raise InputRefused([Place(escaped(name)).problem(rule, suggestion=nearest(name, YARDSTICKS))])
    plan = YARDSTICKS[name](loaded.plan)
    told = no_plan(plan, Place(escaped(loaded.plan.name + MARK + name)))
    return replace(loaded, plan=plan, warnings=(*loaded.warnings, *told))


@cache
def shipped_plans() -> tuple[str, ...]:
    """Return the names of the plans that come along."""
    return tuple(sorted(path.stem for path in LIBRARY.glob("*.yaml")))


@cache
def _shipped(name: str) -> LoadedPlan:
    return load_plan(LIBRARY / f"{name}.yaml")


def read_plan(data: dict[str, Any], root: Node) -> Plan:
    """Return *data* as a plan; raise ``InputRefused`` with every problem, placed by *root*."""
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        found = [_never_meant(problem) for problem in problems(error, root, _shape(data))]
        raise InputRefused(sorted(found, key=lambda p: (p.line or 0, p.column or 0))) from None


def _shape(data: dict[str, Any]) -> type[Plan]:
    """Return the plan's model with the parameters of the very rules that *data* names."""
    forms: dict[str, Any] = {
        family: (RuleOf(family).form(data.get(family)), ...)
        for family in FAMILIES
        if family in data or Plan.model_fields[family].is_required()
    }
    return create_model("Plan", __base__=Plan, **forms)


def _never_meant(problem: Problem) -> Problem:
    """Return *problem*, with the word ``never`` where another word for it stands."""
    if problem.path == "asking.retry_h" and problem.suggestion is None and means_never(problem.got):
        return replace(problem, suggestion="never")
    return problem


def check_against(
    plan: Plan | LoadedPlan,
    regions: Sequence[str],
    kinds: Sequence[str] | None = None,
    horizon_days: float | None = None,
) -> list[Problem]:
    """Return a problem for each region that the world lacks.

    There is a warning for each unit kind that it lacks, and for taking part from a day that comes only
    after the horizon.

    A :class:`LoadedPlan` lets them say line and column. Of a shipped plan only the regions are told:
    that a textbook world has no intensive care is nobody's mistake.
    """
    if isinstance(plan, LoadedPlan) and all(Path(file).parent == LIBRARY for file in plan.files):
        kinds = None
    here = plan.plan if isinstance(plan, LoadedPlan) else plan
    root = plan.root if isinstance(plan, LoadedPlan) else planted(plan.written(), Place(plan.name))
    found = []
    for loc, key in _regions_named(here):
        if key not in regions:
            place, rule = place_of(root, loc, key=loc[-1] == key), text("is not a region of the scenario")
            found.append(place.problem(rule, dotted(loc), key, nearest(key, regions)))
    for loc, kind in _kinds_named(here):
        if kinds is not None and kind not in kinds:
            place, rule = place_of(root, loc), text("is not a kind of unit in the scenario, and is ignored")
            found.append(place.problem(rule, dotted(loc), kind, nearest(kind, kinds), warning=True))
    for loc, day in _days_named(here):
        if horizon_days is not None and day >= horizon_days and find(root, loc):
            days = f"{horizon_days:.6g}"
            rule = text("is after the end of the run (horizon_days {days}), so it never begins", days=days)
            found.append(place_of(root, loc).problem(rule, dotted(loc), f"{day:.6g}", warning=True))
    return found


def _days_named(plan: Plan) -> Iterator[tuple[Loc, float]]:
    """Yield every day from which somebody takes part, and where it stands."""
    yield ("taking_part", "default", "from_day"), plan.taking_part.default.from_day
    for key, switches in plan.taking_part.regions.items():
        yield ("taking_part", "regions", key, "from_day"), switches.from_day


def _regions_named(plan: Plan) -> Iterator[tuple[Loc, str]]:
    """Yield every region that the plan names, and where."""
    for family in FAMILIES:
        named = getattr(getattr(plan, family), "regions_named", tuple)
        for loc, key in named():
            yield (family, *loc), key
    for key in plan.asking.quota:
        yield ("asking", "quota", key), key
    for key in plan.taking_part.regions:
        yield ("taking_part", "regions", key), key
    for key in plan.mandate.regions if plan.mandate else ():
        yield ("mandate", "regions", key), key


def _kinds_named(plan: Plan) -> Iterator[tuple[Loc, str]]:
    """Yield every unit kind that a rule names, in ``kind``, in ``kinds`` or otherwise, and where."""
    for family in FAMILIES:
        given = parameters(getattr(plan, family))
        if "kind" in given:
            yield (family, "kind"), given["kind"]
        for number, kind in enumerate(given.get("kinds", ())):
            yield (family, "kinds", number), kind
        for loc, kind in getattr(getattr(plan, family), "kinds_named", tuple)():
            yield (family, *loc), kind
    for part in ("moves", "returns"):
        said = getattr(plan, part)
        for number, kind in enumerate(said.kinds if said else ()):
            yield (part, "kinds", number), kind


def dump_plan(plan: Plan) -> str:
    """Return *plan* as the text of a file that reads back as the very same plan."""
    return yaml_text(plan.written())


def plan_schema() -> dict[str, Any]:
    """Return the JSON schema of a plan file, for editors."""
    return standard(Plan.model_json_schema())
