"""``nspl results``: the studies in the data folder, how far each came, its size; and their removal."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.outputs import wrong_use
from nspl_sim.cli.words import PathName, _, argument, option
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import Text, text

if TYPE_CHECKING:
    from nspl_sim.experiment.saved import Saved

DATA = Path("results")
"""The one data folder: in the folder where one works."""


@command(
    "results",
    _(
        "List the studies in the data folder: how far each came, its size, and whether what it was made of "
        "has changed since. Everything that is kept lies in that one folder, results if not given."
    ),
)
@argument(
    "folder",
    type=PathName(path_type=Path),
    default=DATA,
    required=False,
    metavar=_("[DIR]"),
)
@option("--remove", metavar=_("NAME"), help=_("Remove this study with all its results."))
@option("--yes", is_flag=True, help=_("Do not ask before removing."))
def results(console: Console, folder: Path, remove: str | None, yes: bool) -> None:
    """List or remove."""
    from nspl_sim.experiment.saved import studies

    if folder.is_file():
        wrong_use(text("{folder} is a file; name a folder", folder=folder), console)
    found = studies(folder) if folder.is_dir() else {}
    if remove is not None:
        _remove(remove, folder, found, yes, console)
        return
    console.data([_data(name, saved) for name, saved in found.items()])
    if not found:
        console.out(text("{folder} holds no results.", folder=folder))
        console.then("nspl new --study my-study.yaml")
        return
    lines = [[console.say(w) for w in _HEADER], *[_line(n, s, console) for n, s in found.items()]]
    width = [max(len(line[i]) for line in lines) for i in range(len(_HEADER))]
    for line in lines:
        console.out("  ".join(word.ljust(width[i]) for i, word in enumerate(line)).rstrip())
    console.then(f"nspl compare {folder / next(iter(found))}")


_HEADER = (
    text("Study"),
    text("State"),
    text("Replications"),
    text("Design points"),
    text("Size"),
    text("Last run"),
)


def _state(saved: Saved | NsplError) -> Text:
    if isinstance(saved, NsplError):
        return text("damaged")
    if saved.lacks_summary:
        return text("summary is missing")
    if not saved.is_complete:
        return text("incomplete")
    return text("stale: made of other files or another model") if saved.is_stale else text("complete")


def _line(name: str, saved: Saved | NsplError, console: Console) -> list[str]:
    from nspl_sim.paper import numbers

    if isinstance(saved, NsplError):
        return [name, console.say(_state(saved)), "", "", "", ""]

    said, code = _data(name, saved), console.language.code
    wanted = saved.manifest["replications"]
    return [
        name,
        console.say(_state(saved)),
        f"{said['replications']}"
        if saved.is_complete or saved.lacks_summary
        else f"{said['replications']}/{wanted or '?'}",
        str(said["points"]),
        f"{numbers.decimal(said['bytes'] / 1e6, 1, code)} MB",
        str(said["last_run"] or "").replace("T", " ")[:16],
    ]


def _data(name: str, saved: Saved | NsplError) -> dict[str, Any]:
    if isinstance(saved, NsplError):
        return {"name": name, "state": "damaged", "reason": str(saved)}
    runs = saved.manifest["runs"]
    return {
        "name": name,
        "state": "complete" if saved.is_complete else "incomplete",
        "lacks_summary": saved.lacks_summary,
        "stale": saved.is_stale,
        "replications": len(saved.replications),
        "points": len(saved.manifest["points"]),
        "bytes": sum(path.stat().st_size for path in saved.store.folder.rglob("*") if path.is_file()),
        "last_run": runs[-1]["began"] if runs else None,
        "set_aside": saved.manifest["set_aside"],
    }


def _remove(name: str, folder: Path, known: Collection[str], yes: bool, console: Console) -> None:
    """Remove a study that is one; nothing else can be named."""
    from shutil import rmtree

    from nspl_sim.experiment.store import Store
    from nspl_sim.reading.showing import nearest

    if name not in known:
        wrong = text("there is no study {name} here", name=name)
        if meant := nearest(name, known):
            wrong = text('{wrong}; did you mean "{name}"?', wrong=wrong, name=meant)
        raise click.BadParameter(console.say(wrong), param_hint="'--remove'")
    target = folder / name
    if not yes and not _agreed(text("Remove {folder} with all its results? [y/N]", folder=target), console):
        raise click.Abort
    with Store(target).locked():
        pass
    rmtree(target)
    console.data({"removed": str(target)})
    console.out(text("Removed: {folder}", folder=target))


def _agreed(question: Text, console: Console) -> bool:
    """Return whether the user says yes, in either language."""
    said = click.prompt(console.say(question), default="", show_default=False, err=True)
    return str(said).strip().casefold() in ("j", "ja", "y", "yes")
