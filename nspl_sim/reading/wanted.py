"""What a key asks for, as a sentence that reads on after its path: ``must be a whole number >= 0``."""

from datetime import datetime
from typing import Any, get_args, get_origin

from nspl_sim.reading.shape import Wish
from nspl_sim.vocabulary.text import Text, text

_FAR = 1e6
"""A bound so far out guards the machine and says nothing of the matter; named only when it is broken."""


def wanted(wish: Wish, broken: frozenset[str] = frozenset()) -> Text | None:
    """Return what *wish* asks for; *broken* names the bounds (``le``, ``lt``) that must be told."""
    for member in wish.members:
        if member.type in (int, float):
            return _number(member, wish.metadata, broken)
    if wish.words:
        return _one_of(wish.words)
    if wish.discriminator or wish.model or get_origin(wish.type) is dict:
        return text("must be a mapping of keys and values")
    return _plain(wish)


def _plain(wish: Wish) -> Text | None:
    if wish.type is str:
        if any(getattr(mark, "pattern", None) for mark in wish.metadata):
            return text("must be a name of a-z, 0-9, _ and - (at most 64 characters)")
        return text("must be text")
    if wish.type is bool:
        return text("must be true or false")
    if wish.type is datetime:
        return text("must be a day, or a day and time, such as 2027-01-11T06:00")
    if get_origin(wish.type) is list:
        return text("must be a list")
    return None


def key_wanted(wish: Wish) -> Text | None:
    """Return what the keys of the mapping *wish* must be."""
    return wanted(Wish.of(get_args(wish.type)[0])) if get_origin(wish.type) is dict else None


def _one_of(words: tuple[Any, ...]) -> Text:
    if len(words) == 1:
        return text("must be {word}", word=words[0])
    return text("must be one of {words}", words=", ".join(str(w) for w in words))


def _number(wish: Wish, more: tuple[Any, ...], broken: frozenset[str]) -> Text:
    """Return the sentence for a number, with the tightest bounds."""
    marks = (*wish.metadata, *more)
    low, above = _bound(marks, "ge", max), _bound(marks, "gt", max)
    high, below = _bound(marks, "le", min), _bound(marks, "lt", min)
    high = below - 1 if high is None and below is not None else high
    if above is not None and low is not None:
        above, low = (above, None) if above >= low else (None, low)
    bounds = {
        "above": above,
        "low": low if low is not None and (low > -_FAR or "ge" in broken) else None,
        "high": high if high is not None and (high < _FAR or broken & {"le", "lt"}) else None,
    }
    given = {name: _figure(bound) for name, bound in bounds.items() if bound is not None}
    return Text((_WHOLE if wish.type is int else _NUMBER)[tuple(given)].template, given)


_NUMBER = {
    (): text("must be a number"),
    ("above",): text("must be a number > {above}"),
    ("low",): text("must be a number >= {low}"),
    ("high",): text("must be a number <= {high}"),
    ("above", "high"): text("must be a number > {above} and <= {high}"),
    ("low", "high"): text("must be a number from {low} to {high}"),
}

_WHOLE = _NUMBER | {
    (): text("must be a whole number"),
    ("low",): text("must be a whole number >= {low}"),
    ("low", "high"): text("must be a whole number from {low} to {high}"),
}


def _bound(marks: tuple[Any, ...], name: str, tightest: Any) -> Any:
    found = [b for mark in marks if (b := getattr(mark, name, None)) is not None]
    return tightest(found) if found else None


def _figure(bound: Any) -> str:
    """Return a bound as it would be written in the file."""
    return str(bound) if isinstance(bound, int) else f"{bound:.15g}"
