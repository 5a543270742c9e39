"""``nspl simulate``: one replication's journal, as a table or told as sentences."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import PlanName, ScenarioName
from nspl_sim.cli.outputs import check_target, spare_results, tell_cost
from nspl_sim.cli.words import PathName, Whole, _, argument, engine_option, option
from nspl_sim.paper.language import LANGUAGES, Language
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from nspl_sim.experiment.engines import Engine
    from nspl_sim.journal import Journal
    from nspl_sim.scenario.model import Scenario
    from nspl_sim.vocabulary.patients import Demand


@command(
    "simulate",
    _(
        "Run one replication and give its journal. It holds everything that happened, in order; with "
        "--trace it is told as sentences."
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
@option(
    "--journal",
    type=PathName(path_type=Path),
    metavar=_("FILE"),
    help=_("Write the journal there; the name ends in .csv, .xlsx or .parquet."),
)
@option("--trace", is_flag=True, help=_("Tell the journal as sentences."))
@option("--patient", type=Whole(0), metavar="N", help=_("Tell only of this patient."))
@option("--region", metavar=_("REGION"), help=_("Tell only of this region."))
@engine_option("simpy")
def simulate(
    console: Console,
    scenario: str,
    plan: str,
    replication: int,
    journal: Path | None,
    trace: bool,
    patient: int | None,
    region: str | None,
    engine: Engine,
) -> None:
    """Run one replication."""
    from nspl_sim.cli import inputs
    from nspl_sim.experiment.course import course
    from nspl_sim.experiment.engines import chosen
    from nspl_sim.experiment.point import Point
    from nspl_sim.paper import numbers
    from nspl_sim.paper.journal import columns
    from nspl_sim.paper.naming import marking
    from nspl_sim.paper.tables import SUFFIXES, write_table
    from nspl_sim.paper.trace import Trace

    if journal is not None:
        check_target(journal, SUFFIXES, console)
        spare_results(journal, console)
    [world], [lever] = inputs.both([scenario], [plan], console)
    inputs.agree([world], [lever], console)
    number = _region(region, world.scenario, console)
    tell_cost(
        world.scenario,
        console,
        simulated=True,
        sheet=journal is not None and journal.suffix.lower() == ".xlsx",
    )
    engine = chosen(engine, [Point(world.scenario, lever.plan, world.scenario.name)], console.note)
    demand, happened = course(world.scenario, lever.plan, replication, engine)
    if patient is not None and patient >= len(demand):
        last = len(demand) - 1
        wrong = (
            text("patients are numbered from 0 to {last}", last=last) if last >= 0 else text("nobody comes")
        )
        raise click.BadParameter(console.say(wrong), param_hint="'--patient'")
    if journal is not None:
        marked = marking(world.scenario, console.language)
        table = columns(world.scenario, demand, happened)
        write_table(journal, table, console.language, marked, text("Journal"))
    if (trace or patient is not None or number is not None) and not console.json:
        told = Trace(world.scenario, demand, console.language, happened)
        for line in told.lines(_chosen(happened, demand, patient, number)):
            click.echo(line)
    code = console.language.code
    console.data(
        {
            "patients": len(demand),
            "rows": len(happened),
            "fingerprint": happened.fingerprint(),
            "written": str(journal) if journal else None,
        }
    )
    console.note(
        text(
            "Patients: {patients}; rows in the journal: {rows}; fingerprint {fingerprint}",
            patients=numbers.decimal(len(demand), 0, code),
            rows=numbers.decimal(len(happened), 0, code),
            fingerprint=happened.fingerprint()[:16],
        )
    )
    console.then(f"nspl run {shlex.quote(scenario)} --plans today,coordinated")


def _region(asked: str | None, scenario: Scenario, console: Console) -> int | None:
    """Return the number of the region *asked* for by key, by name or by short name."""
    keys = scenario.region_keys
    if asked is None or asked in keys:
        return keys.index(asked) if asked else None
    from nspl_sim.paper.occupancy import short_name
    from nspl_sim.reading.showing import nearest

    known: dict[str, int] = {}
    for number, key in enumerate(keys):
        full = [scenario.region_name(key, code) for code in LANGUAGES]
        short = [short_name(scenario, key, Language(code)) for code in LANGUAGES]
        for name in (key, *full, *short):
            known.setdefault(name, number)
    wanted = asked.strip().casefold()
    found = {number for name, number in known.items() if name.casefold() == wanted}
    if len(found) == 1:
        return found.pop()
    meant = nearest(asked, tuple(known))
    wrong = text("{name} is not a region of the scenario", name=asked)
    if meant:
        wrong = text('{wrong}; did you mean "{name}"?', wrong=wrong, name=meant)
    raise click.BadParameter(console.say(wrong), param_hint="'--region'")


def _chosen(journal: Journal, demand: Demand, patient: int | None, region: int | None) -> Journal:
    """Return the rows of one patient, of one region, or all."""
    rows = journal.patient >= -1
    if patient is not None:
        rows = rows & (journal.patient == patient)
    if region is not None:
        home = (journal.patient >= 0) & (demand.region[journal.patient] == region) if len(demand) else rows
        rows = rows & ((journal.region == region) | home)
    return journal.only(rows)
