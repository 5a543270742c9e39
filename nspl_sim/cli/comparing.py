"""What ``nspl demo`` and ``nspl run`` have in common: replicate, compare, write, print."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nspl_sim.cli.console import Console
from nspl_sim.cli.progress import progress
from nspl_sim.vocabulary.errors import Stopped
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from nspl_sim.experiment.design import Design
    from nspl_sim.experiment.engines import Engine
    from nspl_sim.experiment.session import Session
    from nspl_sim.paper.results import Results


@dataclass(frozen=True)
class Wanted:
    """What is to be compared, and how much work it may be."""

    design: Design
    workers: int
    budget_s: float | None = None
    at_least: int = 10
    engine: Engine = "simpy"


def compare(
    wanted: Wanted,
    sources: Mapping[str, str],
    warnings: Sequence[str],
    out: Path | None,
    console: Console,
) -> None:
    """Run the design, write the results into *out* and print the answer, the table and the paths."""
    from nspl_sim.experiment.run import run
    from nspl_sim.paper.comparison import compare as compared
    from nspl_sim.paper.results import Results

    wanted = _with_engine(wanted, console)
    design = wanted.design
    if out is not None:
        show(*_kept(wanted, sources, warnings, out, console), console)
        return
    with progress(console) as told:
        amount = (wanted.workers, wanted.budget_s, wanted.at_least)
        batch = run(design.points, design.replications, *amount, told, engine=wanted.engine)
    show(
        Results(compared(batch, None, design.contrasts), console.language, warnings, steps=design.steps),
        [],
        console,
    )


def _with_engine(wanted: Wanted, console: Console) -> Wanted:
    """Return *wanted* with the engine that runs it; what making it ready takes is taken off the time."""
    from nspl_sim.experiment.engines import chosen
    from nspl_sim.experiment.run import estimate

    began, design, budget_s = time.monotonic(), wanted.design, wanted.budget_s
    simpy_s = budget_s or estimate(design.points)[0] * (design.replications or 1) / wanted.workers
    engine = chosen(wanted.engine, design.points, console.note, simpy_s)
    if budget_s is not None:
        budget_s = max(1.0, budget_s - (time.monotonic() - began))
    return replace(wanted, engine=engine, budget_s=budget_s)


def _kept(
    wanted: Wanted,
    sources: Mapping[str, str],
    warnings: Sequence[str],
    out: Path,
    console: Console,
) -> tuple[Results, list[Path]]:
    """Run in the folder *out*, beginning with what is there."""
    from nspl_sim.experiment.session import Foreign, Session
    from nspl_sim.experiment.views import measures_parquet
    from nspl_sim.paper.comparison import compare as compared
    from nspl_sim.paper.kept_journals import keep
    from nspl_sim.paper.provenance import asked, made
    from nspl_sim.paper.results import Results

    design = wanted.design
    try:
        with Session(out) as session:
            session.begin(design, asked(["nspl", *_arguments()], sources, warnings))
            _tell(session, console)
            with progress(console) as told:
                batch = session.run(wanted.workers, wanted.budget_s, wanted.at_least, told, wanted.engine)
            for replication in design.journals:
                for point in design.points:
                    keep(session.store, point, replication, wanted.engine)
            found = compared(batch, None, design.contrasts)
            results = Results(found, console.language, warnings, titled(design, console), design.steps)
            whole = replace(design, replications=len(batch.replications))
            files = results.files() | {"measures.parquet": measures_parquet(session.store, whole)}
            return results, session.finish(batch, files, made(batch, files))
    except Foreign as wrong:
        raise click.BadParameter(console.say(wrong.message), param_hint="'--out'") from None
    except Stopped:
        raise Stopped(
            text(
                "Stopped. What was made is kept in {folder}; the same command goes on from there.", folder=out
            )
        ) from None


def titled(design: Design, console: Console) -> str:
    """Return what the study asks, or is called."""
    said = design.question or design.title
    return said.in_language(console.language.code) if said else ""


def _tell(session: Session, console: Console) -> None:
    """Say what is there already, and what could not be read."""
    design = session.design
    if session.before is not None:
        console.note(
            text(
                "The folder holds the results of {name} too. They stay; the summary there is now of {this}.",
                name=session.before,
                this=design.name,
            )
        )
    wanted = range(design.replications or 0)
    there = sum(k in wanted for point in design.points for k in session.store.there(point))
    if there:
        console.note(
            text(
                "There already, and not made again: {there} of {total} runs (design points x replications)",
                there=there,
                total=len(wanted) * len(design.points),
            )
        )
    if session.damaged:
        console.note(text("Damaged parts that are made again: {parts}", parts=", ".join(session.damaged[:5])))


def show(
    results: Results,
    written: Sequence[Path],
    console: Console,
    said: Sequence[str] = (),
    more: Mapping[str, Any] | None = None,
) -> None:
    """Print the answer, the table, what is *said* besides and the paths *written*; *more* is for machines."""
    from nspl_sim.paper import table
    from nspl_sim.paper.answer import answers, first_without, pairing
    from nspl_sim.paper.changes import changes
    from nspl_sim.paper.exchange import exchange
    from nspl_sim.paper.standing import worse_off, worst
    from nspl_sim.paper.steps import added
    from nspl_sim.paper.unordered import told

    console.data(results.data() | dict(more or {}) | {"written": [str(p) for p in written]})
    if console.json:
        return
    found, language = results.found, console.language
    console.out()
    if results.title:
        console.out(results.title)
        console.out()
    for sentence in (*answers(found, language), *told(found, language)):
        console.out(sentence)
    console.out()
    if sys.stdout.isatty():
        from rich.console import Console as Screen

        Screen().print(table.in_terminal(found, language), soft_wrap=True)
    else:
        console.out(table.aligned(found, language))
    console.out()
    for line in (*changes(found, language), *added(found, results.steps, language)):
        console.out(line)
    if results.steps:
        console.out()
    if len(found.batch.points) <= table.MANY:
        region_by_region = (first_without, worst, worse_off, exchange)
        for line in (line for tell in region_by_region for line in tell(found, language)):
            console.out(line)
    else:
        console.out(text("Region by region: regions.csv and answer.txt in the folder of the results."))
    for line in (*pairing(found, language), *said):
        console.out(line)
    if written:
        console.out()
        console.out(text("Written:"))
        for path in written:
            console.out(f"  {path}")


def _arguments() -> list[str]:
    """Return what was written after ``nspl``."""
    return list(click.get_current_context().find_root().obj.arguments)
