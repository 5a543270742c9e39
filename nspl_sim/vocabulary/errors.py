"""The tree of errors, and the problem that a refused file is told about.

::

    NsplError                  exit 1  our own fault, or a fault of the machine
    |-- InputRefused           exit 3  a file was refused; carries every problem found
    |-- RunIncomplete          exit 4  some replications are missing
    |-- LimitReached           exit 5  a stated limit came before the goal
    +-- Stopped                exit 130  the user stopped it
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nspl_sim.vocabulary.text import Text

EXIT_DONE, EXIT_FAULT, EXIT_USAGE, EXIT_REFUSED, EXIT_INCOMPLETE, EXIT_LIMIT = 0, 1, 2, 3, 4, 5
EXIT_STOPPED = 130


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place: where, which rule, what was got, what may have been meant."""

    file: str
    rule: Text
    path: str = ""
    line: int | None = None
    column: int | None = None
    cell: str | None = None
    """Sheet and cell of a workbook, or row and column of a table: ``kapacitet!B7``."""
    got: str | None = None
    suggestion: str | None = None
    warning: bool = False
    more: int = 0
    """How many more of its kind were found after it, and are not told one by one."""

    @property
    def place(self) -> str:
        """Return ``file:line:column``, or ``file:sheet!cell``, as far as it is known."""
        if self.cell:
            return f"{self.file}:{self.cell}"
        return ":".join(str(p) for p in (self.file, self.line, self.column) if p is not None)


class NsplError(Exception):
    """Anything that ends a command with one clear message."""

    exit_code = EXIT_FAULT

    def __init__(self, message: Text | str) -> None:
        super().__init__(str(message))
        self.message = message if isinstance(message, Text) else Text("{message}", {"message": message})


class InputRefused(NsplError):
    """A file breaks a rule. Nothing was run and nothing was written."""

    exit_code = EXIT_REFUSED

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.place} {p.path}: {p.rule}" for p in self.problems))


class RunIncomplete(NsplError):
    """Some replications could not be made."""

    exit_code = EXIT_INCOMPLETE


class LimitReached(NsplError):
    """A stated limit came before the goal."""

    exit_code = EXIT_LIMIT


class Stopped(NsplError):
    """The user stopped it."""

    exit_code = EXIT_STOPPED
