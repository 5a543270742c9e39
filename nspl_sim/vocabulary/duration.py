"""How long a time in a file may be: 0, or from a second to a hundred years. The key's end is its unit.

The clock counts whole seconds; what is shorter would be 0 in silence, and what is far shorter, or far
longer, is beyond what numbers can hold.
"""

from functools import cache

from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE
from nspl_sim.vocabulary.text import Text, text

UNITS = {"_days": DAY, "_h": HOUR, "_hours": HOUR, "_minutes": MINUTE}
"""Seconds in the unit that a key ends in."""

MOST_DAYS = 36_500


@cache
def unit_of(name: str) -> int | None:
    """Return the seconds in the unit that the key *name* ends in; None where it is no time."""
    return next((second for ending, second in UNITS.items() if name.endswith(ending)), None)


def misjudged(value: float, second: int) -> Text | None:
    """Return what is wrong with *value* times *second* as a time, if anything is."""
    if 0 < value * second < 1:
        return text("is less than a second; is the unit right?")
    if value * second > MOST_DAYS * DAY:
        return text("is more than a hundred years; is the unit right?")
    return None
