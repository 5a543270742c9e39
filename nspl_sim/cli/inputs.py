"""What commands read: scenarios and plans by path or shipped name, all problems of all files at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nspl_sim.cli.console import Console
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from nspl_sim.policies.plan import LoadedPlan
    from nspl_sim.scenario.load import Loaded


class ScenarioName(click.ParamType):  # type: ignore[type-arg]
    """A scenario file or the name of a shipped scenario."""

    name = "scenario"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Offer the shipped names, and files."""
        from nspl_sim.experiment.study import shipped_studies
        from nspl_sim.scenario.load import shipped

        return _offered([*shipped(), *shipped_studies()], incomplete)


class PlanName(click.ParamType):  # type: ignore[type-arg]
    """A plan file or the name of a shipped plan."""

    name = "plan"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Offer the shipped names, and files."""
        from nspl_sim.policies.plan import shipped_plans

        return _offered(shipped_plans(), incomplete)


class Plans(PlanName):
    """Several plans with commas between."""

    name = "plans"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the names; each stands once."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in str(value).split(",") if name.strip())
        language = ctx.find_root().obj.language if ctx else None
        if str(value).rstrip().endswith(","):
            wrong = text(
                "a plan is missing after the last comma; write no space after commas, or put the whole list "
                'in quotation marks: "today, coordinated"'
            )
            self.fail(language.say(wrong) if language else str(wrong), param, ctx)
        if not names or len(set(names)) < len(names):
            wrong = text("name each plan once, with commas between: today,coordinated")
            self.fail(language.say(wrong) if language else str(wrong), param, ctx)
        return names


def _offered(names: Sequence[str], incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
    return [*found, CompletionItem(incomplete, type="file")]


def scenario_called(name: str) -> Loaded:
    """Return the scenario of the file *name*, or the one that comes along under that name."""
    from nspl_sim.reading.place import Place
    from nspl_sim.reading.showing import escaped, nearest
    from nspl_sim.scenario.load import load_scenario, load_shipped, shipped

    if name in shipped():
        return load_shipped(name)
    path = Path(name)
    if not name or (not path.suffix and not path.exists()):
        rule = text("is neither a file nor a scenario that comes along: {names}", names=", ".join(shipped()))
        raise InputRefused([Place(escaped(name)).problem(rule, suggestion=nearest(path.name, shipped()))])
    return load_scenario(path)


def both(
    worlds: Sequence[str], levers: Sequence[str], console: Console, own_only: bool = False
) -> tuple[list[Loaded], list[LoadedPlan]]:
    """Return the scenarios and the plans; warn once, or raise with every problem of every file.

    *own_only*: not of what comes along, where the user can change nothing.
    """
    from nspl_sim.policies.plan import load_plan, shipped_plans
    from nspl_sim.scenario.load import shipped

    wrong: list[Problem] = []
    found_worlds = _all(scenario_called, worlds, wrong)
    found_levers = _all(load_plan, levers, wrong)
    if wrong:
        raise InputRefused(wrong)
    known = frozenset((*shipped(), *shipped_plans())) if own_only else frozenset()
    for name, one in zip((*worlds, *levers), (*found_worlds, *found_levers), strict=True):
        if name not in known:
            console.warn(one.warnings)
    return found_worlds, found_levers


def _all(load: Callable[[str], Any], names: Sequence[str], wrong: list[Problem]) -> list[Any]:
    """Return what can be loaded of *names*, and add what is *wrong* with the others."""
    found: list[Any] = []
    for name in names:
        try:
            found.append(load(name))
        except InputRefused as refusal:
            wrong += refusal.problems
    return found


def agree(worlds: Sequence[Loaded], levers: Sequence[LoadedPlan], console: Console) -> list[Problem]:
    """Check every plan against every scenario: warn and return the warnings, or raise with every problem."""
    from nspl_sim.policies.plan import check_against

    found: list[Problem] = []
    for world in worlds:
        for plan in levers:
            known = world.scenario
            for problem in check_against(plan, known.region_keys, known.kinds, known.horizon_days):
                if problem not in found:
                    found.append(problem)
    wrong = [p for p in found if not p.warning]
    if wrong:
        raise InputRefused(wrong)
    console.warn(found)
    return found


def read(worlds: Sequence[Loaded], levers: Sequence[LoadedPlan]) -> dict[str, str]:
    """Return the SHA-256 of every file that was read, by name."""
    found = {name: digest for world in worlds for name, digest in world.files}
    for lever in levers:
        found |= {path.name: sha256(path.read_bytes()).hexdigest() for path in lever.files}
    return found
