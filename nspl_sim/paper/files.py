"""Files are written whole or not at all: a temporary name, fsync, rename."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def write_whole(path: Path, content: bytes | str) -> None:
    """Write *content* to *path*; whoever looks sees the old file or the new one, never half."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    replace_whole(path, lambda temporary: temporary.write_bytes(data))


def replace_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let *write* make the file, under its own name in a folder beside *path*, then move it into place."""
    try:
        with tempfile.TemporaryDirectory(prefix=".nspl-", dir=path.parent) as folder:
            temporary = Path(folder) / path.name
            write(temporary)
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())
            temporary.replace(path)
    except OSError as wrong:
        raise OSError(wrong.errno, wrong.strerror, str(path)) from wrong
