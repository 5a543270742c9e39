"""What ``nspl demo`` and ``nspl run`` have in common: replicate, compare, write, print."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nspl_sim.cli.console import Console
from nspl_sim.cli.progress import progress
from nspl_sim.cli.words import _, option
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from nspl_sim.experiment.point import Point
    from nspl_sim.paper.results import Results


@dataclass(frozen=True)
class Wanted:
    """How much is to be run: a number of replications, or as many as fit in a time."""

    replications: int | None
    workers: int
    budget_s: float | None = None
    at_least: int = 10
    overwrite: bool = False
    """Whether results of something else in the folder may go."""
    is_demo: bool = False


def compare(
    points: Sequence[Point],
    wanted: Wanted,
    sources: Mapping[str, str],
    warnings: Sequence[str],
    out: Path | None,
    console: Console,
) -> None:
    """Run *points*, write the results into *out* and print the answer, the table and the paths."""
    from nspl_sim.paper.results import folder

    if out is None:
        _print(_results(points, wanted, sources, warnings, console), [], console)
        return
    _spare(points, wanted, out, console)
    with folder(out):
        results = _results(points, wanted, sources, warnings, console)
        written = results.write(out)
    _print(results, written, console)


def _spare(points: Sequence[Point], wanted: Wanted, out: Path, console: Console) -> None:
    """Refuse to overwrite results of other design points, or of more replications, unless told to."""
    from nspl_sim.paper.provenance import held, marks

    found = held(out)
    if found is None or wanted.overwrite:
        return
    before, replications, command = found
    if wanted.is_demo and command[1:2] == ["demo"]:
        return
    if sorted(before) != sorted(marks(points)):
        what = text("results of other plans or scenarios")
    elif wanted.replications is None or replications > wanted.replications:
        what = text("results of more replications ({count})", count=replications)
    else:
        return
    wrong = text(
        "{folder} holds {what}, and nothing there was touched; name another folder, or give --overwrite to "
        "replace them",
        folder=out,
        what=what,
    )
    raise click.BadParameter(console.say(wrong), param_hint="'--out'")


overwriting = option(
    "--overwrite",
    is_flag=True,
    help=_("Replace earlier results in the folder, even of other plans or of more replications."),
)


def _results(
    points: Sequence[Point],
    wanted: Wanted,
    sources: Mapping[str, str],
    warnings: Sequence[str],
    console: Console,
) -> Results:
    from nspl_sim.experiment.run import run
    from nspl_sim.paper.comparison import compare as compared
    from nspl_sim.paper.results import Results

    with progress(console) as told:
        batch = run(points, wanted.replications, wanted.workers, wanted.budget_s, wanted.at_least, told)
    command = ["nspl", *_arguments()]
    return Results(compared(batch), console.language, command, sources, warnings)


def _print(results: Results, written: Sequence[Path], console: Console) -> None:
    from nspl_sim.paper import table
    from nspl_sim.paper.answer import answers, first_without, pairing

    console.data(results.data() | {"written": [str(p) for p in written]})
    if console.json:
        return
    found, language = results.found, console.language
    console.out()
    for sentence in answers(found, language):
        console.out(sentence)
    console.out()
    if sys.stdout.isatty():
        from rich.console import Console as Screen

        Screen().print(table.in_terminal(found, language), soft_wrap=True)
    else:
        console.out(table.aligned(found, language))
    console.out()
    for line in [*first_without(found, language), *pairing(found, language)]:
        console.out(line)
    if written:
        console.out()
        console.out(text("Written:"))
        for path in written:
            console.out(f"  {path}")


def _arguments() -> list[str]:
    """Return what was written after ``nspl``."""
    return list(click.get_current_context().find_root().obj.arguments)
