"""A seminar: a few time jumps, each one picture and four questions; and what control has beside it."""

from collections.abc import Sequence
from html import escape

import numpy as np

from nspl_sim.exercise.inject import Inject
from nspl_sim.exercise.material import KEY, PLAYERS, Material
from nspl_sim.exercise.pages import Document, Page, Table
from nspl_sim.exercise.situation import Situation
from nspl_sim.exercise.triggers.routine import FIXED
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.text import text

JUMPS, QUESTIONS = 4, 4
_LEFT, _WIDTH, _ROW = 170, 900, 19


def jumps(material: Material) -> list[tuple[int, tuple[Inject, ...]]]:
    """Return each jump's second, and the weightiest injects until the next, first one of each trigger."""
    clock = material.clock
    hours = clock.hours()
    places = [hours[i * len(hours) // JUMPS] for i in range(min(JUMPS, len(hours)))]
    found: list[tuple[int, tuple[Inject, ...]]] = []
    for number, time_s in enumerate(places):
        until = places[number + 1] if number + 1 < len(places) else clock.to_s + 1
        chosen: list[Inject] = []
        used = {i.inject_id for _, earlier in found for i in earlier}
        due = [i for i in material.told if not i.reserve_of and time_s - HOUR < i.time_s < until]
        due = [i for i in due if i.code != "GENOMG" and i.inject_id not in used]
        due.sort(key=lambda i: (i.code in FIXED, -i.weight, i.time_s, i.inject_id))
        chosen += _one_of_each(due)[:QUESTIONS]
        chosen += [i for i in due if i not in chosen][: QUESTIONS - len(chosen)]
        found.append((time_s, tuple(chosen)))
    return found


def _one_of_each(injects: Sequence[Inject]) -> list[Inject]:
    """Return the first of each trigger."""
    first: dict[str, Inject] = {}
    for one in injects:
        first.setdefault(one.code, one)
    return list(first.values())


def players(material: Material) -> Document:
    """Return a page for each jump: the picture, and the questions."""
    situation, say = Situation(material), material.say
    pages = []
    for number, (time_s, injects) in enumerate(jumps(material), start=1):
        heading = say(text("Time jump {number}: {when}", number=number, when=material.clock.said(time_s)))
        caption = say(text("Occupied intensive care beds of those with staff"))
        drawn = _said(material, situation.able, time_s)
        pages.append(Page(heading, said=[caption], drawing=_picture(situation, time_s), drawn=drawn))
        questions = [f"{place}. {one.to}. {one.script}" for place, one in enumerate(injects, start=1)]
        pages.append(Page(say(text("Time jump {number}: questions", number=number)), said=questions))
    title = say(text("Seminar: {title}", title=material.title))
    return Document(title, pages, material.sign, say(PLAYERS), material.language)


def control(material: Material) -> Document:
    """Return what control has beside it: what to look for, and what the plan did."""
    say = material.say
    heads = (text("Question"), text("Expected action"), text("To the evaluator"), text("What the plan did"))
    pages = []
    for number, (time_s, injects) in enumerate(jumps(material), start=1):
        heading = text("Time jump {number}: {when}", number=number, when=material.clock.said(time_s))
        rows = [
            [f"{i.inject_id} {i.subject}", i.expected_action, i.evaluator_note, i.answer] for i in injects
        ]
        pages.append(Page(say(heading), tables=[Table([say(h) for h in heads], rows)]))
    title = say(text("Seminar: {title}", title=material.title))
    return Document(title, pages, material.sign, say(KEY), material.language)


def _picture(situation: Situation, time_s: int) -> str:
    """Return bars of occupancy by region as SVG; the numbers stand beside each bar."""
    material, at = situation.material, np.array([time_s])
    line, rows = material.line, situation.able
    height = _ROW * len(rows) + 10
    parts = [_open(height, material, rows, time_s)]
    for place, region in enumerate(rows):
        occupied, staffed = (int(level(region, line.icu, at)[0]) for level in (line.occupied, line.staffed))
        y, share = _ROW * place + 4, min(occupied / max(staffed, 1), 1.25)
        full = (_WIDTH - _LEFT - 150) / 1.25
        fill = "#00466e" if occupied < staffed else "#8a1c1c"
        parts.append(f'<text x="0" y="{y + 11}">{escape(material.words.short(region))}</text>')
        parts.append(f'<rect x="{_LEFT}" y="{y}" width="{full:.1f}" height="14" fill="#e6eaec"/>')
        parts.append(f'<rect x="{_LEFT}" y="{y}" width="{full * share:.1f}" height="14" fill="{fill}"/>')
        said = material.say(text("{occupied} of {staffed}", occupied=occupied, staffed=staffed))
        waiting = int(line.waiting(region, line.icu, at)[0])
        said += material.say(text(", {n} in line", n=waiting)) if waiting else ""
        x = _LEFT + full * max(share, 1) + 8
        parts.append(f'<text x="{x:.1f}" y="{y + 11}">{escape(said)}</text>')
    return "".join(parts) + "</svg>"


def _said(material: Material, rows: Sequence[int], time_s: int) -> str:
    line, at = material.line, np.array([time_s])
    full = sum(int(line.free(r, line.icu, at)[0]) == 0 for r in rows)
    return material.say(
        text("{full} of {all} regions have no free intensive care bed", full=full, all=len(rows))
    )


def _open(height: int, material: Material, rows: Sequence[int], time_s: int) -> str:
    said = escape(_said(material, rows, time_s), quote=True)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{said}" '
        'xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" font-size="12">'
    )
