"""The courses hour by hour: who waits for intensive care, and who has died before a bed or on the way."""

from collections.abc import Callable, Sequence
from html import escape
from itertools import pairwise

import numpy as np

from nspl_sim.exercise.debrief.courses import Branch
from nspl_sim.exercise.debrief.measures import LEAST_TOLD
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.measures.course import ICU
from nspl_sim.paper.language import Language
from nspl_sim.report.parts import Figure, Pictures, Table
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, HOUR, days
from nspl_sim.vocabulary.patients import Ints
from nspl_sim.vocabulary.text import Text, text

_WIDE, _HIGH, _LEFT, _RIGHT, _TOP = 860, 210, 40, 250, 16
_LONGEST = 34
"""Letters of a heading that have room beside the drawing."""
_LOOKS = (
    ("#00466e", "3", ""),
    ("#1d2327", "1.4", "6 3"),
    ("#a32020", "1.4", ""),
    ("#5b7f2b", "1.4", "2 2"),
    ("#8a5a00", "1.4", "8 2 2 2"),
    ("#6a4c93", "1.4", "4 4"),
)
"""Colour, width and dashes of each course; the players' first and thickest."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 10**9)
AFTER_S = 2 * DAY


def waiting(branch: Branch, times_s: Ints) -> Ints:
    """Return those in line for intensive care in the nation at *times_s*."""
    course = branch.course
    return np.asarray(course.of_kind(course.waiting, ICU).at(times_s).sum(axis=0))


def died(branch: Branch, times_s: Ints) -> Ints:
    """Return those who have died waiting or on the way since 0, before each of *times_s*."""
    journal = branch.course.journal
    dead = np.isin(journal.event, (Event.DIED_WAITING, Event.DIED_ON_THE_WAY)) & (journal.time_s >= 0)
    return np.asarray(np.searchsorted(np.sort(journal.time_s[dead]), times_s))


WAITING = ("waiting", text("In line for intensive care in the nation"), waiting)
DIED = ("died", text("Dead waiting or on the way since the scenario's start"), died)


def figures(branches: Sequence[Branch], clock: ExerciseClock, language: Language) -> list[Figure]:
    """Return a figure of each quantity that is told, from STARTEX to two days after ENDEX."""
    end_s = min(clock.to_s + AFTER_S, days(branches[0].course.scenario.horizon_days))
    times = np.arange(clock.from_s, end_s, HOUR, dtype=np.int64)
    shown = [WAITING] if ICU in branches[0].course.kinds else []
    if all(died(branch, times[:1])[0] >= LEAST_TOLD for branch in branches):
        shown.append(DIED)
    return [_figure(name, title, of, branches, times, clock, language) for name, title, of in shown]


def _figure(
    name: str,
    title: Text,
    of: Callable[[Branch, Ints], Ints],
    branches: Sequence[Branch],
    times: Ints,
    clock: ExerciseClock,
    language: Language,
) -> Figure:
    say = language.say
    values = [of(branch, times) for branch in branches]
    played = clock.to_s
    at = int(np.searchsorted(times, min(played, int(times[-1]))))
    told = [f"{b.heading} {int(v[at])}" for b, v in zip(branches, values, strict=True)]
    when = clock.said(int(times[at]))
    alt = say(text("At {when}: {told}.", when=when, told="; ".join(told)))
    if of is died:
        since = [f"{b.heading} {int(v[at] - v[0])}" for b, v in zip(branches, values, strict=True)]
        more = text("Since STARTEX: {told}.", told="; ".join(since))
        alt += f" {say(more)}" if min(int(v[at] - v[0]) for v in values) >= LEAST_TOLD else ""
    how = say(
        text(
            "Hour by hour, in each course of the same patients. The upright line is ENDEX; after it nobody "
            "decides anything more. One course each: nothing is said of chance."
        )
    )
    every = max(1, len(times) // 24)
    rows = [
        [clock.said(int(t)), *(str(int(v[i])) for v in values)]
        for i, t in enumerate(times.tolist())
        if i % every == 0
    ]
    heads = [say(text("Scenario time")), *(b.heading for b in branches)]
    drawing = _drawn(branches, values, times, clock, alt)
    table = Table(say(text("{title}: the numbers", title=title)), heads, rows)
    return Figure(name, say(title), alt, how, Pictures(b"", drawing.encode(), drawing), table, is_wide=True)


def _drawn(
    branches: Sequence[Branch], values: Sequence[Ints], times: Ints, clock: ExerciseClock, alt: str
) -> str:
    """Return the drawing as SVG: a line a course, named at its end."""
    first, last = int(times[0]), int(times[-1])
    low = min(int(v.min()) for v in values)
    bottom = low if 2 * low > max(int(v.max()) for v in values) else 0
    top = max(bottom + 4, max(int(v.max()) for v in values))

    def x(time_s: float) -> float:
        return _LEFT + (_WIDE - _LEFT - _RIGHT) * (time_s - first) / max(last - first, 1)

    def y(people: float) -> float:
        return _TOP + _HIGH * (1 - (people - bottom) / (top - bottom))

    parts = [
        f'<svg viewBox="0 0 {_WIDE} {_HIGH + _TOP + 24}" role="img" aria-label="{escape(alt, quote=True)}" '
        'xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" font-size="11">'
    ]
    for people in _marks(bottom, top):
        parts.append(f'<path d="M{_LEFT} {y(people):.1f}H{_WIDE - _RIGHT}" stroke="#e3e6e8"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y(people) + 4:.1f}" text-anchor="end">{people}</text>')
    for time_s in _days(times, clock):
        parts.append(f'<path d="M{x(time_s):.1f} {_TOP}V{_TOP + _HIGH}" stroke="#e3e6e8"/>')
        day = clock.said(time_s).partition(" ")[0]
        parts.append(f'<text x="{x(time_s):.1f}" y="{_TOP + _HIGH + 16}" text-anchor="middle">{day}</text>')
    parts.append(f'<path d="M{x(min(clock.to_s, last)):.1f} {_TOP}V{_TOP + _HIGH}" stroke="#1d2327"/>')
    ends = _apart([y(int(v[-1])) for v in values])
    for number in reversed(range(len(branches))):
        colour, width, dashes = _LOOKS[number % len(_LOOKS)]
        pairs = zip(times.tolist(), values[number].tolist(), strict=True)
        points = " ".join(f"{x(t):.1f},{y(v):.1f}" for t, v in pairs)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'
        )
        parts.append(
            f'<path d="M{_WIDE - _RIGHT + 6} {ends[number]:.1f}h22" stroke="{colour}" '
            f'stroke-width="{width}"{dashed}/>'
        )
        parts.append(
            f'<text x="{_WIDE - _RIGHT + 34}" y="{ends[number] + 4:.1f}" fill="{colour}">'
            f"{escape(_short(branches[number].heading))}</text>"
        )
    return "".join(parts) + "</svg>"


def _short(heading: str) -> str:
    return heading if len(heading) <= _LONGEST else heading[: _LONGEST - 1].rstrip() + "…"


def _marks(bottom: int, top: int) -> list[int]:
    step = next(s for s in _STEPS if (top - bottom) / s <= 5)
    return list(range(-(-bottom // step) * step, top + 1, step))


def _days(times: Ints, clock: ExerciseClock) -> list[int]:
    """Return the seconds nearest after each midnight, at most some twelve of them."""
    found = [t for t in times.tolist() if clock.civil(t).hour == 0]
    return found[:: max(1, -(-len(found) // 12))]


def _apart(wanted: Sequence[float], room: float = 15.0) -> list[float]:
    """Return heights near the *wanted* ones that leave room for a line of text each."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    found = list(wanted)
    for before, now in pairwise(order):
        found[now] = max(found[now], found[before] + room)
    over = max(0.0, found[order[-1]] - (_TOP + _HIGH))
    return [one - over for one in found]
