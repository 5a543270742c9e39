"""What the commands of an exercise share: the edited list, the folder with people's work, the roles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from nspl_sim.cli.console import Console
from nspl_sim.cli.outputs import wrong_use
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from nspl_sim.exercise.edited.file import Rows
    from nspl_sim.exercise.listing.hand import Row
    from nspl_sim.exercise.setting.roles import Roles
    from nspl_sim.scenario.model import Scenario

_MOST_TOLD = 3


def edited(path: Path | None, console: Console) -> Rows | None:
    """Return the rows of the edited list at *path*, if any; warn of what is doubtful in it."""
    from nspl_sim.exercise.edited.file import edited_rows

    rows = edited_rows(path) if path else None
    console.warn(rows.doubts if rows else ())
    return rows


def spare_work(
    out: Path, rows: Mapping[str, Row] | None, overwrites: bool, zone: str, console: Console
) -> None:
    """Refuse a folder with lists in which people have done work that is not in the edited *rows*."""
    from nspl_sim.exercise.edited.kept import work_in

    if overwrites or not out.is_dir():
        return
    for path, numbers in work_in(out, console.say(text("key-injects")), rows or {}, zone):
        which = ", ".join([*numbers[:_MOST_TOLD], *["…"][: len(numbers) > _MOST_TOLD]])
        wrong_use(
            text(
                "{file} holds work that would be lost ({which}): read it back with --edited {file}, name "
                "another folder, or let it go with --overwrite",
                file=path,
                which=which,
            ),
            console,
        )


def read_roles(path: Path | None, scenario: Scenario, console: Console) -> Roles:
    """Return the roles at *path*, None: the shipped ones; warn of what is hardly meant."""
    from nspl_sim.exercise.setting.agreeing import doubts
    from nspl_sim.exercise.setting.load import load_roles
    from nspl_sim.exercise.triggers import codes

    roles = load_roles(path, scenario, codes())
    console.warn(doubts(path, roles, scenario))
    return roles
