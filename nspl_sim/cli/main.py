"""``nspl``: the group of commands, the language, and how every error ends.

One clear message on standard error and a documented exit status (see vocabulary.errors); a trace of
the program only with ``--debug``. Commands import what is heavy when they run, so that help is fast.
"""

import codecs
import contextlib
import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import click

from nspl_sim import __version__
from nspl_sim.cli import (
    backtest,
    calibrate,
    compare,
    completion,
    courses,
    debrief,
    demo,
    doctor,
    injects,
    journal,
    new,
    plan,
    play,
    report,
    results,
    run,
    sample,
    schema,
    simulate,
    sql,
    validate,
    verify,
)
from nspl_sim.cli.console import Settings, everywhere
from nspl_sim.cli.words import USAGE, Command, Option, _
from nspl_sim.paper.language import Language
from nspl_sim.reading.telling import sentences
from nspl_sim.vocabulary.disk import REASONS
from nspl_sim.vocabulary.errors import (
    EXIT_FAULT,
    EXIT_STOPPED,
    InputRefused,
    NsplError,
    Problem,
)
from nspl_sim.vocabulary.text import Text, text


class Nspl(Command, click.Group):
    """The group: sets the language first and turns every error into a message and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a planner meets them."""
        return list(self.commands)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return ``[OPTIONS] COMMAND [ARGS]...`` in the language in force."""
        from gettext import gettext

        return [gettext(piece) for piece in USAGE]

    def main(self, args: Sequence[str] | None = None, *others: Any, **settings: Any) -> NoReturn:
        """Run the command line *args* and leave with an exit status."""
        arguments = list(sys.argv[1:] if args is None else args)
        asked = Settings.of(arguments)
        asked.language.speak()
        for stream in (sys.stdout, sys.stderr):
            _writable(stream)
        with contextlib.suppress(ValueError):  # not in the main thread
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        settings |= {"standalone_mode": False, "obj": asked, "prog_name": "nspl"}
        try:
            status = super().main(args, *others, **settings)
        except (click.Abort, KeyboardInterrupt):
            status = refused(NsplError(text("Stopped.")), asked, EXIT_STOPPED)
        except click.ClickException as wrong:
            wrong.show()
            status = wrong.exit_code
            _for_machines(asked, status, wrong.format_message(), [])
        except NsplError as wrong:
            status = refused(wrong, asked, wrong.exit_code)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = EXIT_FAULT
        except Exception as fault:
            status = refused(_explained(fault), asked, EXIT_FAULT)
        sys.exit(status if isinstance(status, int) else 0)


def refused(wrong: NsplError, asked: Settings, status: int) -> int:
    """Print what is *wrong* and return *status*."""
    language = asked.language
    problems = wrong.problems if isinstance(wrong, InputRefused) else ()
    for line in lines_of(problems, language) if problems else [_error(wrong.message, language)]:
        click.echo(line, err=True)
    message = None if problems else language.say(wrong.message)
    _for_machines(asked, status, message, [as_data(p, language) for p in problems])
    if asked.debug:
        traceback.print_exception(wrong.__cause__ or wrong)
    return status


def _for_machines(asked: Settings, status: int, message: str | None, problems: list[Any]) -> None:
    """Print on standard output how it ended, where JSON is asked for."""
    if asked.json:
        ended = {"exit_code": status, "message": message, "problems": problems}
        click.echo(json.dumps(ended, ensure_ascii=False))


def _error(message: Text, language: Language) -> str:
    return language.say(text("Error: {message}", message=message))


def _explained(fault: Exception) -> NsplError:
    """Return the error that *fault* is told as; an unwritable file is not our fault, a bug is."""
    if isinstance(fault, OSError) and fault.filename is not None:
        reason = REASONS.get(fault.errno or 0) or fault.strerror or str(fault)
        told = NsplError(text("{file}: {reason}", file=fault.filename, reason=reason))
    else:
        what = f"{type(fault).__name__}: {fault}".splitlines()[0][:300]
        told = NsplError(
            text(
                "A fault in the program ({what}). Run the command again with --debug and send us what it "
                "shows.",
                what=what,
            )
        )
    told.__cause__ = fault
    return told


_PLAINER = {"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u201c": '"', "\u201d": '"', "\u00a0": " "}


def _writable(stream: Any) -> None:
    """Let *stream* take every character; an old console gets a hyphen for a minus sign it lacks."""

    def plainer(wrong: UnicodeError) -> tuple[str, int]:
        assert isinstance(wrong, UnicodeEncodeError)
        lost = wrong.object[wrong.start : wrong.end]
        return "".join(_PLAINER.get(c, "?") for c in lost), wrong.end

    codecs.register_error("plainer", plainer)
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="plainer")


def lines_of(problems: Iterable[Problem], language: Language) -> list[str]:
    """Return one line a problem, up to a limit for each file, and then how many more it has."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    return [language.say(line) for found in by_file.values() for line in sentences(found)]


def as_data(problem: Problem, language: Language) -> dict[str, Any]:
    """Return *problem* for machines."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "cell": problem.cell,
        "path": problem.path,
        "rule": language.say(problem.rule),
        "got": problem.got,
        "suggestion": problem.suggestion,
        "warning": problem.warning,
    }


@click.group(
    "nspl",
    cls=Nspl,
    help=_(
        "Reckon what mutual support between regions gives when care is under national surge: beyond today's "
        "order, for the same patients, with what certainty and at what price.\n\n"
        "Begin with: nspl demo --out demo"
    ),
)
@click.version_option(
    __version__,
    cls=Option,
    prog_name="nspl_sim",
    message="%(prog)s %(version)s",
    help=_("Show the version and exit."),
)
def main() -> None:
    """Hold the commands together; the help is above."""


for _option in everywhere():
    _option(main)

for _command in (
    demo.demo,
    new.new,
    validate.validate,
    run.run,
    compare.compare,
    report.report,
    results.results,
    sql.sql,
    journal.journal,
    courses.courses,
    injects.injects,
    play.play,
    debrief.debrief,
    plan.plan,
    calibrate.calibrate,
    backtest.backtest,
    sample.sample,
    simulate.simulate,
    schema.schema,
    verify.verify,
    doctor.doctor,
    completion.completion,
):
    main.add_command(_command)
