"""Who pays? Planned care put off, by day under each plan and by region under the two compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nspl_sim.experiment.statistics import paired
from nspl_sim.measures.profile import Planned
from nspl_sim.paper import numbers
from nspl_sim.paper.figure import BLUE, DARK_BLUE, GREY, INK
from nspl_sim.report.dots import grade
from nspl_sim.report.drawing import HEAD_IN, WIDTH_IN, blank, pictures, wrapped
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Figure, Table
from nspl_sim.vocabulary.patients import Floats
from nspl_sim.vocabulary.text import Text, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

LINES: tuple[tuple[str, object], ...] = (
    (GREY, ":"),
    ("#8a5a00", "-."),
    (GREY, (0, (8, 2, 1, 2))),
    ("#5a7d2b", (0, (1, 1))),
)
"""Of plans that are neither the plan nor its reference; told apart by their dashes."""

NAME_LETTERS = 46
"""Letters of a plan's name on one line."""

ROW_IN, FOOT_IN, GAP_IN, LEFT_IN = 0.2, 0.62, 0.75, 1.4


@dataclass(frozen=True, eq=False)
class Postponed:
    """Planned care put off under one design point, means over replications."""

    by_day: Floats
    by_region: Floats
    """In the order of the scenario's region keys."""
    due_by_region: Floats


def postponed(material: Material, point: int) -> Postponed:
    """Return what is put off under design point *point*."""
    found: Planned = material.batch.planned(point)
    mean, due = found.postponed.mean(axis=0), found.due.mean(axis=0)
    return Postponed(mean.sum(axis=0), mean.sum(axis=1), due.sum(axis=1))


def elective(material: Material) -> Figure | None:
    """Return the figure; None where there is no planned care."""
    compared = [p for p in (material.reference, material.plan) if p is not None]
    others = [p for p in range(len(material.batch.points)) if p not in compared][: len(LINES)]
    shown = {p: postponed(material, p) for p in sorted(compared + others)}
    if not any(one.due_by_region.any() or one.by_day.any() for one in shown.values()):
        return None
    title = material.say(text("Planned care put off, by day and by region"))
    alt = material.say(_finding(material, shown[material.plan], shown.get(_reference(material))))
    drawing = pictures(
        "planned-care", lambda: _drawn(material, shown, title, alt), title, alt, HEAD_IN - 0.05
    )
    how = text(
        "Above: patients whose planned care is put off on each day in the whole country, mean of "
        "{n} replications. "
        "Below: by the region where they live, over the whole period.",
        n=material.main.replications,
    )
    return Figure(
        "planned-care",
        title,
        alt,
        material.say(how),
        drawing,
        _table(material, shown),
    )


def _reference(material: Material) -> int:
    return material.reference if material.reference is not None and material.shares_regions else -1


def _finding(material: Material, ours: Postponed, theirs: Postponed | None) -> Text:
    code, total = material.language.code, float(ours.by_region.sum())
    said: dict[str, Any] = {
        "plan": material.phrases[material.plan],
        "total": numbers.decimal(total, numbers.digits_for(total), code),
    }
    if theirs is None or material.reference is None:
        return text("With {plan}, {total} planned treatments are put off in a replication.", **said)
    change = ours.by_region - theirs.by_region
    most = int(change.argmax())
    before = float(theirs.by_region.sum())
    said |= {
        "before": numbers.decimal(before, numbers.digits_for(before), code),
        "reference": material.phrases[material.reference],
        "sure": _sure(material, None),
    }
    if change[most] <= 0:
        return text(
            "With {plan}, {total} planned treatments are put off in a replication, against {before} with "
            "{reference} ({sure}); no region puts off more.",
            **said,
        )
    return text(
        "With {plan}, {total} planned treatments are put off in a replication, against {before} with "
        "{reference} ({sure}). {region} pays most: {change} ({region_sure}).",
        region=material.region(material.scenario.region_keys[most]),
        change=numbers.signed(float(change[most]), numbers.digits_for(float(change[most])), code),
        region_sure=_sure(material, most),
        **said,
    )


def _sure(material: Material, region: int | None) -> Text:
    """Return whether the difference from the reference is settled, in one region or in all together."""
    sums = []
    for point in (material.plan, material.reference):
        of_day = material.batch.planned(point or 0).postponed
        chosen = of_day if region is None else of_day[:, [region]]
        sums.append(chosen.sum(axis=(1, 2)).astype(float))
    return grade(paired(sums[0], sums[1]))


# ---------------------------------------------------------------- drawing


def _drawn(material: Material, shown: dict[int, Postponed], title: str, alt: str) -> Canvas:
    keys = [k for _, of_group in material.grouped for k in of_group]
    tall = ROW_IN * max(2, len(keys))
    upper = 1.55
    names = {p: wrapped(material.names[p], NAME_LETTERS) for p in shown}
    deepest = max(name.count("\n") for name in names.values())
    legend = (0.2 + 0.13 * deepest) * (-(-len(shown) // 2))
    height = HEAD_IN + 0.2 + upper + legend + GAP_IN + 0.13 * deepest + tall + FOOT_IN
    canvas = blank(height, title, alt, material.marking)
    wide = WIDTH_IN - LEFT_IN - 0.5
    days = canvas.add_axes(
        (
            0.62 / WIDTH_IN,
            1 - (HEAD_IN + 0.2 + upper) / height,
            (WIDTH_IN - 1.0) / WIDTH_IN,
            (upper - 0.1) / height,
        )
    )
    _by_day(days, material, shown, names)
    days.legend(
        loc="upper left",
        bbox_to_anchor=(0, -0.16),
        ncols=2,
        frameon=False,
        fontsize=8,
        handlelength=3,
        borderaxespad=0,
    )
    regions = canvas.add_axes((LEFT_IN / WIDTH_IN, FOOT_IN / height, wide / WIDTH_IN, tall / height))
    _by_region(regions, material, shown, keys, names)
    return canvas


def _by_day(axes: Axes, material: Material, shown: dict[int, Postponed], names: dict[int, str]) -> None:
    others = iter(LINES * len(shown))
    for point, one in shown.items():
        if point == material.plan:
            colour, dashes, width = DARK_BLUE, "-", 2.0
        elif point == material.reference:
            colour, dashes, width = INK, "--", 1.3
        else:
            (colour, dashes), width = next(others), 1.2  # type: ignore[assignment]
        day = np.arange(len(one.by_day)) + 1
        axes.plot(day, one.by_day, color=colour, linestyle=dashes, linewidth=width, label=names[point])
    longest = max(len(one.by_day) for one in shown.values())
    axes.set_xlim(0.5, longest + 0.5)
    axes.set_ylim(0, 1.08 * max(float(one.by_day.max(initial=0)) for one in shown.values()) or 1.0)
    step = next((s for s in (1, 2, 7, 14, 28, 56) if longest / s <= 15), 91)
    axes.set_xticks(range(1, longest + 1, step))
    axes.yaxis.set_major_formatter(lambda v, _: numbers.shortest(float(v), material.language.code))
    axes.tick_params(length=2, width=0.5, pad=2, labelsize=7.5)
    axes.grid(axis="y", color="#dddddd", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.set_title(material.say(text("Patients a day, by day")), loc="left", fontsize=8.5, pad=4, color=GREY)


def _by_region(
    axes: Axes,
    material: Material,
    shown: dict[int, Postponed],
    keys: Sequence[str],
    names: dict[int, str],
) -> None:
    known, code = material.scenario.region_keys, material.language.code
    order = [known.index(k) for k in keys]
    y = np.arange(len(keys)) + 0.5
    ours = shown[material.plan].by_region[order]
    theirs = shown[_reference(material)].by_region[order] if _reference(material) >= 0 else None
    if theirs is not None:
        axes.hlines(y, np.minimum(ours, theirs), np.maximum(ours, theirs), color="#b5b5b5", linewidth=1.4)
        axes.scatter(
            theirs,
            y,
            s=22,
            facecolor="white",
            edgecolor=INK,
            linewidth=0.9,
            zorder=2,
            label=names[_reference(material)],
        )
    axes.scatter(ours, y, s=24, color=BLUE, zorder=3, label=names[material.plan])
    most = max(float(ours.max(initial=0)), float(theirs.max(initial=0)) if theirs is not None else 0.0) or 1.0
    axes.set_xlim(-0.02 * most, 1.16 * most)
    axes.set_ylim(len(keys), 0)
    if theirs is not None:
        for i, (a, b) in enumerate(zip(ours.tolist(), theirs.tolist(), strict=True)):
            axes.annotate(
                numbers.signed(a - b, numbers.digits_for(a - b) if abs(a - b) >= 1 else 1, code),
                (max(a, b), i + 0.5),
                (6, 0),
                textcoords="offset points",
                va="center",
                fontsize=7,
            )
    axes.set_yticks(y, [material.label(k) for k in keys])
    axes.tick_params(length=0, labelsize=7.8, pad=3, labelcolor=INK)
    axes.xaxis.set_major_formatter(lambda v, _: numbers.shortest(float(v), code))
    axes.grid(axis="x", color="#e3e3e3", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.set_title(
        material.say(text("Patients in the whole period, by region")),
        loc="left",
        fontsize=8.5,
        pad=16 + 9.5 * max(n.count("\n") for n in names.values()),
        color=GREY,
    )
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, frameon=False, fontsize=8, borderaxespad=0
    )


# ---------------------------------------------------------------- table


def _table(material: Material, shown: dict[int, Postponed]) -> Table:
    say, code = material.say, material.language.code
    head = [say(text("Region"))]
    for point in shown:
        head.append(material.names[point])
        head.append(say(text("{plan}, share of planned", plan=material.names[point])))
    rows = []
    everything = [
        (material.region(k), {p: _place(material, p, k) for p in shown})
        for _, ks in material.grouped
        for k in ks
    ]
    for name, places in everything:
        row = [name]
        for point, one in shown.items():
            at = places[point]
            if at is None:
                row += [numbers.MISSING, numbers.MISSING]
                continue
            row += [
                numbers.decimal(float(one.by_region[at]), 1, code),
                _share(float(one.by_region[at]), float(one.due_by_region[at]), code),
            ]
        rows.append(row)
    if len(rows) > 1:
        row = [say(text("All regions"))]
        for one in shown.values():
            row += [
                numbers.decimal(float(one.by_region.sum()), 1, code),
                _share(float(one.by_region.sum()), float(one.due_by_region.sum()), code),
            ]
        rows.append(row)
    return Table(say(text("Planned treatments put off in a replication, mean")), head, rows)


def _place(material: Material, point: int, key: str) -> int | None:
    known = material.batch.points[point].scenario.region_keys
    return known.index(key) if key in known else None


def _share(part: float, whole: float, code: str) -> str:
    return numbers.share(part / whole, 1, code) if whole else numbers.MISSING
