"""The whole exercise on one page: storylines down, time in the room across."""

from datetime import UTC, datetime, timedelta
from html import escape

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.printing.pages import Page
from nspl_sim.exercise.triggers import REGISTRY
from nspl_sim.vocabulary.text import text

_LEFT, _RIGHT, _TOP, _ROW = 190, 40, 42, 19
_WIDTH = 1000


def pages(material: Material) -> list[Page]:
    """Return a page for each played day."""
    found = []
    for day in range(material.clock.days):
        heading = text("Time axis, day {day}", day=day + 1)
        said = text("Each mark is an inject; the larger, the more in that quarter of an hour.")
        found.append(
            Page(
                material.say(heading),
                said=[material.say(said)],
                drawing=_drawn(material, day),
                drawn=_said(material, _told(material, day)),
                landscape=True,
            )
        )
    return found


def _drawn(material: Material, day: int) -> str:
    """Return the drawing of one day as SVG."""
    clock = material.clock
    begins, ends = clock.morning(day).astimezone(UTC), clock.evening(day).astimezone(UTC)
    length = (ends - begins).total_seconds()
    told = _told(material, day)
    codes = [code for code in REGISTRY if any(i.code == code for i in told)]
    height = _TOP + _ROW * len(codes) + 12

    def x(seconds: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * seconds / length

    parts = [_open(height, material, told)]
    for first, last in clock.pauses(day):
        wide = x(last) - x(first)
        parts.append(
            f'<rect x="{x(first):.1f}" y="{_TOP - 8}" width="{wide:.1f}" height="{height - _TOP}" '
            'fill="#e6eaec"/>'
        )
    for hour in range(0, int(length) + 1, 3600):
        at, wall = x(hour), (begins + timedelta(seconds=hour)).astimezone(clock.startex.tzinfo)
        parts.append(f'<path d="M{at:.1f} {_TOP - 8}V{height - 8}" stroke="#b9c0c5"/>')
        parts.append(_word(at, 14, f"{wall:%H:%M}", "middle", bold=True))
        parts.append(_word(at, 28, _inside(material, day, wall), "middle"))
    for row, code in enumerate(codes):
        y = _TOP + _ROW * row + 10
        parts.append(_word(0, y + 4, f"{code}  {material.say(REGISTRY[code].title)}"[:34], "start"))
        counts: dict[int, int] = {}
        for one in told:
            if one.code == code:
                place = int((one.wall - begins).total_seconds() // 900)
                counts[place] = counts.get(place, 0) + 1
        for place, n in sorted(counts.items()):
            size = min(2.5 + 1.3 * n**0.5, 8.0)
            parts.append(f'<circle cx="{x(place * 900):.1f}" cy="{y}" r="{size:.1f}" fill="#00466e"/>')
    return "".join(parts) + "</svg>"


def _inside(material: Material, day: int, wall: datetime) -> str:
    """Return the scenario's time at an hour in the room; nothing in a break."""
    clock = material.clock
    if wall >= clock.evening(day):
        return clock.said(clock.ends_s(day))
    time_s = clock.scenario(wall)
    return clock.said(time_s) if clock.day_of(time_s) == day else ""


def _told(material: Material, day: int) -> list[Inject]:
    """Return the injects of a day, without contingency injects."""
    begins, ends = material.clock.morning(day), material.clock.evening(day)
    return [i for i in material.told if not i.reserve_of and begins <= i.wall <= ends]


def _said(material: Material, told: list[Inject]) -> str:
    return material.say(text("{count} injects on a time axis, by trigger", count=len(told)))


def _open(height: int, material: Material, told: list[Inject]) -> str:
    said = escape(_said(material, told), quote=True)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{said}" '
        'xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" font-size="11">'
    )


def _word(x: float, y: float, words: str, anchor: str, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'
