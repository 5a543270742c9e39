"""``nspl journal``: any replication of a study made again, event by event, and seen to be the same."""

from pathlib import Path

import click

from nspl_sim.cli.compare import FOLDER
from nspl_sim.cli.console import Console, command
from nspl_sim.cli.outputs import check_target, spare_results
from nspl_sim.cli.words import PathName, Whole, _, argument, option
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text


@command(
    "journal",
    _(
        "Make the journal of one replication of a study again. It holds everything that happened, in order, "
        "and is checked against the fingerprint in the results."
    ),
)
@argument("folder", type=FOLDER, metavar=_("DIR"))
@option("--point", type=Whole(0), default=0, metavar="P", help=_("Number of the design point, from 0."))
@option("--replication", type=Whole(0), default=0, metavar="K", help=_("Number of the replication."))
@option(
    "--out",
    type=PathName(path_type=Path, dir_okay=False),
    required=True,
    metavar=_("FILE"),
    help=_("Write the journal there; the name ends in .csv, .xlsx or .parquet."),
)
def journal(console: Console, folder: Path, point: int, replication: int, out: Path) -> None:
    """Write the journal of a replication to *out*."""
    from nspl_sim.experiment.saved import opened
    from nspl_sim.paper.kept_journals import made_again
    from nspl_sim.paper.naming import marking
    from nspl_sim.paper.tables import SUFFIXES, write_table

    check_target(out, SUFFIXES, console)
    spare_results(out, console)
    saved = opened(folder)
    points = saved.design.points
    if point >= len(points):
        listed = "; ".join(f"{i}: {p.world}, {p.plan.name}" for i, p in enumerate(points))
        wrong = text("the design points are {points}", points=listed)
        raise click.BadParameter(console.say(wrong), param_hint="'--point'")
    columns, fingerprint = made_again(points[point], replication)
    batch = saved.batch()
    known = replication in batch.replications
    if known and batch.fingerprints(point)[batch.replications.index(replication)] != fingerprint:
        raise NsplError(
            text(
                "replication {number} came out otherwise than in the results, which are of another version; "
                "nothing was written",
                number=replication,
            )
        )
    sign = marking(points[point].scenario, console.language)
    write_table(out, columns, console.language, sign, text("Journal"))
    console.data({"written": str(out), "fingerprint": fingerprint, "same_as_in_results": known or None})
    console.note(
        text("The journal is the same as in the results.")
        if known
        else text("The results do not hold this replication; the journal is new.")
    )
    console.out(text("Written: {file}", file=out))
