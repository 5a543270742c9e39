"""``nspl report``: what a study came to, on paper and on the screen, for those who decide."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nspl_sim.cli.compare import FOLDER, PRICES, incomplete, priced, tell_stale
from nspl_sim.cli.console import Console, command
from nspl_sim.cli.words import _, argument
from nspl_sim.vocabulary.errors import RunIncomplete
from nspl_sim.vocabulary.text import text


@command(
    "report",
    _(
        "Write the report of results in a folder: one HTML file that opens anywhere, and its figures. "
        "It is the full version, for work within the office."
    ),
)
@argument("folder", type=FOLDER, metavar=_("DIR"))
@PRICES
def report(console: Console, folder: Path, prices: Path | None) -> None:
    """Write ``report.html`` and ``figures/`` into *folder*."""
    from nspl_sim.experiment.saved import opened
    from nspl_sim.paper.comparison import compare
    from nspl_sim.report import report as written

    saved = opened(folder)
    tell_stale(saved, console)
    if saved.lacks_summary:
        raise RunIncomplete(incomplete(saved))
    if not saved.is_complete:
        raise RunIncomplete(
            text(
                "{folder} is incomplete ({there} of {total} replications); the command that made it goes on "
                "from there, and then there is something to report",
                folder=folder,
                there=len(saved.replications),
                total=saved.design.replications or "?",
            )
        )
    found = compare(saved.batch(), None, saved.design.contrasts)
    told = _told(saved.manifest, console.language.code)
    paths = saved.add(written(found, told, console.language, priced(found, prices, console)))
    console.data({"written": [str(path) for path in paths]})
    console.out(text("Written:"))
    for path in paths:
        console.out(f"  {path}")
    console.then(f"nspl compare {folder}")


def _told(manifest: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return what the report says of the making: the manifest in one language, its runs in a line."""
    runs = manifest["runs"]
    return {
        **{key: value for key, value in manifest.items() if key != "points"},
        "title": (manifest["title"] or {}).get(language),
        "question": (manifest["question"] or {}).get(language),
        "elapsed_s": sum(run["seconds"] for run in runs),
        "when": runs[-1]["began"].replace("T", " ") if runs else None,
    }
