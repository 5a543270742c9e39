"""``nspl new``: a file to begin with. Nothing that is there is ever overwritten."""

from pathlib import Path

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import ScenarioName
from nspl_sim.cli.words import _, argument, option
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.text import text


@command(
    "new",
    _(
        "Write a file to begin with. It is a commented template of a scenario (of a plan with --plan), a copy of a "
        "shipped one with --from, or with --table an Excel sheet of capacities with the default beside the cell for "
        "your own value. Without a file name it is printed."
    ),
)
@argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False), metavar=_("[FILE]"))
@option("--from", "origin", type=ScenarioName(), metavar=_("NAME"), help=_("Copy the shipped scenario or plan of that name."))
@option("--table", type=click.Path(path_type=Path, dir_okay=False), metavar=_("FILE.xlsx"),
        help=_("Write an Excel sheet of capacities."))
@option("--plan", "is_plan", is_flag=True, help=_("A plan and not a scenario."))
def new(console: Console, file: Path | None, origin: str | None, table: Path | None, is_plan: bool) -> None:
    """Write or print a beginning."""
    from nspl_sim.paper.files import write_whole

    wanted = [path for path in (file, table) if path is not None]
    for path in wanted:
        if path.exists():
            raise NsplError(text("{file} exists already and is not overwritten; choose another name", file=path))
    content = _content(origin, is_plan, console) if file is not None or table is None else None
    if table is not None:
        _sheet(table, origin, console)
    if file is not None and content is not None:
        write_whole(file, content)
    elif content is not None:
        click.echo(content, nl=False)
        return
    console.data({"written": [str(path) for path in wanted]})
    for path in wanted:
        console.out(text("Written: {file}", file=path))
    console.then(f"nspl validate {file}" if file is not None else f"nspl new {console.say(text('my.yaml'))}")


def _content(origin: str | None, is_plan: bool, console: Console) -> str:
    """Return the text of the file to begin with."""
    from nspl_sim.policies.plan import shipped_plans
    from nspl_sim.reading.showing import nearest
    from nspl_sim.scenario.load import shipped, shipped_text, worlds

    raise NotImplementedError
