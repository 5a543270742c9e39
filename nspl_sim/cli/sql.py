"""``nspl sql``: questions of one's own to a study's results, in SQL. Nothing is changed."""

import math
from pathlib import Path

from nspl_sim.cli.compare import FOLDER, incomplete
from nspl_sim.cli.console import Console, command
from nspl_sim.cli.outputs import check_target, spare_results, wrong_use
from nspl_sim.cli.words import PathName, _, argument, option
from nspl_sim.vocabulary.text import text

MOST_ROWS, MOST_WRITTEN = 1000, 1_000_000


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
    type=PathName(path_type=Path, dir_okay=False),
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
        spare_results(out, console)
    saved = opened(folder)
    if not saved.is_complete:
        console.note(incomplete(saved))
    most = MOST_ROWS if out is None else MOST_WRITTEN
    names, rows, is_cut = asked(saved.store, saved.design, query, most)
    if out is not None and is_cut:
        wrong_use(text("the answer has more than {count} rows; ask for less", count=most), console)
    columns = {name: [_plain(row[i]) for row in rows] for i, name in enumerate(names)}
    console.data({"columns": names, "rows": [[_finite(v) for v in row] for row in rows], "cut": is_cut})
    if out is not None:
        sign = marking(saved.design.points[0].scenario, console.language)
        write_table(out, columns, console.language, sign, text("Answer"))
        console.note(text("{rows} rows in {file}", rows=len(rows), file=out))
        return
    if not console.json:
        _show(names, rows, console)
    if is_cut:
        console.note(text("There are more rows than these {count}; write them with --out", count=most))


def _show(names: list[str], rows: list[tuple[object, ...]], console: Console) -> None:
    """Print aligned columns."""
    from nspl_sim.paper import numbers

    code = console.language.code

    def said(value: object) -> str:
        if isinstance(value, float) and math.isfinite(value):
            return numbers.in_cell(float(f"{value:.7g}"), code)
        return str(value)

    grid = [names, *[["" if v is None else said(v) for v in row] for row in rows]]
    width = [max(len(line[i]) for line in grid) for i in range(len(names))]
    for line in grid:
        console.out("  ".join(word.ljust(width[i]) for i, word in enumerate(line)).rstrip())


def _finite(value: object) -> object:
    """Return *value* as JSON has it: what is not a finite number is null."""
    value = _plain(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str | bool | None) else str(value)
