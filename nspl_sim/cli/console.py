"""What a command has besides its own options: a language, and where results and notes go.

Results go to standard output, everything else to standard error, so that a pipe gets only results.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from nspl_sim.cli.words import USAGE, Command, _, option
from nspl_sim.paper.language import LANGUAGES, Language
from nspl_sim.reading.telling import sentence
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text, text


@dataclass(frozen=True)
class Settings:
    """What was asked for before or after the command's name; read before anything is parsed."""

    language: Language
    debug: bool
    json: bool
    arguments: tuple[str, ...]
    """All that was written after the program's name."""

    @classmethod
    def of(cls, arguments: list[str]) -> "Settings":
        """Return what *arguments* ask for; what is wrong in them is click's to tell."""
        own = arguments[: arguments.index("--")] if "--" in arguments else arguments
        code = LANGUAGES[0]
        for i, word in enumerate(own):
            asked = word.partition("=")[2] if word.startswith("--lang=") else ""
            if word == "--lang" and i + 1 < len(own):
                asked = own[i + 1]
            code = asked if asked in LANGUAGES else code
        return cls(Language(code), "--debug" in own, "--json" in own, tuple(arguments))


@dataclass(frozen=True)
class Console:
    """Where a command speaks."""

    language: Language
    json: bool = False
    quiet: bool = False

    def say(self, words: Text | str) -> str:
        """Return *words* in the language."""
        return self.language.say(words)

    def described(self, problem: Problem) -> str:
        """Return *problem* on one line."""
        return self.say(sentence(problem))

    def out(self, words: Text | str = "") -> None:
        """Print a result; for machines nothing but :meth:`data` is printed."""
        if not self.json:
            click.echo(self.say(words) if isinstance(words, Text) else words)

    def data(self, value: Any) -> None:
        """Print *value* for machines, when they are asked for."""
        if self.json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))

    def note(self, words: Text) -> None:
        """Tell how it goes."""
        if not self.quiet:
            click.echo(self.say(words), err=True)

    def warn(self, problems: Iterable[Problem]) -> None:
        """Print warnings; these are never silenced."""
        for problem in problems:
            click.echo(self.described(problem), err=True)

    def then(self, command: str) -> None:
        """Name the next command to try, as the last line."""
        if not self.quiet:
            self.out(text("Next: {command}", command=command))


def command(name: str, help: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Return the decorator of a command, which is called with its Console first."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        @wraps(function)
        def call(quiet: bool, **given: Any) -> Any:
            settings: Settings = click.get_current_context().find_root().obj
            return function(Console(settings.language, settings.json, quiet), **given)

        common: Any = lambda: None  # noqa: E731  (a bare carrier for the options)
        for add in (
            *everywhere()[::-1],
            option(
                "--json", is_flag=True, expose_value=False, help=_("Print the result as JSON, for machines.")
            ),
            option("--quiet", is_flag=True, help=_("No progress and no notes.")),
        ):
            common = add(common)
        own: Any = call
        own.__click_params__ = common.__click_params__ + getattr(function, "__click_params__", [])
        return click.command(name, cls=Command, help=help, options_metavar=USAGE[0])(own)

    return decorate


def everywhere() -> tuple[Any, ...]:
    """Return the options that stand both before and after a command's name (see :class:`Settings`)."""
    return (
        option("--lang", type=click.Choice(LANGUAGES), expose_value=False, help=_("Language; default sv.")),
        option(
            "--debug", is_flag=True, expose_value=False, help=_("Show the program's own trace of a fault.")
        ),
    )
