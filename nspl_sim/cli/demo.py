"""``nspl demo``: the main job on shipped input, in a minute; in three where the engine is to be compiled."""

import time
from pathlib import Path
from typing import Any

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.words import Number, PathName, Whole, _, engine_option, option
from nspl_sim.vocabulary.text import text

SCENARIO = "national-surge"
PLANS = ("alone", "today", "coordinated")
WRITING_S = 12.0
"""Kept of the time for loading, starting the workers and drawing the figure."""


@command(
    "demo",
    _(
        "Run the main job on shipped input, in some minutes. What does a shared standing order for "
        "intensive care give beyond today's order, in a wave of casualties on top of ordinary care? As many "
        "replications as fit in the time are run, at least ten."
    ),
)
@option(
    "--out",
    type=PathName(path_type=Path),
    default=Path("demo"),
    show_default=True,
    metavar=_("DIR"),
    help=_("The folder that everything is written to."),
)
@option(
    "--replications",
    type=Whole(1, 10_000),
    metavar="N",
    help=_("So many replications instead of as many as fit in the time."),
)
@option(
    "--minutes",
    type=Number(0.1, 24 * 60),
    metavar="M",
    help=_("Time that it may take in all; 1 if the engine is compiled, else 3."),
)
@option(
    "--workers",
    type=Whole(1, 256),
    default=2,
    show_default=True,
    metavar="W",
    help=_("Processes that share the work."),
)
@engine_option("auto")
def demo(
    console: Console,
    out: Path,
    replications: int | None,
    minutes: float | None,
    workers: int,
    engine: Any,
) -> None:
    """Run the shipped scenario under the three reference plans."""
    began = time.monotonic()
    from nspl_sim.cli.comparing import Wanted, compare
    from nspl_sim.cli.inputs import agree, both, read
    from nspl_sim.engine.ready import is_made
    from nspl_sim.experiment.design import Design, against_plan
    from nspl_sim.experiment.point import Point

    [world], levers = both([SCENARIO], PLANS, console)
    agree([world], levers, console)
    points = tuple(Point(world.scenario, one.plan, one.plan.name) for one in levers)
    minutes = minutes or (1.0 if is_made() else 3.0)
    budget = max(1.0, 60 * minutes - WRITING_S - (time.monotonic() - began))
    design = Design("demo", points, against_plan(points), replications, world.scenario.title)
    title = world.scenario.title.in_language(console.language.code) if world.scenario.title else SCENARIO
    console.note(
        text(
            "{title}: {regions} regions, {days} days, {plans} plans, {workers} processes.",
            title=title,
            regions=len(world.scenario.regions),
            days=world.scenario.horizon_days,
            plans=len(points),
            workers=workers,
        )
    )
    wanted = Wanted(design, workers, None if replications else budget, engine=engine)
    compare(wanted, read([world], levers), [], out, console)
    console.then(f"nspl new {console.say(text('my.yaml'))} --from {SCENARIO}")
