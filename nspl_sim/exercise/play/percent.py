"""Shares as people type them: in per cent, as they are spoken; what may mean two things is refused.

``50``, ``50%``, ``50 %`` and ``50 procent`` mean the same, ``0`` is nothing. ``1`` and ``0.5`` may be one
per cent or a hundred, a half or half a per cent: they need the sign. Files hold shares from 0 to 1.
"""

import re
from typing import Any

from nspl_sim.exercise.play.decision_words import BadEntry
from nspl_sim.paper.language import in_all
from nspl_sim.reading.showing import escaped
from nspl_sim.vocabulary.text import Text, text

PER_CENT = text("per cent")
_GIVEN = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(\S.*)?")
_PAIR = re.compile(r"([^\s=:,;]+)\s*[=:]")


def share(written: str) -> float:
    """Return the share, 0 to 1, that *written* means in per cent; raise ``BadEntry`` otherwise."""
    found = _GIVEN.fullmatch(written.strip())
    shown, sign = escaped(written.strip()), found[2] if found else None
    if found is None or (sign and sign.casefold() not in {"%", "percent", *in_all(PER_CENT)}):
        raise BadEntry(_no_share(shown))
    number = float(found[1].replace(",", "."))
    if not 0 <= number <= 100:
        raise BadEntry(_no_share(shown))
    if sign is None and 0 < number <= 1:
        low, high = _said(number), _said(100 * number)
        raise BadEntry(
            text(
                "{given} may mean {low} % or {high} %: write it with the sign",
                given=shown,
                low=low,
                high=high,
            )
        )
    if sign is None and not number.is_integer():
        raise BadEntry(text("{given}: write it with the sign, {given} %", given=shown))
    return number / 100


def by_priority(written: str) -> dict[Any, float]:
    """Return the shares of ``2=50% 3=0``, ``1: 100 %, 2: 50 %`` or, for all three, ``50 %``."""
    names = list(_PAIR.finditer(written))
    if not names or written[: names[0].start()].strip(" ,"):
        return dict.fromkeys((1, 2, 3), share(written))
    for one in names:
        if one[1] not in ("1", "2", "3"):
            raise BadEntry(text("{given} is no priority: they are 1, 2 and 3", given=escaped(one[1])))
    ends = [*(one.start() for one in names[1:]), len(written)]
    return {
        one[1]: share(written[one.end() : end].strip(" ,;")) for one, end in zip(names, ends, strict=True)
    }


def _no_share(shown: str) -> Text:
    return text("{given} is no share: write it in per cent, from 0 % to 100 %", given=shown)


def _said(number: float) -> float:
    return round(number, 6)
