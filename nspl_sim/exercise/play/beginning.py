"""The first line of a log says which exercise it is of; another is not played on in its folder."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nspl_sim import __version__
from nspl_sim.exercise.play.log import Line, Log
from nspl_sim.exercise.play.session import Session, Setup
from nspl_sim.experiment.point import Point
from nspl_sim.vocabulary.errors import EXIT_USAGE, NsplError
from nspl_sim.vocabulary.text import Text, text

WHAT: dict[str, Text] = {
    "format": text("the format of the log"),
    "course": text("the scenario, the plan or the model"),
    "replication": text("the replication"),
    "startex": text("STARTEX"),
    "from_s": text("the time of the scenario at STARTEX"),
    "tempo": text("the tempo"),
    "played_h": text("the hours a day"),
    "days": text("the number of days"),
    "night": text("what the scenario does over night"),
    "form": text("the form"),
    "roles": text("the roles"),
    "language": text("the language"),
}
"""What has to be the same for a log to be gone on with."""


class OtherExercise(NsplError):
    """A folder in which another exercise is played."""

    exit_code = EXIT_USAGE


def begun(setup: Setup, path: Path, named: Mapping[str, str]) -> tuple[Session, bool]:
    """Return the session of the log at *path*, and whether it goes on from there.

    *named* says how scenario and plan were named, for the report after the exercise.
    Raises ``OtherExercise``, and ``InputRefused`` for a file that is no log.
    """
    log, begins = Log.read(path), _first(setup)
    if not log.lines:
        log.add("begin", **begins, **named, program=f"nspl_sim {__version__}")
        return Session(setup, log), False
    _check(log.lines[0], begins, path)
    return Session(setup, log), True


def _check(line: Line, begins: Mapping[str, Any], path: Path) -> None:
    """Raise ``OtherExercise`` where *line* says that the log is of another exercise."""
    differs = [WHAT[name] for name, value in begins.items() if line.get(name) != value]
    if line["do"] != "begin" or differs:
        told = differs[0] if differs else WHAT["format"]
        rule = text("{file} is the log of another exercise: {what} differs", file=path.name, what=told)
        raise OtherExercise(text("{rule}; name another folder", rule=rule))


def _first(setup: Setup) -> dict[str, Any]:
    """Return what the first line says of the exercise, as JSON reads it back."""
    clock = setup.clock
    said = {
        "format": 1,
        "course": Point(setup.scenario, setup.plan, "").fingerprint,
        "replication": setup.replication,
        "startex": clock.startex.isoformat(timespec="minutes"),
        "from_s": clock.from_s,
        "tempo": clock.tempo,
        "played_h": clock.played_h,
        "days": clock.days,
        "night": clock.night,
        "form": setup.form,
        "roles": setup.roles.model_dump(mode="json"),
        "language": setup.language.code,
    }
    read: dict[str, Any] = json.loads(json.dumps(said))
    return read
