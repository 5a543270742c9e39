"""Memory of a process that makes many replications: what one lets go of serves the next."""

import ctypes
import sys
from typing import Any

_TRIM, _TOP_PAD, _MMAP = -1, -2, -3
"""Parameters of ``mallopt`` (GNU C library, malloc.h)."""
_AT_ONCE, _KEPT = 2**24, 2**29
"""Bytes: what is asked for at once in more than this is given back at once; so much is kept in all."""


def keep_memory() -> None:
    """Keep what is freed, where the C library is GNU's; elsewhere do nothing.

    Arrays of some MB would else be given back to the system and asked for anew, page by page, hundreds of
    times in a replication: a sixth of its time.
    """
    if (set_to := _of_the_library("mallopt")) is not None:
        for parameter, value in ((_MMAP, _AT_ONCE), (_TRIM, _KEPT), (_TOP_PAD, 2**26)):
            set_to(parameter, value)


def give_back() -> None:
    """Give what is kept back to the system: where patients are in millions it is hundreds of MB."""
    if (trim := _of_the_library("malloc_trim")) is not None:
        trim(0)


def _of_the_library(name: str) -> Any:
    """Return a function of the GNU C library; None where it is not there."""
    if sys.platform != "linux":
        return None
    try:
        return getattr(ctypes.CDLL("libc.so.6"), name)
    except (OSError, AttributeError):
        return None
