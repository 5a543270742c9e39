"""Prices that the user enters: what an item costs, in the user's own currency. None comes along.

A price file is YAML or JSON::

    format: 1
    currency: kr
    source: agreement of ...
    icu_bed_day: ...        # given to residents of other regions, and received
    ward_bed_day: ...
    each:                   # any other measure by its name in files
      vehicle_hours.mode_helicopter: ...
      transport_km: ...
      planned_postponed: ...
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from nspl_sim.measures.registry import measure_of, registered
from nspl_sim.reading.node import place_of, plain
from nspl_sim.reading.numbers import Line, NonNegative, whole
from nspl_sim.reading.part import Part
from nspl_sim.reading.problems import checked
from nspl_sim.reading.showing import dotted, nearest
from nspl_sim.reading.tree import read_tree
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import text

Price = Annotated[NonNegative, Field(le=1e9)]
NOT_PRICED = ("share", "points", "day", "QALY", "expected deaths", "expected deaths over years")
"""Units that no price can be put on here."""
_OF_PEOPLE = ("region", "urgency", "group", "class")
"""Levels that would count a cost twice beside the nation's."""


class Prices(Part):
    """What items cost. Nothing is assumed: an item without a price is not in the settlement."""

    format: Annotated[Literal[1], BeforeValidator(whole)]
    currency: Annotated[Line, Field(min_length=1, max_length=20)]
    """As it is printed after amounts: ``kr``, ``tkr``."""
    source: Line | None = None
    """Where the prices come from; printed with every table."""
    icu_bed_day: Price | None = None
    """A day in intensive care given to a resident of another region."""
    ward_bed_day: Price | None = None
    """A day in a ward bed given to a resident of another region."""
    each: Annotated[dict[str, Price], Field(max_length=200)] = {}
    """By a measure's name in files, such as ``vehicle_hours``: what one of its unit costs the nation."""


def load_prices(path: Path) -> Prices:
    """Return the prices of the file at *path*; raise ``InputRefused`` with every problem."""
    root = read_tree(path)
    prices = checked(Prices, plain(root), root)
    names = [key for key in registered() if _has_price(key)]
    found = []
    for name in prices.each:
        if not _has_price(name):
            loc = ("each", name)
            rule = text("is no measure that can have a price")
            meant = None if name in registered() else nearest(name, names)
            found.append(place_of(root, loc, key=True).problem(rule, dotted(loc), None, meant))
    if not found and prices.icu_bed_day is None and prices.ward_bed_day is None and not prices.each:
        rule = text("has no price: give icu_bed_day, ward_bed_day or each")
        found.append(root.place.problem(rule))
    if found:
        raise InputRefused(found)
    return prices


def _has_price(flat: str) -> bool:
    """Return whether the number *flat* is one of the nation, or of a kind, that can be bought."""
    try:
        one = measure_of(flat)
    except KeyError:
        return False
    return one.level not in _OF_PEOPLE and one.unit not in NOT_PRICED
