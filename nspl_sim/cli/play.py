"""``nspl play``: an exercise as it goes: the clock, what is due, what players decide, what comes of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.exercises import edited, read_roles, spare_work
from nspl_sim.cli.injects import injects
from nspl_sim.cli.outputs import spare_results, tell_cost, wrong_use
from nspl_sim.cli.words import Whole, _, engine_option, option
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from nspl_sim.exercise.play.session import Session, Setup
    from nspl_sim.experiment.engines import Engine

SHARED = (
    "scenario",
    "plan",
    "replication",
    "startex",
    "begins",
    "tempo",
    "hours",
    "days",
    "night",
    "form",
    "roles",
    "results",
    "edited",
    "overwrite",
    "out",
)
"""What it takes as ``nspl injects`` does, under the same names."""
RUNS = 100
"""About so many runs are made while an exercise is played: of every fan, each branch."""


def as_injects(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let *function* take what ``nspl injects`` takes."""
    taken: Any = function
    own = getattr(function, "__click_params__", [])
    known = {parameter.name: parameter for parameter in injects.params}
    taken.__click_params__ = own + [known[name] for name in reversed(SHARED)]
    return function


@command(
    "play",
    _(
        "Play an exercise. Type commands, one a line: step the clock, mark what is played, enter what the "
        "players decide; the course goes on from there with the same patients, and what is to come is "
        "planned anew. The page in the folder shows it all, for exercise control only. Every act is in a "
        "log: after a crash the same command goes on.\n\n"
        "Try: nspl play mass-casualty-small-region --replication 4 --startex 2027-03-08T08:00 "
        "--from 2027-01-15T18:30 --tempo 2 --out exercise, and then: help"
    ),
)
@as_injects
@option(
    "--fan",
    type=Whole(0, 50),
    default=8,
    show_default=True,
    metavar="N",
    help=_("Other replications in the fan of what to expect; 0: none, which is faster."),
)
@engine_option("auto")
def play(
    console: Console, out: Path, fan: int, engine: Engine, scenario: str, plan: str, **given: Any
) -> None:
    """Play an exercise in the folder *out*."""
    from nspl_sim.exercise.play.desk import Desk
    from nspl_sim.exercise.play.fan import Futures
    from nspl_sim.exercise.play.orders import take

    spare_results(out / "x", console)
    if not out.parent.is_dir():
        wrong_use(text("{folder}: there is no such folder", folder=out.parent), console)
    setup = _setup(console, scenario, plan, engine, given)
    if not (out / _name(console, "log", "jsonl")).exists():
        spare_work(out, setup.edited, given["overwrite"], setup.scenario.time_zone, console)
    out.mkdir(exist_ok=True)
    with _alone(out):
        session = _session(console, setup, out, {"scenario": scenario, "plan": plan})
        futures = Futures(setup, fan)
        shown = _page(session, futures, out)
        console.out(text("The page of exercise control: {file}", file=shown))
        desk = Desk(session, console.out, lambda ends: _papers(session, out, ends))
        desk.where()
        if session.state.decisions:
            desk.in_force()
        for line in _lines(console):
            if take(desk, line):
                _page(session, futures, out)
            if desk.is_over:
                break
        console.data(_ended(session, shown))


def _setup(console: Console, scenario: str, plan: str, engine: Engine, given: dict[str, Any]) -> Setup:
    """Return what is played, with an engine that is ready to run it."""
    from nspl_sim.cli import inputs
    from nspl_sim.exercise.listing.scenes import check_scenes
    from nspl_sim.exercise.listing.unusual import Unusual
    from nspl_sim.exercise.play.session import Setup
    from nspl_sim.exercise.setting.clock import ExerciseClock
    from nspl_sim.experiment.engines import chosen
    from nspl_sim.experiment.point import Point
    from nspl_sim.experiment.run import estimate
    from nspl_sim.experiment.saved import opened

    rows = edited(given["edited"], console)
    [world], [lever] = inputs.both([scenario], [plan], console, own_only=True)
    inputs.agree([world], [lever], console)
    roles = read_roles(given["roles"], world.scenario, console)
    told = [given[name] for name in ("startex", "begins", "tempo", "hours", "days", "night")]
    told.append(roles.breaks)
    clock = ExerciseClock.of(world.scenario, *told)
    tell_cost(world.scenario, console, simulated=True)
    point = Point(world.scenario, lever.plan, world.scenario.name)
    ready = chosen(engine, [point], console.note, estimate([point])[0] * RUNS)
    number, form, language = given["replication"], given["form"], console.language
    folder = given["results"]
    known = Unusual.of(opened(folder).batch(), point, number, language) if folder else None
    setup = Setup(world.scenario, lever.plan, number, roles, clock, form, language, ready, rows, known)
    check_scenes(given["roles"], roles, world.scenario, setup.demand, clock)
    return setup


def _session(console: Console, setup: Setup, out: Path, named: dict[str, str]) -> Session:
    """Return the session of the log in *out*, which is begun where there is none."""
    from nspl_sim.exercise.play.beginning import begun

    session, goes_on = begun(setup, out / _name(console, "log", "jsonl"), named)
    if session.log.was_cut:
        console.note(text("The last line of the log was half written and is left out."))
    if goes_on:
        console.note(text("The exercise goes on from its log."))
    return session


def _name(console: Console, what: str, ending: str) -> str:
    names = {"log": text("key-log"), "page": text("key-play")}
    return f"{console.say(names[what])}.{ending}"


def _page(session: Session, futures: Any, out: Path) -> Path:
    """Write the page anew."""
    from nspl_sim.exercise.play.page import page
    from nspl_sim.experiment.whole import write_whole

    path = out / f"{session.setup.language.say(text('key-play'))}.html"
    write_whole(path, page(session, futures.fan(session)))
    return path


def _papers(session: Session, out: Path, ends: Sequence[str]) -> list[Path]:
    """Write the exercise's papers, as they are now, in the formats of *ends*."""
    from nspl_sim.exercise.papers.making import files
    from nspl_sim.experiment.whole import write_all

    return write_all(out, files(session.material, ends=ends))


def _lines(console: Console) -> Iterator[str]:
    """Yield what is typed, until nothing more comes."""
    while True:
        if sys.stdin.isatty() and not console.json:
            click.echo("> ", nl=False)
        line = sys.stdin.readline()
        if not line:
            return
        yield line


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Let nobody else play in *out* meanwhile."""
    from filelock import FileLock, Timeout

    lock = FileLock(out / ".nspl-play.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise NsplError(text("{folder}: somebody is playing here already", folder=out)) from None
    try:
        yield
    finally:
        lock.release()


def _ended(session: Session, page: Path) -> dict[str, Any]:
    """Return where the exercise is, for machines."""
    return {
        "page": str(page),
        "log": str(session.log.path),
        "scenario_time": session.clock.said(session.now_s),
        "room_time": session.room.isoformat(timespec="minutes"),
        "due": [one.inject_id for one in session.due],
        "next": [one.inject_id for one in session.next],
        "marks": {number: vars(mark) for number, mark in session.state.marks.items()},
        "decisions": len(session.state.decisions),
        "journal": session.course.line.course.journal.fingerprint(),
    }
