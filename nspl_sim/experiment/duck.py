"""DuckDB as we use it: in memory, fetching nothing, the same bytes for the same rows."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np


@contextmanager
def connected(**settings: str) -> Iterator[Any]:
    """Give a connection to an empty database in memory, closed at the end."""
    import duckdb

    given: dict[str, Any] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        **settings,
    }
    with duckdb.connect(":memory:", config=given) as base:
        yield base


def write_parquet(base: Any, columns: Mapping[str, Any], path: Path) -> None:
    """Write *columns* (arrays of one length) to *path* as Parquet."""
    base.register("given", {name: np.asarray(values) for name, values in columns.items()})
    copy_parquet(base, "SELECT * FROM given", path)
    base.unregister("given")


def copy_parquet(base: Any, query: str, path: Path) -> None:
    """Write what *query* gives to *path* as Parquet. Raises OSError as any writing does."""
    import duckdb

    try:
        base.execute(f"COPY ({query}) TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)")
    except duckdb.IOException as wrong:
        code = errno.ENOSPC if "space" in str(wrong).lower() else errno.EIO
        raise OSError(code, str(wrong), str(path)) from wrong


def quoted(text: Any) -> str:
    """Return *text* as a literal of SQL."""
    return "'" + str(text).replace("'", "''") + "'"
