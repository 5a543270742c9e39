"""``nspl validate``: every problem of every file, before anything is run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import ScenarioName, scenario_called
from nspl_sim.cli.words import _, argument
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

if TYPE_CHECKING:
    from nspl_sim.policies.plan import LoadedPlan
    from nspl_sim.scenario.load import Loaded


@command(
    "validate",
    _(
        "Tell every problem of scenario and plan files at once. Each with file, line and column (sheet and "
        "cell in Excel), key, rule, value and the nearest valid name. The exit status is 3 if a file is "
        "refused."
    ),
)
@argument("files", nargs=-1, required=True, type=ScenarioName(), metavar=_("FILE..."))
def validate(console: Console, files: Sequence[str]) -> None:
    """Check *files*; a plan is told by its keys."""
    wrong: list[Problem] = []
    sound: list[dict[str, Any]] = []
    for name in files:
        try:
            kind, loaded = _loaded(name)
        except InputRefused as refusal:
            wrong += refusal.problems
            continue
        summary = _summary(kind, loaded, console)
        warnings = [*loaded.warnings, *(strangers(loaded) if kind == "plan" else ())]
        sound.append({"file": name, "kind": kind, "warnings": [console.described(w) for w in warnings]})
        console.out(text("OK {file}: {summary}", file=name, summary=summary))
        if kind == "scenario":
            _tell_changes(loaded, console)
            _tell_archetypes(loaded, console)
        console.warn(warnings)
    if wrong:
        raise InputRefused(wrong)
    console.data({"exit_code": 0, "files": sound})
    by_kind = {one["kind"]: one["file"] for one in sound[::-1]}
    if "study" in by_kind:
        console.then(f"nspl run {by_kind['study']}")
    elif "scenario" in by_kind:
        console.then(f"nspl run {by_kind['scenario']} --plans today,coordinated")
    else:
        console.then(f"nspl plan {files[0]}")


def _loaded(name: str) -> tuple[str, Any]:
    """Return ``plan`` or ``scenario``, and what *name* holds."""
    from nspl_sim.experiment.study import is_study, load_study, shipped_studies, study_file
    from nspl_sim.policies.plan import load_plan, shipped_plans
    from nspl_sim.scenario.load import shipped

    if name not in (*shipped_plans(), *shipped()) and _is_roles(Path(name)):
        rule = text("is a file of an exercise's roles: nspl injects --roles checks it")
        raise InputRefused([Problem(Path(name).name, rule)])
    if name in shipped_studies():
        return "study", load_study(study_file(name))
    if name not in (*shipped_plans(), *shipped()) and Path(name).is_file() and is_study(Path(name)):
        return "study", load_study(Path(name))
    if name in shipped_plans() or (name not in shipped() and _is_plan(Path(name))):
        return "plan", load_plan(name)
    return "scenario", scenario_called(name)


def _is_roles(path: Path) -> bool:
    """Return whether the file says who plays an exercise and who is simulated."""
    from nspl_sim.reading.tree import read_tree

    try:
        keys = read_tree(path).value if path.is_file() else ()
    except InputRefused:
        return False
    return isinstance(keys, dict) and "controllers" in keys and "streams" not in keys


def _is_plan(path: Path) -> bool:
    """Return whether more keys of the file are like a plan's than like a scenario's; a tie is a scenario.

    What cannot be read at all is told as a scenario.
    """
    from nspl_sim.policies.plan import Plan
    from nspl_sim.reading.showing import nearest
    from nspl_sim.reading.tree import read_tree
    from nspl_sim.scenario.model import Scenario

    if not path.is_file():
        return False
    try:
        keys = [key for key in read_tree(path).value if isinstance(key, str)]
    except InputRefused:
        return False
    of_plan, of_scenario = set(Plan.model_fields), {*Scenario.model_fields, "extends", "region_table"}
    known = of_plan | of_scenario
    meant = [key if key in known else nearest(key, known) for key in keys]
    plain = [sum(key in names for key in meant) for names in (of_plan - of_scenario, of_scenario - of_plan)]
    return plain[0] > plain[1]


def _summary(kind: str, loaded: Any, console: Console) -> Text:
    """Return what there is to say of a sound file in one line."""
    match kind:
        case "plan":
            return _of_plan(loaded)
        case "study":
            design = loaded.design
            points = len(design.points)
            return text(
                "study {name}: {replications} replications of {points} design points",
                name=design.name,
                replications=design.replications,
                points=points,
            )
        case _:
            return _of_scenario(loaded, console)


def _of_plan(loaded: LoadedPlan) -> Text:
    plan = loaded.plan
    rules = [getattr(rule, "name", "?") for rule in (plan.support, plan.elective, plan.surge)]
    return text("plan {name}; rules {rules}", name=plan.name, rules=rules)


def strangers(loaded: LoadedPlan) -> list[Problem]:
    """Return a warning for each region that the plan names and the shipped world lacks."""
    from nspl_sim.policies.plan import check_against
    from nspl_sim.scenario.sweden import world

    rule = text("is no region of the world sweden, and is refused with scenarios that lack it")
    return [replace(p, rule=rule, warning=True) for p in check_against(loaded, tuple(world()["regions"]))]


def _tell_changes(loaded: Loaded, console: Console) -> None:
    """Print what a scenario changes in the one that it extends."""
    from nspl_sim.reading.showing import short
    from nspl_sim.scenario.changes import MOST, changes

    found = changes(loaded, None)
    if found:
        console.out(text("changed against {base}:", base=loaded.extends))
    for path, before, after in found[:MOST]:
        if after is None:
            console.out(text("  {path}: removed", path=path))
        elif before is not None:
            console.out(
                text("  {path}: {before} -> {after}", path=path, before=short(before), after=short(after))
            )
        elif isinstance(after, dict | list):
            console.out(text("  {path}: new", path=path))
        else:
            console.out(text("  {path}: {after} (new)", path=path, after=short(after)))
    if len(found) > MOST:
        console.out(text("  and {count} changes more", count=len(found) - MOST))


def _tell_archetypes(loaded: Loaded, console: Console) -> None:
    """Print what streams take from the archetypes that they name, and what that is based on."""
    from nspl_sim.reading.showing import short
    from nspl_sim.scenario.taken import from_archetypes

    bases = {
        "published": text("published"),
        "recalled": text("recalled"),
        "estimated": text("estimated"),
        "assumed": text("assumed"),
    }
    told = ""
    for one in from_archetypes(loaded):
        if one.stream != told:
            told = one.stream
            console.out(
                text("{path} takes from {archetype}:", path=f"streams.{told}", archetype=one.archetype)
            )
        said = [bases[basis] for basis in one.bases]
        console.out(text("  {key}: {value} ({basis})", key=one.key, value=short(one.value), basis=said))


def _of_scenario(loaded: Loaded, console: Console) -> Text:
    from nspl_sim.paper import numbers
    from nspl_sim.paper.patients import kind_name
    from nspl_sim.scenario.expected import patients as expected

    scenario, code = loaded.scenario, console.language.code
    beds = []
    for kind in scenario.kinds:
        units = [r.units[kind].beds for r in scenario.regions.values() if kind in r.units]
        number = sum(b for b in units if isinstance(b, int))
        unlimited = any(not isinstance(b, int) for b in units)
        beds.append(
            text(
                "{kind}: {beds}",
                kind=kind_name(kind, console.language),
                beds=text("unlimited") if unlimited else numbers.decimal(number, 0, code),
            )
        )
    days = scenario.horizon_days
    per_day = sum(expected(stream, 0.0, days) for stream in scenario.streams.values()) / days
    return text(
        "scenario {name}; regions: {regions}; staffed beds: {beds}; about {patients} patients a day on "
        "average",
        name=scenario.name,
        regions=len(scenario.regions),
        beds=beds or "0",
        patients=numbers.decimal(per_day, numbers.digits_for(per_day), code),
    )
