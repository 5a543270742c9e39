"""Making the compiled loop ready: compiled once, kept in a folder of the user's own, or not to be had.

The folder's name is a hash of all that was compiled, so that nothing old is ever taken from it. What lies
there is run as code: nobody else may write to it.
"""

import os
import stat
import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, cast

from filelock import FileLock

from nspl_sim import vocabulary
from nspl_sim.vocabulary.text import Text, text

COMPILER = "numba"
_MADE = "made"
"""A file that says that all there is to compile lies beside it."""


def prepare(telling: Callable[[Text], None]) -> Text | None:
    """Have the loop compiled, and tell if that takes time; return why it cannot be, where it cannot."""
    try:
        folder = opened()
        if (folder / _MADE).exists():
            return None
        with FileLock(folder / "lock"):
            if not (folder / _MADE).exists():
                telling(text("The engine is compiled for this machine, once; that takes about a minute."))
                _compile()
                (folder / _MADE).touch()
    except PackageNotFoundError:
        return text("{package} is not installed", package=COMPILER)
    except Exception as wrong:  # the compiler can fail in many ways, and SimPy is always there
        reason = f"{type(wrong).__name__}: {wrong}".splitlines()[0][:200]
        return text("it cannot be compiled here ({reason})", reason=reason)
    return None


def is_made() -> bool:
    """Return whether the loop lies compiled already."""
    try:
        return (_folder() / _MADE).exists()
    except PackageNotFoundError:
        return False


def opened() -> Path:
    """Let the compiler keep its work in the folder of this user and this version; return the folder.

    Has to come before the first import of what is compiled, in every process.
    """
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid"):
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise PermissionError(f"{folder} is not this user's own")
        folder.chmod(0o700)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    if COMPILER in sys.modules:
        import numba

        cast(Any, numba.config).CACHE_DIR = str(folder)
    return folder


def _folder() -> Path:
    return _caches() / "nspl_sim" / f"engine-{_what_is_compiled()}"


def _caches() -> Path:
    """Return the system's folder for what can be made again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


@cache
def _what_is_compiled() -> str:
    """Return a hash of the sources, of the numbers they hold, and of the compiler."""
    digest = sha256(f"{version(COMPILER)} {sys.version_info[:2]}".encode())
    for room in (Path(__file__).parent, Path(vocabulary.__file__).parent):
        for source in sorted(room.glob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _compile() -> None:
    from nspl_sim.engine.warm import warm

    warm()
