"""The figure of intensive care occupancy: one small panel a region, in map order.

The empty corner of the map holds the most pressed region once more, in a larger panel with every band
labelled, so that the worst comes first to the eye and is the key to the others. Drawn without pyplot,
hence without global state; the same results give the same bytes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from nspl_sim.paper import numbers
from nspl_sim.paper.drawing import FONT, lacks_characters, quietly
from nspl_sim.paper.language import Language
from nspl_sim.paper.occupancy import Occupancy, Panel, finding, title
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NINE, HALF = "#cbe0ef", "#8fbddd"
"""The bands; opaque, so that a tint behind them changes nothing."""

BLUE, DARK_BLUE, INK, GREY, RED = "#0072B2", "#00466e", "#222222", "#555555", "#B03A00"
TINTS = ((0.30, "#fbe0cf"), (0.10, "#fdf1e8"))
"""The background of a panel that is full for at least such a share of the time."""

WIDTH_IN, ROW_IN, HEAD_IN, FOOT_IN = 8.3, 1.2, 1.28, 0.72
LEFT_IN, RIGHT_IN, GAP_IN, TITLE_IN = 0.62, 0.2, 0.16, 0.36

MARKING_LETTERS = 90
"""So many letters of a marking have room at full size."""

HEADING = "heading"
"""What the names of title and finding in the picture begin with; a page that says them leaves them out."""


@dataclass(frozen=True)
class Grid:
    """Where each panel stands; the large one fills two rows from the upper left corner."""

    columns: int
    rows: int
    places: tuple[tuple[int, int], ...]
    large: int
    """Columns of the large panel."""
    nation: tuple[int, int] | None


def grid(panels: tuple[Panel, ...]) -> Grid:
    """Return the map order where every region has a place of its own, else reading order."""
    tiles = [p.tile for p in panels if p.tile is not None]
    if len(tiles) == len(panels) and len(set(tiles)) == len(tiles) and max(c for c, _ in tiles) < 8:
        first_column, first_row = min(c for c, _ in tiles), min(r for _, r in tiles)
        places = [(c - first_column, r - first_row) for c, r in tiles]
    else:
        across = min(4, max(1, len(panels)))
        places = [(i % across, i // across) for i in range(len(panels))]
    columns, rows = max(3, *(c + 1 for c, _ in places)), max(r + 1 for _, r in places)
    free = min((c for c, r in places if r < 2), default=columns)
    if free >= 2 and rows >= 3:
        return Grid(columns, rows, tuple(places), 2, (0, 2) if (0, 2) not in places else None)
    return Grid(columns, rows + 2, tuple((c, r + 2) for c, r in places), 2, (columns - 1, 1))


STYLE: dict[Any, Any] = {
    "svg.hashsalt": "nspl_sim",
    "text.parse_math": False,
    "font.family": FONT,
    "font.size": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "text.color": INK,
}
"""How every figure is drawn, so that they look like one hand's."""


def write(shown: Occupancy, marking: str, language: Language, when: str = "") -> dict[str, bytes]:
    """Return the figure as ``png`` and ``svg``; *when* names day 0."""
    with quietly():
        return _written(shown, marking, language, when)


def _written(shown: Occupancy, marking: str, language: Language, when: str) -> dict[str, bytes]:
    import matplotlib

    with matplotlib.rc_context(STYLE):
        figure = drawn(shown, marking, language, when)
        png, svg = BytesIO(), BytesIO()
        about = {"Title": language.say(title(shown)), "Description": finding(shown, language)}
        figure.savefig(png, format="png", dpi=200, metadata={"Software": None})
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None, **about})
    return {"png": png.getvalue(), "svg": svg.getvalue()}


def drawn(shown: Occupancy, marking: str, language: Language, when: str = "") -> Figure:
    """Return the figure, to be saved; *when* names day 0. Draw it within :data:`STYLE`."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    layout = grid(shown.regions)
    height = HEAD_IN + layout.rows * ROW_IN + FOOT_IN
    figure = Figure(figsize=(WIDTH_IN, height), facecolor="white")
    FigureCanvasAgg(figure)
    top = _ceiling(shown)
    _heading(figure, shown, marking, language, height)
    cell = (WIDTH_IN - LEFT_IN - RIGHT_IN) / layout.columns

    def place(column: int, row: int, columns: int = 1, rows: int = 1, part: float = 1.0) -> Axes:
        left = LEFT_IN + column * cell
        bottom = FOOT_IN + (layout.rows - row - rows) * ROW_IN
        box = (left, bottom, part * columns * cell - GAP_IN, rows * ROW_IN - TITLE_IN)
        return figure.add_axes((box[0] / WIDTH_IN, box[1] / height, box[2] / WIDTH_IN, box[3] / height))

    lowest = {c: max(r for cc, r in layout.places if cc == c) for c, _ in layout.places}
    first = {r: min(c for c, rr in layout.places if rr == r) for _, r in layout.places}
    for panel, (column, row) in zip(shown.regions, layout.places, strict=True):
        axes = place(column, row)
        _curves(axes, shown, panel, top)
        _name(axes, panel, language)
        axes.tick_params(labelbottom=lowest[column] == row, labelleft=first[row] == column)
    if layout.nation is not None and len(shown.regions) > 1:
        axes = place(*layout.nation)
        _curves(axes, shown, shown.nation, top)
        axes.set_title(shown.nation.name, loc="left", fontsize=8.2, pad=3, fontweight="bold")
        axes.tick_params(labelbottom=False)
    _key(place(0, 0, layout.large, 2, part=0.62), shown, top, language)
    days = text("Day from {when}", when=when) if when else text("Day")
    middle = (LEFT_IN + (WIDTH_IN - LEFT_IN - RIGHT_IN) / 2) / WIDTH_IN
    figure.text(middle, 0.36 / height, language.say(days), ha="center", color=GREY)
    if lacks_characters(figure):
        note = text("A box stands for a character that the figure cannot draw; the text beside it has all.")
        figure.text(0.2 / WIDTH_IN, 0.24 / height, language.say(note), fontsize=6.5, color=GREY)
    return figure


def _ceiling(shown: Occupancy) -> float:
    """Return the top of the common scale: all capacities and nearly all bands fit."""
    highest = max(
        float(np.max(values)) for p in (*shown.regions, shown.nation) for values in (p.nine[1], p.capacity)
    )
    return min(3.0, max(1.25, math.ceil(highest * 4 + 0.2) / 4))


def _heading(figure: Figure, shown: Occupancy, marking: str, language: Language, height: float) -> None:
    """Marking at the top and the bottom; title, finding and unit under the upper one."""
    sign(figure, marking, height)
    x = 0.2 / WIDTH_IN
    said = shown.plan
    if shown.same_plan is not None:
        said = language.say(text("{scenario}, with {plan}", scenario=shown.plan, plan=shown.same_plan))
    words = language.say(text("{title}: {plan}", title=title(shown), plan=said))
    size = 13 if len(words) < 75 else 10
    figure.text(x, 1 - 0.36 / height, words, va="top", fontsize=size, fontweight="bold", gid=HEADING)
    said = _wrapped(finding(shown, language), 118)
    figure.text(x, 1 - 0.64 / height, said, va="top", fontsize=9, gid=HEADING + "-finding")
    how = text(
        "\u201cfull\u201d: share of the time without an empty staffed bed, mean of {replications} "
        "replications. Tinted: at least {some}; in red: at least {much}.",
        replications=shown.replications,
        some=numbers.share(TINTS[1][0], 0, language.code),
        much=numbers.share(TINTS[0][0], 0, language.code),
    )
    figure.text(x, 1 - 0.98 / height, language.say(how), va="top", fontsize=7.8, color=GREY)


def sign(figure: Figure, marking: str, height: float) -> None:
    """Write the marking at the top and the bottom of a figure of *height* inches; a long one is set small."""
    size = min(8.0, 8.0 * MARKING_LETTERS / max(1, len(marking)))
    for y, align in ((1 - 0.1 / height, "top"), (0.1 / height, "bottom")):
        place: dict[str, Any] = {"ha": "center", "va": align, "gid": f"{HEADING}-marking-{align}"}
        figure.text(0.5, y, marking, fontsize=size, fontweight="bold", color=INK, **place)


def _wrapped(sentence: str, width: int) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(sentence, width))


def _curves(axes: Axes, shown: Occupancy, panel: Panel, top: float) -> None:
    day, step = shown.day, _step(shown.days)
    axes.fill_between(day, panel.nine[0], panel.nine[1], color=NINE, linewidth=0)
    axes.fill_between(day, panel.half[0], panel.half[1], color=HALF, linewidth=0)
    if panel.reference is not None:
        axes.plot(day, panel.reference, color=INK, linewidth=0.7, linestyle=(0, (3, 2)))
    axes.plot(day, panel.median, color=DARK_BLUE, linewidth=1.1)
    axes.plot(day, panel.capacity, color=RED, linewidth=0.7, drawstyle="steps-post")
    axes.set_xlim(0, max(shown.days, float(day[-1])))
    axes.set_ylim(0, top)
    axes.set_yticks([float(v) for v in range(4) if v <= top])
    axes.yaxis.set_major_formatter(lambda v, _: f"{100 * v:.0f}")
    marks = np.arange(0, shown.days - 1e-9, step)
    axes.set_xticks(marks if len(marks) else [0.0])
    axes.xaxis.set_major_formatter(lambda v, _: f"{v + 1:g}")
    axes.tick_params(length=2, width=0.5, pad=2, labelsize=7)
    axes.grid(axis="y", color="#e8e8e8", linewidth=0.4)
    axes.set_axisbelow(True)


def _step(days: float) -> float:
    """Return days between marks: at most about five marks, the first on day 1, by whole days or weeks."""
    return next((s for s in (0.5, 1, 2, 7, 14, 28, 56, 182, 364) if days / s <= 5), 728)


def _name(axes: Axes, panel: Panel, language: Language) -> None:
    """Write the name and for how long it is full; the fullest in colour and on a tint."""
    tint = next((colour for least, colour in TINTS if panel.full >= least), None)
    if tint:
        axes.set_facecolor(tint)
    is_worst = panel.full >= TINTS[0][0]
    axes.set_title(
        panel.name,
        loc="left",
        fontsize=8.2,
        pad=3,
        color=RED if is_worst else INK,
        fontweight="bold" if is_worst else "normal",
    )
    if panel.full > 0:
        said = (
            numbers.share(panel.full, 0, language.code)
            if panel.full >= 0.005
            else "<" + numbers.share(0.01, 0, language.code)
        )
        axes.text(
            0.985,
            0.06,
            language.say(text("full {share}", share=said)),
            transform=axes.transAxes,
            ha="right",
            fontsize=7.2,
            color=RED if is_worst else GREY,
            fontweight="bold" if is_worst else "normal",
        )


def _key(axes: Axes, shown: Occupancy, top: float, language: Language) -> None:
    """Draw the most pressed region, and say on it what every line and band is."""
    panel, say = shown.in_focus(), language.say
    if shown.same_plan is not None:
        heading = say(text("Largest difference: {region}", region=panel.name))
    else:
        heading = say(text("Most pressed: {region}", region=panel.name))
    _curves(axes, shown, panel, top)
    _name(axes, panel, language)
    axes.set_title(
        heading,
        loc="left",
        fontsize=9.5,
        pad=4,
        color=RED,
        fontweight="bold",
    )
    axes.set_ylabel(say(text("Per cent of ordinary staffed beds")), fontsize=7.5, color=GREY)
    labels = [
        (say(text("staffed beds")), panel.capacity[-1], RED),
        (say(text("9 of 10 replications")), (panel.half[1][-1] + panel.nine[1][-1]) / 2, BLUE),
        (say(text("half of the replications")), (panel.half[1][-1] + panel.median[-1]) / 2, BLUE),
        (say(text("{plan}, median", plan=shown.plan)), panel.median[-1], DARK_BLUE),
    ]
    if panel.reference is not None:
        labels.append((say(text("{plan}, median", plan=shown.reference)), panel.reference[-1], INK))
    _label(axes, [(_wrapped(words, 22), float(y) / top, colour) for words, y, colour in labels])


def _label(axes: Axes, labels: list[tuple[str, float, str]]) -> None:
    """Label lines and bands at the end of their course, in one column beside the panel."""
    labels.sort(key=lambda one: one[1])
    room = [0.075 * (1 + words.count("\n")) for words, _, _ in labels]
    heights = _spread([y for _, y, _ in labels], room)
    for (words, y, colour), height in zip(labels, heights, strict=True):
        axes.annotate(
            words,
            (1, y),
            (1.08, height),
            xycoords="axes fraction",
            textcoords="axes fraction",
            va="center",
            fontsize=7.8,
            color=colour,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": colour,
                "linewidth": 0.6,
                "shrinkA": 0,
                "shrinkB": 0,
                "relpos": (0, 0.5),
            },
        )


def _spread(wanted: list[float], room: list[float]) -> list[float]:
    """Return rising heights in 0-1, as far apart as the labels need and near the *wanted* ones."""
    found: list[float] = []
    for i, y in enumerate(wanted):
        least = found[-1] + (room[i - 1] + room[i]) / 2 if found else room[0] / 2
        found.append(max(y, least))
    for i in reversed(range(len(found))):
        most = found[i + 1] - (room[i] + room[i + 1]) / 2 if i + 1 < len(found) else 1 - room[i] / 2
        found[i] = min(found[i], most)
    return found
