"""A plan as YAML text that :mod:`nspl_sim.reading.tree` reads back as the very same plan."""

import re
from typing import Any

from nspl_sim.reading.builder import meaning

WIDEST = 110
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def yaml_text(data: dict[str, Any], indent: int = 0) -> str:
    """Return *data* as a block mapping; a value goes on its key's line where it fits."""
    lines = []
    for key, value in data.items():
        start = " " * indent + scalar(key) + ":"
        line = f"{start} {flow(value)}"
        if isinstance(value, dict) and len(line) > WIDEST:
            lines.append(f"{start}\n{yaml_text(value, indent + 2)}".rstrip("\n"))
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def flow(value: Any) -> str:
    """Return *value* on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """Return one value; text is quoted unless it is a word that can mean nothing else."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    if _WORD.fullmatch(value) and meaning(value) == value:
        return value
    return '"' + "".join(_character(c) for c in value) + '"'


def _character(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    return sign if sign.isprintable() else f"\\U{ord(sign):08X}"
