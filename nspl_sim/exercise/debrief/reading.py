"""A played exercise read back from its log: what it was of, and how it stands."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from nspl_sim.demand.rates import Window
from nspl_sim.exercise.play.log import Log
from nspl_sim.exercise.play.session import Setup
from nspl_sim.exercise.play.state import State
from nspl_sim.exercise.setting.clock import ExerciseClock, span
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.experiment.engines import Engine
from nspl_sim.experiment.point import Point
from nspl_sim.paper.language import LANGUAGES, Language
from nspl_sim.policies.plan import Plan
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.errors import EXIT_USAGE, NsplError
from nspl_sim.vocabulary.text import text

LOG = text("key-log")


class NothingPlayed(NsplError):
    """A folder in which no exercise was played, or another than is asked about."""

    exit_code = EXIT_USAGE


def log_in(folder: Path) -> Log:
    """Return the log in *folder*, in whatever language it was played."""
    for code in LANGUAGES:
        path = folder / f"{Language(code).say(LOG)}.jsonl"
        if path.is_file():
            log = Log.read(path)
            if log.lines and log.lines[0]["do"] == "begin":
                return log
    raise NothingPlayed(text("{folder}: no exercise has been played here", folder=folder))


def played(
    log: Log, scenario: Scenario, plan: Plan, language: Language, engine: Engine
) -> tuple[Setup, State]:
    """Return what was played and how it stands; *scenario* and *plan* have to be those of the log."""
    begins: Mapping[str, Any] = log.lines[0]
    if begins.get("course") != Point(scenario, plan, "").fingerprint:
        raise NothingPlayed(
            text(
                "the log is of another scenario, plan or model than {scenario} under {plan} as they are now",
                scenario=scenario.name,
                plan=plan.name,
            )
        )
    try:
        startex = datetime.fromisoformat(begins["startex"]).replace(tzinfo=ZoneInfo(scenario.time_zone))
        told = [begins[name] for name in ("from_s", "tempo", "played_h", "days", "night")]
        roles = Roles.model_validate(begins["roles"])
        told.append(tuple(sorted(span(one) for one in roles.breaks)))
        clock = ExerciseClock(Window.of(scenario), startex, *told)
        setup = Setup(scenario, plan, begins["replication"], roles, clock, begins["form"], language, engine)
        state = State(clock.from_s)
        for line in log.lines:
            state.take(line)
    except (KeyError, TypeError, ValueError, ValidationError) as wrong:
        told_so = text("{file} is not a whole log of an exercise", file=log.path.name)
        raise NothingPlayed(told_so) from wrong
    return setup, state
