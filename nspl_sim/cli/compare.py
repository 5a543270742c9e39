"""``nspl compare``: the answer and the table of results that are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.words import _, argument
from nspl_sim.vocabulary.errors import RunIncomplete
from nspl_sim.vocabulary.text import Text, text

if TYPE_CHECKING:
    from nspl_sim.experiment.saved import Saved


class Results(click.ParamType):  # type: ignore[type-arg]
    """A folder of results."""

    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path of a folder that is there."""
        path = Path(value)
        language = ctx.find_root().obj.language if ctx else None
        if not path.is_dir():
            wrong = text("{folder}: there is no such folder", folder=path)
            self.fail(language.say(wrong) if language else str(wrong), param, ctx)
        return path


FOLDER = Results()


def tell_stale(saved: Saved, console: Console) -> None:
    """Say that results are of other files, or of another version of the model, than there are now."""
    if saved.is_stale:
        console.note(text("Note: these results are of other files, or of another version of the model."))


def incomplete(saved: Saved) -> Text:
    """Return how far a study came that is not complete."""
    return text(
        "INCOMPLETE: {there} of {total} replications are there; the command that made them goes on from it",
        there=len(saved.replications),
        total=saved.design.replications or "?",
    )


@command(
    "compare",
    _(
        "Print the answer and the table of results in a folder. Paired differences with their intervals, in "
        "how many replications a plan was better, correlation and variance ratio. The exit status is 4 if "
        "the run is incomplete."
    ),
)
@argument("folder", type=FOLDER, metavar=_("DIR"))
def compare(console: Console, folder: Path) -> None:
    """Compare the design points of the results in *folder*."""
    from nspl_sim.cli.comparing import show, titled
    from nspl_sim.experiment.saved import opened
    from nspl_sim.paper.comparison import compare as compared
    from nspl_sim.paper.results import Results as Summary

    saved = opened(folder)
    tell_stale(saved, console)
    if not saved.replications:
        raise RunIncomplete(text("{folder} holds no whole replication yet", folder=folder))
    found = compared(saved.batch(), None, saved.design.contrasts)
    how_far = incomplete(saved)
    if not saved.is_complete:
        console.out(how_far)
    title = titled(saved.design, console)
    show(Summary(found, console.language, saved.manifest["warnings"], title), [], console)
    if not saved.is_complete:
        raise RunIncomplete(how_far)
    console.then(f"nspl report {folder}")
