"""``nspl verify``: both engines on a user's own scenario, and where their journals part, if they do."""

from __future__ import annotations

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import PlanName, ScenarioName
from nspl_sim.cli.words import Whole, _, argument, option
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text


@command(
    "verify",
    _(
        "Run both engines on one replication of a scenario and compare their journals, row by row. They are "
        "meant to be the same in every field; where they part, the first row that differs is shown with "
        "the ten before it."
    ),
)
@argument("scenario", type=ScenarioName(), metavar="SCENARIO")
@option(
    "--plan",
    "plan",
    type=PlanName(),
    default="today",
    show_default=True,
    metavar=_("PLAN"),
    help=_("A plan file or a shipped name."),
)
@option(
    "--replication",
    type=Whole(0),
    default=0,
    show_default=True,
    metavar="K",
    help=_("Number of the replication."),
)
def verify(console: Console, scenario: str, plan: str, replication: int) -> None:
    """Compare the engines."""
    from nspl_sim.cli import inputs
    from nspl_sim.experiment.course import course
    from nspl_sim.experiment.engines import chosen
    from nspl_sim.experiment.parting import parting
    from nspl_sim.experiment.point import Point
    from nspl_sim.paper import numbers

    [world], [lever] = inputs.both([scenario], [plan], console)
    inputs.agree([world], [lever], console)
    engine = chosen("compiled", [Point(world.scenario, lever.plan, world.scenario.name)], console.note)
    journals = [course(world.scenario, lever.plan, replication, one)[1] for one in ("simpy", engine)]
    found = parting(*journals)
    console.data({"equal": found is None, "rows": len(journals[0]), "parting": found})
    if found is not None:
        if not console.json:
            click.echo(found)
        raise NsplError(
            text("The engines part. Please report it with the scenario, the plan and the replication.")
        )
    console.out(
        text(
            "The journals of both engines are the same in every field: {rows} rows.",
            rows=numbers.decimal(len(journals[0]), 0, console.language.code),
        )
    )
