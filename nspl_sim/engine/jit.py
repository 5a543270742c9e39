"""How the functions of the loop are compiled, and where that is kept."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

_F = TypeVar("_F", bound=Callable[..., object])


def compiled(function: _F) -> _F:
    """Return *function* compiled at its first call, or taken from the cache."""
    return cast(_F, njit(cache=True, _nrt=False)(function))
