"""The pages of what others read of the program: the journal's events and codes, commands, exit statuses."""

import inspect
import re
from enum import IntEnum

import click

from nspl_sim import journal
from nspl_sim.cli.main import main
from nspl_sim.paper.language import Language
from nspl_sim.vocabulary import errors
from nspl_sim.vocabulary.care import Answer, Event, Outcome
from reference.markdown import page, table

NOT_YET = ("not written yet", "–", "–", "–")


def journal_page() -> str:
    """Return the page of the journal."""
    opening = [
        "A journal has six columns of whole numbers: `time_s` (seconds from the scenario's start), `event`, "
        "`patient` (row of the table of patients), `region` and `unit` (numbers in the alphabetical order of "
        "region keys and unit kinds) and `detail`. `-` stands for -1. Numbers of events are part of the file "
        "format and are never used again for another."
    ]
    told = _events()
    rows = [(e.value, f"`{e.name.lower()}`", *told.get(e.name.lower(), NOT_YET)) for e in Event]
    lines = ["## Events", "", *table(("number", "event", "patient", "region", "unit", "detail"), rows)]
    lines += ["## Answers", "", "In `detail` of `answered`, and with a death or refusal the last lack.", ""]
    lines += _codes(Answer)
    lines += [
        "## Outcomes",
        "",
        "How a patient's course ended, in the table of patients.",
        "",
        *_codes(Outcome),
    ]
    return page("The journal", opening, lines)


def _events() -> dict[str, tuple[str, ...]]:
    """Return what the columns hold by event, from the table at the head of the journal's module."""
    lines = (inspect.getdoc(journal) or "").splitlines()
    rules = [n for n, line in enumerate(lines) if line.startswith("====")]
    starts = [m.start() for m in re.finditer(r"=+", lines[rules[0]])]
    found: dict[str, tuple[str, ...]] = {}
    last = ""
    for line in lines[rules[1] + 1 : rules[2]]:
        cells = [line[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
        if cells[0]:
            last, found[cells[0]] = cells[0], tuple(cells[1:])
        else:
            found[last] = tuple(f"{a} {b}".strip() for a, b in zip(found[last], cells[1:], strict=True))
    return found


def _codes(codes: type[IntEnum]) -> list[str]:
    return table(("number", "name"), [(one.value, f"`{one.name.lower()}`") for one in codes])


def commands_page() -> str:
    """Return the page of the commands, in English, and of how they end."""
    Language("en").speak()
    lines: list[str] = []
    for name, command in main.commands.items():
        context = click.Context(command, info_name=f"nspl {name}")
        usage = command.get_usage(context).partition(": ")[2]
        lines += [
            f"## nspl {name}",
            "",
            " ".join((command.help or "").split()),
            "",
            f"`{' '.join(usage.split())}`",
            "",
        ]
        own = [p for p in command.params if isinstance(p, click.Option) and p.name not in COMMON]
        rows = [_option(one, context) for one in own if not one.hidden]
        lines += table(("option", "meaning"), rows) if rows else []
    lines += ["## Exit statuses", "", *table(("status", "when"), _statuses())]
    opening = [
        "Every command with its own options; `--lang sv|en`, `--json`, `--quiet` and `--debug` go with all. "
        "Results go to standard output, everything else to standard error."
    ]
    return page("The commands", opening, lines)


COMMON = ("lang", "json", "quiet", "debug", "help")


def _option(one: click.Option, context: click.Context) -> tuple[str, str]:
    names, told = one.get_help_record(context) or ("", "")
    return f"`{names}`", told


def _statuses() -> list[tuple[int, str]]:
    """Return when a command ends how, from the tree at the head of the errors' module."""
    found = {
        errors.EXIT_DONE: "done",
        errors.EXIT_USAGE: "wrong use: the command line asks for what cannot be",
    }
    for name, status, told in re.findall(r"(\w+) +exit (\d+) +(.+)", inspect.getdoc(errors) or ""):
        assert getattr(errors, name).exit_code == int(status) or name == "Stopped", name
        found[int(status)] = told
    return sorted(found.items())
