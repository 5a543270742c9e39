"""``nspl sample``: the table of patients in words, for a clinician to look at."""

import shlex
from pathlib import Path

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import ScenarioName
from nspl_sim.cli.outputs import check_target, spare_results, tell_cost
from nspl_sim.cli.words import PathName, Whole, _, argument, option
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
    type=PathName(path_type=Path),
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
    from nspl_sim.paper.tables import SUFFIXES, write_table

    check_target(out, SUFFIXES, console)
    spare_results(out, console)
    [world], _ = both([scenario], (), console)
    tell_cost(world.scenario, console, simulated=False, sheet=out.suffix.lower() == ".xlsx")
    demand = drawn(world.scenario, replication)
    table = patients(world.scenario, demand, console.language)
    marked = marking(world.scenario, console.language)
    write_table(out, table, console.language, marked, text("Patients"))
    console.data({"written": str(out), "patients": len(demand), "fingerprint": demand.fingerprint()})
    console.out(
        text(
            "Patients written to {file}: {patients}",
            file=out,
            patients=numbers.decimal(len(demand), 0, console.language.code),
        )
    )
    console.then(
        f"nspl simulate {shlex.quote(scenario)} --plan today --replication {replication} --trace --patient 0"
    )
