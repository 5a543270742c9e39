"""Memory of a process that makes many replications: what one lets go of serves the next."""

import ctypes
import sys

_TRIM, _TOP_PAD, _MMAP = -1, -2, -3
"""Parameters of ``mallopt`` (GNU C library, malloc.h)."""
_AT_ONCE, _KEPT = 2**24, 2**29
"""Bytes: what is asked for at once in more than this is given back at once; so much is kept in all."""


def keep_memory() -> None:
    """Keep what is freed, where the C library is GNU's; elsewhere do nothing.

    Arrays of some MB would else be given back to the system and asked for anew, page by page, hundreds of
    times in a replication: a sixth of its time.
    """
    if sys.platform != "linux":
        return
    try:
        allocator = ctypes.CDLL("libc.so.6").mallopt
    except (OSError, AttributeError):
        return
    for parameter, value in ((_MMAP, _AT_ONCE), (_TRIM, _KEPT), (_TOP_PAD, 2**26)):
        allocator(parameter, value)
