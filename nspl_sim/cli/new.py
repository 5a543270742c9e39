"""``nspl new``: a file to begin with. Nothing that is there is ever overwritten."""

import os
import re
import shlex
import unicodedata
from pathlib import Path

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.inputs import ScenarioName
from nspl_sim.cli.outputs import check_target, wrong_use
from nspl_sim.cli.words import PathName, _, argument, option
from nspl_sim.experiment.whole import replace_whole, write_whole
from nspl_sim.reading.showing import nearest
from nspl_sim.vocabulary.text import text


@command(
    "new",
    _(
        "Write a file to begin with. It is a commented template of a scenario (of a plan with --plan, of a "
        "study with --study), a "
        "copy of a shipped one with --from, or with --table an Excel sheet of capacities with the default "
        "beside the cell for your own value. Without a file name it is printed."
    ),
)
@argument("file", required=False, type=PathName(path_type=Path), metavar=_("[FILE]"))
@option(
    "--from",
    "origin",
    type=ScenarioName(),
    metavar=_("NAME"),
    help=_("Copy the shipped scenario, plan or study of that name."),
)
@option(
    "--table",
    type=PathName(path_type=Path),
    metavar=_("FILE.xlsx"),
    help=_("Write an Excel sheet of capacities."),
)
@option("--plan", "is_plan", is_flag=True, help=_("A plan and not a scenario."))
@option("--study", "is_study", is_flag=True, help=_("A study and not a scenario."))
@option("--roles", "is_roles", is_flag=True, help=_("The roles of an exercise and not a scenario."))
def new(
    console: Console,
    file: Path | None,
    origin: str | None,
    table: Path | None,
    is_plan: bool,
    is_study: bool,
    is_roles: bool,
) -> None:
    """Write or print a beginning."""
    wanted = [path for path in (file, table) if path is not None]
    if is_study and (table is not None or origin is not None or is_plan):
        wrong_use(text("--study goes with none of --from, --table and --plan"), console)
    if is_roles and (table is not None or origin is not None or is_plan or is_study):
        wrong_use(text("--roles goes with none of --from, --table, --plan and --study"), console)
    _check(file, table, origin, is_plan, console)
    written = {is_study: _study, is_roles: _roles}.get(True)
    content = written() if written else _content(origin, is_plan, console)
    if file is not None and (is_plan or is_study or _has_its_own_name(origin)):
        content = _named(content, file.stem)
    if table is not None:
        _sheet(table, origin, console)
    if file is not None:
        write_whole(file, content)
    if not wanted:
        click.echo(content, nl=False)
        return
    console.data({"written": [str(path) for path in wanted]})
    for path in wanted:
        console.out(text("Written: {file}", file=path))
    if is_roles:
        return
    mine = shlex.quote(str(file)) if file is not None else console.say(text("my.yaml"))
    console.then(f"nspl validate {mine}" if file is not None else f"nspl new {mine}")


def _check(
    file: Path | None, table: Path | None, origin: str | None, is_plan: bool, console: Console
) -> None:
    """Refuse, before anything is written, what the command line cannot mean."""
    from nspl_sim.experiment.study import shipped_studies
    from nspl_sim.policies.plan import shipped_plans
    from nspl_sim.scenario.load import shipped

    for path, endings in ((file, (".yaml", ".yml")), (table, (".xlsx",))):
        if path is None:
            continue
        check_target(path, endings, console)
        if os.path.lexists(path):
            wrong_use(
                text("{file} exists already and is not overwritten; choose another name", file=path), console
            )
    if table is not None and is_plan:
        wrong_use(text("--table is of a scenario; --plan does not go with it"), console)
    of_plan, of_scenario = shipped_plans(), shipped()
    known = (*of_scenario, *of_plan, *shipped_studies())
    if table is not None or (is_plan and origin in of_scenario):
        known = of_plan if is_plan else tuple(of_scenario)
    if origin is not None and origin not in known:
        wrong = text("{name} does not come along; these do: {names}", name=origin, names=", ".join(known))
        meant = nearest(origin, known)
        wrong_use(
            text('{wrong}; did you mean "{name}"?', wrong=wrong, name=meant) if meant else wrong, console
        )


def _content(origin: str | None, is_plan: bool, console: Console) -> str:
    """Return the text of the file to begin with."""
    from nspl_sim.experiment.study import shipped_studies, study_file
    from nspl_sim.policies.plan import LIBRARY, shipped_plans
    from nspl_sim.scenario.load import shipped_text
    from nspl_sim.scenario.template import template

    if origin is None:
        return (
            (LIBRARY / "coordinated.yaml").read_text(encoding="utf-8")
            if is_plan
            else template(console.language.code)
        )
    if origin in shipped_plans():
        return (LIBRARY / f"{origin}.yaml").read_text(encoding="utf-8")
    if origin in shipped_studies():
        return study_file(origin).read_text(encoding="utf-8")
    return shipped_text(origin)


def _study() -> str:
    """Return the study to begin with."""
    from nspl_sim.experiment.study import EXAMPLE

    return EXAMPLE.read_text(encoding="utf-8")


def _roles() -> str:
    """Return the roles to begin with."""
    from nspl_sim.exercise.setting.load import SHIPPED

    return SHIPPED.read_text(encoding="utf-8")


def _has_its_own_name(origin: str | None) -> bool:
    """Return whether a copy of *origin* is told apart by its name: a plan or a study."""
    from nspl_sim.experiment.study import shipped_studies
    from nspl_sim.policies.plan import shipped_plans

    return origin in (*shipped_plans(), *shipped_studies())


def _named(content: str, stem: str) -> str:
    """Return the plan or study *content* under the name of its file, the title marked with it."""
    plain = unicodedata.normalize("NFKD", stem.lower()).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9_-]+", "-", plain).strip("-_")[:64]
    shown = re.sub(r"""[^\w .-]+""", " ", stem).strip()
    if not key or not shown:
        return content
    if re.search(rf"^name: {re.escape(key)}\b", content, re.MULTILINE):
        return content
    content = re.sub(r"^name: \S+", lambda _: f'name: "{key}"', content, count=1, flags=re.MULTILINE)
    titled = r"^title: \{sv: ([^,}]*), en: ([^,}]*)\}$"
    new = lambda t: f'title: {{sv: "{t[1]} ({shown})", en: "{t[2]} ({shown})"}}'  # noqa: E731
    return re.sub(titled, new, content, count=1, flags=re.MULTILINE)


def _sheet(path: Path, origin: str | None, console: Console) -> None:
    """Write the capacities of a shipped scenario, or of the Swedish world, as an Excel sheet."""
    from nspl_sim.scenario.load import load_shipped
    from nspl_sim.scenario.sweden import world
    from nspl_sim.scenario.template import capacity_sheet

    found = load_shipped(origin).scenario.model_dump(mode="json", by_alias=True) if origin else world()
    replace_whole(path, lambda temporary: capacity_sheet(temporary, found, console.language.code))
