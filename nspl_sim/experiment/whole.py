"""Files are written whole or not at all: a temporary name, fsync, rename."""

import os
import tempfile
from collections.abc import Callable, Mapping
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
            _to_disk(temporary)
            temporary.replace(path)
    except OSError as wrong:  # it names a temporary file
        raise OSError(wrong.errno, wrong.strerror, str(path)) from wrong


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write *files*, by name below *folder*, and return their paths in the order given.

    None is moved into place before all of them are on the disk, and the first comes last: where it lies,
    the others do.
    """
    with tempfile.TemporaryDirectory(prefix=".nspl-", dir=folder) as beside:
        for name, content in files.items():
            temporary = Path(beside) / name
            temporary.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(content)
            _to_disk(temporary)
        for name in reversed(list(files)):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(beside) / name).replace(folder / name)
    return [folder / name for name in files]


def _to_disk(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
