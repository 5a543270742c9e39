"""Is the plan better, and in how many replications? One dot a replication for each headline measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nspl_sim.experiment.statistics import Paired
from nspl_sim.paper import numbers
from nspl_sim.paper.answer import in_words
from nspl_sim.paper.comparison import Row
from nspl_sim.paper.figure import BLUE, DARK_BLUE, GREY, INK, RED
from nspl_sim.paper.table import row_title
from nspl_sim.report.drawing import HEAD_IN, WIDTH_IN, blank, pictures, wrapped
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Figure, Table
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import Text, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

MOST = 8
PANEL_IN, PLOT_IN, FOOT_IN = 1.68, 0.66, 0.4
BINS = 70
"""Dots nearer than a BINS:th of the width stand above one another."""


@dataclass(frozen=True, eq=False)
class Panel:
    """One measure: its differences over replications, in the units of the tables."""

    row: Row
    paired: Paired
    values: Floats


def panels(material: Material) -> list[Panel]:
    """Return the measures with a better direction that differ in some replication."""
    if material.contrast is None or material.reference is None:
        return []
    found = []
    for row in material.main.rows:
        paired = material.difference(row)
        if row.better == "neither" or paired is None or paired.ties == paired.n:
            continue
        ours, theirs = (material.batch.values(p, row.measure) for p in (material.plan, material.reference))
        values = row.factor * (ours - theirs)
        found.append(Panel(row, paired, values[~np.isnan(values)]))
    return found[:MOST]


def dots(material: Material) -> Figure | None:
    """Return the figure; None where nothing differs."""
    shown = panels(material)
    if not shown or material.reference is None:
        return None
    title = material.say(
        text("The difference in every replication: {plan}", plan=material.phrases[material.plan])
    )
    alt = material.say(_finding(material, shown))
    drawing = pictures("differences", lambda: _drawn(material, shown, title, alt), title, alt, HEAD_IN - 0.12)
    how = text(
        "Each dot is one replication, with the same patients under both: filled where {plan} is better, open "
        "where {reference} is, small and grey where they are equal. The diamond is the mean, its "
        "bar the 95 % "
        "interval; a bar across the line means unresolved.",
        plan=material.phrases[material.plan],
        reference=material.phrases[material.reference],
    )
    return Figure(
        "differences",
        title,
        alt,
        material.say(how),
        drawing,
        _table(material, shown),
    )


def _finding(material: Material, shown: Sequence[Panel]) -> Text:
    first = shown[0]
    settled = sum(p.paired.resolved for p in shown)
    return text(
        "{measure}: {plan} is better in {k} of {n} replications, worse in {worse}; the difference is {size}. "
        "Of the {count} measures shown, {settled} have a resolved difference.",
        measure=first.row.title,
        plan=material.phrases[material.plan],
        k=first.paired.better,
        n=first.paired.n,
        worse=first.paired.worse,
        size=in_words(first.paired, first.row, material.language),
        count=len(shown),
        settled=settled,
    )


# ---------------------------------------------------------------- drawing


def _drawn(material: Material, shown: Sequence[Panel], title: str, alt: str) -> Canvas:
    columns = 2 if len(shown) > 1 else 1
    rows = -(-len(shown) // columns)
    height = HEAD_IN + rows * PANEL_IN + FOOT_IN
    canvas = blank(height, title, alt, material.marking)
    cell = (WIDTH_IN - 0.4) / columns
    for number, panel in enumerate(shown):
        column, row = number % columns, number // columns
        left = 0.2 + column * cell + 0.1
        bottom = FOOT_IN + (rows - row - 1) * PANEL_IN + 0.3
        axes = canvas.add_axes((left / WIDTH_IN, bottom / height, (cell - 0.35) / WIDTH_IN, PLOT_IN / height))
        _panel(axes, material, panel)
    return canvas


def _panel(axes: Axes, material: Material, panel: Panel) -> None:
    paired, factor = panel.paired, panel.row.factor
    low, high = _limits(panel)
    axes.set_xlim(low, high)
    axes.set_ylim(-1.1, 2.2)
    axes.axvline(0, color=INK, linewidth=0.8)
    x, y = _stacked(panel.values, low, high)
    good = x < 0 if panel.row.better == "lower" else x > 0
    size = 16 if len(x) <= 60 else 7
    axes.scatter(x[good], y[good], s=size, color=BLUE, linewidth=0.6, edgecolor=BLUE)
    equal = x == 0
    bad = ~good & ~equal
    axes.scatter(x[bad], y[bad], s=size, facecolor="white", edgecolor=RED, linewidth=0.8)
    axes.scatter(x[equal], y[equal], s=size * 0.5, color=GREY, linewidth=0, zorder=3)
    mean = factor * paired.difference
    if not np.isnan(paired.low):
        axes.plot([factor * paired.low, factor * paired.high], [-0.65, -0.65], color=DARK_BLUE, linewidth=2)
    axes.scatter([mean], [-0.65], marker="D", s=24, color=DARK_BLUE, zorder=3)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=2, width=0.5, pad=2, labelsize=7)
    axes.xaxis.set_major_formatter(lambda v, _: numbers.shortest(float(f"{v:.6g}"), material.language.code))
    lower = panel.row.better == "lower"
    sides = (text("◀ better"), text("worse ▶")) if lower else (text("◀ worse"), text("better ▶"))
    for end, words in enumerate(sides):
        axes.text(
            end,
            -0.5,
            material.say(words),
            transform=axes.transAxes,
            ha="right" if end else "left",
            fontsize=7,
            color=BLUE if (end == 0) == lower else RED,
        )
    unit = "%" if panel.row.is_share else material.say(panel.row.unit)
    title = material.say(text("{measure} ({unit})", measure=panel.row.title, unit=unit))
    axes.annotate(
        wrapped(title, 50),
        (0, 1),
        (0, 17),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=8.2,
        fontweight="bold",
        va="bottom",
        annotation_clip=False,
    )
    axes.annotate(
        verdict(material, paired),
        (0, 1),
        (0, 4),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=7.6,
        color=INK,
        va="bottom",
        annotation_clip=False,
    )


def verdict(material: Material, paired: Paired) -> str:
    """Return ``better in 8 of 12, worse in 3, equal in 1: unresolved``."""
    said = text(
        "better in {k} of {n}, worse in {worse}, equal in {ties}: {grade}",
        k=paired.better,
        n=paired.n,
        worse=paired.worse,
        ties=paired.ties,
        grade=grade(paired),
    )
    return material.say(said)


def grade(paired: Paired) -> Text:
    """Return how sure the direction of a difference is."""
    if not paired.n:
        return text("unresolved")
    if paired.ties == paired.n:
        return text("no difference")
    return text("resolved") if paired.resolved else text("unresolved")


def _limits(panel: Panel) -> tuple[float, float]:
    """Return the ends of the axis: all dots, the interval and zero."""
    factor = panel.row.factor
    known = [0.0, *panel.values.tolist(), factor * panel.paired.low, factor * panel.paired.high]
    known = [v for v in known if np.isfinite(v)]
    low, high = min(known), max(known)
    room = 0.06 * (high - low or 1.0)
    return low - room, high + room


def _stacked(values: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """Return where the dots stand: those of about one value above one another, never higher than 2."""
    ordered = np.sort(values)
    bins = np.floor((ordered - low) / (high - low) * BINS).astype(int)
    _, first, counts = np.unique(bins, return_index=True, return_counts=True)
    height = np.arange(len(ordered)) - np.repeat(first, counts)
    step = min(0.34, 1.9 / max(1, int(counts.max(initial=1))))
    return ordered, np.asarray(height * step, dtype=float)


# ---------------------------------------------------------------- table


def _table(material: Material, shown: Sequence[Panel]) -> Table:
    say, code = material.say, material.language.code
    head = [
        text("Measure"),
        text("Mean difference"),
        text("95 % interval"),
        text("Smallest"),
        text("Largest"),
        text("Better in, number of replications"),
        text("Worse in"),
        text("Equal in"),
        text("How sure"),
    ]
    rows = []
    for panel in shown:
        paired, factor = panel.paired, panel.row.factor
        low, high = factor * paired.low, factor * paired.high
        digits = numbers.digits_for(factor * paired.difference, low, high)
        rows.append(
            [
                row_title(panel.row, material.language),
                numbers.signed(factor * paired.difference, digits, code),
                numbers.interval(low, high, digits, code),
                numbers.signed(float(panel.values.min()), digits, code),
                numbers.signed(float(panel.values.max()), digits, code),
                str(paired.better),
                str(paired.worse),
                str(paired.ties),
                say(grade(paired)),
            ]
        )
    caption = text(
        "{plan} minus {reference}, over replications",
        plan=material.names[material.plan],
        reference=material.names[material.reference or 0],
    )
    return Table(say(caption), [say(h) for h in head], rows, words=(8,))
