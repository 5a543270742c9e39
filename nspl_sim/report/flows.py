"""Who helps whom? Patients moved for want of a bed, from and to each region, and what is left net."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from nspl_sim.paper import numbers
from nspl_sim.paper.figure import BLUE, GREY, INK, RED
from nspl_sim.report.drawing import HEAD_IN, WIDTH_IN, blank, pictures
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Figure, Table
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import Text, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

EDGES = (0.0, 0.05, 0.15, 0.35, 0.65)
COLOURS = ("#ffffff", "#e4eef6", "#b9d4e8", "#7fb0d6", "#3d7fb5", "#0b4a7d")
"""None, then up to each share of the largest stream, then more."""

WRITTEN, WRITTEN_SHARE = 0.95, 0.15
"""Streams of so many patients, and such a share of the largest, are written in the picture."""

MOST_REGIONS = 30
LEFT_IN, BARS_IN, FOOT_IN, LETTER_IN = 1.45, 2.0, 0.75, 0.066


@dataclass(frozen=True, eq=False)
class Moves:
    """The mean number of patients a replication, from each region to each, in the order of the figures."""

    keys: tuple[str, ...]
    mean: Floats
    """Shape (from regions, to regions)."""

    @cached_property
    def net(self) -> Floats:
        """Return how many more each region receives than it sends."""
        return np.asarray(self.mean.sum(axis=0) - self.mean.sum(axis=1))

    @property
    def is_empty(self) -> bool:
        """Return whether nobody is moved."""
        return not self.mean.any()


def moves(material: Material, point: int | None = None) -> Moves | None:
    """Return who is moved under the plan, or *point*; None where there is no other region to move to."""
    scenario = material.scenario
    keys = tuple(k for _, of_group in material.grouped for k in of_group)
    if len(keys) < 2:
        return None
    order = [scenario.region_keys.index(k) for k in keys]
    mean = material.batch.transfers(material.plan if point is None else point).sum(axis=1).mean(axis=0)
    return Moves(keys, mean[np.ix_(order, order)])


def flows(material: Material) -> Figure | None:
    """Return the figure; None where nobody is moved."""
    found = moves(material)
    if found is None or found.is_empty:
        return None
    shown = _largest(found)
    title = material.say(text("Who helps whom: {plan}", plan=material.phrases[material.plan]))
    alt = material.say(_finding(material, found))
    drawing = pictures(
        "who-helps-whom", lambda: _drawn(material, shown, title, alt), title, alt, HEAD_IN - 0.05
    )
    how = text(
        "Patients moved to another region for want of a bed, mean of {n} replications. Rows send, columns "
        "receive; the darker, the more. To the right: received less sent, for every region.",
        n=material.main.replications,
    )
    if material.shares_regions and material.reference is not None:
        how = text(
            "{how} The upright line across a bar is where the region stands with {reference}.",
            how=how,
            reference=material.phrases[material.reference],
        )
    return Figure(
        "who-helps-whom",
        title,
        alt,
        material.say(how),
        drawing,
        _table(material, found),
        is_wide=True,
    )


def _before(material: Material) -> Moves | None:
    """Return who is moved under the reference, where it has the same regions."""
    return moves(material, material.reference) if material.shares_regions else None


def _largest(found: Moves) -> Moves:
    """Return *found*, or where the regions are very many those that most patients leave or reach."""
    if len(found.keys) <= MOST_REGIONS:
        return found
    busy = found.mean.sum(axis=0) + found.mean.sum(axis=1)
    kept = np.sort(np.argsort(-busy, kind="stable")[:MOST_REGIONS])
    return Moves(tuple(found.keys[i] for i in kept), found.mean[np.ix_(kept, kept)])


def _finding(material: Material, found: Moves) -> Text:
    code = material.language.code
    gives, gets = int(found.net.argmax()), int(found.net.argmin())
    sender, receiver = np.unravel_index(int(found.mean.argmax()), found.mean.shape)
    total, gave, got, most = (
        numbers.decimal(v, numbers.digits_for(v), code)
        for v in map(
            float, (found.mean.sum(), found.net[gives], -found.net[gets], found.mean[sender, receiver])
        )
    )
    return text(
        "With {plan}, {total} patients are moved for want of a bed in a replication. {giver} gives "
        "most ({gave} "
        "more in than out), {getter} gets most ({got} more out than in). The largest stream is "
        "from {sender} to "
        "{receiver}: {most}.",
        plan=material.phrases[material.plan],
        total=total,
        giver=material.region(found.keys[gives]),
        gave=gave,
        getter=material.region(found.keys[gets]),
        got=got,
        sender=material.region(found.keys[sender]),
        receiver=material.region(found.keys[receiver]),
        most=most,
    )


# ---------------------------------------------------------------- drawing


def _drawn(material: Material, found: Moves, title: str, alt: str) -> Canvas:
    count = len(found.keys)
    side = min(0.42, (WIDTH_IN - LEFT_IN - BARS_IN - 0.4) / count)
    tall = side * count
    names = [material.label(k) for k in found.keys]
    above = 0.3 + LETTER_IN * max(len(name) for name in names)
    height = HEAD_IN + above + tall + FOOT_IN
    canvas = blank(height, title, alt, material.marking)
    box = (LEFT_IN / WIDTH_IN, FOOT_IN / height, tall / WIDTH_IN, tall / height)
    _matrix(canvas.add_axes(box), material, found, names, side)
    left = LEFT_IN + tall + 0.25
    bars = canvas.add_axes((left / WIDTH_IN, FOOT_IN / height, BARS_IN / WIDTH_IN, tall / height))
    _bars(bars, material, found, names)
    _key(canvas, material, found, height)
    return canvas


def _key(canvas: Canvas, material: Material, found: Moves, height: float) -> None:
    """Draw what the colours of the matrix stand for, in patients."""
    from matplotlib.patches import Rectangle

    code, largest = material.language.code, float(found.mean.max())
    ends = [*(e * largest for e in EDGES[1:]), largest]
    x, y = LEFT_IN, FOOT_IN - 0.3
    for colour, low, high in zip(COLOURS[1:], [0.0, *ends], ends, strict=False):
        digits = 1 if largest < 100 else 0
        label = f"{numbers.decimal(low, digits, code)}–{numbers.decimal(high, digits, code)}"
        if not low:
            label = material.say(text("up to {share}", share=numbers.decimal(high, digits, code)))
        place = (x / WIDTH_IN, y / height)
        canvas.add_artist(
            Rectangle(
                place,
                0.2 / WIDTH_IN,
                0.13 / height,
                transform=canvas.transFigure,
                facecolor=colour,
                edgecolor=GREY,
                linewidth=0.4,
            )
        )
        canvas.text((x + 0.26) / WIDTH_IN, (y + 0.065) / height, label, va="center", fontsize=7.5)
        x += 0.26 + 0.11 + 0.072 * len(label) + 0.15
    unit = material.say(text("patients per replication"))
    canvas.text(x / WIDTH_IN, (y + 0.065) / height, unit, va="center", fontsize=7.5, color=GREY)


def _matrix(axes: Axes, material: Material, found: Moves, names: Sequence[str], side: float) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    count = len(names)
    axes.set_xlim(0, count)
    axes.set_ylim(count, 0)
    largest = float(found.mean.max())
    level = np.searchsorted(EDGES, found.mean / largest - 1e-12).clip(0, len(COLOURS) - 1)
    for number, colour in enumerate(COLOURS):
        corners: list[tuple[float, float]] = []
        for row, column in zip(*np.nonzero(level == number), strict=True):
            corners += [
                (column, row),
                (column + 1, row),
                (column + 1, row + 1),
                (column, row + 1),
                (column, row),
            ]
        if corners and number:
            codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * (len(corners) // 5)
            axes.add_patch(PathPatch(Path(corners, codes), facecolor=colour, linewidth=0))
    is_written = found.mean >= max(WRITTEN, WRITTEN_SHARE * largest)
    for i in range(count):
        axes.text(i + 0.5, i + 0.5, "·", ha="center", va="center", fontsize=7, color=GREY)
    for row, column in zip(*np.nonzero(is_written), strict=True):
        axes.text(
            column + 0.5,
            row + 0.5,
            f"{found.mean[row, column]:.0f}",
            ha="center",
            va="center",
            fontsize=6.5 if side < 0.3 else 8,
            color="white" if level[row, column] >= 4 else INK,
        )
    axes.set_xticks(np.arange(count) + 0.5, names, rotation=90)
    axes.set_yticks(np.arange(count) + 0.5, names)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=7.5, pad=3, labelcolor=INK)
    axes.set_xticks(range(count + 1), minor=True)
    axes.set_yticks(range(count + 1), minor=True)
    axes.grid(which="minor", color="#e3e3e3", linewidth=0.4)
    axes.tick_params(which="minor", length=0)
    for edge in axes.spines.values():
        edge.set(visible=True, color="#c9c9c9", linewidth=0.5)
    axes.annotate(
        material.say(text("from ↓   to →")),
        (0, 0),
        (-6, 6),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right",
        fontsize=7.2,
        color=GREY,
        annotation_clip=False,
    )


def _bars(axes: Axes, material: Material, found: Moves, names: Sequence[str]) -> None:
    count, code = len(names), material.language.code
    y = np.arange(count) + 0.5
    most = float(np.abs(found.net).max()) or 1.0
    gives = found.net >= 0
    axes.barh(y[gives], found.net[gives], 0.62, color=BLUE)
    axes.barh(
        y[~gives], found.net[~gives], 0.62, facecolor="white", edgecolor=RED, linewidth=0.8, hatch="////"
    )
    axes.axvline(0, color=INK, linewidth=0.7)
    old = _before(material)
    if old is not None:
        before = np.array([old.net[old.keys.index(k)] for k in found.keys])
        axes.vlines(before, y - 0.42, y + 0.42, color=INK, linewidth=1.1, zorder=4)
        most = max(most, float(np.abs(before).max()))
    axes.set_xlim(-1.45 * most, 1.45 * most)
    axes.set_ylim(count, 0)
    far = before.tolist() if old is not None else [0.0] * count
    for i, value in enumerate(found.net.tolist()):
        axes.annotate(
            numbers.signed(value, 1 if most < 100 else 0, code),
            (max(value, far[i]) if value >= 0 else min(value, far[i]), i + 0.5),
            (3 if value >= 0 else -3, 0),
            textcoords="offset points",
            ha="left" if value >= 0 else "right",
            va="center",
            fontsize=7,
        )
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    for x, align, words in ((-0.06, "right", text("◀ gets help")), (0.06, "left", text("gives help ▶"))):
        axes.annotate(
            material.say(words),
            (x * most, 0),
            (0, 6),
            textcoords="offset points",
            ha=align,
            fontsize=7.5,
            color=GREY,
            annotation_clip=False,
        )


# ---------------------------------------------------------------- table


def _table(material: Material, found: Moves) -> Table:
    """Return rows that send and columns that receive, with sums and what is left net."""
    say, code = material.say, material.language.code

    def cell(value: float) -> str:
        return numbers.decimal(value, 1, code) if value >= 0.05 else ""

    shown = _largest(found)
    names = [material.region(k) for k in shown.keys]
    head = [say(text("From / to")), *names, say(text("Sent")), say(text("Received")), say(text("Net"))]
    old = _before(material)
    if old is not None and material.reference is not None:
        head.append(say(text("Net, {reference}", reference=material.phrases[material.reference])))
    rows = []
    for i, key in enumerate(shown.keys):
        at = found.keys.index(key)
        sums = (found.mean[at].sum(), found.mean[:, at].sum())
        rows.append(
            [
                names[i],
                *(cell(float(v)) for v in shown.mean[i]),
                *(numbers.decimal(float(v), 1, code) for v in sums),
                numbers.signed(float(found.net[at]), 1, code),
                *([numbers.signed(float(old.net[at]), 1, code)] if old is not None else []),
            ]
        )
    caption = text(
        "Patients moved in a replication, mean; rows send, columns receive ({plan})",
        plan=material.phrases[material.plan],
    )
    return Table(say(caption), head, rows, dense=True)
