"""Where a command may write, and what it is about to cost: told before anything is done."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from nspl_sim.cli.console import Console
from nspl_sim.vocabulary.text import Text, text

if TYPE_CHECKING:
    from nspl_sim.scenario.model import Scenario

LONG_S = 5.0
"""What is expected to take longer than this is told beforehand."""

SAMPLED_PER_S, SIMULATED_PER_S, SHEET_ROWS_PER_S = 100_000, 40_000, 18_000
"""Patients drawn and written, patients simulated, and rows of an Excel sheet in a second on one core."""

OF_ITSELF_MB, PATIENT_MB = 120.0, 0.003
"""Memory of the program, and of one patient with all that is written of them."""


def wrong_use(words: Text, console: Console) -> NoReturn:
    """End with exit status 2: the command line asks for what cannot be."""
    raise click.UsageError(console.say(words), click.get_current_context())


def check_target(path: Path, endings: Sequence[str], console: Console) -> None:
    """Refuse a name that no file can have, another ending, and a folder that is not there."""
    try:
        is_folder, has_parent = path.is_dir(), path.parent.is_dir()
    except (OSError, ValueError):
        wrong_use(text("{file}: no file can have this name", file=_short(path)), console)
    if len(os.fsencode(path.name)) > 255 or not str(path).isprintable():
        wrong_use(text("{file}: no file can have this name", file=_short(path)), console)
    if not has_parent:
        wrong_use(text("{folder}: there is no such folder", folder=path.parent), console)
    if is_folder:
        wrong_use(text("{file}: is a folder", file=path), console)
    if path.suffix.lower() not in endings:
        rule = text("{file}: the name must end in {ending}", file=path, ending=endings[0])
        several = text("{file}: the name must end in one of {endings}", file=path, endings=", ".join(endings))
        wrong_use(rule if len(endings) == 1 else several, console)


def spare_results(path: Path, console: Console) -> None:
    """Refuse a file within a folder of results, whose own files it might replace."""
    for folder in path.resolve().parents:
        if (folder / "manifest.json").is_file() and (folder / "points").is_dir():
            wrong_use(text("{folder} is a folder of results; write beside it", folder=folder), console)


def _short(path: Path) -> str:
    from nspl_sim.reading.showing import escaped

    return escaped(str(path))


def tell_cost(scenario: Scenario, console: Console, simulated: bool, sheet: bool = False) -> None:
    """Say about how many patients there will be, how long it takes and how much memory, if it takes long."""
    from nspl_sim.paper import numbers
    from nspl_sim.scenario.expected import patients

    begin, end = -scenario.warm_up_days, scenario.horizon_days + scenario.cool_down_h / 24
    people = sum(patients(stream, begin, end) for stream in scenario.streams.values())
    seconds = people / SAMPLED_PER_S
    seconds += people / SIMULATED_PER_S if simulated else 0.0
    seconds += people / SHEET_ROWS_PER_S if sheet else 0.0
    if seconds < LONG_S:
        return
    code = console.language.code
    console.note(
        text(
            "Patients: about {patients}; expected time {time}, memory {memory} MB.",
            patients=numbers.decimal(people, 0, code),
            time=numbers.span(seconds, code),
            memory=numbers.decimal(OF_ITSELF_MB + PATIENT_MB * people, 0, code),
        )
    )
