"""``nspl courses``: which replication an exercise is to follow, chosen openly."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nspl_sim.cli.compare import FOLDER, incomplete
from nspl_sim.cli.console import Console, command
from nspl_sim.cli.words import Whole, _, argument, option
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from nspl_sim.exercise.course.choosing import Choice
    from nspl_sim.experiment.batch import Batch

_MINUTES = "%Y-%m-%dT%H:%M"


@command(
    "courses",
    _(
        "List the replications that fit an exercise, and how unusual each is. One timeline is always one "
        "replication, never the mean of many.\n\n"
        "Try: nspl courses results/my-study --near p90:deaths_waiting"
    ),
)
@argument("folder", type=FOLDER, metavar=_("DIR"))
@option("--point", type=Whole(0), default=0, metavar="P", help=_("Number of the design point, from 0."))
@option(
    "--where",
    metavar=_("CONDITION"),
    help=_("A condition of SQL in which every measure is a column: icu_full_hours.skane > 24."),
)
@option(
    "--near",
    metavar=_("QUANTILE:MEASURE"),
    help=_("Those nearest this first: median:MEASURE, or p90:MEASURE."),
)
@option("--most", type=Whole(1), default=10, show_default=True, metavar="N", help=_("List so many at most."))
def courses(
    console: Console, folder: Path, point: int, where: str | None, near: str | None, most: int
) -> None:
    """List the replications that fit."""
    from nspl_sim.exercise.course.choosing import courses as fitting
    from nspl_sim.experiment.saved import opened

    saved = opened(folder)
    if not saved.is_complete:
        console.note(incomplete(saved))
    points = saved.design.points
    if point >= len(points):
        listed = "; ".join(f"{i}: {p.world}, {p.plan.name}" for i, p in enumerate(points))
        wrong = text("the design points are {points}", points=listed)
        raise click.BadParameter(console.say(wrong), param_hint="'--point'")
    batch = saved.batch()
    found = fitting(saved.store, saved.design, batch, point, where, near)
    console.data(_data(found, most))
    shown = found.candidates[:most]
    if not shown:
        console.out(text("No replication of {count} fits.", count=found.replications))
        return
    _table(found, most, console)
    told = {"fit": len(found.candidates), "count": found.replications}
    console.out(
        text("Fit: {fit} of {count} replications. In brackets: so many of all are not higher.", **told)
    )
    begins = _tell_when(batch, point, shown[0].replication, console)
    chosen = points[point]
    console.then(
        f"nspl injects {chosen.scenario.name} --plan {chosen.plan.name} --replication {shown[0].replication} "
        f"--startex 2027-03-08T08:00{begins} --out " + console.say(text("exercise"))
    )


def _tell_when(batch: Batch, point: int, replication: int, console: Console) -> str:
    """Tell when something happens in the course; return the option that lets an exercise begin there."""
    from nspl_sim.exercise.course.occasions import Occasions
    from nspl_sim.exercise.course.words import Words

    found = Occasions.of(batch, point, replication)
    for line in found.told(Words(batch.points[point].scenario, console.language), replication):
        console.out(line)
    return f" --from {found.begins:{_MINUTES}}" if found.begins else ""


def _table(found: Choice, most: int, console: Console) -> None:
    """Print a line a replication: its values, and in brackets where each lies among all."""
    from nspl_sim.paper import numbers

    code = console.language.code

    def cell(value: float, place: int, digits: int) -> str:
        if not math.isfinite(value):
            return numbers.MISSING
        return f"{numbers.decimal(value, digits, code)} ({place}/{found.replications})"

    shown = found.candidates[:most]
    columns = list(zip(*(one.values for one in shown), strict=True))
    digits = [
        0 if all(v == int(v) for v in c if math.isfinite(v)) else numbers.digits_for(*c) for c in columns
    ]
    grid = [[console.say(text("Replication")), *found.measures]]
    for one in shown:
        cells = [cell(v, p, d) for v, p, d in zip(one.values, one.places, digits, strict=True)]
        grid.append([str(one.replication), *cells])
    width = [max(len(line[i]) for line in grid) for i in range(len(grid[0]))]
    for line in grid:
        console.out("  ".join(word.rjust(width[i]) for i, word in enumerate(line)))


def _data(found: Choice, most: int) -> dict[str, Any]:
    return {
        "replications": found.replications,
        "fit": len(found.candidates),
        "measures": list(found.measures),
        "courses": [
            {
                "replication": one.replication,
                "values": [v if math.isfinite(v) else None for v in one.values],
                "not_higher": list(one.places),
            }
            for one in found.candidates[:most]
        ],
    }
