"""Commands and options whose help comes in the language asked for, when it is asked for.

click keeps help as it was written; here it is looked up at each reading, in the same catalogue that
click's own messages come from. ``_`` only marks a sentence for ``scripts/catalogues.py``.
"""

import re
from collections.abc import Callable
from gettext import gettext
from typing import Any

import click

_COMMA = re.compile(r"-?\d+,\d+")


def _(sentence: str) -> str:
    """Return *sentence* as it is; it is looked up when it is read."""
    return sentence


class Translated:
    """An attribute that is written in English and read in the language in force."""

    def __set_name__(self, owner: type, name: str) -> None:
        """Remember under which name the English is kept."""
        self.name = "_english_" + name

    def __get__(self, holder: Any, owner: type | None = None) -> Any:
        """Return the sentence in the language in force."""
        english = getattr(holder, self.name, None)
        return gettext(english) if isinstance(english, str) and english else english

    def __set__(self, holder: Any, english: Any) -> None:
        """Keep the English."""
        setattr(holder, self.name, english)


class Command(click.Command):
    """A command with help in two languages."""

    help = Translated()
    short_help = Translated()
    options_metavar = Translated()


class Option(click.Option):
    """An option with help in two languages."""

    help = Translated()
    metavar = Translated()

    def get_help_extra(self, ctx: click.Context) -> Any:
        """Return what stands in brackets: the default, but no ranges like ``0<=x<=256``."""
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        return extra


class Argument(click.Argument):
    """An argument whose place in the usage line is named in two languages."""

    metavar = Translated()


class Whole(click.IntRange):
    """A whole number; named in two languages when one is told that something is none."""

    name = Translated()

    def __init__(self, least: int, most: int | None = None) -> None:
        super().__init__(least, most)
        self.name = _("whole number")


class PathName(click.Path):
    """A path; what it should lead to is named in two languages when one is told that it does not."""

    name = Translated()


class Number(click.FloatRange):
    """A number; named in two languages when one is told that something is none."""

    name = Translated()

    def __init__(self, least: float, most: float | None = None) -> None:
        super().__init__(least, most)
        self.name = _("number")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number; in Swedish the decimals may follow a comma."""
        if isinstance(value, str) and _COMMA.fullmatch(value.strip()):
            pointed = value.strip().replace(",", ".")
            if ctx is None or ctx.find_root().obj.language.code != "sv":
                self.fail(gettext(_("write {number}")).format(number=pointed), param, ctx)
            value = pointed
        return super().convert(value, param, ctx)


USAGE = (_("[OPTIONS]"), _("COMMAND [ARGS]..."))
"""click's own, which it does not translate."""


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def option(*names: str, **settings: Any) -> Decorator:
    """Return the decorator of an option."""
    return click.option(*names, cls=Option, **settings)


def engine_option(default: str) -> Decorator:
    """Return the option of what runs the model."""
    return option(
        "--engine",
        type=click.Choice(("auto", "compiled", "simpy")),
        default=default,
        show_default=True,
        help=_(
            "What runs the model: simpy, the one to read; compiled, some ten times faster with the same "
            "journals; auto, compiled wherever it holds what is asked."
        ),
    )


def argument(*names: str, **settings: Any) -> Decorator:
    """Return the decorator of an argument."""
    return click.argument(*names, cls=Argument, **settings)
