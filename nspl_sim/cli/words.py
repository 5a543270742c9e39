"""Commands and options whose help comes in the language asked for, when it is asked for.

click keeps help as it was written; here it is looked up at each reading, in the same catalogue that
click's own messages come from. ``_`` only marks a sentence for ``scripts/catalogues.py``.
"""

from gettext import gettext
from typing import Any

import click


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

    help = Translated()  # type: ignore[assignment]
    short_help = Translated()  # type: ignore[assignment]
    options_metavar = Translated()  # type: ignore[assignment]


class Option(click.Option):
    """An option with help in two languages."""

    help = Translated()  # type: ignore[assignment]
    metavar = Translated()  # type: ignore[assignment]

    def get_help_extra(self, ctx: click.Context) -> Any:
        """Return what stands in brackets: the default, but no ranges like ``0<=x<=256``."""
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        return extra


class Argument(click.Argument):
    """An argument whose place in the usage line is named in two languages."""

    metavar = Translated()  # type: ignore[assignment]


USAGE = (_("[OPTIONS]"), _("COMMAND [ARGS]..."))
"""click's own, which it does not translate."""


def option(*names: str, **settings: Any) -> Any:
    """Return the decorator of an option."""
    return click.option(*names, cls=Option, **settings)


def argument(*names: str, **settings: Any) -> Any:
    """Return the decorator of an argument."""
    return click.argument(*names, cls=Argument, **settings)
