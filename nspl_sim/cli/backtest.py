"""``nspl backtest``: does the census that follows from known admissions look like the one observed?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import ScenarioName
from nspl_sim.cli.outputs import wrong_use
from nspl_sim.cli.words import Number, PathName, Whole, _, argument, option
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from nspl_sim.experiment.backtest import BackTest, Question
    from nspl_sim.reading.place import Place
    from nspl_sim.scenario.daily_table import Admissions, Dated, Observed
    from nspl_sim.scenario.model import Scenario

TABLE = PathName(path_type=Path, exists=True, dir_okay=False)
FIGURE = "backtest"


@command(
    "backtest",
    _(
        "Hold the census that follows from your own daily admissions against the one that was observed. "
        "ADMISSIONS is a table (CSV or Excel) with the columns date (or day), region and admissions, and "
        "class where it differs. Beds are unlimited: stays and timing are tested, not capacity."
    ),
)
@argument("admissions", type=TABLE, metavar="ADMISSIONS")
@option(
    "--observed",
    type=TABLE,
    required=True,
    metavar=_("FILE"),
    help=_("The table of the observed census: date (or day), census, and region where it is not of all."),
)
@option(
    "--class",
    "klass",
    required=True,
    metavar=_("CLASS"),
    help=_("The class of patients whose stays are taken, by its key in the scenario."),
)
@option(
    "--scenario",
    type=ScenarioName(),
    default="ordinary-week",
    show_default=True,
    metavar="SCENARIO",
    help=_("The scenario whose regions and classes are meant."),
)
@option(
    "--kind", metavar=_("KIND"), help=_("The unit kind that was counted; if not given, the class's first.")
)
@option(
    "--hour",
    type=Number(0, 24),
    default=12.0,
    show_default=True,
    metavar="H",
    help=_("The hour at which it was counted."),
)
@option(
    "--stay-low",
    type=Number(0.01, 365),
    metavar=_("DAYS"),
    help=_("Least mean stay that is thought possible; drawn once a replication. Off if not given."),
)
@option(
    "--stay-high",
    type=Number(0.01, 365),
    metavar=_("DAYS"),
    help=_("Greatest mean stay that is thought possible."),
)
@option(
    "--replications",
    type=Whole(2, 10_000),
    default=100,
    show_default=True,
    metavar="N",
    help=_("Number of replications."),
)
@option(
    "--out",
    type=PathName(path_type=Path, file_okay=False),
    metavar=_("DIR"),
    help=_("Folder for the scores, the series and the figure."),
)
def backtest(
    console: Console,
    admissions: Path,
    observed: Path,
    klass: str,
    scenario: str,
    kind: str | None,
    hour: float,
    stay_low: float | None,
    stay_high: float | None,
    replications: int,
    out: Path | None,
) -> None:
    """Simulate, score, print and write."""
    from nspl_sim.cli.inputs import both
    from nspl_sim.experiment.backtest import Question
    from nspl_sim.experiment.backtest import backtest as tested
    from nspl_sim.paper.aligned import aligned, as_data
    from nspl_sim.paper.backtest import in_words, score_columns
    from nspl_sim.scenario.daily_table import Admissions, Observed, read_rows

    if (stay_low is None) != (stay_high is None):
        wrong_use(text("--stay-low and --stay-high go together"), console)
    if stay_low is not None and stay_high is not None and stay_low > stay_high:
        wrong_use(text("--stay-low may not be above --stay-high"), console)
    [world], _levers = both([scenario], (), console)
    counted = _kind(world.scenario, klass, kind, console)
    bounds = None if stay_low is None or stay_high is None else (stay_low, stay_high)
    question = Question(world.scenario, klass, counted, hour, bounds)
    came = [row for _place, row in read_rows(admissions, Admissions, world.scenario)]
    placed = read_rows(observed, Observed, world.scenario)
    seen = [row for _place, row in placed]
    _check(question, came, admissions, len({row.date is None for row in [*came, *seen]}) > 1, console)
    _check_days(came, placed)
    if out is not None:
        _check_folder(out, console)
    _warn_of_unseen(came, seen, observed, console)
    found = tested(question, came, seen, replications)
    table = score_columns(found, console.language)
    written = _write(found, out, console) if out is not None else []
    console.data({"scores": as_data(table), "written": [str(path) for path in written]})
    for line in [*aligned(table, console.language), "", *in_words(found, console.language)]:
        console.out(line)
    for path in written:
        console.note(text("Written: {file}", file=path))


def _kind(scenario: Scenario, klass: str, kind: str | None, console: Console) -> str:
    """Return the unit kind that was counted; refuse a class or a kind that is not there."""
    from nspl_sim.reading.showing import nearest

    if klass not in scenario.classes:
        meant = nearest(klass, scenario.classes)
        if meant:
            wrong_use(
                text('there is no class {name}; did you mean "{meant}"?', name=klass, meant=meant), console
            )
        wrong_use(text("there is no class {name}", name=klass), console)
    kinds = [s.kind for path in scenario.classes[klass].pathways for s in path.stages]
    if not kinds:
        wrong_use(text("the class {name} needs no bed", name=klass), console)
    if kind is not None and kind not in kinds:
        names = ", ".join(dict.fromkeys(kinds))
        wrong_use(text("the class {name} comes to {kinds} only", name=klass, kinds=names), console)
    return kind or kinds[0]


def _check(question: Question, came: list[Admissions], file: Path, mixed: bool, console: Console) -> None:
    """Refuse tables that count days in two ways, and admissions of nobody or of too many."""
    from nspl_sim.experiment.backtest import MOST_PATIENTS
    from nspl_sim.reading.place import Place

    count = sum(row.admissions for row in came)
    if mixed:
        wrong_use(text("one table has dates and another numbers of days; both must have the same"), console)
    if not count:
        raise InputRefused([Place(str(file)).problem(text("has no admissions at all"), "admissions")])
    if count > MOST_PATIENTS:
        rule = text("has over {most} admissions", most=MOST_PATIENTS)
        raise InputRefused([Place(str(file)).problem(rule, "admissions")])


def _check_days(came: list[Admissions], placed: list[tuple[Place, Observed]]) -> None:
    """Refuse observations of which none is of a day among those of the admissions."""
    from nspl_sim.scenario.daily_table import begin_of, day_of

    seen = [row for _place, row in placed]
    begin = begin_of([*came, *seen], datetime.min)
    days = [day_of(row, begin) for row in came]
    if any(min(days) <= day_of(row, begin) <= max(days) for row in seen):
        return
    rule = text(
        "lies from {first} to {last}, but the admissions from {begin} to {end}: no day of both, so nothing "
        "can be scored",
        **dict(zip(("first", "last"), _ends(seen), strict=True)),
        **dict(zip(("begin", "end"), _ends(came), strict=True)),
    )
    raise InputRefused([placed[0][0].problem(rule, "day" if seen[0].date is None else "date")])


def _ends(rows: Sequence[Dated]) -> tuple[str, str]:
    """Return the first and the last day of *rows*, as they would be written."""
    days = sorted(f"{row.date:%Y-%m-%d}" for row in rows if row.date is not None)
    numbers = sorted(row.day for row in rows if row.day is not None)
    return (days[0], days[-1]) if days else (f"{numbers[0]:g}", f"{numbers[-1]:g}")


def _warn_of_unseen(came: list[Admissions], seen: list[Observed], file: Path, console: Console) -> None:
    """Warn of each region that has admissions, but no observation of its own nor one of all regions."""
    from nspl_sim.reading.place import Place

    if any(row.region is None for row in seen):
        return
    unseen = sorted({row.region for row in came} - {str(row.region) for row in seen})
    for key in unseen:
        rule = text("has no row for {region}, which has admissions: that region is not scored", region=key)
        console.warn([Place(str(file)).problem(rule, "region", warning=True)])


def _check_folder(out: Path, console: Console) -> None:
    """Refuse a folder with other things in it."""
    if out.is_dir() and any(out.iterdir()) and not (out / "scores.csv").is_file():
        wrong_use(text("{folder} holds other things; name an empty or a new folder", folder=out), console)


def _write(found: BackTest, out: Path, console: Console) -> list[Path]:
    """Write scores, series and figure into *out*."""
    from nspl_sim.experiment.whole import write_all
    from nspl_sim.paper import backtest_figure
    from nspl_sim.paper.backtest import score_columns, series_columns
    from nspl_sim.paper.naming import marking
    from nspl_sim.paper.tables import csv_bytes, marked

    language = console.language
    sign = marking(found.world, language)
    drawn = backtest_figure.write(found, sign, language)
    files = {
        "scores.csv": csv_bytes(marked(score_columns(found, language), language, sign), language.code),
        "series.csv": csv_bytes(marked(series_columns(found, language), language, sign), language.code),
        f"{FIGURE}.png": drawn["png"],
        f"{FIGURE}.svg": drawn["svg"],
        f"{FIGURE}.txt": backtest_figure.alternative(found, sign, language),
    }
    out.mkdir(parents=True, exist_ok=True)
    return write_all(out, files)
