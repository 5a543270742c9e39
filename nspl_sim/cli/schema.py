"""``nspl schema``: the JSON Schema that lets an editor complete and check while one writes."""

import json

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.words import _, argument


@command(
    "schema",
    _("Print the JSON Schema of scenario, plan or study files. Editors use it to complete and to check."),
)
@argument("kind", type=click.Choice(("scenario", "plan", "study")), default="scenario")
def schema(console: Console, kind: str) -> None:
    """Print the schema; it is the result, so it is JSON whether asked for or not."""
    if kind == "plan":
        from nspl_sim.policies.plan import plan_schema as made
    elif kind == "study":
        from nspl_sim.experiment.study import study_schema as made
    else:
        from nspl_sim.scenario.schema import scenario_schema as made
    click.echo(json.dumps(made(), ensure_ascii=False, indent=1))
