"""``nspl run``: any scenario under any plans, paired; two scenarios are paired too."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import Plans, ScenarioName
from nspl_sim.cli.words import PathName, Whole, _, argument, engine_option, option
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from nspl_sim.experiment.design import Design
    from nspl_sim.experiment.engines import Engine
    from nspl_sim.experiment.point import Point
    from nspl_sim.policies.plan import LoadedPlan
    from nspl_sim.scenario.load import Loaded

LIMIT = 10_000
"""More replications than this must be asked for twice."""

PLANS, REPLICATIONS = ("today", "coordinated"), 20
"""Where neither the command nor a study says it."""


@command(
    "run",
    _(
        "Compare plans, or scenarios, on the same patients. Give a study file, or scenarios: files or "
        "shipped names. With one scenario every plan is set against the plan named today, or else the "
        "first; with several, each plan of the later ones is set against the same plan in the first. A "
        "run that was stopped goes on when the same command is given again."
    ),
)
@argument("scenarios", nargs=-1, required=True, type=ScenarioName(), metavar=_("STUDY|SCENARIO..."))
@option(
    "--plans",
    type=Plans(),
    metavar=_("PLAN,..."),
    help=_("Plans with commas between: files or shipped names; if not given, today,coordinated."),
)
@option(
    "--replications",
    type=Whole(1),
    metavar="N",
    help=_("Number of replications; if not given, the study's, or 20."),
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
    type=PathName(path_type=Path),
    metavar=_("DIR"),
    help=_("Folder for the results. If not given, a study's lie in results/NAME; others are only printed."),
)
@option("--seed", type=Whole(0, 2**63 - 1), metavar="S", help=_("Another seed than the scenario's."))
@engine_option("auto")
@option("--no-limit", is_flag=True, help=_("Allow more than 10 000 replications."))
def run(
    console: Console,
    scenarios: Sequence[str],
    plans: Sequence[str] | None,
    replications: int | None,
    workers: int,
    out: Path | None,
    seed: int | None,
    engine: Engine,
    no_limit: bool,
) -> None:
    """Run and compare."""
    from nspl_sim.cli.comparing import Wanted, compare

    given = (scenarios, plans, replications, seed, console)
    is_study = _is_study(scenarios, console)
    asked = _studied(*given) if is_study else _named(*given)
    if is_study and out is None:
        out = Path("results") / asked.design.name
    _expected(asked.design, workers, engine, no_limit, console)
    compare(Wanted(asked.design, workers, engine=engine), asked.read, asked.warnings, out, console)
    console.then(asked.next if out is None else f"nspl report {shlex.quote(str(out))}")


@dataclass(frozen=True)
class Asked:
    """What the command asks for, read and checked."""

    design: Design
    read: Mapping[str, str]
    warnings: Sequence[str]
    next: str
    """What to try when it is done."""


def _is_study(names: Sequence[str], console: Console) -> bool:
    """Return whether the one file that is named is a study."""
    from nspl_sim.experiment.study import is_study, shipped_studies

    known = shipped_studies()
    found = [name for name in names if name in known or (Path(name).is_file() and is_study(Path(name)))]
    if found and len(names) > 1:
        wrong = text("{file} is a study; give one study, and nothing beside it", file=found[0])
        raise click.BadParameter(console.say(wrong), param_hint="'STUDY'")
    return bool(found)


def _studied(
    names: Sequence[str],
    plans: Sequence[str] | None,
    replications: int | None,
    seed: int | None,
    console: Console,
) -> Asked:
    """Return what a study file asks for; the number of replications may be raised beside it."""
    from nspl_sim.experiment.study import load_study, study_file

    for value, option_name in ((plans, "--plans"), (seed, "--seed")):
        if value is not None:
            wrong = text("{file} is a study, which says this itself", file=names[0])
            raise click.BadParameter(console.say(wrong), param_hint=f"'{option_name}'")
    found = load_study(study_file(names[0]))
    console.warn(found.warnings)
    design = found.design if replications is None else replace(found.design, replications=replications)
    return Asked(design, found.read, [console.described(w) for w in found.warnings], "")


def _named(
    names: Sequence[str],
    plans: Sequence[str] | None,
    replications: int | None,
    seed: int | None,
    console: Console,
) -> Asked:
    """Return what scenarios and plans that are named one by one ask for."""
    from nspl_sim.cli import inputs
    from nspl_sim.experiment.design import Design, contrasts

    if len(set(names)) < len(names):
        raise click.BadParameter(console.say(text("name each scenario once")), param_hint="'SCENARIO'")
    worlds, levers = inputs.both(names, plans or PLANS, console)
    points = _points(worlds, names, levers, plans or PLANS, seed)
    told = [warning for world in worlds for warning in world.warnings]
    told += [warning for lever in levers for warning in lever.warnings]
    told += inputs.agree(worlds, levers, console)
    last = (shlex.quote(names[-1]), shlex.quote((plans or PLANS)[-1]))
    name = "-".join(world.scenario.name for world in worlds)
    return Asked(
        Design(name, points, contrasts(points), replications or REPLICATIONS),
        inputs.read(worlds, levers),
        [console.described(problem) for problem in told],
        f"nspl simulate {last[0]} --plan {last[1]} --replication 0 --trace --patient 0",
    )


def _points(
    worlds: Sequence[Loaded],
    names: Sequence[str],
    levers: Sequence[LoadedPlan],
    files: Sequence[str],
    seed: int | None,
) -> tuple[Point, ...]:
    """Return scenario x plan; with several scenarios the label is what tells them apart."""
    from nspl_sim.experiment.point import Point

    known = [world.scenario.name for world in worlds]
    labels = known if len(set(known)) == len(known) else list(names)
    shared = [one.plan.name for one in levers]
    points: list[Point] = []
    for world, label in zip(worlds, labels, strict=True):
        scenario = world.scenario if seed is None else world.scenario.model_copy(update={"seed": seed})
        points += [
            Point(scenario, one.plan, label, file if shared.count(one.plan.name) > 1 else "")
            for one, file in zip(levers, files, strict=True)
        ]
    return tuple(points)


def _expected(design: Design, workers: int, engine: Engine, no_limit: bool, console: Console) -> None:
    """Say what the run is expected to take, and refuse a number that was hardly meant."""
    from nspl_sim.experiment.engines import is_little
    from nspl_sim.experiment.run import at_once, estimate
    from nspl_sim.paper import numbers

    replications = design.replications or 0
    simpy_s = estimate(design.points)[0] * replications / workers
    each_s, worker_mb = estimate(design.points, "simpy" if is_little(engine, simpy_s) else engine)
    code = console.language.code
    cost = console.say(
        text(
            "{replications} replications of {points} design points: about {time} with {workers} processes, "
            "{memory} MB of memory",
            replications=numbers.decimal(replications, 0, code),
            points=len(design.points),
            workers=workers,
            time=numbers.span(each_s * replications / at_once(workers), code),
            memory=numbers.decimal(worker_mb * workers, 0, code),
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
