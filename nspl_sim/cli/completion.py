"""``nspl completion``: the lines that let a shell complete commands, options and names."""

import click

from nspl_sim.cli.console import Console, command
from nspl_sim.cli.words import _, argument

SHELLS = ("bash", "zsh", "fish")


@command(
    "completion",
    _("Print what lets a shell complete commands and names. Put it in the shell's start-up file."),
)
@argument("shell", type=click.Choice(SHELLS), default="bash")
def completion(console: Console, shell: str) -> None:
    """Print click's completion script."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    root = click.get_current_context().find_root().command
    filler = made(root, {}, "nspl", "_NSPL_COMPLETE")
    click.echo(filler.source_template % filler.source_vars())
