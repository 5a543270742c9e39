"""The table of a comparison: in a terminal, as aligned text, as columns for a file, as data.

Of every measure: each plan's mean, the paired differences from the reference with 95 % interval and
in how many replications the plan was better, the unit and which way is better.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from nspl_sim.experiment.statistics import Paired
from nspl_sim.paper import numbers
from nspl_sim.paper.answer import direction
from nspl_sim.paper.comparison import Comparison, Row
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import headings, plan_names, plan_phrases, world_name
from nspl_sim.vocabulary.text import Text, text

GAP = "  "
MANY, FEW = 6, 2
"""With more design points than this, so many measures are shown as text; files hold all of them."""


def aligned(found: Comparison, language: Language, whole: bool = False) -> str:
    """Return the table as plain text; of many points the first measures only, unless it is to be *whole*."""
    return "\n".join(words for words, _ in _lines(found, language, whole))


def in_terminal(found: Comparison, language: Language) -> Any:
    """Return the table for rich to print: the same lines, the measures in bold."""
    from rich.text import Text as Rich

    return Rich("\n").join(Rich(words, style=style) for words, style in _lines(found, language))


def _lines(found: Comparison, language: Language, whole: bool = False) -> list[tuple[str, str]]:
    """Return each line of the table and its style."""
    header = [text("Plan"), text("Mean"), _against(found, language), text("Better in")]
    rows = found.rows if whole or len(found.batch.points) <= MANY else found.rows[:FEW]
    groups = [_group(found, row, language) for row in rows]
    grid = [[language.say(words) for words in header], *(line for group in groups for line in group)]
    width = [max(len(line[c]) for line in grid) for c in range(4)]

    def placed(line: list[str]) -> str:
        first, mean, difference, better = line
        parts = [
            ("  " + first).ljust(width[0] + 2),
            mean.rjust(width[1]),
            difference.ljust(width[2]),
            better.ljust(width[3]),
        ]
        return GAP.join(parts).rstrip()

    lines = [(placed(grid[0]), ""), ("-" * len(placed(["x" * w for w in width])), "")]
    for row, group in zip(rows, groups, strict=True):
        lines.append((row_title(row, language), "bold"))
        lines += [(placed(line), "") for line in group]
    return lines


def _against(found: Comparison, language: Language) -> Text:
    """Return what the differences are from."""
    if not found.contrasts:
        return text("Difference")
    if found.crosses(0):
        return text("From {reference} (95 %)", reference=world_name(found.batch.points[0], language))
    reference = plan_phrases(found.batch.points, language)[found.contrasts[0][1]]
    return text("From {reference} (95 %)", reference=reference)


def row_title(row: Row, language: Language) -> str:
    """Return the measure with its unit, and which way is better if any is."""
    unit = "%" if row.is_share else language.say(row.unit)
    if row.better == "neither":
        said = text("{measure} ({unit})", measure=row.title, unit=unit)
    else:
        said = text(
            "{measure} ({unit}; {direction} is better)",
            measure=row.title,
            unit=unit,
            direction=direction(row.better),
        )
    return language.say(said)


def _group(found: Comparison, row: Row, language: Language) -> list[list[str]]:
    """Return one line for each design point."""
    code = language.code
    digits = numbers.digits_for(*(row.factor * m for m in row.means))
    by_point = {point: d for (point, _), d in zip(found.contrasts, row.differences, strict=True)}
    lines = []
    for point, (name, mean) in enumerate(zip(headings(found.batch.points, language), row.means, strict=True)):
        written = numbers.decimal(row.factor * mean, digits, code)
        if point in by_point:
            difference = by_point[point]
            lines.append(
                [
                    name,
                    written,
                    difference_words(difference, row, digits, language),
                    better_in(difference, language) + unresolved(difference, language),
                ]
            )
        else:
            lines.append([name, written, "", ""])
    return lines


def difference_words(difference: Paired | None, row: Row, digits: int, language: Language) -> str:
    """Return ``−3,2 (−5,1 till −1,4)``."""
    if difference is None:
        return numbers.MISSING
    mean, low, high = (row.factor * v for v in (difference.difference, difference.low, difference.high))
    digits = max(digits, min(2, numbers.digits_for(mean, low, high)))
    if math.isnan(low):
        return numbers.signed(mean, digits, language.code)
    between = numbers.interval(low, high, digits, language.code)
    return f"{numbers.signed(mean, digits, language.code)} ({between})"


def row_digits(row: Row, means: Sequence[float], differences: Sequence[Paired | None]) -> int:
    """Return the decimals of a row of *means* and their differences, so that all of it is written alike.

    Two means that differ by less than their last decimal would read as equal beside a difference.
    """
    digits = numbers.digits_for(*means)
    for one in differences:
        if one is not None and one.ties < one.n:
            ends = (row.factor * v for v in (one.difference, one.low, one.high))
            digits = max(digits, min(2, numbers.digits_for(*ends)))
    return digits


def better_in(difference: Paired | None, language: Language) -> str:
    """Return ``8 av 12 (1 lika)``."""
    if difference is None or difference.better is None:
        return numbers.MISSING
    if difference.ties:
        said = text("{k} of {n} ({ties} equal)", k=difference.better, n=difference.n, ties=difference.ties)
    else:
        said = text("{k} of {n}", k=difference.better, n=difference.n)
    return language.say(said)


def unresolved(difference: Paired | None, language: Language) -> str:
    """Return a mark of a difference whose interval spans zero."""
    if difference is None or difference.resolved or difference.ties == difference.n:
        return ""
    return " " + language.say(text("unresolved"))


def columns(found: Comparison, language: Language) -> dict[str, list[Any]]:
    """Return the table as columns of a file, one row a measure, every figure in full."""
    say, names = language.say, headings(found.batch.points, language)
    table: dict[str, list[Any]] = {
        say(text("Measure")): [say(r.title) for r in found.rows],
        say(text("Unit")): [say(r.unit) for r in found.rows],
        say(text("Better")): [say(direction(r.better)) for r in found.rows],
    }
    for point, name in enumerate(names):
        table[name] = [r.means[point] for r in found.rows]
    nan = float("nan")
    for number, (point, reference) in enumerate(found.contrasts):
        against = f"{names[point]} − {names[reference]}"
        differences = [r.differences[number] for r in found.rows]
        table[against] = [d.difference if d else nan for d in differences]
        table[say(text("{contrast}, 95 % from", contrast=against))] = [
            d.low if d else nan for d in differences
        ]
        table[say(text("{contrast}, 95 % to", contrast=against))] = [
            d.high if d else nan for d in differences
        ]
        better = [d.better if d else None for d in differences]
        table[say(text("{contrast}, better in", contrast=against))] = ["" if b is None else b for b in better]
        table[say(text("{contrast}, equal in", contrast=against))] = [d.ties if d else 0 for d in differences]
        table[say(text("{contrast}, of replications", contrast=against))] = [
            d.n if d else 0 for d in differences
        ]
    table[say(text("Name in files"))] = [r.measure for r in found.rows]
    return table


def as_data(found: Comparison, language: Language) -> list[dict[str, Any]]:
    """Return the table for machines; what has no value is null."""
    names = plan_names(found.batch.points)
    points = [
        {"scenario": p.scenario.name, "plan": name, "label": p.world}
        for p, name in zip(found.batch.points, names, strict=True)
    ]
    return [
        {
            "measure": row.measure,
            "title": language.say(row.title),
            "unit": language.say(row.unit),
            "better": row.better,
            "means": [{**p, "mean": _number(m)} for p, m in zip(points, row.means, strict=True)],
            "differences": [
                {
                    "plan": points[i],
                    "reference": points[j],
                    "paired": {k: _number(v) for k, v in asdict(d).items()} if d else None,
                }
                for (i, j), d in zip(found.contrasts, row.differences, strict=True)
            ],
        }
        for row in found.rows
    ]


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
