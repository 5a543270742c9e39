"""``nspl sample``: the table of patients in words, for a clinician to look at."""

from pathlib import Path

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import ScenarioName
from nspl_sim.cli.words import Whole, _, argument, option
from nspl_sim.vocabulary.text import text


@command(
    "sample",
    _(
        "Write the patients of one replication as a table. In words: class, region, civil time of arrival, "
        "stages and stays in hours. The same patients meet every plan. The file's name ends in .csv, .xlsx "
        "or .parquet."
    ),
)
@argument("scenario", type=ScenarioName(), metavar="SCENARIO")
@option(
    "--replication",
    type=Whole(0),
    default=0,
    show_default=True,
    metavar="K",
    help=_("Number of the replication."),
)
@option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar=_("FILE"),
    help=_("The file to write."),
)
def sample(console: Console, scenario: str, replication: int, out: Path) -> None:
    """Write the patients."""
    from nspl_sim.cli.inputs import both
    from nspl_sim.demand.sample import sample as drawn
    from nspl_sim.paper import numbers
    from nspl_sim.paper.naming import marking
    from nspl_sim.paper.patients import patients
    from nspl_sim.paper.tables import target, write_table

    target(out)
    [world], _ = both([scenario], (), console)
    demand = drawn(world.scenario, replication)
    table = patients(world.scenario, demand, console.language)
    write_table(out, table, console.language.code, marking(world.scenario, console.language))
    console.data({"written": str(out), "patients": len(demand), "fingerprint": demand.fingerprint()})
    console.out(
        text(
            "{patients} patients written to {file}",
            file=out,
            patients=numbers.decimal(len(demand), 0, console.language.code),
        )
    )
    console.then(f"nspl simulate {scenario} --plan today --replication {replication} --trace --patient 0")
