"""Progress of a batch: done, rate, time left. A moving line in a terminal, else a line now and then."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from nspl_sim.cli.console import Console
from nspl_sim.paper import numbers
from nspl_sim.vocabulary.text import Text, text

EVERY_S = 10.0

Told = Callable[[Any], None]


@contextmanager
def progress(console: Console) -> Iterator[Told]:
    """Give the function that a run tells its progress to; where an engine failed is always told."""
    if console.quiet:
        yield lambda at: _crashed(at, console)
    elif sys.stderr.isatty():
        with _moving(console) as told:
            yield told
    else:
        yield _plain(console)


def said(at: Any, console: Console) -> Text:
    """Return how far the run has come, in words; *at* is an ``experiment.run.Progress``."""
    code = console.language.code
    per_minute = 60 * at.rate_per_s
    rate = numbers.decimal(per_minute, 1 if per_minute < 100 else 0, code)
    left = numbers.span(at.left_s, code)
    if at.total is None:
        return text(
            "Replications done: {done}; {rate} a minute, {left} left", done=at.done, rate=rate, left=left
        )
    return text(
        "Replications done: {done} of {total}; {rate} a minute, {left} left",
        done=at.done,
        total=at.total,
        rate=rate,
        left=left,
    )


def _crashed(at: Any, console: Console) -> None:
    for crash in at.crashes:
        click.echo(console.say(crash.sentence()), err=True)


def _plain(console: Console) -> Told:
    last = time.monotonic()

    def told(at: Any) -> None:
        nonlocal last
        _crashed(at, console)
        now = time.monotonic()
        if now - last >= EVERY_S or at.done == 1:
            last = now
            console.note(said(at, console))

    return told


@contextmanager
def _moving(console: Console) -> Iterator[Told]:
    from rich.console import Console as Screen
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Screen(stderr=True), transient=True) as bar:
        task = bar.add_task(console.say(text("The first replication is under way")), total=None)
        began = time.monotonic()

        def told(at: Any) -> None:
            for crash in at.crashes:
                bar.console.print(console.say(crash.sentence()), markup=False)
            spent = time.monotonic() - began
            bar.update(
                task, total=spent + at.left_s, completed=spent, description=console.say(said(at, console))
            )

        yield told
