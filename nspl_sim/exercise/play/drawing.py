"""The fan as a drawing: a small panel for the nation and for each region, the same time in all."""

from html import escape

import numpy as np

from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.play.fan import Fan, Panel
from nspl_sim.exercise.printing.pages import Table
from nspl_sim.vocabulary.patients import Ints
from nspl_sim.vocabulary.text import text

_WIDE, _HIGH = 290, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 12, 26, 20
_BLUE, _BAND, _RED, _GREY = "#00466e", "#b9cfdd", "#a32020", "#4d565c"
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 10**9)
AHEAD_H = (6, 12, 24, 48)


def drawn(fan: Fan, material: Material) -> str:
    """Return a drawing for each panel as SVG, which the page sets beside or under each other."""
    width, height = _WIDE + _RIGHT, _TOP + _HIGH + _BOTTOM
    parts = []
    for panel in fan.panels:
        said = text(
            "{name}: those who need intensive care from a day ago to two days ahead",
            name=name(panel, material),
        )
        parts.append(
            f'<svg viewBox="0 0 {width} {height}" role="img" '
            f'aria-label="{escape(material.say(said), quote=True)}" '
            'xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" font-size="11">'
            f'<g fill="#1d2327">{_panel(fan, panel, material)}</g></svg>'
        )
    return "".join(parts)


def _panel(fan: Fan, panel: Panel, material: Material) -> str:
    """Return one panel: beds in red, this course in a line, the branches as a band."""
    times, first, last = fan.times_s, int(fan.times_s[0]), int(fan.times_s[-1])
    shown = np.concatenate((panel.own, panel.staffed, panel.low, panel.high))
    top = max(4, int(shown.max()) + 1)
    step = next(s for s in _STEPS if (top - _floor(shown, s)) / s <= 5)
    bottom = _floor(shown, step)

    def x(time_s: float) -> float:
        return _LEFT + (_WIDE - _LEFT) * (time_s - first) / max(last - first, 1)

    def y(people: float) -> float:
        return _TOP + _HIGH * (1 - (people - bottom) / (top - bottom))

    def line(values: Ints, at: Ints) -> str:
        return " ".join(f"{x(t):.1f},{y(v):.1f}" for t, v in zip(at.tolist(), values.tolist(), strict=True))

    ahead = times[fan.now :]
    band = f"{line(panel.high, ahead)} {line(panel.low[::-1], ahead[::-1])}"
    steps = np.repeat(panel.staffed, 2)[:-1], np.repeat(times, 2)[1:]
    parts = [f'<text x="0" y="14" font-weight="700" font-size="13">{escape(name(panel, material))}</text>']
    for people in range(bottom, top + 1, step):
        parts.append(f'<path d="M{_LEFT} {y(people):.1f}H{_WIDE}" stroke="#e3e6e8"/>')
        parts.append(
            f'<text x="{_LEFT - 5}" y="{y(people) + 4:.1f}" text-anchor="end" fill="{_GREY}">{people}</text>'
        )
    for time_s in times.tolist():
        if material.clock.civil(time_s).hour == 0:
            day = material.clock.said(time_s).partition(" ")[0]
            parts.append(f'<path d="M{x(time_s):.1f} {_TOP}V{_TOP + _HIGH}" stroke="#e3e6e8"/>')
            parts.append(
                f'<text x="{x(time_s):.1f}" y="{_TOP + _HIGH + 14}" text-anchor="middle" fill="{_GREY}">'
                f"{day}</text>"
            )
    now = x(int(times[fan.now]))
    parts += [
        f'<polygon points="{band}" fill="{_BAND}"/>',
        f'<polyline points="{line(panel.middle, ahead)}" fill="none" stroke="{_BLUE}" stroke-width="1.6"/>',
        f'<polyline points="{line(panel.own[fan.now :], ahead)}" fill="none" stroke="#1d2327" '
        'stroke-dasharray="2 3"/>',
        f'<polyline points="{line(panel.own[: fan.now + 1], times[: fan.now + 1])}" fill="none" '
        f'stroke="{_BLUE}" stroke-width="2.4"/>',
        f'<polyline points="{line(*steps)}" fill="none" stroke="{_RED}"/>',
        f'<path d="M{now:.1f} {_TOP}V{_TOP + _HIGH}" stroke="#1d2327"/>',
    ]
    return "".join(parts)


def name(panel: Panel, material: Material) -> str:
    """Return what a panel is called."""
    return material.words.short(panel.region) if panel.region >= 0 else material.say(text("The nation"))


def _floor(shown: Ints, step: int) -> int:
    """Return where the scale begins: at 0, or at a mark under all that is far above 0."""
    least = int(shown.min())
    return least // step * step if 2 * least > int(shown.max()) else 0


def table(fan: Fan, material: Material) -> Table:
    """Return the same in numbers: now, and what to expect some hours ahead."""
    say = material.say
    places = [h for h in AHEAD_H if fan.now + h < len(fan.times_s)]
    head = [say(text("Need intensive care")), say(text("Beds now")), say(text("Now"))]
    head += [say(text("in {h} h", h=h)) for h in places]
    rows = []
    for panel in fan.panels:
        cells = [str(int(panel.staffed[fan.now])), str(int(panel.own[fan.now]))]
        cells += [f"{panel.middle[h]} ({panel.low[h]}–{panel.high[h]})" for h in places]
        rows.append([name(panel, material), *cells])
    caption = say(text("Of {n} replications from now on: the middle one (lowest–highest)", n=fan.branches))
    if fan.left_out:
        caption += ". " + say(text("Regions that play and are less pressed, not shown: {n}", n=fan.left_out))
    return Table(head, rows, caption)
