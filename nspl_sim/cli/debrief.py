"""``nspl debrief``: after the exercise, the players' course beside what other plans would have come to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import PlanName, Plans, ScenarioName
from nspl_sim.cli.words import PathName, _, argument, engine_option, option

if TYPE_CHECKING:
    from nspl_sim.experiment.engines import Engine

BESIDE = "today,coordinated,coordinated@full-knowledge"


@command(
    "debrief",
    _(
        "Write the report after an exercise that was played in a folder: the players' course beside the plan "
        "without their decisions, today's order, other plans and full knowledge, on the same patients; where "
        "it parted, and what it cost. One course each, so nothing is said of chance."
    ),
)
@argument("folder", type=PathName(exists=True, file_okay=False, path_type=Path), metavar=_("DIR"))
@option(
    "--plans",
    type=Plans(),
    default=BESIDE,
    metavar=_("PLAN,PLAN"),
    help=_(
        "Plans to set beside the players' course; if none is named, today's order, the shared standing order "
        "and that order with full knowledge."
    ),
)
@option(
    "--scenario",
    type=ScenarioName(),
    metavar="SCENARIO",
    help=_("The scenario, where it lies elsewhere than when it was played."),
)
@option(
    "--plan",
    type=PlanName(),
    metavar=_("PLAN"),
    help=_("The plan of the course, where it lies elsewhere than when it was played."),
)
@engine_option("auto")
def debrief(
    console: Console,
    folder: Path,
    plans: tuple[str, ...],
    scenario: str | None,
    plan: str | None,
    engine: Engine,
) -> None:
    """Write the report into *folder*."""
    from nspl_sim.cli import inputs
    from nspl_sim.exercise.debrief.courses import branches
    from nspl_sim.exercise.debrief.reading import log_in, played
    from nspl_sim.exercise.debrief.report import Debrief, files
    from nspl_sim.experiment.engines import chosen
    from nspl_sim.experiment.point import Point
    from nspl_sim.experiment.run import estimate
    from nspl_sim.experiment.whole import write_all

    log = log_in(folder)
    begins = log.lines[0]
    world, own = scenario or begins.get("scenario", ""), plan or begins.get("plan", "")
    [loaded], [lever, *others] = inputs.both([world], [own, *plans], console)
    inputs.agree([loaded], [lever, *others], console)
    points = [Point(loaded.scenario, one.plan, loaded.scenario.name) for one in (lever, *others)]
    ready = chosen(engine, points, console.note, estimate(points)[0])
    setup, state = played(log, loaded.scenario, lever.plan, console.language, ready)
    made = Debrief(setup, state, branches(setup, state.decisions, [one.plan for one in others]))
    paths = write_all(folder, files(made))
    console.data(
        {
            "written": [str(path) for path in paths],
            "decisions": len(state.decisions),
            "deaths_all": {one.key: one.values["deaths_all"] for one in made.branches},
        }
    )
    for path in paths:
        console.out(f"{path}")
