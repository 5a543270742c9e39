"""``nspl sql``: questions of one's own to a study's results, in SQL. Nothing is changed."""

from pathlib import Path

import click

from nspl_sim.cli.compare import FOLDER, incomplete
from nspl_sim.cli.console import Console, command
from nspl_sim.cli.outputs import check_target
from nspl_sim.cli.words import _, argument, option
from nspl_sim.vocabulary.text import text

MOST_ROWS = 1000


@command(
    "sql",
    _(
        "Ask a study's results in SQL. The tables are points, factors, measures, census, transfers, planned "
        "and replications; docs/results.md tells their columns. Nothing is written but the answer.\n\n"
        'Try: nspl sql "select * from points" results/my-study'
    ),
)
@argument("query", metavar=_("QUERY"))
@argument("folder", type=FOLDER, metavar=_("DIR"))
@option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=_("FILE"),
    help=_("Write the answer there instead; the name ends in .csv, .xlsx or .parquet."),
)
def sql(console: Console, query: str, folder: Path, out: Path | None) -> None:
    """Print what *query* gives."""
    from nspl_sim.experiment.saved import opened
    from nspl_sim.experiment.views import asked
    from nspl_sim.paper.naming import marking
    from nspl_sim.paper.tables import SUFFIXES, write_table

    if out is not None:
        check_target(out, SUFFIXES, console)
    saved = opened(folder)
    if not saved.is_complete:
        console.note(incomplete(saved))
    names, rows = asked(saved.store, saved.design, query)
    columns = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    console.data({"columns": names, "rows": [[_plain(v) for v in row] for row in rows]})
    if out is not None:
        sign = marking(saved.design.points[0].scenario, console.language)
        write_table(out, columns, console.language, sign, text("Answer"))
        console.note(text("{rows} rows in {file}", rows=len(rows), file=out))
        return
    if not console.json:
        _show(names, rows[:MOST_ROWS], console)
    if len(rows) > MOST_ROWS:
        console.note(text("and {count} rows more; write all of them with --out", count=len(rows) - MOST_ROWS))


def _show(names: list[str], rows: list[tuple[object, ...]], console: Console) -> None:
    """Print aligned columns."""
    from nspl_sim.paper import numbers

    code = console.language.code

    def said(value: object) -> str:
        return numbers.in_cell(float(f"{value:.7g}"), code) if isinstance(value, float) else str(value)

    grid = [names, *[["" if v is None else said(v) for v in row] for row in rows]]
    width = [max(len(line[i]) for line in grid) for i in range(len(names))]
    for line in grid:
        console.out("  ".join(word.ljust(width[i]) for i, word in enumerate(line)).rstrip())


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str | bool | None) else str(value)
