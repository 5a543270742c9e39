"""How the functions of the loop are compiled, and where that is kept."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit, types

_F = TypeVar("_F", bound=Callable[..., object])


def compiled(function: _F) -> _F:
    """Return *function* compiled at its first call, or taken from the cache.

    Nothing in the loop makes or keeps an array, so that the counting of references to them, which would
    take more time than all else, is left out (``_nrt``). It is compiled once: not anew for every constant
    that is handed to it, as the compiler would, which doubles its work and gains nothing.
    """
    made: Any = cast(Any, njit)(cache=True, _nrt=False)(function)
    given = getattr(made, "get_call_template", None)  # there is none where compiling is turned off
    if given is not None:
        plain = cast(Any, types).unliteral
        made.get_call_template = lambda args, kws: given([plain(one) for one in args], kws)
    return cast(_F, made)


def woven(function: _F) -> _F:
    """Return *function* to be compiled as a part of those that call it: of few, it is less to compile."""
    return cast(_F, cast(Any, njit)(inline="always", _nrt=False)(function))
