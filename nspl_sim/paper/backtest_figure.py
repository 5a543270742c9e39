"""The figure of a back-test: observed days over the simulated mean and its bands, one panel a place."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from nspl_sim.experiment.backtest import BackTest
from nspl_sim.experiment.scores import BANDS, band
from nspl_sim.paper import numbers
from nspl_sim.paper.backtest import in_words, place_name
from nspl_sim.paper.drawing import quietly
from nspl_sim.paper.figure import STYLE
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import kind_name
from nspl_sim.vocabulary.text import text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS, PANEL_IN, WIDTH_IN, HEAD_IN, FOOT_IN = 3, 1.9, 8.3, 0.9, 0.5
OBSERVED, MEAN, FILL = "#1a1a1a", "#1f5a99", "#1f5a99"


def write(found: BackTest, marking: str, language: Language) -> dict[str, bytes]:
    """Return the figure as ``png`` and ``svg``."""
    with quietly():
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        with matplotlib.rc_context(STYLE):
            places = len(found.series.places)
            rows = -(-places // COLUMNS)
            columns = min(COLUMNS, places)
            height = HEAD_IN + rows * PANEL_IN * (1.6 if places == 1 else 1) + FOOT_IN
            figure = Figure(figsize=(WIDTH_IN, height), facecolor="white")
            FigureCanvasAgg(figure)
            top, bottom = 1 - HEAD_IN / height, FOOT_IN / height
            axes = figure.subplots(rows, columns, squeeze=False)
            figure.subplots_adjust(left=0.07, right=0.98, top=top, bottom=bottom, hspace=0.45, wspace=0.22)
            for number, panel in enumerate(axes.flat):
                if number < places:
                    _panel(panel, found, number, language)
                else:
                    panel.set_visible(False)
            _heading(figure, found, marking, language, height)
            png, svg = BytesIO(), BytesIO()
            figure.savefig(png, format="png", dpi=200, metadata={"Software": None})
            figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
            return {"png": png.getvalue(), "svg": svg.getvalue()}


def _heading(figure: object, found: BackTest, marking: str, language: Language, height: float) -> None:
    said = text("Back-test of {kind}: patients in beds", kind=kind_name(found.question.kind, language))
    legend = text("Points: observed. Line: simulated mean. Tints: 80 and 95 % of replications.")
    start = numbers.date(found.world.start, language.code)
    days = text("Days after {start}", start=start)
    write = figure.text  # type: ignore[attr-defined]
    write(0.07, 1 - 0.22 / height, language.say(said), fontsize=11, fontweight="bold", va="center")
    write(0.07, 1 - 0.44 / height, language.say(legend), fontsize=8, va="center")
    write(0.98, 1 - 0.22 / height, marking[:90], fontsize=7, ha="right", va="center")
    write(0.07, 0.12 / height, language.say(days), fontsize=8, va="center")


def _panel(panel: Axes, found: BackTest, place: int, language: Language) -> None:
    series = found.series
    for share, alpha in zip(reversed(BANDS), (0.18, 0.28), strict=True):
        low, high = band(series, place, share)
        panel.fill_between(series.days, low, high, color=FILL, alpha=alpha, linewidth=0)
    panel.plot(series.days, series.simulated[:, place].mean(axis=0), color=MEAN, linewidth=1.4)
    known = ~np.isnan(series.observed[place])
    panel.plot(series.days[known], series.observed[place][known], "o", color=OBSERVED, markersize=2)
    panel.set_title(place_name(found, series.places[place], language), fontsize=9, loc="left")
    panel.set_ylim(bottom=0)
    panel.tick_params(labelsize=7)
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)


def alternative(found: BackTest, marking: str, language: Language) -> bytes:
    """Return what the figure shows, in words."""
    return "\n".join([marking, "", *in_words(found, language), "", marking, ""]).encode()
