"""``nspl run``: any scenario under any plans, paired; two scenarios are paired too."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nspl_sim.cli.comparing import overwriting
from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import Plans, ScenarioName
from nspl_sim.cli.words import Whole, _, argument, option
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from nspl_sim.experiment.point import Point
    from nspl_sim.policies.plan import LoadedPlan
    from nspl_sim.scenario.load import Loaded

LIMIT = 10_000
"""More replications than this must be asked for twice."""


@command(
    "run",
    _(
        "Compare plans, or scenarios, on the same patients. A scenario is a file or a shipped name. With "
        "one scenario every plan is set against the plan named today, or else the first; with several, each "
        "plan of the later ones is set against the same plan in the first."
    ),
)
@argument("scenarios", nargs=-1, required=True, type=ScenarioName(), metavar=_("SCENARIO..."))
@option(
    "--plans",
    type=Plans(),
    default="today,coordinated",
    show_default=True,
    metavar=_("PLAN,..."),
    help=_("Plans with commas between: files or shipped names."),
)
@option(
    "--replications",
    type=Whole(1),
    default=20,
    show_default=True,
    metavar="N",
    help=_("Number of replications."),
)
@option(
    "--workers",
    type=Whole(1, 256),
    default=min(2, os.cpu_count() or 1),
    show_default=True,
    metavar="W",
    help=_("Processes that share the work."),
)
@option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=_("DIR"),
    help=_("Folder for the results; else they are only printed."),
)
@overwriting
@option("--seed", type=Whole(0, 2**63 - 1), metavar="S", help=_("Another seed than the scenario's."))
@option("--no-limit", is_flag=True, help=_("Allow more than 10 000 replications."))
def run(
    console: Console,
    scenarios: Sequence[str],
    plans: Sequence[str],
    replications: int,
    workers: int,
    out: Path | None,
    overwrite: bool,
    seed: int | None,
    no_limit: bool,
) -> None:
    """Run and compare."""
    from nspl_sim.cli import inputs
    from nspl_sim.cli.comparing import Wanted, compare

    worlds = inputs.scenarios(scenarios, console)
    levers = inputs.plans(plans, console)
    warnings = inputs.agree(worlds, levers, console)
    points = _points(worlds, scenarios, levers, plans, seed)
    _expected(points, replications, workers, no_limit, console)
    told = [w for world in worlds for w in world.warnings] + [w for one in levers for w in one.warnings]
    said = [console.described(problem) for problem in [*told, *warnings]]
    wanted = Wanted(replications, workers, overwrite=overwrite)
    compare(points, wanted, inputs.read(worlds, levers), said, out, console)
    world, plan = shlex.quote(scenarios[-1]), shlex.quote(plans[-1])
    console.then(f"nspl simulate {world} --plan {plan} --replication 0 --trace --patient 0")


def _points(
    worlds: Sequence[Loaded],
    names: Sequence[str],
    levers: Sequence[LoadedPlan],
    files: Sequence[str],
    seed: int | None,
) -> list[Point]:
    """Return scenario x plan; with several scenarios the label is what tells them apart."""
    from nspl_sim.experiment.point import Point

    known = [world.scenario.name for world in worlds]
    labels = known if len(set(known)) == len(known) else list(names)
    points = []
    for world, label in zip(worlds, labels, strict=True):
        scenario = world.scenario if seed is None else world.scenario.model_copy(update={"seed": seed})
        points += [
            Point(scenario, one.plan, label if len(worlds) > 1 else one.plan.name, file)
            for one, file in zip(levers, files, strict=True)
        ]
    return points


def _expected(
    points: Sequence[Point], replications: int, workers: int, no_limit: bool, console: Console
) -> None:
    """Say what the run is expected to take, and refuse a number that was hardly meant."""
    from nspl_sim.experiment.run import estimate
    from nspl_sim.paper import numbers

    each_s, worker_mb = estimate(points)
    kept_mb = 0.1 * replications * len(points)
    code = console.language.code
    cost = console.say(
        text(
            "{replications} replications of {points} design points: about {time} with {workers} processes, "
            "{memory} MB of memory",
            replications=numbers.decimal(replications, 0, code),
            points=len(points),
            workers=workers,
            time=numbers.span(each_s * replications / workers, code),
            memory=numbers.decimal(worker_mb * workers + kept_mb, 0, code),
        )
    )
    if replications > LIMIT and not no_limit:
        wrong = text(
            "{cost}. More than {limit} replications need --no-limit.",
            cost=cost,
            limit=numbers.decimal(LIMIT, 0, code),
        )
        raise click.BadParameter(console.say(wrong), param_hint="'--replications'")
    console.note(text("{cost}.", cost=cost))
