"""``nspl compare``: the answer and the table of results that are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.words import PathName, _, argument, option
from nspl_sim.vocabulary.errors import NsplError, RunIncomplete
from nspl_sim.vocabulary.text import Text, text

if TYPE_CHECKING:
    from nspl_sim.experiment.saved import Saved
    from nspl_sim.paper.comparison import Comparison
    from nspl_sim.paper.prices import Prices


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


PRICES = option(
    "--prices",
    type=PathName(exists=True, dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("A file with your own prices: adds what the regions owe each other, and what a plan takes."),
)


def priced(found: Comparison, path: Path | None, console: Console) -> Prices | None:
    """Return the prices of the file at *path*, if one is given; tell which of them these results lack."""
    if path is None:
        return None
    from nspl_sim.paper.prices import load_prices
    from nspl_sim.paper.settlement import unmeasured

    prices = load_prices(path)
    if missing := unmeasured(found, prices):
        console.note(text("Not in these results, and left out: {names}", names=", ".join(missing)))
    return prices


def _known(found: Comparison, written: str, console: Console) -> str:
    """Return the key of the region that *written* names; another name is a wrong use of the command."""
    from nspl_sim.paper.own_region import region_of

    try:
        return region_of(found, written)
    except NsplError as wrong:
        raise click.BadParameter(console.say(wrong.message), param_hint="'--region'") from None


def _asked_besides(
    found: Comparison, region: str | None, path: Path | None, console: Console
) -> tuple[list[str], dict[str, Any]]:
    """Return what is to be said of one region and of money, in words and for machines."""
    from nspl_sim.paper import settlement
    from nspl_sim.paper.own_region import own_region

    said: list[str] = []
    data: dict[str, Any] = {}
    if region is not None:
        told = own_region(found, _known(found, region, console), console.language)
        said += ["", *told]
        data["region"] = told
    if (prices := priced(found, path, console)) is not None:
        for grid in settlement.settlements(found, prices, console.language):
            said += ["", *settlement.aligned(grid)]
        data["settlement"] = settlement.as_data(found, prices)
    return said, data


def tell_stale(saved: Saved, console: Console) -> None:
    """Say that results are of other files, or of another version of the model, than there are now."""
    if saved.is_stale:
        console.note(text("Note: these results are of other files, or of another version of the model."))


def incomplete(saved: Saved) -> Text:
    """Return how far a study came that is not complete."""
    if saved.lacks_summary:
        return text(
            "INCOMPLETE: all {total} replications are there, but not their summary; the command that made "
            "them makes it",
            total=len(saved.replications),
        )
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
@option(
    "--region",
    metavar=_("NAME"),
    help=_("Answer for this region too: do its residents wait longer because it helps others?"),
)
@PRICES
def compare(console: Console, folder: Path, region: str | None, prices: Path | None) -> None:
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
    summary = Summary(found, console.language, saved.manifest["warnings"], title, saved.design.steps)
    show(summary, [], console, *_asked_besides(found, region, prices, console))
    if not saved.is_complete:
        raise RunIncomplete(how_far)
    console.then(f"nspl report {folder}")
