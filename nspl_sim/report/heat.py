"""Where, and when? A strip of days for each region: the share of replications and hours with no free bed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nspl_sim.measures.profile import EVERY_S
from nspl_sim.paper import numbers
from nspl_sim.paper.figure import GREY, INK
from nspl_sim.paper.occupancy import beds_of
from nspl_sim.report.drawing import HEAD_IN, WIDTH_IN, blank, pictures
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Figure, Table
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.text import Text, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

Shares = NDArray[np.float64]

EDGES = (0.0, 0.10, 0.25, 0.50, 0.75, 1.0)
COLOURS = ("#f1f1ef", "#fbdcc4", "#f3b184", "#da7a3a", "#a4470f", "#531c02")
"""Never, then up to each edge: ever darker, so that grey print and every eye keep the order."""

ROW_IN, GROUP_IN, FOOT_IN = 0.185, 0.2, 0.95
LEFT_IN, NUMBER_IN = 1.5, 0.42
MOST_COLUMNS = 15
"""More days than this are put together by week in the table."""


@dataclass(frozen=True, eq=False)
class Strip:
    """One plan: the share of each day with no free bed, shape (regions, days)."""

    name: str
    share: Shares


def heat(material: Material, kind: str = "icu") -> Figure | None:
    """Return the figure; None where no region has beds of *kind*."""
    groups = [(g, [k for k in keys if beds_of(material.scenario, k, kind)]) for g, keys in material.grouped]
    groups = [(g, keys) for g, keys in groups if keys]
    if not groups:
        return None
    keys = [k for _, of_group in groups for k in of_group]
    points = [material.reference, material.plan] if material.shares_regions else [material.plan]
    strips = [
        Strip(_capital(material.phrases[p]), by_day(material, p, keys, kind)) for p in points if p is not None
    ]
    title = material.say(text("Days on which every staffed intensive care bed is taken"))
    alt = material.say(_finding(material, keys, strips))
    drawing = pictures(
        "full-days", lambda: _drawn(material, groups, strips, title, alt), title, alt, HEAD_IN - 0.1
    )
    how = text(
        "One row a region and one column a day: the share of replications and readings (every six hours) in "
        "which intensive care has no free staffed bed. The darker, the more often; the number is the mean of "
        "all days."
    )
    return Figure(
        "full-days",
        title,
        alt,
        material.say(how),
        drawing,
        _table(material, keys, strips),
        is_wide=True,
    )


def by_day(material: Material, point: int, keys: Sequence[str], kind: str) -> Shares:
    """Return the share of replications and readings of each day in which no staffed bed is free."""
    levels = material.batch.levels(point, kind)
    known = material.batch.points[point].scenario.region_keys
    last = math.ceil(material.batch.points[point].scenario.horizon_days) - 1
    days = np.minimum(np.arange(levels.census.shape[2]) * EVERY_S // DAY, last)
    starts = np.flatnonzero(np.diff(days, prepend=-1))
    found = []
    for key in keys:
        row = known.index(key)
        full = (levels.census[:, row] >= levels.staffed[:, row]).mean(axis=0)
        found.append(np.add.reduceat(full, starts) / np.diff(starts, append=len(days)))
    return np.array(found)


def _finding(material: Material, keys: Sequence[str], strips: Sequence[Strip]) -> Text:
    last = strips[-1]
    if not last.share.any():
        return text(
            "With {plan}, no region has every intensive care bed taken.", plan=material.phrases[material.plan]
        )
    region, day = np.unravel_index(int(last.share.argmax()), last.share.shape)
    often = int((last.share >= 0.5).sum(axis=0).max())
    return text(
        "With {plan}, the worst is {region} on day {day}: no free intensive care bed {share} of "
        "that day. At most "
        "{count} of {regions} regions are full for more than half of the same day.",
        plan=material.phrases[material.plan],
        region=material.region(keys[int(region)]),
        day=int(day) + 1,
        share=numbers.share(float(last.share[region, day]), 0, material.language.code),
        count=often,
        regions=len(keys),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# ---------------------------------------------------------------- drawing


def _drawn(
    material: Material,
    groups: Sequence[tuple[str, list[str]]],
    strips: Sequence[Strip],
    title: str,
    alt: str,
) -> Canvas:
    tops, y = [], 0.0
    for name, keys in groups:
        y += GROUP_IN if name else 0.0
        tops.append(y)
        y += ROW_IN * len(keys) + 0.04
    height = HEAD_IN + 0.25 + y + FOOT_IN
    canvas = blank(height, title, alt, material.marking)
    wide = (WIDTH_IN - LEFT_IN - len(strips) * NUMBER_IN - 0.25) / len(strips)
    for number, strip in enumerate(strips):
        left = LEFT_IN + number * (wide + NUMBER_IN + 0.1)
        axes = canvas.add_axes((left / WIDTH_IN, FOOT_IN / height, wide / WIDTH_IN, y / height))
        _strip(axes, material, groups, tops, strip, y, is_first=number == 0)
    axes.figure.text(  # the days, once
        (LEFT_IN + 0.0) / WIDTH_IN,
        (FOOT_IN - 0.36) / height,
        material.say(
            text("Day from {when}", when=numbers.date(material.scenario.start, material.language.code))
        ),
        fontsize=7.5,
        color=GREY,
    )
    _legend(canvas, material, height)
    return canvas


def _strip(
    axes: Axes,
    material: Material,
    groups: Sequence[tuple[str, list[str]]],
    tops: Sequence[float],
    strip: Strip,
    depth: float,
    is_first: bool,
) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    days = strip.share.shape[1]
    axes.set_xlim(0, days)
    axes.set_ylim(depth, 0)
    boxes: list[list[tuple[float, float]]] = [[] for _ in COLOURS]
    row = 0
    for (name, keys), top in zip(groups, tops, strict=True):
        if name and is_first:
            axes.annotate(
                name,
                (0, top - 0.05),
                (-LEFT_IN * 72 + 14, 0),
                textcoords="offset points",
                fontsize=7.2,
                color=GREY,
                annotation_clip=False,
            )
        for i, key in enumerate(keys):
            y = top + i * ROW_IN
            if is_first:
                axes.text(
                    0, y + ROW_IN / 2, material.label(key) + "  ", ha="right", va="center", fontsize=7.8
                )
            for begin, end, level in _stretches(strip.share[row]):
                box = [
                    (begin, y + 0.01),
                    (end, y + 0.01),
                    (end, y + ROW_IN - 0.01),
                    (begin, y + ROW_IN - 0.01),
                ]
                boxes[level] += [*box, box[0]]
            mean = numbers.share(float(strip.share[row].mean()), 0, material.language.code)
            axes.text(days, y + ROW_IN / 2, "  " + mean, va="center", fontsize=7.2, color=INK)
            row += 1
    for colour, corners in zip(COLOURS, boxes, strict=True):
        if corners:
            codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * (len(corners) // 5)
            axes.add_patch(PathPatch(Path(corners, codes), facecolor=colour, linewidth=0))
    axes.set_title(strip.name, loc="left", fontsize=9, fontweight="bold", pad=5)
    step = next((s for s in (1, 2, 7, 14, 28, 56) if days / s <= 15), 91)
    shown = list(range(0, days, step))
    axes.set_xticks([d + 0.5 for d in shown], [str(d + 1) for d in shown])
    axes.set_yticks([])
    axes.tick_params(length=0, labelsize=7, pad=2)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _stretches(shares: Shares) -> list[tuple[int, int, int]]:
    """Return (first day, day after, class) of each stretch of days of one class."""
    levels = np.searchsorted(EDGES, shares - 1e-12).clip(0, len(COLOURS) - 1)
    starts = np.flatnonzero(np.diff(levels, prepend=-1))
    ends = [*starts[1:], len(levels)]
    return [(int(a), int(b), int(levels[a])) for a, b in zip(starts, ends, strict=True)]


def _legend(canvas: Canvas, material: Material, height: float) -> None:
    """Draw the classes in order, each with its limits beside it."""
    from matplotlib.patches import Rectangle

    code = material.language.code
    labels = [material.say(text("never"))]
    for low, high in pairwise(EDGES):
        written = f"{numbers.decimal(100 * low, 0, code)}–{numbers.share(high, 0, code)}"
        labels.append(
            material.say(text("up to {share}", share=numbers.share(high, 0, code))) if not low else written
        )
    x, y = LEFT_IN, 0.3
    for colour, label in zip(COLOURS, labels, strict=True):
        canvas.add_artist(
            Rectangle(
                (x / WIDTH_IN, y / height),
                0.2 / WIDTH_IN,
                0.13 / height,
                transform=canvas.transFigure,
                facecolor=colour,
                edgecolor=GREY,
                linewidth=0.4,
            )
        )
        canvas.text((x + 0.26) / WIDTH_IN, (y + 0.065) / height, label, va="center", fontsize=7.5)
        x += 0.26 + 0.11 + 0.072 * len(label) + 0.2


# ---------------------------------------------------------------- table


def _table(material: Material, keys: Sequence[str], strips: Sequence[Strip]) -> Table:
    """Return the last strip's shares by day, or by week where the days are many."""
    say, code = material.say, material.language.code
    share = strips[-1].share
    days = share.shape[1]
    if days <= MOST_COLUMNS:
        head = [say(text("Region")), *(str(d + 1) for d in range(days))]
        caption = text(
            "Share of each day without a free staffed intensive care bed, with {plan}",
            plan=material.phrases[material.plan],
        )
    else:
        each = max(7, -(-days // MOST_COLUMNS))
        starts = list(range(0, days, each))
        share = np.stack([share[:, s : s + each].mean(axis=1) for s in starts], axis=1)
        head = [say(text("Region")), *(f"{s + 1}–{min(s + each, days)}" for s in starts)]
        caption = text(
            "Share of the time without a free staffed intensive care bed, by days, with {plan}",
            plan=material.phrases[material.plan],
        )
    rows = [
        [material.region(key), *(numbers.share(float(v), 0, code) for v in share[i])]
        for i, key in enumerate(keys)
    ]
    return Table(say(caption), head, rows, dense=True)
