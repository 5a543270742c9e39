"""Money, from prices that the user enters: what regions give each other, and what else a plan takes.

A settlement is given x price less received x price, for beds that residents of other regions lay in; a
positive sum is owed to the region. The sums of all regions are zero. What else has a price is reckoned
for the nation. Amounts are means over replications; nothing is said of budgets or of who pays.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nspl_sim.experiment.statistics import paired
from nspl_sim.measures.registry import title_of
from nspl_sim.paper import numbers
from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import headings, kind_words
from nspl_sim.paper.occupancy import short_name
from nspl_sim.paper.prices import Prices
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import Text, text

BEDS = {"icu_bed_day": "icu_bed_days", "ward_bed_day": "ward_bed_days"}
"""The measures, less _given and _received, by the price of one of their unit."""
_KINDS = {"icu_bed_day": "icu", "ward_bed_day": "ward"}


@dataclass(frozen=True)
class Grid:
    """A table in words: what it is about, its columns, its rows; the first cell says what a row is."""

    caption: str
    head: list[str]
    rows: list[list[str]]


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else 0.0


def owed(found: Comparison, point: int, prices: Prices) -> dict[str, tuple[float, float]]:
    """Return for each region the value of the bed-days that it gives, and of those it receives."""
    keys = found.batch.points[point].scenario.region_keys
    priced = {name: getattr(prices, name) for name in BEDS if getattr(prices, name) is not None}

    def value(key: str, way: str) -> float:
        days = {name: found.batch.values(point, f"{BEDS[name]}_{way}.{key}") for name in priced}
        return float(sum(price * _mean(days[name]) for name, price in priced.items()))

    return {key: (value(key, "given"), value(key, "received")) for key in keys} if priced else {}


def settlements(found: Comparison, prices: Prices, language: Language) -> list[Grid]:
    """Return the settlement of every design point, then what else has a price, for the nation."""
    names = headings(found.batch.points, language)
    grids = [_of_point(found, point, name, prices, language) for point, name in enumerate(names)]
    return [grid for grid in [*grids, _of_nation(found, prices, names, language)] if grid.rows]


def _caption(words: Text, prices: Prices, language: Language) -> str:
    said = language.say(words)
    source = prices.source or language.say(text("not stated"))
    return said + " " + language.say(text("Prices entered by the user, source: {source}.", source=source))


def _of_point(found: Comparison, point: int, name: str, prices: Prices, language: Language) -> Grid:
    say, scenario = language.say, found.batch.points[point].scenario
    values, rows = owed(found, point, prices), []
    digits = digits_of(*(v for both in values.values() for v in both))
    for key, (given, received) in values.items():
        written = [numbers.decimal(v, digits, language.code) for v in (given, received)]
        written.append(numbers.signed(given - received, digits, language.code))
        rows.append([short_name(scenario, key, language), *written])
    caption = text(
        "Settlement with {plan}, {currency}, mean of {n} replications; bed-days of {kinds}.",
        plan=name,
        currency=prices.currency,
        n=found.replications,
        kinds=[kind_words(kind) for price, kind in _KINDS.items() if getattr(prices, price) is not None],
    )
    head = [text("Region"), text("Value given"), text("Value received"), text("Owed to the region")]
    return Grid(_caption(caption, prices, language), [say(h) for h in head], rows)


def _of_nation(found: Comparison, prices: Prices, names: list[str], language: Language) -> Grid:
    say, points = language.say, range(len(names))
    rows = []
    for flat, price in prices.each.items():
        each = [price * found.batch.values(point, flat) for point in points]
        if all(np.isnan(values).all() for values in each):
            continue
        digits = digits_of(*map(_mean, each))
        cells = [numbers.decimal(_mean(values), digits, language.code) for values in each]
        for point, reference in found.contrasts:
            one = paired(each[point], each[reference], "neither")
            between = numbers.interval(one.low, one.high, digits, language.code)
            size = numbers.signed(one.difference, digits, language.code)
            cells.append(f"{size} ({between})" if one.n > 1 else size)
        rows.append([say(title_of(flat)), *cells])
    caption = text("What it takes in the nation, {currency}.", currency=prices.currency)
    differences = [f"{names[i]} − {names[j]} (95 %)" for i, j in found.contrasts]
    return Grid(_caption(caption, prices, language), [say(text("Measure")), *names, *differences], rows)


def unmeasured(found: Comparison, prices: Prices) -> list[str]:
    """Return the measures with a price that these results do not hold."""
    return [name for name in prices.each if name not in found.batch.measures]


def digits_of(*amounts: float) -> int:
    """Return the decimals of *amounts* that stand together: none, or two where all are small."""
    return 0 if max(map(abs, amounts), default=0) >= 100 else 2


def as_data(found: Comparison, prices: Prices) -> dict[str, Any]:
    """Return the settlements for machines, in full."""
    points = found.batch.points
    return {
        "currency": prices.currency,
        "source": prices.source,
        "regions": [
            {"plan": points[i].plan.name, "region": key, "given": given, "received": received}
            for i in range(len(points))
            for key, (given, received) in owed(found, i, prices).items()
        ],
        "nation": [
            {
                "plan": points[i].plan.name,
                "measure": flat,
                "amount": price * _mean(found.batch.values(i, flat)),
            }
            for i in range(len(points))
            for flat, price in prices.each.items()
            if flat in found.batch.measures
        ],
    }


def aligned(grid: Grid) -> list[str]:
    """Return the lines of *grid* as plain text: its caption, then columns, numbers to the right."""
    lines = [grid.head, *grid.rows]
    width = [max(len(line[i]) for line in lines) for i in range(len(grid.head))]
    placed = [
        "  ".join([line[0].ljust(width[0]), *(c.rjust(w) for c, w in zip(line[1:], width[1:], strict=True))])
        for line in lines
    ]
    return [grid.caption, placed[0], "-" * len(placed[0]), *placed[1:]]
