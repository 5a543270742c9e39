"""``nspl injects``: an exercise's papers from one simulated course."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time
from gettext import gettext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nspl_sim.cli.compare import FOLDER
from nspl_sim.cli.console import Console, command
from nspl_sim.cli.exercises import edited, read_roles, spare_work
from nspl_sim.cli.inputs import PlanName, ScenarioName
from nspl_sim.cli.outputs import spare_results, tell_cost, wrong_use
from nspl_sim.cli.words import Number, PathName, Whole, _, argument, option
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from nspl_sim.exercise.listing.material import Material
    from nspl_sim.experiment.point import Point

_MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DAY = re.compile(r"D\+?(\d{1,4}) ([01]?\d|2[0-3]):([0-5]\d)")
MOST_TEMPO, MOST_DAYS = 48, 30
_MOST_TOLD = 3


class SceneTime(click.DateTime):
    """A time of the scenario: as a date, or as exercises write it, ``D+3 09:20``."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return a civil time; or day, hour and minute from the scenario's first day."""
        if isinstance(value, str) and (day := _DAY.fullmatch(value.strip())):
            return tuple(int(part) for part in day.groups())
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(gettext(_("write a time of the scenario: D+3 09:20, or 2027-01-14T09:20")), param, ctx)


class RoomTime(click.DateTime):
    """A time in the room, with its hour."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return a civil time."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            if isinstance(value, str) and _DATE.fullmatch(value.strip()):
                self.fail(
                    gettext(_("the hour is missing: {day}T08:00")).format(day=value.strip()), param, ctx
                )
            said = gettext(_("{got} is no time: write a day and a time, 2027-03-08T08:00"))
            self.fail(said.format(got=value), param, ctx)


@command(
    "injects",
    _(
        "Make an exercise's papers from one simulated course: the controllers' list with its key, and player "
        "cards that hold nothing of the key. Every figure is true in the course.\n\n"
        "Try: nspl injects national-surge --plan today --replication 0 --startex 2027-03-08T08:00 "
        "--from 2027-01-14T08:00 --tempo 4 --out exercise"
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
    help=_("A plan file or a shipped name: under it the course goes."),
)
@option(
    "--replication",
    type=Whole(0),
    default=0,
    show_default=True,
    metavar="K",
    help=_("Number of the replication; nspl courses helps to choose."),
)
@option(
    "--startex",
    type=RoomTime(_MOMENTS),
    required=True,
    metavar=_("TIME"),
    help=_("When the exercise begins in the room: 2027-03-08T08:00."),
)
@option(
    "--from",
    "begins",
    type=SceneTime(_MOMENTS),
    metavar=_("TIME"),
    help=_("Which time of the scenario it begins at, as a date or D+3 09:20; not given: its start."),
)
@option(
    "--tempo",
    type=Number(0.1, MOST_TEMPO),
    default=1.0,
    show_default=True,
    metavar="X",
    help=_("Hours of the scenario in an hour in the room."),
)
@option(
    "--hours",
    type=Number(0.5, 24),
    default=8.0,
    show_default=True,
    metavar="H",
    help=_("Hours played each day, from the time of STARTEX."),
)
@option(
    "--days",
    type=Whole(1, MOST_DAYS),
    default=1,
    show_default=True,
    metavar="N",
    help=_("Played days."),
)
@option(
    "--night",
    type=click.Choice(("stands", "runs")),
    default="stands",
    show_default=True,
    help=_("Whether the scenario stands still over night, or goes on unplayed."),
)
@option(
    "--form",
    type=click.Choice(("seminar", "staff", "joint")),
    default="staff",
    show_default=True,
    help=_("Seminar with time jumps, staff exercise, or joint exercise with local exercise leaders."),
)
@option(
    "--roles",
    type=PathName(exists=True, dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Who plays and who is simulated, aims and limits; not given: every region plays."),
)
@option(
    "--results",
    type=FOLDER,
    metavar=_("DIR"),
    help=_("Results of this scenario and plan: each inject tells how unusual its region's census is."),
)
@option(
    "--edited",
    type=PathName(exists=True, dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("An edited list (.xlsx or .csv): what people wrote stays, and what has changed is shown."),
)
@option(
    "--overwrite",
    is_flag=True,
    help=_("Write over a list in the folder that people have worked in; what they wrote is lost."),
)
@option(
    "--out",
    type=PathName(file_okay=False, path_type=Path),
    required=True,
    metavar=_("DIR"),
    help=_("Write the papers into this folder."),
)
def injects(console: Console, scenario: str, plan: str, replication: int, out: Path, **given: Any) -> None:
    """Make the papers."""
    from nspl_sim.cli import inputs
    from nspl_sim.exercise.edited.changes import told
    from nspl_sim.exercise.edited.returning import merged
    from nspl_sim.exercise.listing.scenes import not_placed
    from nspl_sim.exercise.papers.making import files
    from nspl_sim.experiment.point import Point
    from nspl_sim.experiment.whole import write_all

    spare_results(out / "x", console)
    if not out.parent.is_dir():
        wrong_use(text("{folder}: there is no such folder", folder=out.parent), console)
    rows = edited(given["edited"], console)
    [world], [lever] = inputs.both([scenario], [plan], console, own_only=True)
    inputs.agree([world], [lever], console)
    spare_work(out, rows, given["overwrite"], world.scenario.time_zone, console)
    made = _material(console, world.scenario, lever.plan, replication, given)
    if given["results"]:
        made = _ranked(made, Point(world.scenario, lever.plan, world.scenario.name), given["results"])
    contents = files(made, rows)
    made, changes = (made, ()) if rows is None else merged(made, rows)
    out.mkdir(exist_ok=True)
    paths = write_all(out, contents)
    left = sum(made.planned.left_out.values())
    console.data(
        {
            "written": [str(path) for path in paths],
            "injects": len(made.injects),
            "left_out": dict(made.planned.left_out),
        }
    )
    if not made.injects:
        console.note(text("No trigger fires in the time that is played: choose another time or course."))
    console.out(
        text("Injects: {count}; left out: {left} (see the read-me).", count=len(made.told), left=left)
    )
    for line in told(changes):
        console.out(line)
    if changes:
        console.out(text("Each change stands in the sheet Changes."))
    console.out(text("Written:"))
    for path in paths:
        console.out(f"  {path}")
    seminar = made.form == "seminar"
    papers = (
        (text("players-seminar"), text("key-seminar"))
        if seminar
        else (text("players-cards"), text("key-cards"))
    )
    names = dict(zip(("players", "control"), map(console.say, papers), strict=True))
    console.out(text("Print {players}.pdf for the players, and {control}.pdf for exercise control.", **names))
    if given["begins"] is None:
        _tell_when(made, console)
    _tell_gaps(made, console)
    if unplaced := not_placed(made):
        console.note(unplaced)


def _tell_gaps(made: Material, console: Console) -> None:
    """Tell what the list lacks, and which briefings and breaks are at times that are not played."""
    from nspl_sim.exercise.listing.lacks import told
    from nspl_sim.exercise.papers.overview import gaps

    for words in told(made) if made.injects else ():
        console.note(words)
    for aim, reasons in gaps(made).items():
        console.note(text("Aim without any inject: {aim} ({why}).", aim=aim, why="; ".join(reasons)))
    for at in made.roles.briefings:
        if not made.clock.daily(time.fromisoformat(at)):
            console.note(text("The briefing at {at} is left out: that time is not played.", at=at))
    if len(made.clock.pauses(0)) < len(made.roles.breaks):
        console.note(text("A break is left out: that time is not played."))


def _tell_when(made: Material, console: Console) -> None:
    """Tell that the exercise begins where the scenario does, and when something happens in the course."""
    from nspl_sim.exercise.course.occasions import Occasions

    first = f"{made.clock.civil(made.clock.from_s):%Y-%m-%dT%H:%M}"
    console.note(
        text("The exercise begins at the scenario's start, {first}; --from chooses another.", first=first)
    )
    for line in Occasions.of_course(made.line.course).told(made.words, made.line.replication):
        console.note(line)


def _ranked(made: Material, course: Point, folder: Path) -> Material:
    """Return *made* with how unusual each inject is among the replications of the results in *folder*."""
    from nspl_sim.exercise.listing.unusual import Unusual
    from nspl_sim.experiment.saved import opened

    known = Unusual.of(opened(folder).batch(), course, made.line.replication, made.language)
    return replace(made, planned=replace(made.planned, injects=known.ranked(made.injects)))


def _material(console: Console, world: Any, lever: Any, replication: int, given: dict[str, Any]) -> Material:
    """Return what the papers are made of: the course is run here."""
    from nspl_sim.exercise.course.timeline import Timeline
    from nspl_sim.exercise.listing.material import Material
    from nspl_sim.exercise.listing.planning import Planner
    from nspl_sim.exercise.listing.scenes import check_scenes
    from nspl_sim.exercise.setting.clock import ExerciseClock
    from nspl_sim.experiment.course import course
    from nspl_sim.measures.course import Course

    startex: datetime = given["startex"]
    roles = read_roles(given["roles"], world, console)
    told = [given[name] for name in ("begins", "tempo", "hours", "days", "night")]
    told.append(roles.breaks)
    clock = ExerciseClock.of(world, startex, *told)
    tell_cost(world, console, simulated=True)
    demand, journal = course(world, lever, replication)
    check_scenes(given["roles"], roles, world, demand, clock)
    line = Timeline(Course(world, demand, journal, lever), replication, clock.from_s, clock.to_s)
    planner = Planner(world, lever.name, line, roles, clock, console.language)
    return Material(planner, planner.planned(), given["form"])
