"""The log of a played exercise: one line an act, written through to the disk before anything else is done.

A crash can cut the last line and nothing else; what was cut is left out when the log is read, and the same
command goes on from there.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nspl_sim.experiment.whole import write_whole
from nspl_sim.reading.place import Place
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import text

Line = Mapping[str, Any]


@dataclass
class Log:
    """The lines so far, and the file that they stand in."""

    path: Path
    lines: list[Line]
    was_cut: bool = False
    """Whether the last line was half written when it was read."""
    lacks_end: bool = False
    """Whether the file does not end with a whole line and its break."""

    @classmethod
    def read(cls, path: Path) -> "Log":
        """Return the log at *path*, empty where there is none; raise ``InputRefused`` for what is no log."""
        content = path.read_bytes() if path.exists() else b""
        *whole, last = content.split(b"\n")
        lines = [_line(one, path, number) for number, one in enumerate(whole, start=1)]
        if not last:
            return cls(path, lines)
        try:
            return cls(path, [*lines, _line(last, path, len(lines) + 1)], lacks_end=True)
        except InputRefused:
            return cls(path, lines, was_cut=True, lacks_end=True)

    def add(self, do: str, **said: Any) -> Line:
        """Write what was done, and when by the clock on the wall; return the line."""
        stamp = datetime.now(UTC).isoformat(timespec="seconds")
        line = {"n": len(self.lines), "do": do, "stamp": stamp, **said}
        if self.lacks_end:
            write_whole(self.path, b"".join(map(_written, self.lines)))
        with self.path.open("ab") as file:
            file.write(_written(line))
            file.flush()
            os.fsync(file.fileno())
        self.lacks_end = False
        self.lines.append(line)
        return line


def _written(line: Line) -> bytes:
    return (json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _line(content: bytes, path: Path, number: int) -> Line:
    """Return one line; raise ``InputRefused`` where it is none of a log."""
    try:
        found = json.loads(content.decode())
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("do"), str) or found.get("n") != number - 1:
        raise InputRefused([Place(path.name, number).problem(text("is no line of this log"))])
    return found
