"""A seminar: a few time jumps, each one picture and four questions; and what control has beside it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from html import escape

import numpy as np

from nspl_sim.exercise.listing.hand import is_untouched
from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import KEY, PLAYERS, Material
from nspl_sim.exercise.papers.forms import pages_of
from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.printing.pages import Document, Page, Table
from nspl_sim.exercise.triggers.routine import FIXED, absent
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.text import text

JUMPS, QUESTIONS = 4, 4
NEAR = 2 * HOUR
"""What is no longer ago than this may stand beside a picture."""
_LEFT, _WIDTH, _ROW = 170, 900, 19


def jumps(material: Material) -> list[tuple[int, tuple[Inject, ...]]]:
    """Return each jump's second, and the weightiest injects until the next, first one of each trigger.

    The second is that of the last of the weightiest, at a whole hour where there is one. What can be counted
    anew is told as it is then, and what is long past gives way: picture and questions are of one hour.
    """
    clock, hours = material.clock, material.clock.hours()
    places = [hours[i * len(hours) // JUMPS] for i in range(min(JUMPS, len(hours)))]
    found: list[tuple[int, tuple[Inject, ...]]] = []
    for number, time_s in enumerate(places):
        until = places[number + 1] if number + 1 < len(places) else clock.to_s + 1
        used = {i.inject_id for _, earlier in found for i in earlier}
        due = [i for i in material.told if not i.reserve_of and time_s - HOUR < i.time_s < until]
        due = [i for i in due if i.code != "GENOMG" and i.inject_id not in used]
        due.sort(key=lambda i: (i.code in FIXED, -i.weight, i.time_s, i.inject_id))
        first = _one_of_each(due)
        ranked = [*first, *(i for i in due if i not in first)]
        last = max([time_s, *(i.time_s for i in ranked[:QUESTIONS])])
        whole = next((t for t in hours if last <= t <= until), last)
        told = [_at(i, whole, material) for i in ranked if i.time_s <= whole]
        told.sort(key=lambda i: whole - i.time_s > NEAR)
        chosen = sorted(told[:QUESTIONS], key=lambda i: (i.time_s, i.inject_id))
        found.append((whole, tuple(chosen)))
    return found


def _at(one: Inject, time_s: int, material: Material) -> Inject:
    """Return *one* as it is told at *time_s*; unchanged where it is not so then, or is a person's words."""
    again = material.planned.later.get(one.inject_id)
    told = again(time_s) if again and one.time_s != time_s and is_untouched(one) else None
    return told or one


def _one_of_each(injects: Sequence[Inject]) -> list[Inject]:
    """Return the first of each trigger."""
    first: dict[str, Inject] = {}
    for one in injects:
        first.setdefault(one.code, one)
    return list(first.values())


def players(material: Material) -> Document:
    """Return for each jump the picture, the questions, and what goes along with them."""
    situation, say = Situation(material), material.say
    pages = []
    for number, (time_s, injects) in enumerate(jumps(material), start=1):
        when = material.clock.said(time_s)
        heading = say(text("Time jump {number}: {when}", number=number, when=when))
        caption = say(text("Occupied intensive care beds of those with staff"))
        silent = frozenset(absent(material.line, material.roles, time_s))
        drawn = _said(material, situation.able, time_s, silent)
        picture = _picture(situation, time_s, silent)
        pages.append(Page(heading, said=[caption], drawing=picture, drawn=drawn))
        asked = [_question(place, one, material) for place, one in enumerate(injects, start=1)]
        pages.append(Page(say(text("Time jump {number}: questions", number=number)), said=asked))
        pages += [
            replace(page, heading=_attached(number, place, one, material))
            for place, one in enumerate(injects, start=1)
            for page in pages_of(one, material)
        ]
    title = say(text("Seminar: {title}", title=material.title))
    return Document(title, pages, material.sign, say(PLAYERS), material.language)


def _question(place: int, one: Inject, material: Material) -> str:
    """Return a question, and where what goes along with it is to be found."""
    asked = f"{place}. {one.to}. {one.script}"
    return f"{asked} {material.say(text('(Attached on the pages that follow.)'))}" if one.form else asked


def _attached(number: int, place: int, one: Inject, material: Material) -> str:
    told = {"number": number, "place": place, "name": one.attachment}
    return material.say(text("Time jump {number}, to question {place}: {name}", **told))


def control(material: Material) -> Document:
    """Return what control has beside it, a table a question: what to look for, and what the plan did."""
    say = material.say
    pages = []
    for number, (time_s, injects) in enumerate(jumps(material), start=1):
        heading = text("Time jump {number}: {when}", number=number, when=material.clock.said(time_s))
        tables = [_key(place, one, material) for place, one in enumerate(injects, start=1)]
        pages.append(Page(say(heading), tables=tables))
    title = say(text("Seminar: {title}", title=material.title))
    return Document(title, pages, material.sign, say(KEY), material.language)


def _key(place: int, one: Inject, material: Material) -> Table:
    """Return the key of a question; a row without words is left out."""
    say = material.say
    rows = [
        (text("Expected action"), one.expected_action),
        (text("To the evaluator"), one.evaluator_note),
        (text("What the plan did"), one.answer),
        (text("State of the simulation"), one.evidence),
    ]
    told = [(say(name), words) for name, words in rows if words]
    head = [say(text("What")), say(text("The key"))]
    return Table(head, told, f"{place}. {one.inject_id} {one.subject} ({one.to})")


def _picture(situation: Situation, time_s: int, silent: Collection[int]) -> str:
    """Return bars of occupancy by region as SVG, numbers beside them; none for those that are *silent*."""
    material, at = situation.material, np.array([time_s])
    line, rows = material.line, situation.able
    height = _ROW * len(rows) + 10
    parts = [_open(height, _said(material, rows, time_s, silent))]
    for place, region in enumerate(rows):
        if region in silent:
            y, missing = _ROW * place + 4, material.say(text("no report"))
            parts.append(f'<text x="0" y="{y + 11}">{escape(material.words.short(region))}</text>')
            parts.append(f'<text x="{_LEFT}" y="{y + 11}">{escape(missing)}</text>')
            continue
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


def _said(material: Material, rows: Sequence[int], time_s: int, silent: Collection[int]) -> str:
    """Return what the picture shows: of those that have reported, how many are full."""
    line, at = material.line, np.array([time_s])
    known = [r for r in rows if r not in silent]
    full = sum(int(line.free(r, line.icu, at)[0]) == 0 for r in known)
    return material.say(
        text("{full} of {all} regions have no free intensive care bed", full=full, all=len(known))
    )


def _open(height: int, said: str) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(said, quote=True)}" '
        'xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" font-size="12">'
    )
