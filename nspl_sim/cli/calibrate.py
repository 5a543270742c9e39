"""``nspl calibrate``: does the ordinary state fit my region?"""

from pathlib import Path

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import ScenarioName
from nspl_sim.cli.outputs import check_target, spare_results
from nspl_sim.cli.words import PathName, Whole, _, argument, option
from nspl_sim.vocabulary.text import text


@command(
    "calibrate",
    _(
        "Set the ordinary state beside what it should be. Expected patients by region and kind of unit come "
        "from the exact formula rate x mean stay, before and after calibration, beside published figures "
        "with their basis, and beside occupancy simulated under today's order. Says which factor would fit."
    ),
)
@argument("scenario", type=ScenarioName(), metavar="SCENARIO", required=False, default="ordinary-week")
@option(
    "--targets",
    type=PathName(path_type=Path, exists=True, dir_okay=False),
    metavar=_("FILE"),
    help=_(
        "A table of your own with the columns region, kind and census; if not given, the published figures."
    ),
)
@option(
    "--replications",
    type=Whole(0, 10_000),
    default=2,
    show_default=True,
    metavar="N",
    help=_("Replications of the simulated occupancy; 0: none."),
)
@option(
    "--out",
    type=PathName(path_type=Path),
    metavar=_("FILE"),
    help=_("Write the table by region to this file: .csv, .xlsx or .parquet."),
)
def calibrate(
    console: Console, scenario: str, targets: Path | None, replications: int, out: Path | None
) -> None:
    """Print the tables, and write the one by region."""
    from nspl_sim.cli.inputs import both
    from nspl_sim.experiment.calibration import calibrate as calibrated
    from nspl_sim.paper.aligned import aligned, as_data
    from nspl_sim.paper.calibration import columns, factor_in_words, in_words, national
    from nspl_sim.paper.naming import marking
    from nspl_sim.paper.tables import SUFFIXES, write_table
    from nspl_sim.scenario.daily_table import Target, read_rows

    if out is not None:
        check_target(out, SUFFIXES, console)
        spare_results(out, console)
    [world], _levers = both([scenario], (), console)
    own = None
    if targets is not None:
        rows = read_rows(targets, Target, world.scenario)
        own = {(row.region, row.kind): row.census for _place, row in rows}
    found = calibrated(world.scenario, own, replications)
    language = console.language
    nation, by_region = national(found, language), columns(found, language)
    console.data({"nation": as_data(nation), "regions": as_data(by_region)})
    said = in_words(found, language)
    for part in (nation, by_region):
        for line in [*aligned(part, language), ""] if any(part.values()) else []:
            console.out(line)
    for line in said:
        console.out(line)
    if own is None and said:
        console.out(
            text(
                "What should be is by published national figures: intensive care shared by half population "
                "and half beds (estimated), wards by the national occupancy. Have you figures of your own? "
                "Give them with --targets."
            )
        )
    for line in factor_in_words(found, language):
        console.out(line)
    if out is not None:
        sign = marking(world.scenario, language)
        write_table(out, by_region, language, sign, text("Calibration"))
        console.note(text("Written: {file}", file=out))
