"""Where something stands that somebody wrote: a line and column of a file, or a cell of a table."""

from typing import NamedTuple

from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text

Loc = tuple[int | str, ...]
"""The way down a file: keys of mappings, numbers of list items from 0."""


class Place(NamedTuple):
    """A spot in a file; what is not known is None."""

    file: str
    line: int | None = None
    column: int | None = None
    cell: str | None = None

    def problem(
        self,
        rule: Text,
        path: str = "",
        got: str | None = None,
        suggestion: str | None = None,
        warning: bool = False,
    ) -> Problem:
        """Return the problem that *rule* is broken here."""
        return Problem(self.file, rule, path, self.line, self.column, self.cell, got, suggestion, warning)
