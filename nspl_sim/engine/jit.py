"""How the functions of the loop are compiled, and where that is kept."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

_F = TypeVar("_F", bound=Callable[..., object])


def compiled(function: _F) -> _F:
    """Return *function* compiled at its first call, or taken from the cache.

    Nothing in the loop makes or keeps an array, so that the counting of references to them, which would
    take more time than all else, is left out (``_nrt``).
    """
    return cast(_F, cast(Any, njit)(cache=True, _nrt=False)(function))
